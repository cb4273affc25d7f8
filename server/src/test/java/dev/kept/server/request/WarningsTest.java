package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.command.Company;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staff hear of what is due in time, once for each step nearer, and in one letter of all at once. */
class WarningsTest {

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "requests: {warn: office@bakery.example}\n");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    private StoredRequest entered(int daysAgo, String language) {
        return bakery.staff.enter(
                Ask.of(Kind.QUESTION),
                new Typed("Mara", "", "why?", Map.of()),
                language,
                bakery.now().minus(Duration.ofDays(daysAgo)),
                Actor.staff("officer", "Olga Officer", "entered"));
    }

    private String warned(StoredRequest stored) {
        return Company.rows(
                        bakery.company().state(),
                        "select coalesce(warned, 'not') from kept.request where id = '" + stored.id() + "'")
                .getFirst();
    }

    @Test
    void of_many_that_are_late_at_once_goes_one_letter_and_each_is_in_the_ledger() {
        for (int i = 0; i < 3; i++) {
            entered(40 + i, "en");
        }
        StoredRequest soon = entered(25, "en");

        bakery.keepTime();
        bakery.keepTime();

        assertThat(bakery.letters()).extracting(Bakery.Sent::kind).containsExactly(LetterKind.STAFF_DEADLINES);
        Bakery.Sent letter = bakery.letters().getFirst();
        assertThat(letter.address()).isEqualTo("office@bakery.example");
        assertThat(letter.values())
                .containsEntry("several", new Value.Count(4))
                .containsEntry("late", new Value.Count(3));
        assertThat(letter.link()).isEqualTo("/console/requests");
        assertThat(warned(soon)).isEqualTo("soon");
        assertThat(Company.rows(
                        bakery.company().state(),
                        "select count(*)::text from kept.journal where entry::jsonb ->> 'event' = 'overdue'"))
                .containsExactly("3");
    }

    @Test
    void of_one_the_letter_is_about_that_one_in_the_language_of_staff() {
        StoredRequest soon = entered(25, "zh");

        bakery.keepTime();

        assertThat(bakery.letters()).extracting(Bakery.Sent::kind).containsExactly(LetterKind.STAFF_DEADLINE);
        assertThat(bakery.letters().getFirst().language())
                .isEqualTo(bakery.requests.notice().languages().getFirst());
        assertThat(bakery.letters().getFirst().link()).endsWith(soon.number());
        bakery.turn(Duration.ofDays(4));
        bakery.keepTime();
        bakery.turn(Duration.ofDays(9));
        bakery.keepTime();
        bakery.keepTime();
        assertThat(bakery.letters()).as("one for each step nearer").hasSize(3);
    }

    @Test
    void who_waits_behind_very_many_that_were_warned_of_is_warned_of_too() {
        StoredRequest soon = entered(25, "en");
        bakery.company()
                .state()
                .execute(
                        "insert into kept.request select (jsonb_populate_record(request, jsonb_build_object('id', gen_random_uuid(),"
                                + " 'number', 'N' || i, 'warned', 'soon', 'due_on', due_on - 1))).* from kept.request, generate_series(1, 600) i");

        bakery.keepTime();

        assertThat(warned(soon)).isEqualTo("soon");
        assertThat(List.copyOf(bakery.letters())).hasSize(1);
    }

    @Test
    void one_that_cannot_be_read_keeps_no_other_from_being_warned_of() {
        StoredRequest broken = entered(26, "en");
        bakery.company()
                .state()
                .execute("insert into kept.request_event (request, seq, at, data, actor_role) values ('" + broken.id()
                        + "', 0, now(), '{\"event\": \"unheard-of\"}', 'kept')");
        StoredRequest soon = entered(25, "en");

        assertThatThrownBy(() -> bakery.keepTime()).isInstanceOf(RuntimeException.class);

        assertThat(warned(soon)).isEqualTo("soon");
        assertThat(bakery.letters()).extracting(Bakery.Sent::kind).containsExactly(LetterKind.STAFF_DEADLINE);
    }

    @Test
    void one_of_which_it_cannot_be_noted_that_it_is_late_keeps_no_other_from_being_warned_of() {
        List<StoredRequest> late = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            late.add(entered(40 + i, "en"));
        }
        StoredRequest broken = late.remove(3);
        bakery.company().state().execute("""
                create function no() returns trigger language plpgsql as $$ begin
                  if new.id = '%s' and new.warned is not null then raise exception 'no'; end if; return new; end $$;
                create trigger no before update on kept.request for each row execute function no();
                """.formatted(broken.id()));

        assertThatThrownBy(() -> bakery.keepTime()).isInstanceOf(RuntimeException.class);

        assertThat(late).allMatch(one -> warned(one).equals("overdue"));
        assertThat(warned(broken)).isEqualTo("not");
        assertThat(Company.rows(
                        bakery.company().state(),
                        "select count(*)::text from kept.journal where entry::jsonb ->> 'event' = 'overdue'"))
                .containsExactly("6");
        int letters = bakery.letters().size();
        assertThatThrownBy(() -> bakery.keepTime()).isInstanceOf(RuntimeException.class);
        assertThat(bakery.letters())
                .as("the one that fails is tried alone from now on")
                .hasSize(letters + 1);
    }
}
