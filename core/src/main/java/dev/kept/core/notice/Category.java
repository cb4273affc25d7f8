package dev.kept.core.notice;

import java.util.List;
import java.util.Optional;

/**
 * A category of data the notice says is collected (chapter 1).
 *
 * @param sources where it comes from: {@code you}, {@code device}, {@code use}, {@code cookies}, {@code others}
 * @param terms what it is, in terms of the Data Privacy Vocabulary: {@code pd:EmailAddress}
 * @param refusableWithout what the person misses who refuses it; empty where it cannot be refused
 * @param secret whether it is held but never handed out (a password hash)
 * @param identifies whether it may say by itself who somebody is; else nobody is found by it
 */
public record Category(
        String id,
        List<String> sources,
        List<String> terms,
        Optional<String> refusableWithout,
        boolean secret,
        boolean identifies) {

    public Category(
            String id, List<String> sources, List<String> terms, Optional<String> refusableWithout, boolean secret) {
        this(id, sources, terms, refusableWithout, secret, true);
    }

    public Category {
        sources = List.copyOf(sources);
        terms = List.copyOf(terms);
    }

    public String path() {
        return "collects." + id;
    }

    /** Whether the person gave it herself or it was observed of her: what portability covers (Art. 20(1)). */
    public boolean givenByPerson() {
        return sources.contains("you");
    }
}
