package dev.kept.core.rights.request;

import java.util.List;

/**
 * What is asked.
 *
 * @param uses of the notice, by id, that an objection or a withdrawal is about; of a testimonial, the use that posts it
 */
public record Ask(Kind kind, List<String> uses) {

    /** The most uses one request names. */
    public static final int MOST_USES = 100;

    public Ask {
        uses = uses.stream().distinct().sorted().toList();
        if (!kind.namesUse() && !uses.isEmpty()) {
            throw new IllegalArgumentException("a request of kind `" + kind.word() + "` names no use");
        }
        if (uses.isEmpty() && kind.namesUse()) {
            throw new IllegalArgumentException("a request of kind `" + kind.word() + "` names the use it is about");
        }
        if (uses.size() > MOST_USES) {
            throw new IllegalArgumentException("a request names at most " + MOST_USES + " uses");
        }
    }

    public static Ask of(Kind kind) {
        return new Ask(kind, List.of());
    }
}
