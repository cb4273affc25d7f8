package dev.kept.server.request;

import dev.kept.core.proof.rights.RequestFigures;
import dev.kept.core.proof.rights.RequestFigures.Answers;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Terms;
import dev.kept.server.state.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How requests were answered, counted. */
public final class Figures {

    private static final String DAY_CLOSED = "(closed_at at time zone :zone)::date";
    private static final String ANSWER = "stage in ('answered', 'refused')";

    private Figures() {}

    /** Those that are open, and those that were closed in the last {@link RequestFigures#DAYS} days. */
    public static RequestFigures of(State state, Terms terms, Instant asOf) {
        LocalDate today = Deadline.day(asOf, terms);
        LocalDate since = today.minusDays(RequestFigures.DAYS);
        Map<String, Answers> rights = new HashMap<>();
        state.database()
                .useHandle(handle -> handle.createQuery("select kind,"
                                + " count(*) filter (where " + ANSWER + " and " + DAY_CLOSED
                                + " <= due_on) as answered,"
                                + " count(*) filter (where " + ANSWER + " and " + DAY_CLOSED + " > due_on) as late,"
                                + " count(*) filter (where closed_at is null and (reading = 'stands' or due_on >= :today)) as open,"
                                + " count(*) filter (where closed_at is null and reading <> 'stands' and due_on < :today) as overdue,"
                                + " count(*) filter (where stage = 'refused') as refused"
                                + " from kept.request where closed_at is null or " + DAY_CLOSED
                                + " >= :since group by kind")
                        .bind("zone", terms.zone().getId())
                        .bind("today", today)
                        .bind("since", since)
                        .map((row, context) -> {
                            String right = Kind.parse(row.getString("kind"))
                                    .orElseThrow()
                                    .right();
                            Answers answers = new Answers(
                                    row.getLong("answered"),
                                    row.getLong("late"),
                                    row.getLong("open"),
                                    row.getLong("overdue"),
                                    row.getLong("refused"));
                            return rights.merge(right, answers, Figures::sum);
                        })
                        .list());
        return state.database()
                .withHandle(handle -> handle.createQuery("select"
                                + " percentile_disc(0.5) within group (order by days) as median, max(days) as slowest,"
                                + " (select count(*) from kept.request where channel = 'form' and first_received_at >= :from) as form"
                                + " from (select " + DAY_CLOSED + " - (received_at at time zone :zone)::date as days"
                                + " from kept.request where " + ANSWER + " and " + DAY_CLOSED
                                + " >= :since) as answered")
                        .bind("zone", terms.zone().getId())
                        .bind("since", since)
                        .bind(
                                "from",
                                Requests.at(since.atStartOfDay(terms.zone()).toInstant()))
                        .map((row, context) -> new RequestFigures(
                                since,
                                rights,
                                Optional.ofNullable(row.getObject("median", Integer.class))
                                        .map(Integer::longValue),
                                Optional.ofNullable(row.getObject("slowest", Integer.class))
                                        .map(Integer::longValue),
                                row.getLong("form")))
                        .one());
    }

    private static Answers sum(Answers one, Answers other) {
        return new Answers(
                one.answered() + other.answered(),
                one.late() + other.late(),
                one.open() + other.open(),
                one.overdue() + other.overdue(),
                one.refused() + other.refused());
    }
}
