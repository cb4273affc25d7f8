package dev.kept.stores.postgres.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import dev.kept.core.source.Places;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.catalogue.CatalogueReading;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlMembers;
import dev.kept.stores.postgres.sql.SqlTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingOfManyTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Room.Limits USUAL = Room.Limits.USUAL;

    private static final String NOTICE = """
            notice: mill
            controller: {name: Mill, email: a@mill.example, zone: Europe/Berlin}
            collects: {name: {from: you}, log: {from: use}}
            uses:
              account: {basis: contract, data: [name], ends: [{after: account.opened, for: 2 years}]}
              security: {basis: contract, data: [log], ends: [{after: visit.seen, for: 90 days}]}
            """;

    private static final String MAP = """
            store: mill
            database: jdbc:postgresql://unused/mill
            tables:
              people:
                person: {customer: {key: id, found-by: {name: name}}}
                uses: [account]
                events: {account.opened: opened}
                columns: {name: name}
              visits:
                belongs-to: {host: {person: customer, via: host_id}, guest: {person: customer, via: guest_id}}
                uses: [security]
                events: {visit.seen: at}
                columns: {page: {is: log, of: host}}
              rooms:
                belongs-to: {any-of: [visits.room_id]}
                uses: [security]
                events: {visit.seen: at}
                columns: {door: log}
            """;

    /** Names that a quoting which is not right would take apart. */
    private static final List<String> NAMES = List.of(
            "anna",
            "o'k",
            "a\"b",
            "a\\b",
            "a\\\"b",
            "{x,y}",
            "NULL",
            "null",
            "a,b",
            " ",
            "\\",
            "\"",
            "'",
            "ä\u0301\n\t",
            "$1 ? ??");

    private final TestDatabase database = TestCluster.shared().freshDatabase();

    @BeforeEach
    void a_mill() {
        database.execute("""
                CREATE TABLE people (id text PRIMARY KEY, name text, opened timestamptz NOT NULL);
                CREATE TABLE rooms (id bigint PRIMARY KEY, door text, at timestamptz NOT NULL);
                CREATE TABLE visits (id bigint, host_id text REFERENCES people, guest_id text REFERENCES people,
                    room_id bigint REFERENCES rooms, page text, at timestamptz NOT NULL, PRIMARY KEY (id)) PARTITION BY HASH (id);
                CREATE TABLE visits_a PARTITION OF visits FOR VALUES WITH (MODULUS 3, REMAINDER 0);
                CREATE TABLE visits_b PARTITION OF visits FOR VALUES WITH (MODULUS 3, REMAINDER 1);
                CREATE TABLE visits_c PARTITION OF visits FOR VALUES WITH (MODULUS 3, REMAINDER 2);
                INSERT INTO rooms SELECT i, 'door ' || i, '2026-02-01Z' FROM generate_series(0, 19) i;
                INSERT INTO people SELECT 'p' || i, 'Person ' || i, '2026-01-01Z' FROM generate_series(0, 59) i;
                INSERT INTO visits SELECT i, 'p' || mod(i, 60), CASE WHEN mod(i, 3) = 0 THEN 'p' || mod(i, 7) END, mod(i, 20), 'page ' || i, '2026-02-01Z'
                    FROM generate_series(1, 3000) i;
                ANALYZE""");
    }

    @AfterEach
    void drop_it() {
        database.close();
    }

    private static <T> T value(Reading<T> reading) {
        return reading.value().orElseThrow(() -> new AssertionError(reading.problems()));
    }

    private BoundStore store() {
        Notice notice = value(NoticeReader.read(new SourceText("notice.yaml", NOTICE)));
        try (Connection connection = database.connect()) {
            Catalogue live = CatalogueReading.read(connection, List.of("public"));
            return value(Binder.bind(
                    notice,
                    value(MapReader.read(new SourceText("mill.yaml", MAP), ZoneOffset.UTC)),
                    live,
                    Places.none("mill.yaml")));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Scope.Persons scope(String... keys) {
        return new Scope.Persons(List.of(new Scope.Identified(
                "customer", new KeySet("test", Arrays.stream(keys).map(List::of).toList()))));
    }

    private List<Sight> sights(String... customers) {
        return sights(Arrays.stream(customers)
                .map(customer -> new String[] {customer})
                .toList());
    }

    /** @param people each one's keys */
    private List<Sight> sights(List<String[]> people) {
        BoundStore store = store();
        AsOf asOf = new AsOf(
                Instant.parse("2026-03-01T00:00:00Z"),
                store.notice().controller().zone());
        return people.stream()
                .map(keys -> Sight.of(store, asOf, Facts.NONE, scope(keys)))
                .toList();
    }

    private static String[] persons(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i).toArray(String[]::new);
    }

    private WatchedConnection watched() {
        return new WatchedConnection(
                JdbcStoreConnection.connector(database.dataSource()).open());
    }

    private List<Optional<ReadOfHer>> read(WatchedConnection store, List<Sight> sights, Room.Limits limits) {
        return new ReadingOfMany(sights.getFirst().store().catalogue(), limits).read(store, sights, 0, LIMIT, () -> {});
    }

    /** Sees that whoever is among them was told what she is told alone. */
    private void same(List<Sight> sights, List<Optional<ReadOfHer>> read) {
        for (int i = 0; i < sights.size(); i++) {
            if (read.get(i).isPresent()) {
                ToldRows alone = new ToldRows();
                try (StoreConnection connection = watched()) {
                    new AccessReading(sights.get(i).store().catalogue())
                            .read(connection, sights.get(i), LIMIT, () -> {}, alone);
                }
                ToldRows hers = new ToldRows();
                read.get(i).get().tell(hers);
                assertThat(hers.all()).as("person %d", i).isEqualTo(alone.all());
            }
        }
    }

    @Test
    void how_often_the_store_is_asked_does_not_grow_with_the_persons() {
        List<Sight> fifty = sights(persons(50));
        WatchedConnection ten = watched();
        WatchedConnection many = watched();
        try (ten;
                many) {
            same(fifty.subList(0, 10), read(ten, fifty.subList(0, 10), USUAL));
            List<Optional<ReadOfHer>> read = read(many, fifty, USUAL);

            assertThat(read).allMatch(Optional::isPresent);
            same(fifty, read);
        }
        assertThat(many.declared()).isEqualTo(ten.declared()).isEqualTo(3);
        assertThat(many.asked().stream().filter(text -> !text.startsWith("FETCH")))
                .as("the same statements")
                .hasSizeLessThanOrEqualTo((int) ten.asked().stream()
                                .filter(text -> !text.startsWith("FETCH"))
                                .count()
                        + 6);
    }

    @Test
    void keys_are_taken_as_they_are() {
        for (String name : NAMES) {
            database.execute("INSERT INTO people VALUES (" + Sql.literal(name) + ", 'N', '2026-01-01Z');"
                    + "INSERT INTO visits SELECT 10000 + (SELECT count(*) FROM visits), " + Sql.literal(name) + ", "
                    + Sql.literal(NAMES.getFirst()) + ", 1, 'page', '2026-02-01Z'");
        }
        List<Sight> sights = sights(NAMES.toArray(String[]::new));
        try (WatchedConnection store = watched()) {
            List<Optional<ReadOfHer>> read = read(store, sights, USUAL);

            assertThat(read).allMatch(Optional::isPresent);
            assertThat(read.stream().map(Optional::orElseThrow))
                    .allMatch(hers -> hers.tables().stream()
                            .noneMatch(table -> table.rows().isEmpty()));
            same(sights, read);
        }
    }

    @Test
    void who_has_the_same_key_twice_has_her_rows_once() {
        List<Sight> sights = sights(List.of(new String[] {"p3", "p3"}, new String[] {"p4"}, new String[] {"p5"}));
        try (WatchedConnection store = watched()) {
            List<Optional<ReadOfHer>> read = read(store, sights, USUAL);

            assertThat(read).allMatch(Optional::isPresent);
            same(sights, read);
        }
    }

    @Test
    void keys_that_are_equal_for_the_database_alone_find_her_rows_once() {
        database.execute(
                "CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"
                        + "ALTER TABLE visits DROP CONSTRAINT visits_host_id_fkey, DROP CONSTRAINT visits_guest_id_fkey;"
                        + "ALTER TABLE people ALTER COLUMN id TYPE text COLLATE caseless;"
                        + "ALTER TABLE visits ALTER COLUMN host_id TYPE text COLLATE caseless, ALTER COLUMN guest_id TYPE text COLLATE caseless,"
                        + " ADD FOREIGN KEY (host_id) REFERENCES people, ADD FOREIGN KEY (guest_id) REFERENCES people");
        List<Sight> sights = sights(List.of(new String[] {"p3", "P3"}, new String[] {"p4"}, new String[] {"P5"}));
        try (WatchedConnection store = watched()) {
            List<Optional<ReadOfHer>> read = read(store, sights, USUAL);

            assertThat(read).allMatch(Optional::isPresent);
            same(sights, read);
            assertThat(read.getFirst().orElseThrow().tables().getFirst().rows()).hasSize(1);
        }
    }

    @Test
    void large_values_come_a_few_at_a_time_and_small_ones_more() {
        List<Sight> sights = sights(persons(50));
        try (WatchedConnection small = watched()) {
            same(sights, read(small, sights, USUAL));
            assertThat(small.mostRows()).isEqualTo(AccessReading.MOST_ROWS_PER_FETCH);
        }
        database.execute(
                "UPDATE visits SET page = repeat('x', 100000) WHERE id = 1000; UPDATE rooms SET door = repeat('x', 100000) WHERE id = 0");
        try (WatchedConnection large = watched()) {
            same(sights, read(large, sights, USUAL));
            assertThat(large.mostRows()).isEqualTo(AccessReading.ROWS_PER_FETCH);
        }
    }

    @Test
    void who_has_too_many_rows_falls_out_and_is_not_read_on_for() {
        database.execute(
                "INSERT INTO visits SELECT 20000 + i, 'p3', NULL, NULL, 'page ' || i, '2026-02-01Z' FROM generate_series(1, 30000) i; ANALYZE");
        List<Sight> sights = sights(persons(10));
        try (WatchedConnection store = watched()) {
            List<Optional<ReadOfHer>> read = read(store, sights, new Room.Limits(5_000, 1 << 20, USUAL.bytes()));

            assertThat(IntStream.range(0, 10).filter(i -> read.get(i).isEmpty()))
                    .containsExactly(3);
            same(sights, read);
            assertThat(store.declared()).as("the table is begun anew").isEqualTo(4);
            assertThat(store.asked().stream().filter(text -> text.startsWith("FETCH")))
                    .as("not all of her 30,000 rows are read")
                    .hasSizeLessThan(30_000 / AccessReading.MOST_ROWS_PER_FETCH);
        }
    }

    @Test
    void where_all_have_too_much_together_whoever_has_most_falls_out() {
        database.execute("UPDATE visits SET page = repeat('x', 2000) WHERE host_id = 'p4'");
        List<Sight> sights = sights(persons(10));
        try (WatchedConnection store = watched()) {
            List<Optional<ReadOfHer>> read =
                    read(store, sights, new Room.Limits(USUAL.rowsOfOne(), USUAL.bytesOfOne(), 800_000));

            assertThat(read.get(4)).isEmpty();
            assertThat(read.stream().filter(Optional::isPresent)).hasSizeGreaterThan(5);
            same(sights, read);
            long bytes = read.stream()
                    .flatMap(Optional::stream)
                    .mapToLong(ReadOfHer::bytes)
                    .sum();
            assertThat(bytes).isLessThanOrEqualTo(800_000);
        }
    }

    @Test
    void where_nobody_may_be_held_nobody_is() {
        List<Sight> sights = sights(persons(10));
        try (WatchedConnection store = watched()) {
            assertThat(read(store, sights, new Room.Limits(0, 0, 0))).allMatch(Optional::isEmpty);
        }
    }

    @Test
    void a_snapshot_that_stands_too_long_is_given_up_for_all() {
        List<Sight> sights = sights(persons(3));
        try (WatchedConnection store = watched()) {
            ReadingOfMany reading = new ReadingOfMany(sights.getFirst().store().catalogue());
            assertThatThrownBy(() -> reading.read(store, sights, 0, Duration.ZERO, () -> {}))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.TIME_LIMIT));
            assertThat(reading.read(store, sights, 0, LIMIT, () -> {})).allMatch(Optional::isPresent);
        }
    }

    @Test
    void a_table_without_an_index_on_the_way_is_read_once_for_all() {
        List<Sight> sights = sights(persons(50));
        try (WatchedConnection store = watched()) {
            read(store, sights, USUAL);
            String declared = store.asked().stream()
                    .filter(text -> text.startsWith("DECLARE") && text.contains("\"page\""))
                    .findFirst()
                    .orElseThrow();
            assertThat(declared).contains("AS MATERIALIZED").contains("hers.person");
        }
        assertThat(scansOfVisits(sights.subList(0, 2))).isEqualTo(scansOfVisits(sights));
    }

    /** How often the rows of a partition are gone through from its beginning, in the statement that reads the table. */
    private long scansOfVisits(List<Sight> sights) {
        Sql statement = new ReadingOfMany(sights.getFirst().store().catalogue()).statement(sights, 1);
        try (StoreConnection store = watched()) {
            String plan = store.run(Sql.of("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ", statement))
                    .rows()
                    .toString();
            long scans = 0;
            for (String line : plan.split("\\], \\[", -1)) {
                if (line.contains("Seq Scan on visits_a")) {
                    scans += Long.parseLong(line.replaceAll(".*loops=(\\d+).*", "$1"));
                }
            }
            assertThat(scans).as(plan).isPositive();
            return scans;
        }
    }

    @Test
    void a_row_to_which_several_of_hers_lead_is_hers_once() {
        List<Sight> sights = sights("p0", "p1");
        Sight sight = sights.getFirst();
        SeenTable rooms = sight.tables().stream()
                .filter(table -> table.name().name().equals("rooms"))
                .findFirst()
                .orElseThrow();
        SqlMembers members = new SqlMembers(
                new SqlConditions(new SqlTables(sight.store().catalogue())),
                scope("p20"),
                List.of(Map.of("customer", List.of(List.of("p20"))), Map.of("customer", List.of(List.of("p21")))));
        try (StoreConnection store = watched()) {
            Answer answer = store.run(members.members(rooms.ways().getFirst().reach(), Row.outer(rooms.name()))
                    .orElseThrow());
            assertThat(answer.rows()).hasSize(2).doesNotHaveDuplicates();
        }
    }
}
