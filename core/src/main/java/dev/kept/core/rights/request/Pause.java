package dev.kept.core.rights.request;

import java.time.Instant;
import java.util.Optional;

/**
 * While a necessary question was open, the clock stood.
 *
 * @param until empty while it is open
 */
public record Pause(Stage.Question question, Instant from, Optional<Instant> until) {}
