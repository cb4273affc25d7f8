package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.session.Neighbours;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreConnector;
import dev.kept.stores.postgres.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Who counts as at work beside a run. Others of the shared server are told apart by their database. */
class NeighboursTest {

    private static final Sql HERE = Sql.of("SELECT ", Neighbours.atWorkIn("datname = current_database()"));

    private static boolean atWork(StoreConnection store) {
        boolean atWork = store.run(HERE).yes(0);
        store.rollback();
        return atWork;
    }

    /** A session as Kept's are. */
    private static StoreConnection own(StoreConnector connector) {
        StoreConnection store = connector.open();
        store.run(Sql.of("SELECT set_config('application_name', 'kept test', false)"));
        store.commit();
        return store;
    }

    private static Connection named(TestDatabase database, String name) throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = '" + name + "'");
        }
        return connection;
    }

    @Test
    void one_who_just_did_something_is_at_work_and_one_who_is_quiet_is_not() throws SQLException {
        try (Shop shop = Shop.with("CREATE TABLE things (id int)");
                Connection other = named(shop.database(), "shop")) {
            StoreConnection store = own(shop.connector());

            assertThat(atWork(store)).isTrue();
            assertThat(Neighbours.atWork(store)).isTrue();
            long until = System.nanoTime() + 60_000_000_000L;
            while (atWork(store)) {
                assertThat(System.nanoTime()).as("it never gets quiet").isLessThan(until);
            }
            assertThat(other.isClosed()).isFalse();
            store.close();
        }
    }

    @Test
    void a_long_statement_is_work_however_long_ago_it_began() throws Exception {
        try (Shop shop = Shop.with("CREATE TABLE things (id int)");
                Connection other = named(shop.database(), "shop")) {
            StoreConnection store = own(shop.connector());
            Thread sleeper = Thread.ofVirtual().start(() -> {
                try (Statement statement = other.createStatement()) {
                    statement.execute("SELECT pg_sleep(3)");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            String begun = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND state = 'active' AND query_start < clock_timestamp() - interval '2200 ms'";
            while (store.run(Sql.of(begun)).number(0) == 0) {
                store.rollback();
                assertThat(sleeper.isAlive()).isTrue();
            }
            store.rollback();

            assertThat(atWork(store)).isTrue();
            sleeper.join();
            store.close();
        }
    }

    @Test
    void kepts_own_sessions_are_not_others() throws SQLException {
        try (Shop shop = Shop.with("CREATE TABLE things (id int)");
                Connection own = named(shop.database(), "kept state")) {
            StoreConnection store = own(shop.connector());

            long until = System.nanoTime() + 60_000_000_000L;
            while (atWork(store)) {
                // Whoever made the table is quiet a moment later.
                assertThat(System.nanoTime()).isLessThan(until);
            }
            try (Statement statement = own.createStatement()) {
                statement.execute("INSERT INTO things VALUES (1)");
            }
            assertThat(atWork(store)).isFalse();
            store.close();
        }
    }

    @Test
    void whoever_may_not_be_seen_counts_as_at_work() throws SQLException {
        try (Shop shop = Shop.with("CREATE ROLE short_sighted LOGIN PASSWORD 'short_sighted'");
                Connection other = named(shop.database(), "shop")) {
            StoreConnection sharp = own(shop.connector());
            StoreConnection store = own(shop.connectorOf("short_sighted"));
            long until = System.nanoTime() + 60_000_000_000L;
            while (atWork(sharp)) {
                assertThat(System.nanoTime()).isLessThan(until);
            }

            assertThat(atWork(store)).isTrue();
            assertThat(other.isClosed()).isFalse();
            store.close();
            sharp.close();
        } finally {
            try (TestDatabase any = TestCluster.shared().freshDatabase()) {
                any.execute("DROP ROLE IF EXISTS short_sighted");
            }
        }
    }
}
