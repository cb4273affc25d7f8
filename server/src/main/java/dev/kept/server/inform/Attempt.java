package dev.kept.server.inform;

import java.time.Instant;

/**
 * A try to post a message.
 *
 * @param outcome a status or a word: {@code http 503}, {@code not-public}
 */
public record Attempt(int number, Instant at, String outcome) {}
