package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import dev.kept.core.proof.retention.Overdue;
import dev.kept.core.rules.MemorySweep;
import dev.kept.core.rules.RuleExample;
import dev.kept.core.rules.RuleExamples;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.look.OverdueLook;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreConnector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule as an example, on a real server. */
class RuleExamplesOnPostgresTest {

    private static final TestDatabase DATABASE = TestCluster.shared().freshDatabase();

    /** So few rows a batch that even small examples take several. */
    private static final RunOptions TINY = new RunOptions(Duration.ofMillis(250), Pace.FULL, 2, 1, 0);

    static List<RuleExample> examples() {
        return RuleExamples.all();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_plan_carried_out_leaves_what_the_page_says(RuleExample example) {
        Database after = new PostgresSweep(DATABASE, RunOptions.defaults()).sweep(example.question(), example.scope());

        assertThat(Comparison.differences(example.before(), example.expectedAfter(), after))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_row_a_batch_leaves_the_same(RuleExample example) {
        Database after = new PostgresSweep(DATABASE, TINY).sweep(example.question(), example.scope());

        assertThat(Comparison.differences(example.before(), example.expectedAfter(), after))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void one_pass_over_a_table_counts_what_questions_row_by_row_count(RuleExample example) {
        Plan plan = MemorySweep.plan(example.question(), List.of());
        Catalogue catalogue = example.question().catalogue();
        try (Connection connection = DATABASE.connect()) {
            PostgresSweep.load(connection, catalogue, example.before());
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        Look look = new Look(catalogue);
        try (StoreConnection store =
                JdbcStoreConnection.connector(DATABASE.dataSource()).open()) {
            LookResult onePass = look.look(store, plan, Look.Depth.UNKNOWN, Duration.ofMinutes(1));
            Map<TableName, TableLook> rowByRow = new LinkedHashMap<>();
            plan.tables().forEach(table -> rowByRow.put(table.table(), Look.read(store.run(look.statement(table)))));

            assertThat(onePass.tables()).isEqualTo(rowByRow);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatever_is_due_or_unknown_is_so_under_some_use(RuleExample example) {
        Plan plan = MemorySweep.plan(example.question(), List.of());
        BoundStore store = MemorySweep.tied(example.question());
        Catalogue catalogue = example.question().catalogue();
        try (Connection connection = DATABASE.connect()) {
            PostgresSweep.load(connection, catalogue, example.before());
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        StoreConnector connector = JdbcStoreConnection.connector(DATABASE.dataSource());
        LookResult left;
        try (StoreConnection connection = connector.open()) {
            left = new Look(catalogue).look(connection, plan, Look.Depth.UNKNOWN, Duration.ofMinutes(1));
        }
        Optional<Cutoff> longest = store.notice()
                .keeps()
                .longest()
                .map(span -> Cutoff.of(example.question().asOf(), span, false));
        OverdueLook look = new OverdueLook(store, catalogue, longest);
        try (Snapshot snapshot = Snapshot.take(connector, "kept test", Duration.ofMinutes(1), System::nanoTime)) {
            plan.tables().forEach(table -> {
                Overdue overdue = look.look(snapshot, table);
                TableLook there = Objects.requireNonNull(left.tables().get(table.table()));
                assertThat(overdue.rows()).isEqualTo(there.rows());
                assertThat(overdue.unknown()).isEqualTo(there.unknown());
                assertThat(overdue.due() > 0).isEqualTo(there.left() > 0);
                assertThat(overdue.beyondLongest()).isLessThanOrEqualTo(overdue.due());
                assertThat(overdue.uses().stream()
                                .anyMatch(
                                        use -> use.rows() > 0 || !use.columns().isEmpty()))
                        .isEqualTo(overdue.due() > 0);
                assertThat(overdue.uses().stream().anyMatch(use -> use.unknown() > 0))
                        .isEqualTo(overdue.unknown() > 0);
            });
        }
    }
}
