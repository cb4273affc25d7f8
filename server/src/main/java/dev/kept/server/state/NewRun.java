package dev.kept.server.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is committed before the first step of a run.
 *
 * @param identifiers the persons' keys by kind, frozen; empty for a sweep of everybody
 */
public record NewRun(
        UUID id,
        String kind,
        String store,
        String planHash,
        Instant asOf,
        Map<String, List<List<String>>> identifiers,
        String actorRole,
        Optional<String> actorCommitment,
        RunState state) {
    public NewRun {
        identifiers = Map.copyOf(identifiers);
    }
}
