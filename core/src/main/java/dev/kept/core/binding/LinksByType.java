package dev.kept.core.binding;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Links whose number is of one table or another, as a column beside says ({@code sender_id} and {@code sender_type}): frameworks call them polymorphic, or
 * generic foreign keys. A map cannot say which rows are meant, so that whoever has the same number elsewhere would be taken for the owner.
 */
final class LinksByType {

    private static final Set<String> WORDS =
            Set.of("text", "character varying", "character", "bpchar", "citext", "name");

    private LinksByType() {}

    /** The column that says of which table the rows are to which these columns lead, where there seems to be one. */
    static Optional<String> type(CatalogueTable table, List<String> via) {
        if (via.size() != 1
                || table.foreignKeys().stream().anyMatch(key -> key.columns().equals(via))) {
            return Optional.empty();
        }
        String column = via.getFirst();
        Stream<String> types = column.equals("object_id")
                ? Stream.of("content_type_id", "object_type")
                : Stream.of(column.replaceAll("_id$", "_type"), column.replaceAll("Id$", "Type"));
        return types.filter(type -> !type.equals(column))
                .flatMap(type -> Optional.ofNullable(table.columns().get(type)).stream())
                .filter(type -> names(type) || type.name().equals("content_type_id"))
                .map(CatalogueColumn::name)
                .findFirst();
    }

    private static boolean names(CatalogueColumn column) {
        return WORDS.contains(column.baseType()) || !column.enumValues().isEmpty();
    }

    /** How the database says it, so that the map can. */
    static String column(CatalogueTable table, String via, String type, String kind) {
        return "if it says so: ALTER TABLE " + table.name() + " ADD " + kind.replace('-', '_') + "_id "
                + table.column(via).type() + " GENERATED ALWAYS AS (CASE WHEN " + type + " = '…' THEN " + via
                + " END) STORED, and `via:` that column";
    }
}
