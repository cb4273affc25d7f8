package dev.kept.server.request;

import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Terms;
import dev.kept.server.request.StoredRequest.Channel;
import dev.kept.server.state.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Requests as lists: the open ones by deadline, all by receipt; page by page, without names. */
public final class Inbox {

    /** The most rows of a page. */
    public static final int MOST_ROWS = 200;

    /** While the clock stands, its last day moves on with each day. */
    private static final String DUE =
            "(due_on + case when pauses_on is null then 0 else greatest(0, :today - pauses_on) end)";

    private static final String COLUMNS =
            "select id, number, kind, uses, language, channel, first_received_at, stage," + " proven, reading, due_on, "
                    + DUE + " as due, closed_at, work, tries, reference from kept.request where true";

    /** A question that is open for so long is looked at again: asked otherwise, or the request refused. */
    public static final int OPEN_LONG_DAYS = 14;

    private final State state;
    private final Terms terms;

    public Inbox(State state, Terms terms) {
        this.state = state;
        this.terms = terms;
    }

    /**
     * A request in a list.
     *
     * @param due the last day to answer
     * @param place the day by which open ones stand in order: while the clock stands it does not move
     * @param waits whether a process has something to do about it
     * @param tries how often that was tried in vain; of one that nobody has proven, to look for whom a link is sent to
     * @param reference how another system calls it that it was taken over from
     */
    public record Row(
            UUID id,
            String number,
            Kind kind,
            List<String> uses,
            String language,
            Channel channel,
            Instant firstReceivedAt,
            String stage,
            boolean proven,
            Deadline.Reading reading,
            LocalDate due,
            LocalDate place,
            Optional<Instant> closedAt,
            boolean waits,
            int tries,
            Optional<String> reference,
            Alarm alarm) {}

    /** Which ones; empty is any. */
    public record Filter(Optional<Kind> kind, Optional<String> stage, Optional<Alarm> alarm, boolean closed) {
        public static final Filter OPEN = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** Where a page ended: the next one begins after it. */
    public record After(LocalDate day, Instant at, UUID id) {
        public static After of(Row row) {
            return new After(row.place(), row.firstReceivedAt(), row.id());
        }
    }

    /** A page: open ones soonest due first, closed ones newest first. */
    public List<Row> page(Filter filter, Optional<After> after, int most) {
        LocalDate today = today();
        StringBuilder sql = new StringBuilder(COLUMNS);
        Map<String, Object> values = new HashMap<>();
        filter.kind().ifPresent(kind -> {
            sql.append(" and kind = :kind");
            values.put("kind", kind.word());
        });
        filter.stage().ifPresent(stage -> {
            sql.append(" and stage = :stage");
            values.put("stage", stage);
        });
        filter.alarm()
                .ifPresent(alarm ->
                        sql.append(" and reading <> 'stands' and due_on ").append(due(alarm)));
        if (filter.closed()) {
            sql.append(" and closed_at is not null");
            after.ifPresent(last -> {
                sql.append(" and (first_received_at, id) < (:at, :id)");
                values.put("at", Requests.at(last.at()));
                values.put("id", last.id());
            });
            sql.append(" order by first_received_at desc, id desc");
        } else {
            sql.append(" and closed_at is null");
            after.ifPresent(last -> {
                sql.append(" and (due_on, id) > (:day, :id)");
                values.put("day", last.day());
                values.put("id", last.id());
            });
            sql.append(" order by due_on, id");
        }
        sql.append(" limit :most");
        return state.database()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind("today", today)
                        .bind("most", Math.min(most, MOST_ROWS))
                        .bindMap(values)
                        .map((row, context) -> read(row, today))
                        .list());
    }

    private static String due(Alarm alarm) {
        return switch (alarm) {
            case OVERDUE -> "< :today";
            case URGENT -> "between :today and :today + " + Deadline.URGENT_DAYS;
            case SOON -> "between :today + " + (Deadline.URGENT_DAYS + 1) + " and :today + " + Deadline.WARNED_DAYS;
            case NONE -> "> :today + " + Deadline.WARNED_DAYS;
        };
    }

    /** How many open requests there are at each distance from their last day. */
    public Map<Alarm, Long> open() {
        LocalDate today = today();
        Map<Alarm, Long> counts = new EnumMap<>(Alarm.class);
        List<String> columns = new ArrayList<>();
        for (Alarm alarm : Alarm.values()) {
            columns.add("count(*) filter (where due_on " + due(alarm) + ") as " + alarm.word());
        }
        state.database()
                .useHandle(handle -> handle.createQuery("select " + String.join(", ", columns)
                                + " from kept.request where closed_at is null and reading <> 'stands'")
                        .bind("today", today)
                        .map((row, context) -> {
                            for (Alarm alarm : Alarm.values()) {
                                counts.put(alarm, row.getLong(alarm.word()));
                            }
                            return true;
                        })
                        .one());
        long standing = state.database()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from kept.request where closed_at is null and reading = 'stands'")
                        .mapTo(Long.class)
                        .one());
        counts.merge(Alarm.NONE, standing, Long::sum);
        return counts;
    }

    /** How many are on hold of which the day of the review has come. */
    public long toReview() {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from kept.request where closed_at is null and stage = 'held'"
                                        + " and (select (data ->> 'review-on')::date from kept.request_event where request = request.id"
                                        + " and data ->> 'event' = 'hold' order by seq desc limit 1) <= :today")
                        .bind("today", today())
                        .mapTo(Long.class)
                        .one());
    }

    /** How many questions to persons are open for {@link #OPEN_LONG_DAYS} days: the clock may stand, and nothing else warns of them. */
    public long askedLongAgo() {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from kept.request where closed_at is null and stage = 'clarifying'"
                                        + " and (select max(at) from kept.request_event where request = request.id"
                                        + " and data ->> 'event' = 'ask-back') <= :before")
                        .bind("before", Requests.at(state.clock().instant().minus(OPEN_LONG_DAYS, ChronoUnit.DAYS)))
                        .mapTo(Long.class)
                        .one());
    }

    /** How many wait for a link to prove who they are that could not be sent yet, since not every store answers. */
    public long withoutLink() {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from kept.request where work = ? and tries > 0 and not proven and closed_at is null")
                        .bind(0, Works.Next.ADDRESS.word())
                        .mapTo(Long.class)
                        .one());
    }

    private LocalDate today() {
        return Deadline.day(state.clock().instant().truncatedTo(ChronoUnit.MICROS), terms);
    }

    private static Row read(ResultSet row, LocalDate today) throws SQLException {
        Deadline.Reading reading =
                Deadline.Reading.valueOf(row.getString("reading").toUpperCase(Locale.ROOT));
        LocalDate due = row.getObject("due", LocalDate.class);
        Instant received =
                row.getObject("first_received_at", OffsetDateTime.class).toInstant();
        return new Row(
                row.getObject("id", UUID.class),
                row.getString("number"),
                Kind.parse(row.getString("kind")).orElseThrow(),
                Requests.texts(row.getArray("uses")),
                row.getString("language"),
                Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
                received,
                row.getString("stage"),
                row.getBoolean("proven"),
                reading,
                due,
                row.getObject("due_on", LocalDate.class),
                Optional.ofNullable(row.getObject("closed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getString("work") != null,
                row.getInt("tries"),
                Optional.ofNullable(row.getString("reference")),
                new Deadline(due, due, due, due, 0, reading).alarm(today));
    }
}
