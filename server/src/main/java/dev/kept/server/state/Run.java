package dev.kept.server.state;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A run as recorded before its first step.
 *
 * @param kind {@code sweep}, {@code erase}, {@code correct}, {@code access}
 * @param planHash SHA-256 of the plan, in hexadecimal: an approval is bound to it and to T
 * @param actorRole of who began it, for the ledger
 * @param session of the store's server that works, or worked, on it
 * @param token of the lease under which it was read; every later write must carry it
 */
public record Run(
        UUID id,
        String kind,
        String store,
        String planHash,
        Instant asOf,
        boolean wholeStore,
        RunState state,
        String actorRole,
        Optional<String> actorCommitment,
        Optional<String> storeIdentity,
        Optional<Runs.Session> session,
        long token) {}
