package dev.kept.stores.postgres.sample;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Index;
import dev.kept.core.datamap.join.JoinCandidate;
import dev.kept.core.datamap.join.JoinCandidate.Family;
import dev.kept.core.datamap.join.JoinCandidate.Pair;
import dev.kept.core.datamap.join.JoinSample;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts how many values of one column stand in another, in a bounded sample and within the database: counts come back, no values.
 *
 * <p>Each statement reads at most {@link #MOST_ROWS} rows of the one table, and of the other as many lookups in an index, or at most
 * {@link #MOST_THERE} rows; and it takes at most {@link #MOST_TIME}.
 */
public final class JoinSampling {

    /** Rows of the referring table that are read: all of a smaller one, of a larger one those of blocks chosen at random. */
    public static final int MOST_ROWS = 20_000;

    /** Different values of them that are looked for. */
    public static final int MOST_VALUES = 1_000;

    /** Rows of the other table that are read where no index finds a value. */
    public static final int MOST_THERE = 200_000;

    /** What one statement may take. */
    public static final Duration MOST_TIME = Duration.ofSeconds(2);

    /** Longer texts refer to nothing. In bytes. */
    private static final int LONGEST_TEXT = 500;

    private final Snapshot snapshot;

    public JoinSampling(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Looks at each candidate by itself: what one refuses, the others do not suffer.
     *
     * @throws StoreException where the connection is lost
     */
    public Map<Pair, JoinSample> of(List<JoinCandidate> candidates) {
        Map<Pair, JoinSample> samples = new LinkedHashMap<>();
        candidates.forEach(candidate -> samples.put(candidate.pair(), sample(candidate)));
        return samples;
    }

    private JoinSample sample(JoinCandidate candidate) {
        try {
            return counted(candidate);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case LOST -> throw e;
                case PRIVILEGE -> new JoinSample.Unseen("the role may not read all of both tables");
                case TIME_LIMIT -> new JoinSample.Unseen("it took too long");
                case CONFLICT -> new JoinSample.Unseen("a table was locked");
                case CONSTRAINT, BUSY, UNFIT, NO_PROGRESS, OTHER ->
                    new JoinSample.Unseen("the database could not compare them");
            };
        }
    }

    private JoinSample counted(JoinCandidate candidate) {
        Answer plain = snapshot.ask(question(candidate, false), MOST_TIME);
        if (tooLarge(plain)) {
            return new JoinSample.Unseen("without an index the other table is too large to look through");
        }
        long values = plain.number(0);
        long found = plain.number(1);
        long roots = plain.number(2);
        long folded = found;
        if (candidate.family() == Family.TEXT && found < values) {
            Answer folding = snapshot.ask(question(candidate, true), MOST_TIME);
            folded = tooLarge(folding) ? found : Math.min(values, Math.max(found, folding.number(1)));
        }
        return new JoinSample.Counted(values, found, folded, roots);
    }

    private static boolean tooLarge(Answer answer) {
        return answer.number(3) > MOST_THERE;
    }

    /** Values, those found, rows that refer to nothing, and how many rows of the other table were read without an index. */
    static Sql question(JoinCandidate candidate, boolean fold) {
        String column = "t." + Sql.quoted(candidate.column());
        String there = "u." + Sql.quoted(candidate.target());
        String nothing = switch (candidate.family()) {
            case INTEGER -> "v = 0";
            case UUID -> "false";
            case TEXT -> "btrim(v::text) = ''";
        };
        String briefly = candidate.family() == Family.TEXT ? " AND octet_length(v) <= " + LONGEST_TEXT : "";
        String value = fold ? "lower(btrim(v::text))" : "v";
        String wanted = fold ? "lower(btrim(" + there + "::text))" : there;
        String table = SqlTables.name(candidate.to().name());
        boolean lookup = indexed(candidate.to(), candidate.target(), fold);
        String others = lookup
                ? ""
                : ", other AS MATERIALIZED (SELECT " + wanted + " AS w FROM " + table + " AS u LIMIT "
                        + (MOST_THERE + 1) + ")";
        String hits = lookup
                ? "told, LATERAL (SELECT 1 FROM " + table + " AS u WHERE " + wanted + " = told.v LIMIT 1) AS hit"
                : "told WHERE told.v IN (SELECT w FROM other)";
        return Sql.of(
                "WITH sampled AS MATERIALIZED (SELECT " + column + " AS v FROM ",
                SampledRows.of(candidate.from(), MOST_ROWS),
                " LIMIT " + MOST_ROWS + "), told AS MATERIALIZED (SELECT DISTINCT " + value
                        + " AS v FROM sampled WHERE v IS NOT NULL AND NOT (" + nothing + ")" + briefly + " LIMIT "
                        + MOST_VALUES + ")" + others + " SELECT (SELECT count(*) FROM told), (SELECT count(*) FROM "
                        + hits + "), (SELECT count(*) FROM sampled WHERE v IS NULL OR " + nothing + "), "
                        + (lookup ? "0" : "(SELECT count(*) FROM other)"));
    }

    private static boolean indexed(CatalogueTable table, String column, boolean fold) {
        return table.indexes().stream()
                .filter(index -> index.partial().isEmpty() && !index.columns().isEmpty())
                .map(Index::columns)
                .anyMatch(columns -> fold
                        ? columns.getFirst()
                                .replace("::text", "")
                                .replace("(" + column + ")", column)
                                .equals("lower(btrim(" + column + "))")
                        : columns.getFirst().equals(column));
    }
}
