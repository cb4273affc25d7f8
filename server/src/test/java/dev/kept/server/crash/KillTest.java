package dev.kept.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.embedded.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the real process in every phase of its commands, then the same command once more, as a person would. Nothing may be
 * reported done that is not, nothing lost, nothing counted twice, and no key left. {@code -Dkept.kill.points=N} for more points,
 * {@code -Dkept.kill.oldest=true} on the oldest PostgreSQL that Kept works with.
 */
class KillTest {

    private static final int POINTS = Integer.getInteger("kept.kill.points", 64);
    private static final int LEAST_POINTS = 50;
    private static final int COMMANDS = 4;

    /** Without a kill in each of these the test has not tested what it says. */
    private static final List<String> OF_EVERY_RUN = List.of(
            "STORE_LOCKED",
            "RUN_NOTED",
            "ROWS_CHANGED",
            "NUMBERED",
            "PENDING_NOTED",
            "STORE_COMMIT",
            "APPLIED_NOTED",
            "LOOK",
            "DONE_NOTED",
            "STATE_COMMIT");

    private static final String[] SWEEP = {"sweep", "--operator", "Anna"};

    /** Phase by command, with how often a process was killed there. */
    private static final Map<String, Integer> KILLED = new TreeMap<>();

    @TempDir
    static Path folder;

    private static Site site;

    @BeforeAll
    static void open_a_site() {
        TestCluster cluster = Boolean.getBoolean("kept.kill.oldest") ? TestCluster.older() : TestCluster.shared();
        site = new Site(cluster, cluster, folder);
    }

    @AfterAll
    static void say_where_processes_were_killed() {
        Map<String, List<String>> byPhase = new TreeMap<>();
        Set<String> commands = new TreeSet<>();
        int all = KILLED.values().stream().mapToInt(Integer::intValue).sum();
        KILLED.forEach((where, times) -> {
            String[] words = where.split(" ", -1);
            commands.add(words[0]);
            byPhase.computeIfAbsent(words[1], phase -> new ArrayList<>()).add(words[0] + " " + words[2] + " x" + times);
        });
        System.out.printf(
                "%nprocesses killed: %d%n%-20s %s%n",
                KILLED.values().stream().mapToInt(Integer::intValue).sum(),
                "phase",
                "command, before or after its call");
        byPhase.forEach((phase, hits) -> System.out.printf("%-20s %s%n", phase, String.join(", ", hits)));
        if (commands.size() == COMMANDS) {
            assertThat(all).isGreaterThanOrEqualTo(Math.min(POINTS, LEAST_POINTS));
            assertThat(byPhase.keySet()).containsAll(OF_EVERY_RUN);
        }
    }

    private static int share(int percent) {
        return Math.max(2, POINTS * percent / 100);
    }

    @Test
    void a_sweep_killed_anywhere_is_finished_by_the_next_while_customers_go_on_shopping() {
        Map<String, List<String>> expected;
        Points points;
        try (CornerShop shop = site.open()) {
            points = Points.of(() -> Checks.done(shop.keptOnTheWire(SWEEP)));
            expected = shop.rows(Writers.THEIRS);
            assertThat(shop.counted())
                    .containsKeys(
                            "customers.deleted",
                            "orders.deleted",
                            "addresses.released",
                            "customers.cleared",
                            "letters_counted.added",
                            "messages.grouped");
        }
        killAtEach("sweep", points.chosen(share(50)), 100, shop -> SWEEP, (shop, process) -> {
            Map<String, Long> before = shop.sizes();
            try (Writers writers = Writers.at(shop)) {
                strike("sweep", shop, process);
                Checks.nothingIsReportedDoneThatIsNot(shop, expected, Writers.THEIRS);

                Checks.done(shop.kept(SWEEP));

                writers.close();
                assertThat(shop.rows(Writers.THEIRS)).isEqualTo(expected);
                before.merge("orders", writers.ordered(), Long::sum);
                Checks.goneIsWhatIsCounted(shop, before);
                Checks.areThere(shop, writers.alive());
                Checks.nothingIsLeftOver(shop);
            }
        });
    }

    @Test
    void an_erasure_killed_anywhere_is_finished_when_it_is_asked_for_again() {
        Map<String, List<String>> expected;
        Map<String, Long> counted;
        Points points;
        try (CornerShop shop = site.open()) {
            points = Points.of(() -> Checks.done(shop.keptOnTheWire(erase(shop))));
            expected = shop.rows(Map.of());
            counted = shop.counted();
            assertThat(counted).containsKeys("customers.deleted", "customers.cleared");
        }
        killAtEach("erase", points.chosen(share(30)), 100, KillTest::erase, (shop, process) -> {
            strike("erase", shop, process);

            Checks.done(shop.kept(erase(shop)));

            assertThat(shop.rows(Map.of())).isEqualTo(expected);
            assertThat(shop.counted()).isEqualTo(counted);
            Checks.nothingIsLeftOver(shop);
            assertThat(shop.allOfState()).doesNotContain("9100070").doesNotContain("@corner.example");
        });
    }

    private static String[] erase(CornerShop shop) {
        Path persons = shop.persons("person7@corner.example", "person12@corner.example", "person70@corner.example");
        return new String[] {"erase", "--persons", persons.toString(), "--operator", "Anna", "--checked", "signed in"};
    }

    @Test
    void an_approved_sweep_killed_anywhere_is_carried_out_once() {
        Map<String, List<String>> expected;
        Map<String, Long> counted;
        Points approval;
        Points sweep;
        try (CornerShop shop = site.open(1)) {
            approval = Points.of(() -> Checks.done(shop.keptOnTheWire(approve(shop))));
            sweep = Points.of(() -> Checks.done(shop.keptOnTheWire(SWEEP)));
            expected = shop.rows(Map.of());
            counted = shop.counted();
        }
        Aftermath aftermath = (shop, process) -> {
            strike("approve", shop, process);

            if (shop.state("SELECT run FROM kept.approval").isEmpty()) {
                assertThat(shop.state("SELECT seq FROM kept.journal WHERE kind = 'sweep-approved'"))
                        .isEmpty();
                Checks.done(shop.kept(approve(shop)));
            }
            shop.kept(SWEEP);

            assertThat(shop.rows(Map.of())).isEqualTo(expected);
            assertThat(shop.counted()).isEqualTo(counted);
            assertThat(shop.state("SELECT seq FROM kept.journal WHERE kind = 'sweep-approved'"))
                    .hasSize(1);
        };
        killAtEach("approve", approval.chosen(share(6)), 1, KillTest::approve, aftermath);
        killAtEach(
                "approve",
                sweep.chosen(share(8)),
                1,
                shop -> {
                    Checks.done(shop.kept(approve(shop)));
                    return SWEEP;
                },
                aftermath);
    }

    /** Lets a sweep wait, unless one does, and says yes to it. */
    private static String[] approve(CornerShop shop) {
        String waiting = "SELECT id FROM kept.run WHERE state = 'waiting'";
        if (shop.state(waiting).isEmpty()) {
            assertThat(shop.kept(SWEEP).exit()).isEqualTo(3);
        }
        return new String[] {"approve", shop.state(waiting).getFirst(), "--operator", "Ben"};
    }

    @Test
    void a_hold_killed_anywhere_is_opened_with_its_evidence_or_not_at_all() {
        String[] hold = {
            "hold",
            "--table",
            "customers",
            "--record",
            "9100003",
            "--reason",
            "a claim",
            "--review",
            "2099-01-01",
            "--operator",
            "Anna"
        };
        Points points;
        try (CornerShop shop = site.open()) {
            points = Points.of(() -> Checks.done(shop.keptOnTheWire(hold)));
        }
        killAtEach("hold", points.chosen(share(6)), 100, shop -> hold, (shop, process) -> {
            strike("hold", shop, process);

            List<String> held = shop.state("SELECT id FROM kept.hold");
            assertThat(shop.state("SELECT entry::jsonb ->> 'hold' FROM kept.journal"))
                    .isEqualTo(held);
            assertThat(shop.state("SELECT commitment FROM kept.private_log"))
                    .isEqualTo(shop.state("SELECT actor_commitment FROM kept.hold"));
            if (held.isEmpty()) {
                Checks.done(shop.kept(hold));
            }
            Checks.done(shop.kept(SWEEP));
            assertThat(shop.store("SELECT email FROM customers WHERE id = 9100003"))
                    .containsExactly("person3@corner.example");
        });
    }

    /** What is asked of a shop in which a process is about to be killed. */
    private interface Aftermath {
        void of(CornerShop shop, KeptProcess process);
    }

    /** While one process is killed and its shop looked at, the next is starting. */
    private static void killAtEach(
            String name, List<String> stops, int brake, Function<CornerShop, String[]> command, Aftermath aftermath) {
        List<Prepared> prepared = new ArrayList<>();
        try {
            prepared.add(Prepared.at(stops.getFirst(), brake, command));
            for (int i = 0; i < stops.size(); i++) {
                if (i + 1 < stops.size()) {
                    prepared.add(Prepared.at(stops.get(i + 1), brake, command));
                }
                try (Prepared now = prepared.removeFirst()) {
                    aftermath.of(now.shop, now.process);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("`" + name + "`, killed at " + stops.get(i), e);
                }
            }
        } finally {
            prepared.forEach(Prepared::close);
        }
    }

    private record Prepared(CornerShop shop, KeptProcess process) implements AutoCloseable {

        static Prepared at(String stop, int brake, Function<CornerShop, String[]> command) {
            CornerShop shop = site.open(brake);
            return new Prepared(shop, shop.start(stop, command.apply(shop)));
        }

        @Override
        public void close() {
            process.close();
            shop.close();
        }
    }

    private static void strike(String name, CornerShop shop, KeptProcess process) {
        process.awaitReady().go();
        boolean held = process.awaitHeld();
        process.kill();
        if (held) {
            String[] stop = process.stop().split(" ", -1);
            KILLED.merge(name + " " + stop[0] + " " + (stop[2].equals("before") ? "before" : "after"), 1, Integer::sum);
        }
        List<String> ended = shop.state("SELECT id::text FROM kept.run WHERE ended_at IS NOT NULL");
        List<String> lines = process.out().lines().toList();
        assertThat(ended).containsAll(runsSaidDone(lines));
        if (runsSaidDone(lines).isEmpty()) {
            assertThat(lines.stream().filter(line -> line.startsWith("Done")).count())
                    .isLessThanOrEqualTo(ended.size());
        }
    }

    /** Several persons of one run are told that it is done, each with the run's name below. */
    private static List<String> runsSaidDone(List<String> lines) {
        List<String> runs = new ArrayList<>();
        boolean done = false;
        for (String line : lines) {
            done |= line.startsWith("Done");
            if (line.startsWith("run ")) {
                if (done) {
                    runs.add(line.substring("run ".length()).strip());
                }
                done = false;
            }
        }
        return runs;
    }
}
