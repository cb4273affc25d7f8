package dev.kept.core.proof;

/**
 * What was looked at before a promise was called kept.
 *
 * @param store whose
 * @param rows read or counted; 0 where rows did not matter
 * @param message what the look found, one sentence in lower case
 */
public record Seen(String store, long rows, String message) {}
