package dev.kept.core.rights.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.notice.Span;
import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.core.rights.request.Deadline.Reading;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Terms THIRTY = new Terms(BERLIN, Span.parse("30 days"));

    private static Request received(String at) {
        return Request.received(UUID.randomUUID(), Ask.of(Kind.ACCESS), Instant.parse(at));
    }

    private static Deadline deadline(Request request, String now) {
        return request.deadline(THIRTY, Instant.parse(now));
    }

    @ParameterizedTest
    @CsvSource({
        // 30 days are the earlier in a long month, the month in February
        "2026-01-05T08:00:00Z, 2026-02-04",
        "2026-02-05T08:00:00Z, 2026-03-05",
        "2026-04-05T08:00:00Z, 2026-05-05",
        // no 31 February: its last day
        "2026-01-31T08:00:00Z, 2026-02-28",
        "2028-01-31T08:00:00Z, 2028-02-29",
        // the day is the controller's
        "2026-03-04T23:30:00Z, 2026-04-04",
        "2026-03-04T22:30:00Z, 2026-04-03",
        // the clocks change in between
        "2026-03-15T12:00:00Z, 2026-04-14"
    })
    void the_earlier_of_thirty_days_and_one_month_binds(String at, LocalDate due) {
        assertThat(deadline(received(at), at).due()).isEqualTo(due);
    }

    @Test
    void a_longer_promise_does_not_lengthen_the_month() {
        Terms terms = new Terms(BERLIN, Span.parse("3 months"));
        Request request = received("2026-01-05T08:00:00Z");

        assertThat(request.deadline(terms, request.receivedAt()).due()).isEqualTo("2026-02-05");
        assertThat(request.deadline(new Terms(BERLIN, Optional.empty()), request.receivedAt())
                        .due())
                .isEqualTo("2026-02-05");
    }

    @Test
    void a_necessary_question_moves_the_day_by_the_days_it_was_open() {
        Request asked = received("2026-01-05T08:00:00Z")
                .after(new Event.AskBack(Stage.Question.SCOPE), Instant.parse("2026-01-10T22:00:00Z"), THIRTY);
        Deadline standing = deadline(asked, "2026-01-20T08:00:00Z");
        assertThat(standing.reading()).isEqualTo(Reading.STANDS);
        assertThat(standing.due()).isEqualTo("2026-02-14");
        assertThat(standing.alarm(LocalDate.of(2026, 2, 14))).isEqualTo(Alarm.NONE);

        Request clarified = asked.after(new Event.Clarify(), Instant.parse("2026-01-13T01:00:00Z"), THIRTY);
        Deadline runs = deadline(clarified, "2026-01-20T08:00:00Z");
        assertThat(runs.reading()).isEqualTo(Reading.RUNS);
        assertThat(runs.pausedDays()).isEqualTo(3);
        assertThat(runs.due()).isEqualTo("2026-02-07");
    }

    @Test
    void a_question_asked_too_late_makes_nothing_right() {
        Request late = received("2026-01-05T08:00:00Z")
                .after(new Event.AskBack(Stage.Question.SCOPE), Instant.parse("2026-02-06T08:00:00Z"), THIRTY);

        Deadline deadline = deadline(late, "2026-03-06T08:00:00Z");
        assertThat(deadline.due()).isEqualTo("2026-02-04");
        assertThat(deadline.alarm(LocalDate.of(2026, 3, 6))).isEqualTo(Alarm.OVERDUE);
    }

    @Test
    void an_extension_counts_from_the_month_of_the_law() {
        Request extended = received("2026-01-05T08:00:00Z")
                .after(new Event.Extend(Extension.Reason.COMPLEXITY, 2), Instant.parse("2026-02-04T20:00:00Z"), THIRTY);

        Deadline deadline = deadline(extended, "2026-02-10T08:00:00Z");
        assertThat(deadline.due()).isEqualTo("2026-04-05");
        assertThat(deadline.reading()).isEqualTo(Reading.EXTENDED);
    }

    @Test
    void an_extension_of_which_the_person_was_not_told_does_not_count_and_can_be_told_once_more_in_time() {
        Request received = received("2026-01-05T08:00:00Z");
        Request untold = received.after(
                        new Event.Extend(Extension.Reason.COMPLEXITY, 2), Instant.parse("2026-01-20T20:00:00Z"), THIRTY)
                .after(new Event.Untold(), Instant.parse("2026-01-22T20:00:00Z"), THIRTY);

        assertThat(deadline(untold, "2026-01-23T08:00:00Z")).isEqualTo(deadline(received, "2026-01-23T08:00:00Z"));
        Event again = new Event.Extend(Extension.Reason.COMPLEXITY, 1);
        assertThat(deadline(untold.after(again, Instant.parse("2026-01-23T20:00:00Z"), THIRTY), "2026-01-24T08:00:00Z")
                        .due())
                .isEqualTo("2026-03-05");
        assertThatThrownBy(() -> received.after(new Event.Untold(), Instant.parse("2026-01-22T20:00:00Z"), THIRTY))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void nobody_is_told_of_an_extension_after_the_first_month() {
        Request request = received("2026-01-05T08:00:00Z");
        Event extend = new Event.Extend(Extension.Reason.NUMBER_OF_REQUESTS, 1);

        assertThatThrownBy(() -> request.after(extend, Instant.parse("2026-02-05T08:00:00Z"), THIRTY))
                .isInstanceOf(NotAllowed.class)
                .hasMessageContaining("2026-02-04");
    }

    @Test
    void a_pause_does_not_lengthen_the_month_in_which_an_extension_is_told() {
        Request asked = received("2026-01-05T08:00:00Z")
                .after(new Event.AskBack(Stage.Question.SCOPE), Instant.parse("2026-01-06T08:00:00Z"), THIRTY)
                .after(new Event.Clarify(), Instant.parse("2026-01-26T08:00:00Z"), THIRTY);

        assertThat(deadline(asked, "2026-01-27T08:00:00Z").extendBy()).isEqualTo("2026-02-05");
    }

    @Test
    void it_warns_ahead_and_then_says_that_it_is_too_late() {
        Deadline deadline = deadline(received("2026-01-05T08:00:00Z"), "2026-01-06T08:00:00Z");

        assertThat(deadline.alarm(LocalDate.of(2026, 1, 27))).isEqualTo(Alarm.NONE);
        assertThat(deadline.alarm(LocalDate.of(2026, 1, 28))).isEqualTo(Alarm.SOON);
        assertThat(deadline.alarm(LocalDate.of(2026, 2, 2))).isEqualTo(Alarm.URGENT);
        assertThat(deadline.alarm(LocalDate.of(2026, 2, 4))).isEqualTo(Alarm.URGENT);
        assertThat(deadline.alarm(LocalDate.of(2026, 2, 5))).isEqualTo(Alarm.OVERDUE);
    }

    @Test
    void a_closed_request_has_a_clock_that_stopped() {
        Request withdrawn = received("2026-01-05T08:00:00Z")
                .after(new Event.Withdraw(), Instant.parse("2026-01-09T08:00:00Z"), THIRTY);

        Deadline deadline = deadline(withdrawn, "2027-01-09T08:00:00Z");
        assertThat(deadline.reading()).isEqualTo(Reading.STOPPED);
        assertThat(deadline.due()).isEqualTo("2026-02-04");
    }
}
