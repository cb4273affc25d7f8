package dev.kept.stores.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Truth;
import dev.kept.core.notice.Span;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.catalogue.CatalogueReading;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.StoreConnection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A condition is written in three ways: word for word, with questions about one row put together, and for its truth alone. PostgreSQL gives the same
 * answers to all of them, for random conditions over rows with and without parents.
 */
class SqlConditionsTest {

    private static final long SEED = Long.getLong("kept.seed", 4711);
    private static final int CONDITIONS = Integer.getInteger("kept.conditions", 400);
    private static final int DEEPEST = 4;

    private static final TableName PARENTS = TableName.parse("public.parents");
    private static final TableName CHILDREN = TableName.parse("public.children");
    private static final List<String> VALUES = List.of("a", "b", "c");

    private static final Link PARENT = link("parent_id", "id", true, List.of(), true);
    private static final Link SECOND = link("second_id", "id", true, List.of("second_id"), true);
    private static final Link BY_VALUE = link("tag", "tag", false, List.of("tag"), false);
    private static final Link ABOVE = new Link(
            CHILDREN, List.of("above_id"), CHILDREN, List.of("id"), Match.EXACT, true, List.of("above_id"), true);

    private static final List<Cutoff> CUTOFFS = Stream.of("1 month", "6 months", "10 months")
            .map(span -> Cutoff.of(
                    new AsOf(Instant.parse("2027-01-01T12:00:00Z"), ZoneOffset.UTC),
                    Span.parse(span).orElseThrow(),
                    false))
            .toList();

    private static TestDatabase database;
    private static StoreConnection connection;
    private static SqlConditions conditions;

    private static Link link(String column, String target, boolean foreignKey, List<String> nullable, boolean unique) {
        return new Link(CHILDREN, List.of(column), PARENTS, List.of(target), Match.EXACT, foreignKey, nullable, unique);
    }

    @BeforeAll
    static void fill() throws Exception {
        database = TestCluster.shared().freshDatabase();
        Catalogue catalogue;
        try (var sql = database.dataSource().getConnection();
                var statement = sql.createStatement()) {
            statement.execute("""
                    CREATE TABLE parents (id int PRIMARY KEY, tag text, kind text, at timestamptz, later timestamptz);
                    CREATE TABLE children (id int PRIMARY KEY, parent_id int NOT NULL REFERENCES parents,
                        second_id int REFERENCES parents, above_id int REFERENCES children, tag text, kind text,
                        at timestamptz, later timestamptz);
                    INSERT INTO parents SELECT i, (ARRAY['a', 'b', 'c', NULL])[1 + i % 4], (ARRAY['a', 'b', NULL])[1 + i % 3],
                        CASE WHEN i % 4 > 0 THEN timestamptz '2026-01-01Z' + i * interval '30 days' END, CASE WHEN i % 5 > 0 THEN timestamptz '2026-03-01Z' + i * interval '20 days' END
                        FROM generate_series(1, 13) i;
                    INSERT INTO children SELECT i, 1 + i % 9, CASE WHEN i % 3 > 0 THEN 1 + i * 7 % 11 END,
                        CASE WHEN i % 4 > 0 THEN i / 2 + 1 END, (ARRAY['a', 'b', 'd', NULL])[1 + i % 4], (ARRAY['c', 'a', NULL])[1 + i / 2 % 3],
                        CASE WHEN i % 3 > 0 THEN timestamptz '2026-01-01Z' + i * interval '9 days' END, CASE WHEN i % 5 > 0 THEN timestamptz '2026-03-01Z' + i * interval '7 days' END
                        FROM generate_series(1, 40) i ORDER BY i DESC;
                    """);
            catalogue = CatalogueReading.read(sql, List.of("public"));
        }
        connection = JdbcStoreConnection.of(database.dataSource().getConnection());
        conditions = new SqlConditions(new SqlTables(catalogue));
    }

    @AfterAll
    static void close() {
        connection.close();
        database.close();
    }

    @Test
    void all_ways_to_write_a_condition_give_the_same_answer_for_each_row() {
        Random random = new Random(SEED);
        int told = 0;
        for (int i = 0; i < CONDITIONS; i++) {
            TableName table = random.nextBoolean() ? PARENTS : CHILDREN;
            Condition condition = condition(random, table, DEEPEST);
            Row row = Row.outer(table);
            Answer answer = connection.run(Sql.of(
                    "SELECT count(*) FILTER (WHERE word IS DISTINCT FROM together), count(*) FILTER (WHERE (word IS TRUE) <> (truth IS TRUE)),"
                            + " count(DISTINCT coalesce(word::text, 'unknown')) FROM (SELECT (",
                    conditions.asked(condition, row),
                    ") AS word, (",
                    conditions.value(condition, row),
                    ") AS together, (",
                    conditions.holds(condition, row),
                    ") AS truth FROM ",
                    SqlTables.as(row),
                    ") AS answers"));
            assertThat(List.of(answer.number(0), answer.number(1)))
                    .as("seed %d, condition %d: %s", SEED, i, condition)
                    .containsExactly(0L, 0L);
            told += answer.number(2) > 1 ? 1 : 0;
        }
        connection.rollback();
        assertThat(told).as("conditions that tell rows apart").isGreaterThan(CONDITIONS / 4);
    }

    private static Condition condition(Random random, TableName table, int deep) {
        if (deep == 0 || random.nextInt(5) == 0) {
            return leaf(random, table);
        }
        Condition same = condition(random, table, deep - 1);
        return switch (random.nextInt(6)) {
            case 0 -> Condition.all(more(random, table, deep, same));
            case 1 -> Condition.any(more(random, table, deep, same));
            case 2 -> Condition.not(same);
            case 3 -> Condition.known(same);
            default -> table.equals(PARENTS) ? ofParents(random, deep) : ofChildren(random, deep);
        };
    }

    /** Some more, the same again among them: what stands twice is what can be left out. */
    private static List<Condition> more(Random random, TableName table, int deep, Condition first) {
        Stream<Condition> others =
                IntStream.rangeClosed(0, random.nextInt(2)).mapToObj(i -> condition(random, table, deep - 1));
        Condition again = random.nextBoolean() ? Condition.not(Condition.known(first)) : first;
        return Stream.concat(
                        Stream.of(first), random.nextInt(3) == 0 ? Stream.concat(others, Stream.of(again)) : others)
                .toList();
    }

    private static Condition ofParents(Random random, int deep) {
        Link link = pick(random, List.of(PARENT, SECOND, BY_VALUE));
        Condition inner = condition(random, CHILDREN, deep - 1);
        return switch (random.nextInt(3)) {
            case 0 -> new Condition.Every(link, inner);
            case 1 -> new Condition.Some(link, inner);
            default -> new Condition.Referred(link, inner);
        };
    }

    private static Condition ofChildren(Random random, int deep) {
        return switch (random.nextInt(8)) {
            case 0 -> new Condition.Above(ABOVE, condition(random, CHILDREN, deep - 1));
            case 1 -> new Condition.Some(ABOVE, condition(random, CHILDREN, deep - 1));
            case 2 -> new Condition.Leads(pick(random, List.of(PARENT, SECOND, BY_VALUE)));
            default ->
                new Condition.Through(
                        pick(random, List.of(PARENT, PARENT, SECOND, BY_VALUE)), condition(random, PARENTS, deep - 1));
        };
    }

    private static Condition leaf(Random random, TableName table) {
        return switch (random.nextInt(12)) {
            case 0 -> new Condition.Always(pick(random, List.of(Truth.values())));
            case 1 -> new Condition.AnyNull(List.of("kind"));
            case 2 -> new Condition.AnyNull(List.of("tag"));
            case 3, 4 -> new Condition.Past(chain(random, table), pick(random, CUTOFFS));
            case 5 -> new Condition.Absent(chain(random, table));
            case 6 -> new Condition.Ordered(moment(random, table), moment(random, table));
            case 7 ->
                new Condition.KeyIn(
                        List.of("tag"), Match.EXACT, new KeySet("some", List.of(List.of(pick(random, VALUES)))));
            default ->
                new Condition.ValueIn(
                        random.nextBoolean() ? "tag" : "kind", List.of(pick(random, VALUES), pick(random, VALUES)));
        };
    }

    /** One or two; often by the same way, so that they can be asked together. */
    private static List<Moment> chain(Random random, TableName table) {
        Moment first = moment(random, table);
        return switch (random.nextInt(3)) {
            case 0 -> List.of(first);
            case 1 -> List.of(first, moment(random, table));
            default ->
                first instanceof Moment.Through(Link link, Moment _)
                        ? List.of(first, new Moment.Through(link, at("later")))
                        : List.of(first, at("later"));
        };
    }

    private static Moment moment(Random random, TableName table) {
        Moment own = at(random.nextBoolean() ? "at" : "later");
        return switch (random.nextInt(3)) {
            case 0 -> own;
            default ->
                table.equals(CHILDREN)
                        ? new Moment.Through(pick(random, List.of(PARENT, PARENT, SECOND, BY_VALUE)), own)
                        : new Moment.Among(pick(random, List.of(PARENT, SECOND, BY_VALUE)), own, random.nextBoolean());
        };
    }

    private static Moment at(String column) {
        return new Moment.At(column, DateKind.INSTANT, ZoneOffset.UTC, List.of());
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
