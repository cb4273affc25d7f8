package dev.kept.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.crash.NthCall.Failure;
import dev.kept.stores.embedded.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each call that a command makes to a store or to Kept's own database fails, in each way in which a call can; then the same command is given
 * again. What both say must be so, and both databases must end as they do without a failure. {@code -Dkept.faults=all} for every call.
 */
class EveryCallFailsTest {

    private static final boolean ALL = "all".equals(System.getProperty("kept.faults"));

    /** Calls that fail in one way, for each command, unless all do. */
    private static final int SHARE = 6;

    /** A database that stays away is waited for, so it is tried less often, and unless all is tried, for a sweep alone. */
    private static final int SHARE_GONE = ALL ? 6 : 1;

    private static final int CHAINS = ALL ? 60 : 4;

    /** What every connection begins with, and what only looks: not tried unless all is. */
    private static final Set<String> LEAST = Set.of("OTHER", "SCHEMA_READ", "STATE_MIGRATED", "SESSION_SET_UP");

    /** A number of its own, since fractions of seconds have six digits at most. */
    private static final String PERSONS_KEY = "\\b9[23]000\\d\\d\\b";

    /** Failed calls by command and phase. */
    private static final Map<String, Integer> LIVED = new TreeMap<>();

    @TempDir
    static Path folder;

    private static TestCluster states;
    private static Mill mill;

    enum Command {
        SWEEP {
            @Override
            String[] words() {
                return new String[] {"sweep", "--store", "shop", "--operator", "Anna"};
            }
        },
        ERASE {
            @Override
            String[] words() {
                Path persons = mill.file("persons", "email: person7@mill.example\nemail: person8@mill.example\n");
                return new String[] {
                    "erase", "--persons", persons.toString(), "--operator", "Anna", "--checked", "signed in"
                };
            }
        },
        CORRECT {
            @Override
            String[] words() {
                Path request = mill.file(
                        "request", "person: {email: person10@mill.example}\nset: {customers: {name: Surnamenew}}\n");
                return new String[] {
                    "correct",
                    "--store",
                    "shop",
                    "--request",
                    request.toString(),
                    "--operator",
                    "Anna",
                    "--checked",
                    "signed in"
                };
            }
        },
        END {
            @Override
            String[] words() {
                Path persons = mill.file("persons", "email: person7@mill.example\n");
                return new String[] {
                    "end",
                    "--use",
                    "support",
                    "--persons",
                    persons.toString(),
                    "--operator",
                    "Anna",
                    "--checked",
                    "signed in"
                };
            }
        },
        HOLD {
            @Override
            String[] words() {
                return new String[] {
                    "hold",
                    "--store",
                    "shop",
                    "--table",
                    "customers",
                    "--record",
                    "9200003",
                    "--reason",
                    "a claim",
                    "--review",
                    "2099-01-01",
                    "--operator",
                    "Anna"
                };
            }
        };

        abstract String[] words();
    }

    @BeforeAll
    static void found_a_mill() {
        // On servers of their own: where both write one log, KillTest looks.
        states = TestCluster.start();
        mill = Mill.found(TestCluster.shared(), states, folder);
    }

    @AfterAll
    static void say_what_failed() {
        System.out.printf(
                "%ncalls that failed: %d%n",
                LIVED.values().stream().mapToInt(i -> i).sum());
        LIVED.forEach((where, times) -> System.out.printf("  %-44s x%d%n", where, times));
        mill.close();
        states.discard();
    }

    /** What there is after the command has run as it should. */
    private record Clean(List<Call> calls, Map<String, List<String>> rows, List<String> counted) {}

    private static Clean clean(Command command) {
        mill.reset();
        NthCall watch = NthCall.none();
        Mill.Said said = watch.during(() -> mill.kept(command.words()));
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(watch.calls()).extracting(Call::database).contains("state");
        return new Clean(watch.calls(), mill.rows(), mill.counted());
    }

    @ParameterizedTest
    @EnumSource
    void whichever_call_fails_the_next_command_ends_as_if_none_had(Command command) {
        Clean clean = clean(command);
        for (Failure failure : Failure.values()) {
            if (failure == Failure.GONE && command != Command.SWEEP && !ALL) {
                continue;
            }
            for (int nth : chosen(clean.calls(), failure == Failure.GONE ? SHARE_GONE : SHARE, failure)) {
                mill.reset();
                try {
                    fail(command, clean, nth, failure);
                    again(command, clean);
                } catch (AssertionError | RuntimeException e) {
                    Call call = clean.calls().get(nth - 1);
                    throw new AssertionError(
                            command + ", call " + nth + " of " + clean.calls().size() + " " + failure + ": " + call, e);
                }
            }
        }
    }

    @Test
    void failures_in_a_row_end_as_one() {
        Random random = new Random(11);
        for (Command command : List.of(Command.SWEEP, Command.ERASE)) {
            Clean clean = clean(command);
            for (int i = 0; i < CHAINS; i++) {
                mill.reset();
                StringBuilder chain = new StringBuilder(command.name());
                try {
                    for (int link = 0; link < 3; link++) {
                        int nth = 1
                                + clean.calls().size() / 3
                                + random.nextInt(clean.calls().size());
                        Failure failure = Failure.values()[random.nextInt(3)];
                        chain.append(", ").append(nth).append(' ').append(failure);
                        fail(command, clean, nth, failure);
                    }
                    again(command, clean);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(chain.toString(), e);
                }
            }
        }
    }

    private static List<Integer> chosen(List<Call> calls, int share, Failure failure) {
        List<Integer> all = IntStream.rangeClosed(1, calls.size())
                .filter(nth -> ALL || !LEAST.contains(calls.get(nth - 1).phase()))
                .boxed()
                .toList();
        int most = Math.min(all.size(), ALL && failure != Failure.GONE ? all.size() : share);
        // Each way to fail begins elsewhere, so that together they come to more calls.
        int first = failure.ordinal() * all.size() / (most * Failure.values().length);
        return IntStream.range(0, most)
                .mapToObj(i -> all.get(first + i * all.size() / most))
                .toList();
    }

    private static void fail(Command command, Clean clean, int nth, Failure failure) {
        NthCall watch = new NthCall(nth, failure);
        Mill.Said said = watch.during(() -> mill.kept(command.words()));
        if (!watch.phase().isEmpty()) {
            LIVED.merge(command + " " + watch.phase(), 1, Integer::sum);
        }
        Spoken.discreetly(said);
        if (said.exit() == 0) {
            assertDone(command, clean);
        }
        assertThat(mill.state("SELECT id FROM kept.run WHERE ended_at IS NOT NULL ORDER BY id"))
                .isEqualTo(mill.state("SELECT run FROM kept.journal WHERE run IS NOT NULL ORDER BY run"));
    }

    private static void again(Command command, Clean clean) {
        if (command != Command.HOLD || mill.state("SELECT id FROM kept.hold").isEmpty()) {
            Mill.Said said = mill.kept(command.words());
            Spoken.discreetly(said);
            assertThat(said.exit()).as(said.toString()).isZero();
        }
        assertDone(command, clean);
        assertThat(mill.state("SELECT id FROM kept.run WHERE ended_at IS NULL OR run_key IS NOT NULL"
                        + " OR identifiers IS NOT NULL OR lease_until IS NOT NULL"))
                .isEmpty();
        assertThat(mill.state("SELECT step FROM kept.run_step WHERE state NOT IN ('applied', 'aborted')"))
                .isEmpty();
        assertThat(mill.allOfState()).doesNotContain("Surname", "@mill.example");
        if (command != Command.HOLD) {
            assertThat(mill.allOfState()).doesNotContainPattern(PERSONS_KEY);
        }
    }

    private static void assertDone(Command command, Clean clean) {
        assertThat(mill.rows()).isEqualTo(clean.rows());
        assertThat(mill.counted()).isEqualTo(clean.counted());
        assertThat(mill.saysThatCountsAreUnknown()).isFalse();
        if (command == Command.HOLD) {
            assertThat(mill.state("SELECT entry::jsonb ->> 'hold' FROM kept.journal"))
                    .isEqualTo(mill.state("SELECT id FROM kept.hold"))
                    .hasSize(1);
        }
    }
}
