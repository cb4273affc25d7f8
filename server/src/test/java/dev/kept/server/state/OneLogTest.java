package dev.kept.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.state.Step.StepState;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notes that are left to be flushed with what follows them are made only where both lie in one write-ahead log, under the run's lease. */
class OneLogTest {

    private static final String ANOTHER = "1.000000 2.000000 on";

    private TestDatabase database;
    private State state;
    private StoreSession session;
    private Runs runs;
    private Run run;

    @BeforeEach
    void begin() {
        database = TestCluster.shared().freshDatabase();
        state = State.open(database.jdbcUrl(), database.user(), database.password(), InstantSource.system());
        session = StoreSession.open(
                JdbcStoreConnection.connector(database.dataSource()),
                SessionOptions.forPersons("kept test"),
                FaultPoints.NONE);
        runs = state.runs();
        NewRun begun = new NewRun(
                UUID.randomUUID(),
                "erase",
                "shop",
                "a hash",
                Instant.EPOCH,
                Map.of("customer", List.of(List.of("1"))),
                RunKey.fresh(),
                "engineer",
                Optional.empty(),
                RunState.RUNNING,
                Optional.empty());
        run = runs.begin(List.of(begun), List.of()).getFirst();
    }

    @AfterEach
    void close() {
        session.close();
        state.close();
        database.close();
    }

    private static Step step(int number) {
        return new Step(number, 1, "public.customers", Optional.of("99"), StepState.PENDING, Map.of());
    }

    @Test
    void the_store_s_log_is_known_as_ours_and_another_is_not() {
        assertThat(runs.writes(session.log())).isTrue();
        assertThat(runs.writes(ANOTHER)).isFalse();
    }

    @Test
    void a_note_in_order_is_made_in_that_log_and_in_no_other() {
        assertThat(runs.pendingInOrder(run, List.of(), step(1), ANOTHER)).isFalse();
        assertThat(runs.steps(run)).isEmpty();

        assertThat(runs.pendingInOrder(run, List.of(), step(1), session.log())).isTrue();
        assertThat(runs.steps(run)).hasSize(1);
    }

    @Test
    void an_end_in_order_is_made_in_that_log_and_in_no_other() {
        List<StateChange> evidence = List.of(state.journal().entry(run.id(), "erase", Map.of("outcome", "done")));

        assertThat(runs.endInOrder(run, RunState.DONE, "DONE", evidence, ANOTHER))
                .isFalse();
        assertThat(runs.find(run.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
        assertThat(runs.identifiers(run)).isNotEmpty();

        assertThat(runs.endInOrder(run, RunState.DONE, "DONE", evidence, session.log()))
                .isTrue();
        assertThat(runs.find(run.id()).orElseThrow().state()).isEqualTo(RunState.DONE);
        assertThat(runs.identifiers(run)).isEmpty();
    }

    @Test
    void nothing_of_a_write_stays_where_the_lease_is_lost_however_often_it_was_written_before() {
        for (int i = 1; i <= 7; i++) {
            runs.pending(run, List.of(runs.settled(run, i - 1, 1, StepState.APPLIED)), step(i));
        }
        runs.take(run);

        assertThat(runs.pendingInOrder(run, List.of(), step(8), session.log())).isFalse();
        assertThatThrownBy(() -> runs.pending(run, List.of(runs.settled(run, 7, 1, StepState.APPLIED)), step(8)))
                .isInstanceOf(LeaseLost.class);
        assertThat(runs.steps(run)).hasSize(7);
        assertThat(runs.steps(run).getLast().state()).isEqualTo(StepState.PENDING);
    }

    @Test
    void what_a_transaction_in_another_log_became_is_left_to_be_found_out() {
        runs.pending(run, List.of(), step(1));

        runs.apply(run, List.of(runs.settled(run, 1, 1, StepState.APPLIED, ANOTHER)));
        assertThat(runs.steps(run).getFirst().state()).isEqualTo(StepState.PENDING);

        runs.apply(run, List.of(runs.settled(run, 1, 1, StepState.APPLIED, session.log())));
        assertThat(runs.steps(run).getFirst().state()).isEqualTo(StepState.APPLIED);
    }

    @Test
    void a_flush_makes_durable_what_was_committed_in_order() {
        for (int i = 0; i < 5; i++) {
            session.connection().run(List.of(Sql.of("CREATE TABLE t" + i + " ()"), StoreSession.IN_ORDER));
            session.connection().commit();
            String committed = session.connection()
                    .run(Sql.of("SELECT pg_current_wal_insert_lsn()::text"))
                    .text(0);
            session.connection().rollback();

            session.flush();

            assertThat(session.connection()
                            .run(Sql.of("SELECT pg_current_wal_flush_lsn() >= '" + committed + "'::pg_lsn"))
                            .yes(0))
                    .isTrue();
            session.connection().rollback();
        }
    }
}
