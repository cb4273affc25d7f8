package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.inform.Informed;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody whom the company's own site hands over, and no store knows: she is told that nothing is held of her. */
class NothingHeldTest {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "looked at it");

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

    private static Ask ask(Kind kind) {
        return switch (kind) {
            case WITHDRAWAL, MARKETING_OBJECTION, TESTIMONIAL_REMOVAL -> new Ask(kind, List.of("newsletter"));
            case OBJECTION -> new Ask(kind, List.of("safety"));
            case ACCESS, RECTIFICATION, ERASURE, PORTABILITY, RESTRICTION, HUMAN_REVIEW, QUESTION, TESTIMONIAL_CHANGE ->
                Ask.of(kind);
        };
    }

    private StoredRequest handedOver(Kind kind) {
        StateChange once = StateChange.of("update kept.request set tries = tries where false");
        return bakery.desk.signedIn(
                ask(kind), "en", new Lookup.Known(Map.of(), Optional.empty()), Visits.secret(), once);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"QUESTION", "HUMAN_REVIEW", "RECTIFICATION", "TESTIMONIAL_CHANGE", "TESTIMONIAL_REMOVAL"},
            mode = EnumSource.Mode.EXCLUDE)
    void it_goes_to_somebody_who_answers_in_words(Kind kind) {
        StoredRequest asked = handedOver(kind);
        bakery.step();
        StoredRequest reviewed = bakery.again(asked);
        assertThat(bakery.complaints()).isEmpty();
        assertThat(reviewed.request().stage())
                .isEqualTo(new Stage.InReview(reviewed.request().identity().orElseThrow(), Stage.Review.NOTHING_HELD));
        assertThat(bakery.details.nothingHeld(reviewed)).isTrue();

        assertThatThrownBy(() -> {
                    if (kind == Kind.OBJECTION) {
                        bakery.staff.uphold(reviewed, "so it is", OFFICER);
                    } else {
                        bakery.staff.approve(reviewed, OFFICER);
                    }
                })
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("answer in words");
        StoredRequest answered = bakery.staff.answer(reviewed, "We hold nothing of you.", OFFICER);
        bakery.step();

        assertThat(answered.request().stage())
                .isEqualTo(new Stage.Answered(reviewed.request().identity(), false));
        assertThat(bakery.desk.messages().of(asked.id()))
                .filteredOn(message -> !message.internal())
                .extracting(Messages.Message::text)
                .containsExactly("We hold nothing of you.");
        assertThat(new Informed(bakery.home().state()).of(asked.id()))
                .as("recipients of nothing")
                .isEmpty();
        assertThat(bakery.work.due()).isFalse();
    }

    @Test
    void one_that_has_failed_for_it_is_answered_in_words_too() {
        StoredRequest asked = handedOver(Kind.ACCESS);
        StoredRequest begun = bakery.requests.happen(asked, new Event.CarryOut(), Actor.KEPT, List.of());
        StoredRequest failed = bakery.requests.happen(begun, new Event.Fail(), Actor.KEPT, List.of());

        assertThat(bakery.staff
                        .answer(failed, "We hold nothing of you.", OFFICER)
                        .request()
                        .stage()
                        .word())
                .isEqualTo("answered");
    }

    @Test
    void what_is_held_of_somebody_is_not_answered_in_words() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.ACCESS), "anna@example.org");
        assertThat(bakery.details.nothingHeld(proven)).isFalse();
        StoredRequest begun = bakery.requests.happen(proven, new Event.CarryOut(), Actor.KEPT, List.of());
        StoredRequest failed = bakery.requests.happen(begun, new Event.Fail(), Actor.KEPT, List.of());

        assertThatThrownBy(() -> bakery.staff.answer(failed, "We hold nothing of you.", OFFICER))
                .isInstanceOf(NotAllowed.class);
    }
}
