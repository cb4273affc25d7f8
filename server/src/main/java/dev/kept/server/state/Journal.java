package dev.kept.server.state;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What happened, append-only and without personal data: counts, rule paths, roles, salted commitments. Entries are canonical JSON
 * (RFC 8785).
 */
public final class Journal {

    private final Jdbi jdbi;
    private final InstantSource clock;

    Journal(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** One entry. */
    public record Entry(long seq, Instant at, Optional<UUID> run, String kind, String json) {}

    /** Adds an entry of its own. */
    public void append(@Nullable UUID run, String kind, Map<String, ?> entry) {
        jdbi.useHandle(entry(run, kind, entry)::apply);
    }

    /** An entry to be added with something else. */
    public StateChange entry(@Nullable UUID run, String kind, Map<String, ?> entry) {
        String json = CanonicalJson.write(entry);
        return StateChange.of(
                "insert into kept.journal (at, run, kind, entry) values (?, ?, ?, ?)",
                Runs.at(clock.instant()),
                run,
                kind,
                json);
    }

    /** The entries of a run, oldest first. */
    public List<Entry> of(UUID run) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select seq, at, run, kind, entry from kept.journal where run = :run order by seq")
                .bind("run", run)
                .map((row, context) -> new Entry(
                        row.getLong("seq"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("run", UUID.class)),
                        row.getString("kind"),
                        row.getString("entry")))
                .list());
    }
}
