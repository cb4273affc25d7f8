package dev.kept.stores.postgres.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The same question asked of many persons in one statement: where its parameters are each one's own, they stand as columns of a list of the persons.
 * What is asked of each is what would be asked of her alone.
 */
public final class SqlEach {

    /** The list's name in the statement. */
    private static final String HERS = "hers";

    /** The number of the person who is asked. */
    public static final String PERSON = HERS + ".person";

    private final int persons;

    /** What is each one's own, column by column. */
    private final List<List<String>> columns = new ArrayList<>();

    public SqlEach(int persons) {
        this.persons = persons;
    }

    /**
     * The question as it is asked of all.
     *
     * @param questions each one's, in the order of the persons; they differ in parameters only
     * @throws IllegalArgumentException where they differ in more
     */
    public Sql ask(List<Sql> questions) {
        if (questions.size() != persons) {
            throw new IllegalArgumentException("each is asked once");
        }
        return Sql.merged(questions, this::column);
    }

    private Sql column(List<Parameter> each) {
        List<String> texts = each.stream().map(Parameter::text).toList();
        if (texts.stream().allMatch(texts.getFirst()::equals)) {
            return Sql.of(each.getFirst());
        }
        int known = columns.indexOf(texts);
        if (known < 0) {
            known = columns.size();
            columns.add(texts);
        }
        return Sql.of(HERS + ".p" + known);
    }

    /** {@code unnest(…) AS hers(person, …)}: the list, once everything has been asked. */
    public Sql list() {
        List<Sql> arrays = new ArrayList<>();
        arrays.add(Sql.of(
                Parameter.values(
                        IntStream.range(0, persons).mapToObj(Integer::toString).toList()),
                "::int[]"));
        StringBuilder names = new StringBuilder("person");
        for (int i = 0; i < columns.size(); i++) {
            arrays.add(Sql.of(Parameter.hidden("each one's own", columns.get(i)), "::text[]"));
            names.append(", p").append(i);
        }
        return Sql.of("unnest(", Sql.join(", ", arrays), ") AS " + HERS + "(" + names + ")");
    }

    /** A question that has rows for its answer, asked of each: her number stands before each of her rows. */
    public Sql rows(List<Sql> questions) {
        Sql asked = ask(questions);
        return Sql.of("SELECT " + PERSON + ", each.* FROM ", list(), " CROSS JOIN LATERAL (", asked, ") AS each");
    }

    /** Joins the list to rows that are told apart by {@code whose.person}. */
    public Sql joined() {
        return Sql.of(" JOIN ", list(), " ON " + HERS + ".person = whose.person");
    }
}
