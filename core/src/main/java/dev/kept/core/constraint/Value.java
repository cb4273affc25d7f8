package dev.kept.core.constraint;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a value in a row that nobody has looked at. */
sealed interface Value {

    Value NULL = new Known(null);
    Value UNCLEAR = new Unclear();

    /**
     * Exactly this: {@code BigDecimal}, {@code Boolean}, {@code String}, {@link Blanks}, a date or time, {@code UUID}, {@code Json}, {@link
     * Items}, {@link Text}, {@link Now}; or NULL.
     */
    record Known(@Nullable Object value) implements Value {
        @Override
        public Set<Ternary> truths() {
            return value == null
                    ? EnumSet.of(Ternary.NULL)
                    : value instanceof Boolean truth ? EnumSet.of(Ternary.of(truth)) : EnumSet.allOf(Ternary.class);
        }
    }

    /** Any value of its type. */
    record Any(boolean maybeNull) implements Value {
        @Override
        public Set<Ternary> truths() {
            return maybeNull ? EnumSet.allOf(Ternary.class) : EnumSet.of(Ternary.TRUE, Ternary.FALSE);
        }
    }

    /** A boolean of which something is known; it may be NULL, too. */
    record Logic(Set<Ternary> possible) implements Value {
        public Logic {
            possible = Collections.unmodifiableSet(EnumSet.copyOf(possible));
        }

        @Override
        public Set<Ternary> truths() {
            return possible;
        }
    }

    /** The outcome of something that is not understood here. */
    record Unclear() implements Value {
        @Override
        public Set<Ternary> truths() {
            return EnumSet.allOf(Ternary.class);
        }
    }

    /** A {@code character(n)} with blanks at its end, which mean something to patterns and nothing to comparisons. */
    record Blanks(String text) {}

    /** A value of a type whose rules are not known: equal to the same text, and nothing more is said. */
    record Text(String text) {}

    /** The items of an array. */
    record Items(List<Value> of) {
        public Items {
            of = List.copyOf(of);
        }
    }

    /** The time of the check: later than the day this was written. */
    record Now() {}

    /** The truths this may be. */
    Set<Ternary> truths();

    static Value of(Ternary truth) {
        return switch (truth) {
            case TRUE -> new Known(true);
            case FALSE -> new Known(false);
            case NULL -> NULL;
        };
    }

    static Value of(boolean truth) {
        return new Known(truth);
    }

    static Value ofTruths(Set<Ternary> possible) {
        return possible.size() == 1 ? of(possible.iterator().next()) : new Logic(possible);
    }
}
