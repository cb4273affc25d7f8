package dev.kept.core.datamap.join;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import java.util.Optional;

/**
 * Two columns that may be joined: worth a look at their values.
 *
 * @param from the table whose rows would refer to {@code to}
 * @param finder whether {@code target} is how people are found, an address which they write in many ways
 * @param unique whether the database assures that at most one row has a value of {@code target}
 */
public record JoinCandidate(
        CatalogueTable from,
        String column,
        CatalogueTable to,
        String target,
        Family family,
        NameFit name,
        boolean finder,
        boolean unique) {

    /** Types whose values can be equal. */
    public enum Family {
        INTEGER,
        UUID,
        TEXT;

        static Optional<Family> of(String type) {
            return switch (type.replaceAll("\\([^)]*\\)", "")) {
                case "smallint", "integer", "bigint", "numeric" -> Optional.of(INTEGER);
                case "uuid" -> Optional.of(UUID);
                case "text", "character varying", "character", "citext", "public.citext" -> Optional.of(TEXT);
                default -> Optional.empty();
            };
        }
    }

    /** Whether rows would refer to rows of their own table. */
    public boolean self() {
        return from.name().equals(to.name());
    }

    /** By what candidates are told apart. */
    public record Pair(TableName from, String column, TableName to, String target) {}

    public Pair pair() {
        return new Pair(from.name(), column, to.name(), target);
    }
}
