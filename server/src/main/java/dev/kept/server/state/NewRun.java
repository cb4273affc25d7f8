package dev.kept.server.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is committed before the first step of a run.
 *
 * @param identifiers the persons' keys by kind, frozen; empty for a sweep of everybody
 * @param key the run's own
 * @param worker who begins with it at once
 */
public record NewRun(
        UUID id,
        String kind,
        String store,
        String planHash,
        Instant asOf,
        Map<String, List<List<String>>> identifiers,
        RunKey key,
        String actorRole,
        Optional<String> actorCommitment,
        RunState state,
        Optional<Worker> worker) {

    /** Of the lease under which a run begins. */
    static final long FIRST_TOKEN = 1;

    /**
     * Who works on a run.
     *
     * @param identity which system the store is
     */
    public record Worker(String identity, Runs.Session session) {}

    public NewRun {
        identifiers = Map.copyOf(identifiers);
        asOf = asOf.truncatedTo(ChronoUnit.MICROS);
    }

    /** The run once it is recorded. */
    Run begun() {
        return new Run(
                id,
                kind,
                store,
                planHash,
                asOf,
                identifiers.isEmpty(),
                state,
                actorRole,
                actorCommitment,
                worker.map(Worker::identity),
                worker.map(Worker::session),
                FIRST_TOKEN);
    }
}
