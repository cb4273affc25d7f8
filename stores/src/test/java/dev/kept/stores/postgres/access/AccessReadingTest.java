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
import dev.kept.core.rights.SeenRow;
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
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessReadingTest {

    private static final int ROWS = 150_000;

    /** Every second as host; of the others every third as guest. */
    private static final int HERS = 75_000 + 25_000;

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
                columns: {page: log}
            """;

    private final TestDatabase database = TestCluster.shared().freshDatabase();

    @BeforeEach
    void many_rows_of_one_person() {
        database.execute("""
                CREATE TABLE people (id bigint PRIMARY KEY, name text, opened timestamptz NOT NULL);
                CREATE TABLE visits (id bigint PRIMARY KEY, host_id bigint REFERENCES people, guest_id bigint REFERENCES people,
                    page text, at timestamptz NOT NULL);
                INSERT INTO people VALUES (1, 'Anna', '2026-01-01Z'), (2, 'Ben', '2026-01-01Z');
                INSERT INTO visits SELECT i, 1 + mod(i, 2), CASE WHEN mod(i, 3) = 0 THEN 1 END, 'page ' || i, '2026-02-01Z'
                    FROM generate_series(1, %d) i;
                CREATE INDEX ON visits (host_id);
                CREATE INDEX ON visits (guest_id);
                ANALYZE""".formatted(ROWS));
    }

    @AfterEach
    void drop_it() {
        database.close();
    }

    /** Counts, and keeps nothing. */
    private static class Counting implements RowReader {
        private long rows;

        @Override
        public void begin(SeenTable table) {}

        @Override
        public void row(SeenRow row) {
            rows++;
        }

        @Override
        public void end() {}
    }

    private static <T> T value(Reading<T> reading) {
        return reading.value().orElseThrow(() -> new AssertionError(reading.problems()));
    }

    private Sight sight(String customer) {
        Notice notice = value(NoticeReader.read(new SourceText("notice.yaml", NOTICE)));
        try (Connection connection = database.connect()) {
            Catalogue live = CatalogueReading.read(connection, List.of("public"));
            BoundStore bound = value(Binder.bind(
                    notice,
                    value(MapReader.read(new SourceText("mill.yaml", MAP), ZoneOffset.UTC)),
                    live,
                    Places.none("mill.yaml")));
            return Sight.of(
                    bound,
                    new AsOf(
                            Instant.parse("2026-03-01T00:00:00Z"),
                            notice.controller().zone()),
                    Facts.NONE,
                    new Scope.Persons(
                            List.of(new Scope.Identified("customer", new KeySet("test", List.of(List.of(customer)))))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_hundred_thousand_rows_come_a_handful_at_a_time() {
        Sight sight = sight("1");
        Counting counting = new Counting();
        WatchedConnection watched = new WatchedConnection(
                JdbcStoreConnection.connector(database.dataSource()).open());
        try (watched) {
            new AccessReading(sight.store().catalogue())
                    .read(watched, sight, Duration.ofMinutes(5), () -> {}, counting);
        }
        assertThat(counting.rows).isEqualTo(1 + HERS);
        assertThat(watched.mostRows()).isEqualTo(AccessReading.MOST_ROWS_PER_FETCH);
        assertThat(watched.asked().stream().filter(text -> text.startsWith("DECLARE")))
                .hasSize(2);
    }

    @Test
    void where_one_row_may_be_large_few_come_at_a_time() {
        database.execute(
                "ALTER TABLE visits ALTER page SET STORAGE EXTERNAL; UPDATE visits SET page = repeat('x', 3000) WHERE id = 149999");
        Sight sight = sight("1");
        WatchedConnection watched = new WatchedConnection(
                JdbcStoreConnection.connector(database.dataSource()).open());
        try (watched) {
            new AccessReading(sight.store().catalogue())
                    .read(watched, sight, Duration.ofMinutes(5), () -> {}, new Counting());
        }
        assertThat(watched.mostRows()).isEqualTo(AccessReading.ROWS_PER_FETCH);
        assertThat(watched.asked().stream().filter(text -> text.contains("reltoastrelid")))
                .hasSize(1);
    }

    @Test
    void where_something_of_hers_is_compressed_few_come_at_a_time() {
        database.execute(
                "UPDATE visits SET page = repeat('x', 100000) WHERE id = (SELECT max(id) FROM visits WHERE host_id = 1)");
        Sight sight = sight("1");
        WatchedConnection watched = new WatchedConnection(
                JdbcStoreConnection.connector(database.dataSource()).open());
        try (watched) {
            new AccessReading(sight.store().catalogue())
                    .read(watched, sight, Duration.ofMinutes(5), () -> {}, new Counting());
        }
        assertThat(watched.mostRows()).isEqualTo(AccessReading.ROWS_PER_FETCH);
    }

    @Test
    void one_moment_is_read_whatever_happens_meanwhile() {
        Sight sight = sight("1");
        Counting meddling = new Counting() {
            @Override
            public void begin(SeenTable table) {
                if (table.name().name().equals("people")) {
                    database.execute("DELETE FROM visits");
                }
            }
        };
        try (StoreConnection connection =
                JdbcStoreConnection.connector(database.dataSource()).open()) {
            new AccessReading(sight.store().catalogue())
                    .read(connection, sight, Duration.ofMinutes(5), () -> {}, meddling);
        }
        assertThat(meddling.rows).isEqualTo(1 + HERS);
    }

    @Test
    void a_reader_that_fails_is_told_of_and_the_connection_is_good_for_others() {
        Sight sight = sight("1");
        Counting failing = new Counting() {
            @Override
            public void row(SeenRow row) {
                super.row(row);
                if (super.rows == 700) {
                    throw new IllegalArgumentException("no more room");
                }
            }
        };
        try (StoreConnection connection =
                JdbcStoreConnection.connector(database.dataSource()).open()) {
            AccessReading reading = new AccessReading(sight.store().catalogue());
            assertThatThrownBy(() -> reading.read(connection, sight, Duration.ofMinutes(5), () -> {}, failing))
                    .hasMessage("no more room");
            Counting whole = new Counting();
            reading.read(connection, sight, Duration.ofMinutes(5), () -> {}, whole);
            assertThat(whole.rows).isEqualTo(1 + HERS);
        }
    }

    @Test
    void a_snapshot_that_stands_too_long_is_given_up() {
        Sight sight = sight("1");
        try (StoreConnection connection =
                JdbcStoreConnection.connector(database.dataSource()).open()) {
            AccessReading reading = new AccessReading(sight.store().catalogue());
            assertThatThrownBy(() -> reading.read(connection, sight, Duration.ZERO, () -> {}, new Counting()))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.TIME_LIMIT));
        }
    }

    @Test
    void several_ways_are_looked_for_through_their_own_indexes() {
        Sight sight = sight("3");
        SeenTable visits = sight.tables().getLast();
        SqlConditions conditions = new SqlConditions(new SqlTables(sight.store().catalogue()));
        try (StoreConnection connection =
                JdbcStoreConnection.connector(database.dataSource()).open()) {
            Answer plan = connection.run(Sql.of("EXPLAIN ", new TableStatement(conditions, visits).sql()));
            assertThat(plan.rows().toString())
                    .contains("visits_host_id_idx", "visits_guest_id_idx")
                    .doesNotContain("Seq Scan on visits");
        }
    }
}
