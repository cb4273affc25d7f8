package dev.kept.core.rights.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.notice.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-02T09:00:00Z");
    private static final Terms TERMS = new Terms(ZoneId.of("Europe/Berlin"), Span.parse("30 days"));
    private static final UUID ID = UUID.fromString("3d3a0c1e-6f0c-4a39-9d6e-0e8a3a6e5f01");
    private static final UUID OTHER = UUID.fromString("3d3a0c1e-6f0c-4a39-9d6e-0e8a3a6e5f02");
    private static final Identity LINK = new Identity(Identity.Way.LINK, RECEIVED, Optional.empty());

    private static List<Event> events() {
        List<Event> events = new ArrayList<>(List.of(
                new Event.Prove(LINK),
                new Event.CarryOut(),
                new Event.Fail(),
                new Event.Retry(),
                new Event.Clarify(),
                new Event.Extend(Extension.Reason.COMPLEXITY, 2),
                new Event.Untold(),
                new Event.Hold(LocalDate.of(2026, 4, 1)),
                new Event.Release(),
                new Event.Answer(),
                new Event.AnswerInPart(),
                new Event.Withdraw(),
                new Event.Expire(),
                new Event.Join(OTHER),
                new Event.Reopen()));
        for (Stage.Review why : Stage.Review.values()) {
            events.add(new Event.Review(why));
        }
        for (Stage.Question question : Stage.Question.values()) {
            events.add(new Event.AskBack(question));
        }
        for (RefusalGround ground : RefusalGround.values()) {
            events.add(new Event.Refuse(ground));
        }
        return events;
    }

    private static Ask ask(Kind kind) {
        return new Ask(kind, kind.namesUse() ? List.of("newsletter") : List.of());
    }

    private static Request received(Kind kind) {
        return Request.received(ID, ask(kind), RECEIVED);
    }

    /** A request with the path of event names that led there. */
    private record Reached(Request request, List<Event> path) {}

    /** Every stage a kind of request can get into with these events. */
    private static List<Reached> reachable(Kind kind, List<Event> events) {
        List<Reached> all = new ArrayList<>();
        Set<Stage> seen = new HashSet<>();
        Deque<Reached> next = new ArrayDeque<>(List.of(new Reached(received(kind), List.of())));
        while (!next.isEmpty()) {
            Reached reached = next.pop();
            if (!seen.add(reached.request().stage())) {
                continue;
            }
            all.add(reached);
            for (Event event : events) {
                try {
                    Request after = reached.request().after(event, RECEIVED.plusSeconds(60), TERMS);
                    List<Event> path = new ArrayList<>(reached.path());
                    path.add(event);
                    next.push(new Reached(after, path));
                } catch (NotAllowed e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void no_way_without_a_proof_leads_to_work_on_data(Kind kind) {
        List<Event> unproven = events().stream()
                .filter(event -> !(event instanceof Event.Prove))
                .toList();

        List<Reached> reached = reachable(kind, unproven);

        assertThat(reached).hasSizeGreaterThan(8);
        for (Reached one : reached) {
            Stage stage = one.request().stage();
            assertThat(stage.known()).as("%s", one.path()).isEmpty();
            assertThat(stage)
                    .as("%s", one.path())
                    .isNotInstanceOfAny(
                            Stage.Proven.class, Stage.InReview.class, Stage.CarryingOut.class, Stage.Failed.class);
            if (kind.touchesData()) {
                assertThat(stage).as("%s", one.path()).isNotInstanceOf(Stage.Answered.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void with_a_proof_every_stage_of_work_is_reached_and_knows_who_asks(Kind kind) {
        List<Reached> reached = reachable(kind, events());

        if (kind.touchesData()) {
            assertThat(reached).anyMatch(one -> one.request().stage() instanceof Stage.Failed);
            assertThat(reached)
                    .anyMatch(one -> one.request().stage() instanceof Stage.Answered(var who, var inPart) && inPart);
        }
        for (Reached one : reached) {
            boolean proven = false;
            for (Event event : one.path()) {
                proven = event instanceof Event.Prove || proven && !(event instanceof Event.Reopen);
            }
            if (!proven) {
                assertThat(one.request().identity()).as("%s", one.path()).isEmpty();
            }
        }
    }

    @Test
    void what_was_reopened_is_proven_anew() {
        Request answered = after(Kind.ERASURE, new Event.Prove(LINK), new Event.CarryOut(), new Event.Answer());

        Request reopened = answered.after(new Event.Reopen(), RECEIVED.plus(Duration.ofDays(50)), TERMS);

        assertThat(reopened.stage()).isEqualTo(new Stage.Received());
        assertThat(reopened.receivedAt()).isEqualTo(RECEIVED.plus(Duration.ofDays(50)));
        assertThatThrownBy(() -> reopened.after(new Event.CarryOut(), RECEIVED, TERMS))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void a_duplicate_takes_no_proof_over() {
        Request joined = after(Kind.ERASURE, new Event.Prove(LINK), new Event.Join(OTHER));

        assertThat(joined.identity()).as("its own").isPresent();
        assertThat(after(Kind.ERASURE, new Event.Join(OTHER)).identity()).isEmpty();
        Request reopened = joined.after(new Event.Reopen(), RECEIVED, TERMS);
        assertThat(reopened.stage()).isEqualTo(new Stage.Received());
    }

    @Test
    void what_is_being_carried_out_cannot_be_withdrawn_refused_or_put_aside() {
        Request carrying = after(Kind.ERASURE, new Event.Prove(LINK), new Event.CarryOut());

        for (Event event : List.of(
                new Event.Withdraw(),
                new Event.Refuse(RefusalGround.LEGAL_CLAIMS),
                new Event.Hold(LocalDate.of(2026, 4, 1)),
                new Event.AskBack(Stage.Question.SCOPE),
                new Event.Join(OTHER))) {
            assertThatThrownBy(() -> carrying.after(event, RECEIVED, TERMS)).isInstanceOf(NotAllowed.class);
        }
    }

    @Test
    void a_rectification_waits_for_a_person() {
        Request proven = after(Kind.RECTIFICATION, new Event.Prove(LINK));

        assertThatThrownBy(() -> proven.after(new Event.CarryOut(), RECEIVED, TERMS))
                .hasMessage("a request of kind `rectification` is looked at by a person first");
        Request reviewed = proven.after(new Event.Review(Stage.Review.KIND), RECEIVED, TERMS);
        assertThat(reviewed.after(new Event.CarryOut(), RECEIVED, TERMS).stage())
                .isEqualTo(new Stage.CarryingOut(LINK));
    }

    @Test
    void a_ground_that_speaks_of_data_is_told_to_nobody_unknown() {
        Request unknown = received(Kind.ERASURE);

        assertThatThrownBy(() -> unknown.after(new Event.Refuse(RefusalGround.LEGAL_OBLIGATION), RECEIVED, TERMS))
                .isInstanceOf(NotAllowed.class);
        assertThat(unknown.after(new Event.Refuse(RefusalGround.IDENTITY_NOT_ESTABLISHED), RECEIVED, TERMS)
                        .stage())
                .isEqualTo(new Stage.Refused(Optional.empty(), RefusalGround.IDENTITY_NOT_ESTABLISHED));
    }

    @Test
    void grounds_fit_the_kinds_their_articles_speak_of() {
        assertThat(RefusalGround.of(Kind.MARKETING_OBJECTION))
                .containsExactly(RefusalGround.IDENTITY_NOT_ESTABLISHED, RefusalGround.UNFOUNDED_OR_EXCESSIVE);
        assertThat(RefusalGround.of(Kind.OBJECTION)).contains(RefusalGround.COMPELLING_GROUNDS);
        assertThat(RefusalGround.of(Kind.QUESTION)).containsExactly(RefusalGround.UNFOUNDED_OR_EXCESSIVE);
    }

    @Test
    void a_question_stops_the_clock_only_where_it_is_necessary() {
        Request asked = received(Kind.ACCESS).after(new Event.AskBack(Stage.Question.OTHER), RECEIVED, TERMS);
        assertThat(asked.pauses()).isEmpty();

        Request scope = received(Kind.ACCESS)
                .after(new Event.AskBack(Stage.Question.SCOPE), RECEIVED, TERMS)
                .after(new Event.Clarify(), RECEIVED.plus(Duration.ofDays(3)), TERMS);
        assertThat(scope.pauses())
                .containsExactly(
                        new Pause(Stage.Question.SCOPE, RECEIVED, Optional.of(RECEIVED.plus(Duration.ofDays(3)))));
    }

    @Test
    void proving_who_asks_answers_the_question_who_asks() {
        Request proven = after(Kind.ACCESS, new Event.AskBack(Stage.Question.IDENTITY), new Event.Prove(LINK));

        assertThat(proven.stage()).isEqualTo(new Stage.Proven(LINK));
        assertThat(proven.pauses().getLast().until()).isPresent();
    }

    @Test
    void what_is_unproven_expires_unless_somebody_holds_it() {
        assertThat(after(Kind.ACCESS, new Event.Expire()).stage()).isEqualTo(new Stage.Expired());
        Request held = after(Kind.ACCESS, new Event.Hold(LocalDate.of(2026, 4, 1)));
        assertThatThrownBy(() -> held.after(new Event.Expire(), RECEIVED, TERMS))
                .isInstanceOf(NotAllowed.class);
        Request proven = after(Kind.ACCESS, new Event.Prove(LINK));
        assertThatThrownBy(() -> proven.after(new Event.Expire(), RECEIVED, TERMS))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void every_event_is_read_as_it_was_written() {
        for (Event event : events()) {
            Map<String, String> data = EventData.of(event);
            assertThat(EventData.read(data, RECEIVED)).isEqualTo(event);
        }
    }

    @Test
    void staff_do_not_prove_without_saying_who_checked() {
        assertThatThrownBy(() -> new Identity(Identity.Way.DOCUMENT_SEEN, RECEIVED, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Request after(Kind kind, Event... events) {
        Request request = received(kind);
        for (Event event : events) {
            request = request.after(event, RECEIVED.plusSeconds(60), TERMS);
        }
        return request;
    }
}
