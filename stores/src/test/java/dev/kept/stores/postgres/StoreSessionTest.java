package dev.kept.stores.postgres;

import static dev.kept.stores.postgres.Plans.sweep;
import static dev.kept.stores.postgres.Plans.tablePlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.lifecycle.Condition;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.SessionProbe;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreConnector;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreSessionTest {

    private static final SessionOptions OPTIONS = SessionOptions.sweeping("kept session test");

    @Test
    void two_processes_never_work_on_one_database() {
        try (Shop shop = Shop.with("");
                StoreSession first = shop.session()) {
            assertThat(first.identity().systemIdentifier()).isNotEmpty();
            refused(Kind.BUSY, shop.connector(), List.of());
        }
    }

    @Test
    void a_session_of_somebody_else_is_never_ended() {
        try (Shop shop = Shop.with("");
                StoreSession first = shop.session()) {
            Backend before = first.backend();
            Backend other = new Backend(before.applicationName(), before.processId(), "2001-01-01 00:00:00+00");

            refused(Kind.BUSY, shop.connector(), List.of(other));

            assertThat(first.connection().run(Sql.of("SELECT 1")).number(0)).isEqualTo(1);
        }
    }

    @Test
    void a_session_left_behind_is_ended_and_its_lock_taken() {
        try (Shop shop = Shop.with("")) {
            StoreSession left = shop.session();
            try (StoreSession next = StoreSession.takeOver(
                    shop.connector(), OPTIONS, FaultPoints.NONE, List.of(left.backend()), duration -> {})) {
                assertThat(next.backend()).isNotEqualTo(left.backend());
                assertThatThrownBy(() -> left.connection().run(Sql.of("SELECT 1")))
                        .isInstanceOf(StoreException.class)
                        .extracting(e -> ((StoreException) e).kind())
                        .isEqualTo(Kind.LOST);
            }
        }
    }

    @Test
    void a_pool_that_changes_sessions_between_transactions_is_refused() {
        try (Shop shop = Shop.with("")) {
            TransactionPool pool = new TransactionPool(shop.connector());
            try {
                refused(Kind.UNFIT, pool, List.of());
                assertThat(SessionProbe.pooled(pool)).isPresent();
                assertThat(SessionProbe.pooled(shop.connector())).isEmpty();
            } finally {
                pool.free.forEach(StoreConnection::close);
            }
        }
    }

    @Test
    void rows_that_row_level_security_would_hide_are_an_error() {
        try (Shop shop = Shop.with("""
                CREATE TABLE notes (id int PRIMARY KEY, mine boolean);
                INSERT INTO notes VALUES (1, true), (2, false);
                ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
                CREATE POLICY mine ON notes USING (mine);
                CREATE ROLE limited LOGIN PASSWORD 'limited';
                GRANT SELECT, UPDATE, DELETE ON notes TO limited;
                """)) {
            StoreConnector limited = shop.connectorOf("limited");
            assertThatThrownBy(() -> {
                        try (StoreSession session = StoreSession.open(limited, OPTIONS, FaultPoints.NONE)) {
                            shop.run(session, sweep(tablePlan("notes", Condition.TRUE)));
                        }
                    })
                    .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                    .extracting(StoreException::kind)
                    .isEqualTo(Kind.PRIVILEGE);
            assertThat(shop.rows("SELECT id FROM notes")).hasSize(2);
            shop.execute("DROP OWNED BY limited; DROP ROLE limited");
        }
    }

    private static void refused(Kind kind, StoreConnector connector, List<Backend> ours) {
        assertThatThrownBy(() -> StoreSession.takeOver(connector, OPTIONS, FaultPoints.NONE, ours, duration -> {}))
                .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                .extracting(StoreException::kind)
                .isEqualTo(kind);
    }

    /** What a pooler in transaction mode does: a server's session is handed out for one transaction, last used first. */
    private static final class TransactionPool implements StoreConnector {

        private final StoreConnector server;
        private final Deque<StoreConnection> free = new ArrayDeque<>();

        TransactionPool(StoreConnector server) {
            this.server = server;
        }

        @Override
        public StoreConnection open() {
            return new StoreConnection() {
                private @Nullable StoreConnection session;

                @Override
                public List<Answer> run(List<Sql> statements) {
                    StoreConnection current = session;
                    if (current == null) {
                        current = free.isEmpty() ? server.open() : free.pop();
                        session = current;
                    }
                    return current.run(statements);
                }

                @Override
                public void alone(Sql statement) {
                    throw new UnsupportedOperationException("a pool of transactions takes no statement alone");
                }

                @Override
                public void commit() {
                    StoreConnection current = session;
                    if (current != null) {
                        current.commit();
                        free.push(current);
                        session = null;
                    }
                }

                @Override
                public void rollback() {
                    StoreConnection current = session;
                    if (current != null) {
                        current.rollback();
                        free.push(current);
                        session = null;
                    }
                }

                @Override
                public void close() {
                    rollback();
                }
            };
        }
    }
}
