package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.answer.Answers;
import dev.kept.server.answer.KeptAnswer;
import dev.kept.server.command.Company;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that works on requests ends in the middle, at each point of a run; another takes over, and everything is as if nothing had happened: the
 * rows, one answer, one letter.
 */
class BrokenOffTest {

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    /** The process is gone, and its connections with it: nothing catches this, but sessions are closed. */
    private static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Work endingAt(Point last, Set<Point> reached) {
        FaultPoints faults = point -> {
            reached.add(point);
            if (point == last) {
                throw new Gone();
            }
        };
        return new Work(bakery.home().state(), bakery.requests, bakery.telling, faults);
    }

    /** Steps of a process that is to end at a point; true where it got there. */
    private boolean endsAt(Point point, Set<Point> reached) {
        Work work = endingAt(point, reached);
        try {
            while (work.due()) {
                work.step(bakery.home(), line -> {});
            }
            return false;
        } catch (Gone e) {
            return true;
        }
    }

    @Test
    void an_erasure_that_broke_off_anywhere_is_finished_by_another_process() {
        Set<Point> ended = EnumSet.noneOf(Point.class);
        for (Point point : Point.values()) {
            makeAgain("anna" + point.ordinal() + "@example.org");
            StoredRequest proven = bakery.proven(Ask.of(Kind.ERASURE), "anna" + point.ordinal() + "@example.org");
            List<String> others = othersRows();
            if (endsAt(point, EnumSet.noneOf(Point.class))) {
                ended.add(point);
            }
            bakery.turn(Duration.ofMinutes(10));
            bakery.step();

            assertThat(bakery.again(proven).request().stage().word())
                    .as("after %s", point)
                    .isEqualTo("answered");
            assertThat(othersRows()).as("after %s", point).isEqualTo(others);
            assertThat(bakery.rows()).as("after %s", point).noneMatch(row -> row.contains("anna" + point.ordinal()));
            assertThat(bakery.letters().stream()
                            .filter(sent -> sent.request().equals(proven.id()) && sent.kind() == LetterKind.DONE))
                    .as("after %s", point)
                    .hasSize(1);
        }
        assertThat(ended).as("points at which a process really ended").hasSizeGreaterThan(8);
    }

    @Test
    void a_withdrawal_counts_from_the_proof_on_wherever_the_rest_breaks_off() {
        StoredRequest proven = bakery.proven(new Ask(Kind.WITHDRAWAL, List.of("newsletter")), "anna@example.org");
        assertThat(endsAt(Point.RUN_PLANNED, EnumSet.noneOf(Point.class))).isTrue();

        assertThat(bakery.home().state().facts("shop").persons()).isNotEmpty();
        bakery.turn(Duration.ofMinutes(10));
        bakery.step();
        assertThat(bakery.again(proven).request().stage().word()).isEqualTo("answered");
        assertThat(bakery.rows()).noneMatch(row -> row.startsWith("subscribers(anna"));
    }

    @Test
    void an_error_of_the_program_itself_is_not_taken_for_an_answer() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        Work work = endingAt(Point.LOOK_BEGUN, EnumSet.noneOf(Point.class));

        assertThatThrownBy(() -> {
                    while (work.due()) {
                        work.step(bakery.home(), line -> {});
                    }
                })
                .isInstanceOf(Gone.class);

        assertThat(bakery.again(proven).request().stage().word()).isNotEqualTo("answered");
    }

    /** Three who wait for their packages, of which several are read together. */
    private List<StoredRequest> waitingForPackages() {
        List<StoredRequest> asked = new ArrayList<>();
        Map<UUID, String> browsers = new HashMap<>();
        makeAgain("cleo@example.org");
        for (String address : List.of("anna@example.org", "ben@example.org", "cleo@example.org")) {
            String browser = Visits.secret();
            StoredRequest request = bakery.ask(Ask.of(Kind.ACCESS), address, browser);
            asked.add(request);
            browsers.put(request.id(), browser);
        }
        bakery.step();
        List.copyOf(bakery.letters())
                .forEach(letter -> bakery.desk
                        .open(letter.token(), Objects.requireNonNull(browsers.get(letter.request())))
                        .orElseThrow());
        return asked;
    }

    /** One package each: there, told of in the ledger, and none besides. */
    private void oneEach(List<StoredRequest> asked) {
        assertThat(asked)
                .extracting(request -> bakery.again(request).request().stage().word())
                .containsOnly("answered");
        assertThat(asked)
                .allMatch(request -> new Answers(bakery.home().state())
                                .of(request.id()).stream()
                                        .filter(answer -> answer.standing() == KeptAnswer.Standing.THERE)
                                        .count()
                        == 1);
        assertThat(bakery.home().state().journal().latest("access", 100)).hasSize(asked.size());
    }

    /** Letters that go nowhere. */
    private Telling telling(Consumer<LetterKind> told) {
        return new Telling(
                bakery.home().state(),
                (request, address, kind, language, values) -> {
                    told.accept(kind);
                    return List.of(StateChange.of("update kept.request set tries = tries where false"));
                },
                new Addresses(URI.create("https://privacy.bakery.example/")));
    }

    @Test
    void packages_that_were_read_together_are_each_made_or_not_where_the_process_ends() {
        List<StoredRequest> asked = waitingForPackages();
        int[] letters = {0};
        Telling telling = telling(kind -> {
            if (kind == LetterKind.READY && ++letters[0] == 2) {
                throw new Gone();
            }
        });
        Work work = new Work(bakery.home().state(), bakery.requests, telling, FaultPoints.NONE);
        assertThatThrownBy(() -> {
                    while (work.due()) {
                        work.step(bakery.home(), line -> {});
                    }
                })
                .isInstanceOf(Gone.class);
        assertThat(asked.stream()
                        .filter(request ->
                                bakery.again(request).request().stage().word().equals("answered")))
                .hasSize(1);

        bakery.turn(Duration.ofMinutes(10));
        bakery.step();

        oneEach(asked);
    }

    @Test
    void two_processes_that_read_together_at_once_hand_out_one_package_each() throws InterruptedException {
        List<StoredRequest> asked = waitingForPackages();
        CountDownLatch both = new CountDownLatch(2);
        List<Thread> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Work work = new Work(bakery.home().state(), bakery.requests, telling(kind -> {}), FaultPoints.NONE);
            processes.add(Thread.ofPlatform().start(() -> {
                both.countDown();
                awaitQuietly(both);
                work.step(bakery.home(), line -> {});
                work.step(bakery.home(), line -> {});
            }));
        }
        for (Thread process : processes) {
            process.join();
        }
        bakery.turn(Duration.ofMinutes(10));
        bakery.step();

        oneEach(asked);
    }

    private static void awaitQuietly(CountDownLatch both) {
        try {
            both.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> othersRows() {
        return bakery.rows().stream()
                .filter(row -> row.toLowerCase(Locale.ROOT).contains("ben@")
                        || row.contains("Hill Road")
                        || row.contains("/cake"))
                .toList();
    }

    private void makeAgain(String email) {
        bakery.company()
                .database("shop")
                .execute("with c as (insert into customers (full_name, email, opened) values ('Anna Berg', '" + email
                        + "', now() - interval '30 days') returning id), o as (insert into orders (customer_id, ship_to, placed)"
                        + " select id, 'Mill Lane " + email + "', now() - interval '20 days' from c)"
                        + " insert into visits (customer_id, page, made) select id, '/" + email
                        + "', now() - interval '2 days' from c");
        assertThat(Company.rows(
                        bakery.company().database("shop"),
                        "select id::text from customers where email = '" + email + "'"))
                .hasSize(1);
    }
}
