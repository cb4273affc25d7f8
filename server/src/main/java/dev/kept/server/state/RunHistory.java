package dev.kept.server.state;

import dev.kept.core.proof.retention.Sweeps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What runs say of how it stands with a store's promises. */
public final class RunHistory {

    /** A run whose lease is over has given no sign of life for long: it broke off. */
    private static final String SWEEPS = """
            select min(started_at) filter (where state = 'running' and lease_until > :now and ended_at is null) as running,
              min(started_at) filter (where state = 'waiting' and ended_at is null) as waiting,
              min(started_at) filter (where ended_at is null and state <> 'waiting'
                and not (state = 'running' and coalesce(lease_until > :now, false))) as broke_off,
              max(ended_at) filter (where state in ('done', 'incomplete')) as last_ended
            from kept.run where store = :store and kind = 'sweep'""";

    private final Jdbi jdbi;
    private final InstantSource clock;

    RunHistory(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** How it stands with the sweeps of a store. */
    public Sweeps sweeps(String store) {
        return jdbi.withHandle(handle -> handle.createQuery(SWEEPS)
                .bind("store", store)
                .bind("now", Runs.at(clock.instant()))
                .map((row, context) -> {
                    Optional<Instant> running = at(row, "running");
                    return new Sweeps(
                            running,
                            running.isPresent(),
                            at(row, "waiting"),
                            at(row, "broke_off"),
                            at(row, "last_ended"));
                })
                .one());
    }

    private static Optional<Instant> at(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /**
     * Erasures of persons in a store.
     *
     * @param done carried out: each ended with a look that found nothing that could go
     * @param open begun and not ended
     */
    public record Erasures(long done, long open) {}

    /** The erasures of a store, as counts. */
    public Erasures erasures(String store) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) filter (where state = 'done') as done,"
                        + " count(*) filter (where ended_at is null) as open"
                        + " from kept.run where store = :store and kind = 'erase'")
                .bind("store", store)
                .map((row, context) -> new Erasures(row.getLong("done"), row.getLong("open")))
                .one());
    }
}
