package dev.kept.core.rights.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may ask (articles of the GDPR), with the right of the notice that grants it. */
public enum Kind {
    /** To see what is held (Art. 15). */
    ACCESS("access", Effect.READS),
    /** To have what is wrong put right (Art. 16). */
    RECTIFICATION("correct", Effect.CHANGES),
    /** To be forgotten (Art. 17). */
    ERASURE("erase", Effect.CHANGES),
    /** To take along what she gave or what was observed of her, of uses on consent or contract (Art. 20). */
    PORTABILITY("portability", Effect.READS),
    /** To have her data stored and not used (Art. 18). */
    RESTRICTION("restrict", Effect.CHANGES),
    /** Against direct marketing, which ends at once and is never weighed (Art. 21(2) and (3)). */
    MARKETING_OBJECTION("object", Effect.CHANGES),
    /** Against another use on legitimate interests: restricted until somebody has weighed it (Art. 21(1), 18(1)(d)). */
    OBJECTION("object", Effect.CHANGES),
    /** To take one consent back (Art. 7(3)). */
    WITHDRAWAL("withdraw", Effect.CHANGES),
    /** That a person looks at what a machine decided (Art. 22(3)). */
    HUMAN_REVIEW("human-review", Effect.READS),
    /** Anything else she writes: a question, a complaint. */
    QUESTION("complain", Effect.NONE),
    /** To have her testimonial changed. */
    TESTIMONIAL_CHANGE("correct", Effect.CHANGES),
    /** To have her testimonial taken down. */
    TESTIMONIAL_REMOVAL("withdraw", Effect.CHANGES);

    /** What carrying it out does to the person's data. */
    public enum Effect {
        NONE,
        READS,
        CHANGES
    }

    private final String right;
    private final Effect effect;

    Kind(String right, Effect effect) {
        this.right = right;
        this.effect = effect;
    }

    /** The right of the notice's chapter 8 that it invokes. */
    public String right() {
        return right;
    }

    public Effect effect() {
        return effect;
    }

    /** Whether answering it reads or changes a person's data, so that nothing but a proven identity leads there. */
    public boolean touchesData() {
        return effect != Effect.NONE;
    }

    /** Whether a person of the company has to decide or to write before it is carried out, whatever the settings say. */
    public boolean needsPerson() {
        return switch (this) {
            case RECTIFICATION, OBJECTION, HUMAN_REVIEW, QUESTION, TESTIMONIAL_CHANGE, TESTIMONIAL_REMOVAL -> true;
            case ACCESS, ERASURE, PORTABILITY, RESTRICTION, MARKETING_OBJECTION, WITHDRAWAL -> false;
        };
    }

    /** Whether it takes effect the moment it is known who asks: nothing is to be decided. */
    public boolean atOnce() {
        return this == WITHDRAWAL || this == MARKETING_OBJECTION;
    }

    /** Whether it names uses of the notice. */
    public boolean namesUse() {
        return this == OBJECTION || this == MARKETING_OBJECTION || this == WITHDRAWAL || this == TESTIMONIAL_REMOVAL;
    }

    /** As data and addresses write it: {@code human-review}. */
    public String word() {
        return Words.of(this);
    }

    public static Optional<Kind> parse(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** How constants are written as data. */
    static final class Words {
        private Words() {}

        static String of(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static <E extends Enum<E>> E read(Class<E> type, String word) {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
