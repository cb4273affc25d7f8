package dev.kept.core.datamap;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The index by which the rows that refer to another are found. */
public final class LinkIndex {

    private LinkIndex() {}

    /** Whether the table that a link comes from has one. */
    public static boolean supports(CatalogueTable table, Link link) {
        Set<String> columns = new HashSet<>(link.columns());
        if (link.match() != Match.EXACT) {
            String expression = "lower(btrim(" + link.columns().getFirst() + "))";
            return table.indexes().stream()
                    .anyMatch(index -> !index.columns().isEmpty()
                            && index.columns()
                                    .getFirst()
                                    .replace("::text", "")
                                    .replace(
                                            "(" + link.columns().getFirst() + ")",
                                            link.columns().getFirst())
                                    .equals(expression));
        }
        return table.indexes().stream()
                .filter(index -> index.partial().isEmpty())
                .anyMatch(index -> index.columns().size() >= columns.size()
                        && columns.equals(new HashSet<>(index.columns().subList(0, columns.size()))));
    }

    /** The statement that makes one. A partitioned table takes none CONCURRENTLY. */
    public static String create(CatalogueTable table, Link link) {
        String columns = link.columns().stream()
                .map(LinkIndex::quoted)
                .map(column -> link.match() == Match.EXACT ? column : "lower(btrim(" + column + "))")
                .collect(Collectors.joining(", "));
        return "CREATE INDEX " + (table.partitioning().isEmpty() ? "CONCURRENTLY " : "") + "ON "
                + quoted(link.from().schema()) + "." + quoted(link.from().name()) + " (" + columns + ")";
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
