package dev.kept.core.rights;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Moment;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table in which a person has rows, and what of them she sees.
 *
 * @param uses the uses of its rows, by id
 * @param ways how rows are hers; one that none of them reaches is not seen
 * @param terms the uses for each way; none for a shared table, whose rows stay as long as something of hers points to them
 * @param held whether a legal hold keeps a row
 * @param shared whether rows are owned through what points to them
 * @param key the columns by which rows are put in order; empty where the table has no key
 */
public record SeenTable(
        TableName name,
        Set<String> uses,
        List<Way> ways,
        List<SeenColumn> columns,
        List<Term> terms,
        Condition held,
        boolean shared,
        List<String> key) {

    public SeenTable {
        uses = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(uses));
        ways = List.copyOf(ways);
        columns = List.copyOf(columns);
        terms = List.copyOf(terms);
        key = List.copyOf(key);
    }

    /** The same with other columns. */
    SeenTable with(List<SeenColumn> others) {
        return new SeenTable(name, uses, ways, others, terms, held, shared, key);
    }

    /** The moments from which the terms' dates are counted, each once. */
    public List<Moment> moments() {
        return terms.stream()
                .flatMap(term -> term.ends().stream())
                .flatMap(List::stream)
                .flatMap(clause -> clause.chain().stream())
                .distinct()
                .toList();
    }

    /** The column of this id. */
    public Optional<SeenColumn> column(String id) {
        return columns.stream().filter(column -> column.id().equals(id)).findFirst();
    }
}
