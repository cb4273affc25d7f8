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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
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
    private RunWrites writes;

    @BeforeEach
    void begin() {
        database = TestCluster.shared().freshDatabase();
        state = State.open(database.jdbcUrl(), database.user(), database.password(), InstantSource.system());
        session = StoreSession.open(
                JdbcStoreConnection.connector(database.dataSource()),
                SessionOptions.forPersons("kept test"),
                FaultPoints.NONE);
        runs = state.runs();
        run = runs.begin(List.of(unrecorded()), List.of()).getFirst();
        writes = RunWrites.of(runs, run);
    }

    private static NewRun unrecorded() {
        return new NewRun(
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
        assertThat(writes.pendingInOrder(List.of(), step(1), ANOTHER)).isFalse();
        assertThat(runs.steps(run)).isEmpty();

        assertThat(writes.pendingInOrder(List.of(), step(1), session.log())).isTrue();
        assertThat(runs.steps(run)).hasSize(1);
    }

    @Test
    void a_note_in_order_settles_what_came_before_it_in_the_same_transaction_however_often_it_was_written_before()
            throws SQLException {
        for (int i = 1; i <= 7; i++) {
            StateChange settled = runs.settled(run, i - 1, 1, StepState.APPLIED, session.log());
            assertThat(writes.pendingInOrder(List.of(settled), step(i), session.log()))
                    .isTrue();
        }

        assertThat(runs.steps(run)).extracting(Step::state).startsWith(StepState.APPLIED, StepState.APPLIED);
        assertThat(runs.steps(run))
                .filteredOn(one -> one.state() == StepState.PENDING)
                .hasSize(1);
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet transactions = statement.executeQuery(
                        "SELECT count(DISTINCT xmin::text) FROM kept.run_step WHERE step IN (6, 7)")) {
            transactions.next();
            assertThat(transactions.getInt(1)).isEqualTo(1);
        }
    }

    /** Before a statement that may answer with text of any length the driver waits for what went before it. */
    @Test
    void what_goes_with_other_statements_answers_with_nothing_whose_length_is_unknown() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            for (String sql : List.of(
                    StoreSession.NUMBER.text(), StoreSession.NUMBER_IN_ORDER.text(), "select " + LeasedWrite.SOON)) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    ResultSetMetaData columns = statement.getMetaData();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        assertThat(columns.getColumnTypeName(i)).as(sql).isIn("xid8", "int4", "int8", "bool");
                    }
                }
            }
        }
    }

    @Test
    void an_end_in_order_is_made_in_that_log_and_in_no_other() {
        List<StateChange> evidence = List.of(state.journal().entry(run.id(), "erase", Map.of("outcome", "done")));

        assertThat(writes.endInOrder(RunState.DONE, evidence, ANOTHER)).isFalse();
        assertThat(runs.find(run.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
        assertThat(runs.identifiers(run)).isNotEmpty();

        assertThat(writes.endInOrder(RunState.DONE, evidence, session.log())).isTrue();
        assertThat(runs.find(run.id()).orElseThrow().state()).isEqualTo(RunState.DONE);
        assertThat(runs.identifiers(run)).isEmpty();
    }

    @Test
    void nothing_of_a_write_stays_where_the_lease_is_lost_however_often_it_was_written_before() {
        for (int i = 1; i <= 7; i++) {
            runs.pending(run, List.of(runs.settled(run, i - 1, 1, StepState.APPLIED)), step(i));
        }
        runs.take(run);

        assertThat(writes.pendingInOrder(List.of(), step(8), session.log())).isFalse();
        assertThatThrownBy(() -> runs.pending(run, List.of(runs.settled(run, 7, 1, StepState.APPLIED)), step(8)))
                .isInstanceOf(LeaseLost.class);
        assertThat(runs.steps(run)).hasSize(7);
        assertThat(runs.steps(run).getLast().state()).isEqualTo(StepState.PENDING);
    }

    @Test
    void a_run_that_is_not_on_record_is_with_its_first_write_and_only_where_that_was_made() {
        NewRun fresh = unrecorded();
        List<String> told = new ArrayList<>();
        StateChange with = state.journal().entry(fresh.id(), "check", Map.of("a", "b"));
        RunWrites first = RunWrites.unrecorded(runs, fresh, List.of(with), () -> told.add("recorded"));

        assertThat(first.pendingInOrder(List.of(), step(1), ANOTHER)).isFalse();
        assertThat(runs.find(fresh.id())).isEmpty();
        assertThat(told).isEmpty();

        first.pending(List.of(), step(1));
        assertThat(runs.find(fresh.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
        assertThat(runs.steps(first.run())).hasSize(1);
        assertThat(state.journal().of(fresh.id())).hasSize(1);

        assertThat(first.endInOrder(RunState.DONE, List.of(), session.log())).isTrue();
        assertThat(runs.find(fresh.id()).orElseThrow().state()).isEqualTo(RunState.DONE);
        assertThat(told).containsExactly("recorded");
    }

    @Test
    void a_sign_of_life_and_a_stop_record_a_run_too() {
        for (Consumer<RunWrites> write :
                List.<Consumer<RunWrites>>of(RunWrites::alive, one -> one.stop(RunState.FAILED))) {
            NewRun fresh = unrecorded();
            write.accept(RunWrites.unrecorded(runs, fresh, List.of(), () -> {}));

            Run found = runs.find(fresh.id()).orElseThrow();
            assertThat(runs.identifiers(found)).isEqualTo(fresh.identifiers());
            assertThat(runs.unfinished("shop")).contains(found);
        }
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
            session.connection().run(List.of(Sql.of("CREATE TABLE t" + i + " ()"), StoreSession.NUMBER_IN_ORDER));
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
