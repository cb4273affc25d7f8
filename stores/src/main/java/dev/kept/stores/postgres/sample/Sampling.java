package dev.kept.stores.postgres.sample;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.proof.sample.Recognition;
import dev.kept.core.proof.sample.SampleColumn;
import dev.kept.core.proof.sample.SampleColumn.Form;
import dev.kept.core.proof.sample.SampledColumn;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a bounded sample of a table's values and counts what they look like. The values are looked at here and go nowhere. */
public final class Sampling {

    /** Rows of a table that are looked at: all of a smaller one, of a larger one those of blocks chosen at random. */
    public static final int MOST_ROWS = 20_000;

    /** Values that are read at once. */
    private static final int BATCH = 1_000;

    /** What no likeness is without; anything else is only counted, and stays in the database. */
    private static final String TELLING = "@|:.*:|[0-9]([^a-z]*[0-9]){3}";

    /** In place of a value that looks like nothing. */
    private static final String PLAIN = "-";

    private final Snapshot snapshot;
    private final Recognition recognition;

    /** Cursors are numbered: one whose reading failed stays until the snapshot ends. */
    private int cursors;

    public Sampling(Snapshot snapshot, Recognition recognition) {
        this.snapshot = snapshot;
        this.recognition = recognition;
    }

    /**
     * Samples some columns of one table.
     *
     * @throws dev.kept.stores.postgres.session.StoreException where the role may not read it, rows would be hidden, or the snapshot's limit is reached
     */
    public List<SampledColumn> of(CatalogueTable table, List<SampleColumn> columns) {
        List<SampledColumn> sampled = new ArrayList<>();
        List<SampleColumn> plain = columns.stream()
                .filter(column -> column.form() == Form.TEXT || column.form() == Form.ADDRESS)
                .toList();
        if (!plain.isEmpty()) {
            List<Tally> tallies =
                    plain.stream().map(column -> new Tally(column, recognition)).toList();
            read(together(table, plain), tallies);
            tallies.forEach(tally -> sampled.add(tally.counted()));
        }
        for (SampleColumn column : columns) {
            if (column.form() == Form.DOCUMENT || column.form() == Form.TEXTS) {
                Tally tally = new Tally(column, recognition);
                read(apart(table, column), List.of(tally));
                sampled.add(tally.counted());
            }
        }
        return sampled;
    }

    private void read(Sql question, List<Tally> tallies) {
        String cursor = "kept_sample_" + cursors++;
        snapshot.ask(Sql.of("DECLARE " + cursor + " NO SCROLL CURSOR FOR ", question));
        Answer answer;
        do {
            answer = snapshot.ask(Sql.of("FETCH " + BATCH + " FROM " + cursor));
            for (List<@Nullable String> row : answer.rows()) {
                for (int i = 0; i < tallies.size(); i++) {
                    tallies.get(i).add(row.get(i));
                }
            }
        } while (answer.rows().size() == BATCH);
        snapshot.ask(Sql.of("CLOSE " + cursor));
    }

    /** Several columns of the same rows. */
    private static Sql together(CatalogueTable table, List<SampleColumn> columns) {
        List<Sql> values = columns.stream().map(column -> telling(text(column))).toList();
        return Sql.of(
                "SELECT ", Sql.join(", ", values), " FROM ", SampledRows.of(table, MOST_ROWS), " LIMIT " + MOST_ROWS);
    }

    /** The values within one column, one a row. */
    private static Sql apart(CatalogueTable table, SampleColumn column) {
        String name = Sql.quoted(column.column());
        Sql some = Sql.of(
                "(SELECT t." + name + " AS d FROM ",
                SampledRows.of(table, MOST_ROWS),
                " LIMIT " + MOST_ROWS + ") AS s");
        if (column.form() == Form.TEXTS) {
            return Sql.of("SELECT ", telling(Sql.of("v")), " FROM ", some, ", unnest(s.d::text[]) AS v");
        }
        List<Sql> from = new ArrayList<>(List.of(some));
        String document = "s.d::jsonb";
        if (!column.path().isEmpty()) {
            from.add(Sql.of("LATERAL (SELECT " + document + " #> ", path(column.path()), " AS d) AS part"));
            document = "part.d";
        }
        for (List<String> other : column.without()) {
            from.add(without(document, other, "w" + from.size()));
            document = "w" + (from.size() - 1) + ".d";
        }
        from.add(Sql.of("jsonb_path_query(" + document + ", 'strict $.**') AS v"));
        return Sql.of(
                "SELECT ",
                telling(Sql.of("(v #>> '{}')")),
                " FROM ",
                Sql.join(", ", from),
                " WHERE jsonb_typeof(v) = 'string'");
    }

    /** The document without a part that another column of the map means. */
    private static Sql without(String document, List<String> part, String name) {
        return Sql.of(
                "LATERAL (SELECT CASE WHEN " + document + " #> ",
                path(part),
                " IS NOT NULL THEN " + document + " #- ",
                path(part),
                " ELSE " + document + " END AS d) AS " + name);
    }

    private static Sql text(SampleColumn column) {
        String name = Sql.quoted(column.column());
        return Sql.of(column.form() == Form.ADDRESS ? "host(" + name + "::inet)" : name + "::text");
    }

    private static Sql telling(Sql value) {
        return Sql.of(
                "CASE WHEN nullif(",
                value,
                ", '') IS NULL THEN NULL WHEN ",
                value,
                " ~ ",
                Sql.literal(TELLING),
                " THEN left(",
                value,
                ", " + Recognition.MOST_CHARACTERS + ") ELSE " + Sql.literal(PLAIN) + " END");
    }

    private static Sql path(List<String> keys) {
        return Sql.of(Parameter.values(keys), "::text[]");
    }
}
