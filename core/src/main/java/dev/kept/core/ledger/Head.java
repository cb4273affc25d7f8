package dev.kept.core.ledger;

/**
 * A tree head that somebody vouches for, to be compared with the log.
 *
 * @param which how reports call it
 */
public record Head(String which, long size, Hash root) {}
