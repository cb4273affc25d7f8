package dev.kept.server.answer;

import java.time.Instant;
import java.util.UUID;

/**
 * That somebody has shown just now that a request is hers. Whoever makes one has seen to that: by a one-time link, a code, or a company's signed word.
 *
 * @param at when it was shown; an answer is handed out for {@link Answers#PROOF_LASTS} after it
 */
public record Proof(UUID request, Instant at) {}
