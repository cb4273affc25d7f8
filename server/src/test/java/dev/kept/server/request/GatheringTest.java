package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.answer.Answers;
import dev.kept.server.answer.KeptAnswer;
import dev.kept.server.answer.Proof;
import dev.kept.server.command.Company;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.Gathering.Bounds;
import dev.kept.server.request.Gathering.Ready;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What packages that wait are made of is read together, and each is hers alone. */
class GatheringTest {

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "");
        bakery.company()
                .database("shop")
                .execute(
                        "insert into customers (full_name, email, opened) values ('Cleo Dean', 'cleo@example.org', now() - interval '9 days')");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    private static final Ask SEE = Ask.of(Kind.ACCESS);

    private Gathering gathering(List<StoredRequest> asked) {
        return gathering(asked, Bounds.USUAL);
    }

    private Gathering gathering(List<StoredRequest> asked, Bounds bounds) {
        return handing()
                .gathering(
                        asked.stream().map(StoredRequest::id).toList(),
                        Workplace.of(bakery.home()),
                        bakery.complaints()::add,
                        bounds);
    }

    private HandingOut handing() {
        return new HandingOut(bakery.home().state(), bakery.requests, bakery.telling);
    }

    private static boolean gathered(Gathering gathering, StoredRequest request) {
        return gathering.of(request).flatMap(Ready::gathered).isPresent();
    }

    private String stage(StoredRequest request) {
        return bakery.again(request).request().stage().word();
    }

    private List<String> entries() {
        return bakery.home().state().journal().latest("access", 100).stream()
                .map(entry -> entry.json())
                .toList();
    }

    /** By which commitments the private log knows who handed something out. */
    private List<String> commitments() {
        return Company.rows(
                bakery.company().state(), "select commitment from kept.private_log where operator like 'request %'");
    }

    /** Ready to be carried out, and held there. */
    private List<StoredRequest> carriedOut(List<StoredRequest> asked) {
        failed();
        bakery.turn(Duration.ofHours(1));
        asked.forEach(
                request -> bakery.requests.happen(bakery.again(request), new Event.Retry(), Actor.KEPT, List.of()));
        return asked.stream().map(bakery::again).toList();
    }

    /** Packages that wait cannot be kept, and are tried again later. */
    private void failed() {
        bakery.company().state().execute("alter table kept.answer add constraint none check (false) not valid");
        bakery.step();
        bakery.company().state().execute("alter table kept.answer drop constraint none");
    }

    @Test
    void packages_of_several_are_read_together_and_each_is_given_away_once() {
        List<StoredRequest> asked = carriedOut(bakery.waiting(SEE, "anna@example.org", "ben@example.org"));
        StoredRequest unproven = bakery.ask(SEE, "cleo@example.org", Visits.secret());
        List<StoredRequest> all = List.of(asked.getFirst(), asked.getLast(), unproven);
        Gathering gathering = gathering(all);

        assertThat(all).extracting(request -> gathered(gathering, request)).containsExactly(true, true, false);
        assertThat(gathering.of(asked.getFirst())).isEmpty();
    }

    @Test
    void each_gets_a_package_an_entry_and_a_letter_of_her_own() throws IOException {
        List<StoredRequest> asked = bakery.waiting(SEE, "anna@example.org", "ben@example.org", "cleo@example.org");

        bakery.step();

        assertThat(asked).extracting(this::stage).containsOnly("answered");
        assertThat(entries()).hasSize(3).doesNotHaveDuplicates();
        assertThat(bakery.letters().stream()
                        .filter(sent -> sent.kind() == LetterKind.READY)
                        .map(Bakery.Sent::request))
                .containsExactlyInAnyOrderElementsOf(
                        asked.stream().map(StoredRequest::id).toList());
        assertThat(text(asked.get(0))).contains("Anna Berg", "Mill Lane").doesNotContain("Ben", "Hill Road", "Cleo");
        assertThat(text(asked.get(1))).contains("Ben Cole", "Hill Road").doesNotContain("Anna", "Mill Lane", "Cleo");
        assertThat(text(asked.get(2))).contains("Cleo Dean").doesNotContain("Anna", "Ben");
        assertThat(bakery.complaints()).isEmpty();
    }

    /** What is in the package of a request, as text. */
    private String text(StoredRequest request) throws IOException {
        Answers answers = new Answers(bakery.home().state());
        KeptAnswer kept = answers.of(request.id()).getFirst();
        StringBuilder text = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(answers.open(kept.id(), new Proof(request.id(), bakery.now()))
                .orElseThrow()
                .content())) {
            while (zip.getNextEntry() != null) {
                text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    @Test
    void a_package_that_cannot_be_sealed_is_one_person_s_failure() {
        List<StoredRequest> asked = bakery.waiting(SEE, "anna@example.org", "ben@example.org", "cleo@example.org");
        bakery.company()
                .state()
                .execute("alter table kept.answer add constraint not_hers check (request <> '"
                        + asked.get(1).id() + "')");

        bakery.step();

        assertThat(asked).extracting(this::stage).containsExactly("answered", "failed", "answered");
    }

    @Test
    void of_whom_there_is_too_much_to_be_held_her_package_is_made_by_itself() throws IOException {
        bakery.company()
                .database("shop")
                .execute("insert into visits (customer_id, page, made)"
                        + " select 1, '/page' || i, now() from generate_series(1, 20000) i");
        List<StoredRequest> asked = bakery.waiting(SEE, "anna@example.org", "ben@example.org", "cleo@example.org");

        bakery.step();

        assertThat(asked).extracting(this::stage).containsOnly("answered");
        assertThat(text(asked.getFirst())).contains("/page1\"", "/page20000\"").doesNotContain("/cake");
        assertThat(commitments())
                .as("who acts is recorded once for each package")
                .hasSize(3)
                .allSatisfy(commitment -> assertThat(entries())
                        .filteredOn(entry -> entry.contains(commitment))
                        .hasSize(1));
        assertThat(bakery.complaints()).isEmpty();
    }

    @Test
    void a_store_that_cannot_be_read_fails_each_and_later_each_is_answered() {
        List<StoredRequest> asked = bakery.waiting(SEE, "anna@example.org", "ben@example.org");
        bakery.company().database("shop").execute("alter table visits rename to seen");
        bakery.step();
        assertThat(asked).extracting(this::stage).containsOnly("failed");

        bakery.company().database("shop").execute("alter table seen rename to visits");
        bakery.turn(Duration.ofHours(1));
        bakery.step();

        assertThat(asked).extracting(this::stage).containsOnly("answered");
    }

    @Test
    void what_was_read_long_ago_is_not_handed_out() {
        List<StoredRequest> asked = carriedOut(bakery.waiting(SEE, "anna@example.org", "ben@example.org"));
        Gathering gathering = gathering(asked);
        assertThat(gathered(gathering, asked.getFirst())).isTrue();

        bakery.turn(Bounds.USUAL.held().plusSeconds(1));

        assertThat(gathered(gathering, asked.getLast())).isFalse();
    }

    @Test
    void what_was_read_of_somebody_else_is_not_hers() throws IOException {
        List<StoredRequest> asked = carriedOut(bakery.waiting(SEE, "anna@example.org", "ben@example.org"));
        StoredRequest second = asked.getLast();
        Gathering gathering = gathering(asked);
        assertThat(gathered(gathering, asked.getFirst())).isTrue();
        Optional<Ready> read = gathering.of(second);
        assertThat(read.flatMap(Ready::gathered)).isPresent();
        bakery.company()
                .state()
                .execute("delete from kept.request_person where request = '" + second.id()
                        + "' and person_kind <> 'customer'; update kept.request_person set person_key = '{3}' where request = '"
                        + second.id() + "'");

        bakery.home()
                .state()
                .apply(handing().make(second, Workplace.of(bakery.home()), read).release());

        assertThat(text(second)).contains("Cleo Dean").doesNotContain("Ben Cole", "Hill Road", "Anna");
    }

    @Test
    void what_was_read_of_her_before_she_was_erased_is_not_handed_out() throws IOException {
        List<StoredRequest> asked = bakery.waiting(SEE, "anna@example.org", "ben@example.org");
        failed();
        StoredRequest erased =
                bakery.waiting(Ask.of(Kind.ERASURE), "ben@example.org").getFirst();
        bakery.work.step(bakery.home(), bakery.complaints()::add);
        bakery.turn(Duration.ofHours(1));
        bakery.company().state().execute("delete from kept.private_log");
        inTurns(asked.getFirst(), erased, asked.getLast());

        bakery.work.step(bakery.home(), bakery.complaints()::add);

        assertThat(List.of(asked.getFirst(), erased, asked.getLast()))
                .extracting(this::stage)
                .containsOnly("answered");
        assertThat(bakery.rows().toString()).doesNotContain("Hill Road");
        assertThat(text(asked.getFirst())).contains("Mill Lane");
        assertThat(text(asked.getLast())).doesNotContain("Hill Road", "Ben Cole");
        assertThat(commitments()).as("each is recorded once").hasSize(3);
    }

    /** Their turns come in this order. */
    private void inTurns(StoredRequest... requests) {
        for (int i = 0; i < requests.length; i++) {
            bakery.company()
                    .state()
                    .execute("update kept.request set work_at = now() - interval '1 day' + interval '" + i
                            + " seconds' where id = '" + requests[i].id() + "'");
        }
    }

    @Test
    void who_acts_is_recorded_once_where_what_all_are_asked_fails() {
        List<StoredRequest> asked = carriedOut(bakery.waiting(SEE, "anna@example.org", "ben@example.org"));
        bakery.company().state().execute("delete from kept.private_log");
        Gathering gathering = gathering(asked);
        Workplace place = Workplace.of(bakery.home());
        bakery.company().database("shop").execute("alter table visits rename to seen");

        Optional<Ready> ready = gathering.of(asked.getFirst());
        assertThat(ready.orElseThrow().gathered()).isEmpty();
        assertThatThrownBy(() -> handing().make(asked.getFirst(), place, ready)).isInstanceOf(CannotRun.class);

        assertThat(bakery.complaints()).last().asString().startsWith("packages of 2 together: ");
        assertThat(commitments()).as("of both").hasSize(2);
    }

    @Test
    void where_it_took_long_and_was_of_no_use_the_others_are_not_kept_waiting() {
        bakery.company()
                .database("shop")
                .execute(
                        "insert into customers (full_name, email, opened) values ('Dora Elm', 'dora@example.org', now() - interval '9 days')");
        List<StoredRequest> asked = carriedOut(
                bakery.waiting(SEE, "anna@example.org", "ben@example.org", "cleo@example.org", "dora@example.org"));
        Duration held = Duration.ofMinutes(10);
        Gathering quick = gathering(asked, new Bounds(2, held, Duration.ofMinutes(1)));
        Gathering slow = gathering(asked, new Bounds(2, held, Duration.ofSeconds(-1)));
        assertThat(gathered(quick, asked.get(0))).isTrue();
        assertThat(gathered(slow, asked.get(0))).isTrue();

        bakery.turn(held.plusSeconds(1));

        assertThat(gathered(quick, asked.get(1))).isFalse();
        assertThat(slow.of(asked.get(1))).get().extracting(Ready::gathered).isEqualTo(Optional.empty());
        assertThat(gathered(quick, asked.get(2))).as("the next two are read").isTrue();
        assertThat(slow.of(asked.get(2))).isEmpty();
    }
}
