package dev.kept.core.notice;

import java.util.List;

/** One end of a use; of several, the earliest counts. */
public sealed interface End {

    /**
     * A period after an event.
     *
     * @param events the event of {@code after}, then those of {@code else}: the first that is not absent counts
     * @param endOfYear whether the end is rounded up to the end of its calendar year
     * @param renews whether the event can happen again and so move the end (last seen)
     */
    record Clause(List<String> events, Span span, boolean endOfYear, boolean renews) implements End {
        public Clause {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("a clause needs an event");
            }
        }
    }

    /** The latest of several clauses counts. */
    record LastOf(List<Clause> clauses) implements End {
        public LastOf {
            clauses = List.copyOf(clauses);
            if (clauses.isEmpty()) {
                throw new IllegalArgumentException("`last-of` needs a clause");
            }
        }
    }

    /** The clauses this end is made of. */
    default List<Clause> clauses() {
        return switch (this) {
            case Clause clause -> List.of(clause);
            case LastOf lastOf -> lastOf.clauses();
        };
    }

    /** Whether this end comes, whatever the day, within the longest period after its events. */
    default boolean within(Span longest) {
        return clauses().stream().allMatch(clause -> StaticBound.within(clause, longest));
    }
}
