package dev.kept.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.embedded.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code kill -9} of the database servers under a real Kept process, of one and of both, and of Kept again and again while it recovers; then
 * all are started anew. Both databases must end as they do without.
 */
class ServersKilledTest {

    private static final String[] SWEEP = {"sweep", "--store", "shop", "--operator", "Anna"};

    /** Before anything is noted, before the store commits, after it has, and at the end. */
    private static final List<String> STOPS = List.of(
            "ROWS_CHANGED 1 before",
            "PENDING_NOTED 1 answered",
            "APPLIED_NOTED 1 before",
            "DONE_NOTED 1 before",
            "DONE_NOTED 1 answered");

    private static final Map<String, Integer> KILLED = new TreeMap<>();

    @TempDir
    static Path folder;

    private static TestCluster stores;
    private static TestCluster states;

    /** Store and Kept's own database on servers of their own. */
    private static Place apart;

    /** Both on one server, in one write-ahead log: only the end of a run is flushed by itself. */
    private static Place together;

    /** Whose server is killed. */
    enum Victim {
        STORE,
        STATE,
        BOTH,
        THE_ONE_OF_BOTH
    }

    /** Databases, and what a sweep without harm leaves in them. */
    private record Place(Mill mill, Map<String, List<String>> rows, List<String> counted) {

        static Place of(TestCluster stores, TestCluster states, String name) {
            Mill mill = Mill.found(stores, states, folder.resolve(name));
            mill.reset();
            assertThat(mill.kept(SWEEP).exit()).isZero();
            Place place = new Place(mill, mill.rows(), mill.counted());
            assertThat(place.counted()).isNotEmpty();
            return place;
        }

        void sweepAgain() {
            Mill.Said said = mill.kept(SWEEP);
            Spoken.discreetly(said);
            assertThat(said.exit()).as(said.toString()).isZero();
            assertDone();
            assertThat(mill.state("SELECT id FROM kept.run WHERE ended_at IS NULL OR lease_until IS NOT NULL"))
                    .isEmpty();
            assertThat(mill.allOfState()).doesNotContain("Surname", "@mill.example");
        }

        /** What a transaction did whose server started anew in between is not known, and said not to be; nothing is counted twice. */
        void assertDone() {
            assertThat(mill.rows()).isEqualTo(rows);
            if (mill.saysThatCountsAreUnknown()) {
                assertThat(counted).containsAll(mill.counted());
            } else {
                assertThat(mill.counted()).isEqualTo(counted);
            }
            assertThat(mill.state("SELECT id FROM kept.run WHERE ended_at IS NOT NULL ORDER BY id"))
                    .isEqualTo(mill.state("SELECT run FROM kept.journal WHERE run IS NOT NULL ORDER BY run"));
        }
    }

    @BeforeAll
    static void sweep_once_without_harm() {
        stores = TestCluster.start();
        states = TestCluster.start();
        apart = Place.of(stores, states, "apart");
        together = Place.of(stores, stores, "together");
    }

    @AfterAll
    static void say_what_was_killed() {
        System.out.printf(
                "%nkilled: %d%n", KILLED.values().stream().mapToInt(i -> i).sum());
        KILLED.forEach((what, times) -> System.out.printf("  %-44s x%d%n", what, times));
        stores.discard();
        states.discard();
    }

    @ParameterizedTest
    @EnumSource
    void a_server_killed_under_a_sweep_is_no_loss_once_it_runs_again(Victim victim) {
        Place place = victim == Victim.THE_ONE_OF_BOTH ? together : apart;
        Mill mill = place.mill();
        for (String stop : STOPS) {
            mill.reset();
            try (KeptProcess process = mill.start(stop, SWEEP)) {
                process.awaitReady().go();
                assertThat(process.awaitHeld()).as(stop).isTrue();
                if (victim != Victim.STATE) {
                    stores.crash();
                }
                if (victim == Victim.STATE || victim == Victim.BOTH) {
                    states.crash();
                }
                KILLED.merge(victim + " at " + stop, 1, Integer::sum);
                CornerShop.Said said = process.go().end();
                Spoken.discreetly(new Mill.Said(said.exit(), said.out(), said.err()));
                stores.postgres().ensureRunning();
                states.postgres().ensureRunning();
                mill.write();
                if (said.exit() == 0) {
                    place.assertDone();
                }
                place.sweepAgain();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(victim + ", at " + stop, e);
            }
        }
    }

    @Test
    void a_sweep_killed_three_times_in_a_row_is_finished_by_the_fourth() {
        Mill mill = apart.mill();
        for (String third : List.of("PENDING_RESOLVED 1 before", "ROWS_CHANGED 1 answered", "DONE_NOTED 1 before")) {
            mill.reset();
            for (String stop : List.of("PENDING_NOTED 1 answered", "TAKEN_OVER 1 answered", third)) {
                try (KeptProcess process = mill.start(stop, SWEEP)) {
                    process.awaitReady().go();
                    assertThat(process.awaitHeld()).as(stop).isTrue();
                    process.kill();
                    KILLED.merge("KEPT at " + stop, 1, Integer::sum);
                    assertThat(process.out()).doesNotContain("Done");
                }
            }
            apart.sweepAgain();
        }
    }
}
