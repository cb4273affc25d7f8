package dev.kept.core.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a store was looked at: each promise in one read-only snapshot.
 *
 * @param snapshot when the snapshot of its rows was taken; empty where none could be
 * @param replica whether a replica answered, which may lag behind
 * @param limit how long a snapshot may stand
 * @param failure why it was not looked at as a whole; empty where it was
 */
public record StoreLook(
        String store, Optional<Instant> snapshot, boolean replica, Duration limit, Optional<Unclear> failure) {}
