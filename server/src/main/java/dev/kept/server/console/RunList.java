package dev.kept.server.console;

import dev.kept.server.http.Refused;
import dev.kept.server.http.Trouble;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Runs as staff see them: when, of what, what came of them; never whom one concerned. Lists go page by page by key. */
final class RunList {

    private static final String COLUMNS =
            "select id, kind, store, state, plan_hash, as_of, started_at, ended_at, actor_role from kept.run";

    private final State state;

    RunList(State state) {
        this.state = state;
    }

    /** A run. */
    record Ran(
            UUID id,
            String kind,
            String store,
            RunState state,
            String plan,
            Instant asOf,
            Instant began,
            Optional<Instant> ended,
            String role) {

        Optional<Duration> lasted() {
            return ended.map(end -> Duration.between(began, end));
        }

        /** Where a page that ends with it goes on. */
        String cursor() {
            return began.getEpochSecond() + "." + began.getNano() + "." + id;
        }
    }

    List<Ran> waiting() {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                COLUMNS + " where ended_at is null and state = 'waiting' order by started_at")
                        .map((row, context) -> read(row))
                        .list());
    }

    /** @param after the cursor of the last run before the page; empty for the first page */
    List<Ran> page(String after, int most) {
        if (after.isEmpty()) {
            return state.database()
                    .withHandle(handle -> handle.createQuery(COLUMNS + " order by started_at desc, id desc limit :most")
                            .bind("most", most)
                            .map((row, context) -> read(row))
                            .list());
        }
        String[] parts = after.split("\\.", 3);
        try {
            Instant at = Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            UUID id = UUID.fromString(parts[2]);
            return state.database()
                    .withHandle(handle -> handle.createQuery(
                                    COLUMNS
                                            + " where (started_at, id) < (:at, :id) order by started_at desc, id desc limit :most")
                            .bind("at", at.atOffset(ZoneOffset.UTC))
                            .bind("id", id)
                            .bind("most", most)
                            .map((row, context) -> read(row))
                            .list());
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | DateTimeException e) {
            throw new Refused(Trouble.NOT_FOUND);
        }
    }

    Optional<Ran> find(UUID id) {
        return state.database()
                .withHandle(handle -> handle.createQuery(COLUMNS + " where id = :id")
                        .bind("id", id)
                        .map((row, context) -> read(row))
                        .findOne());
    }

    /** Rows changed, by table and what was done. */
    Map<String, Long> changed(UUID run) {
        Map<String, Long> changed = new TreeMap<>();
        state.database()
                .withHandle(handle -> handle.createQuery(
                                "select counts from kept.run_step where run = :run and state = 'applied'")
                        .bind("run", run)
                        .mapTo(String.class)
                        .list())
                .forEach(json -> CanonicalJson.read(json).forEach((what, count) -> {
                    if (count instanceof Number number && number.longValue() > 0) {
                        changed.merge(what, number.longValue(), Long::sum);
                    }
                }));
        return changed;
    }

    private static Ran read(ResultSet row) throws SQLException {
        return new Ran(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("store"),
                RunState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("plan_hash"),
                row.getObject("as_of", OffsetDateTime.class).toInstant(),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getString("actor_role"));
    }

    /** {@code 3 s}, {@code 4 min}, {@code 2 h 5 min}. */
    static String words(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3_600 ? seconds / 60 + " min" : seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }
}
