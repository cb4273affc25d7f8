package dev.kept.core.rights;

import dev.kept.core.lifecycle.Reach;
import java.util.List;
import java.util.Set;

/**
 * A column, or a path inside a JSON column, of which a person sees what is hers.
 *
 * @param id {@code email}, or {@code doc$.contact.email} for a path
 * @param path the keys inside a JSON column; empty for the whole column
 * @param type as PostgreSQL prints it, of a domain its base type
 * @param shape how its values are handed over
 * @param ways positions of the table's ways in which a row's value is the person's
 * @param guards the value is shown only where all of them let it through: a key of somebody else's row is not
 * @param secret held and named, never handed out
 * @param categories what it holds, by the notice; empty but for {@link Sort#DATA}
 * @param uses what it is held for, by id
 * @param recipients the shares of the notice that cover it, by id
 * @param sources where it comes from: {@code you}, {@code device}, {@code use}, {@code cookies}, {@code others}
 * @param othersToo whether it can be another person's as well, in a row of several persons
 */
public record SeenColumn(
        String id,
        String column,
        List<String> path,
        String type,
        Shape shape,
        Sort sort,
        List<Integer> ways,
        List<Guard> guards,
        boolean secret,
        List<String> categories,
        Set<String> uses,
        List<String> recipients,
        List<String> sources,
        boolean othersToo) {

    public SeenColumn {
        path = List.copyOf(path);
        ways = List.copyOf(ways);
        guards = List.copyOf(guards);
        categories = List.copyOf(categories);
        uses = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(uses));
        recipients = List.copyOf(recipients);
        sources = List.copyOf(sources);
    }

    /** What a column is to the person. */
    public enum Sort {
        /** Data of a category of the notice. */
        DATA,
        /** What belongs to the row without being data of hers by itself: dates, states, what the map calls not personal. */
        CONTEXT,
        /** The row's own key. */
        KEY,
        /** A reference to another row of hers, or to one that is nobody's. */
        LINK
    }

    /**
     * Lets a link's value through where the link leads to a row of the person's, or nowhere since one of its columns is NULL.
     *
     * @param columns the link's columns
     * @param own the rows whose link leads to a row of hers
     */
    public record Guard(List<String> columns, Reach own) {
        public Guard {
            columns = List.copyOf(columns);
        }
    }
}
