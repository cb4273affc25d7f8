package dev.kept.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.Journal;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A journal of before the ledger becomes the ledger's beginning. */
class JournalMigrationTest {

    private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-000000000007");

    @Test
    void a_database_of_other_migrations_is_said_to_be_one_of_no_release() {
        try (TestDatabase database = TestCluster.shared().freshDatabase()) {
            State.open(database.jdbcUrl(), database.user(), database.password(), InstantSource.system())
                    .close();
            database.execute("update kept.flyway_schema_history set checksum = checksum + 1 where version = '11'");

            assertThatThrownBy(() -> State.open(
                            database.jdbcUrl(), database.user(), database.password(), InstantSource.system()))
                    .isInstanceOfSatisfying(CannotRun.class, refused -> {
                        assertThat(refused.problem()).contains("a version of Kept that was never released");
                        assertThat(refused.advice()).contains("an empty database");
                    });
        }
    }

    @Test
    void entries_of_before_are_the_first_ones_in_their_order_without_gaps() {
        try (TestDatabase database = TestCluster.shared().freshDatabase()) {
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .schemas("kept")
                    .defaultSchema("kept")
                    .locations("classpath:dev/kept/server/state")
                    .target("2")
                    .load()
                    .migrate();
            database.execute(
                    "insert into kept.journal (at, run, kind, entry) select '2026-05-01T00:00:00Z'::timestamptz"
                            + " + i * interval '1 second', case when i % 2 = 0 then '" + RUN + "'::uuid end, 'sweep',"
                            + " '{\"number\":' || i || '}' from generate_series(1, 700) i; delete from kept.journal where seq % 7 = 0");
            try (State state =
                    State.open(database.jdbcUrl(), database.user(), database.password(), InstantSource.system())) {
                List<Journal.Entry> entries = state.journal().of(RUN);
                assertThat(entries).hasSize(300);
                assertThat(entries.getFirst().seq()).isEqualTo(1);
                assertThat(entries.getFirst().json()).isEqualTo("{\"number\":2}");
                assertThat(entries.getLast().json()).isEqualTo("{\"number\":698}");
                Ledger ledger = new Ledger(state, Log.ORIGIN);
                state.journal().append(null, "access", java.util.Map.of());
                assertThat(ledger.status().entries()).isEqualTo(601);
                ledger.publish();
                List<dev.kept.core.ledger.Flaw> flaws = new ArrayList<>();
                ledger.verify(List.of(), List.of(), flaws::add, Ledger.Progress.NONE);
                assertThat(flaws).isEmpty();
            }
        }
    }
}
