package dev.kept.core.datamap;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The index by which the rows that refer to another are found. */
public final class LinkIndex {

    private static final Pattern NOT_NULL =
            Pattern.compile("\\(*(\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_]*) IS NOT NULL\\)*");

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
                .filter(index -> holdsAllThatRefer(index.partial(), columns))
                .anyMatch(index -> index.columns().size() >= columns.size()
                        && columns.equals(new HashSet<>(index.columns().subList(0, columns.size()))));
    }

    /** A partial index that leaves out only rows with NULL in the link leaves out none that refers to anything: PostgreSQL takes it. */
    private static boolean holdsAllThatRefer(Optional<String> predicate, Set<String> columns) {
        return predicate.stream()
                .flatMap(text -> Pattern.compile(" AND ").splitAsStream(text))
                .allMatch(text -> {
                    var notNull = NOT_NULL.matcher(text.strip());
                    return notNull.matches() && columns.contains(unquoted(notNull.group(1)));
                });
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
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
