package dev.kept.core.proof;

/**
 * What one look says about one rule: what verdicts are made of. Several may speak of the same rule, one for each store.
 *
 * @param path the rule's
 */
public record Check(String path, Verdict verdict) {}
