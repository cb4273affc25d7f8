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
     * @param window for which data and when it counts: always, unless versions of the notice say otherwise
     */
    record Clause(List<String> events, Span span, boolean endOfYear, boolean renews, Window window) implements End {
        public Clause(List<String> events, Span span, boolean endOfYear, boolean renews) {
            this(events, span, endOfYear, renews, Window.ALWAYS);
        }

        public Clause {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("a clause needs an event");
            }
        }

        @Override
        public Clause within(Window other) {
            return new Clause(events, span, endOfYear, renews, other);
        }

        @Override
        public Clause atOnce(Window other) {
            return new Clause(events, new Span(0, Span.Unit.DAY), false, renews, other);
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

        @Override
        public LastOf within(Window window) {
            return new LastOf(
                    clauses.stream().map(clause -> clause.within(window)).toList());
        }

        @Override
        public LastOf atOnce(Window window) {
            return new LastOf(
                    clauses.stream().map(clause -> clause.atOnce(window)).toList());
        }
    }

    /** The clauses this end is made of. */
    default List<Clause> clauses() {
        return switch (this) {
            case Clause clause -> List.of(clause);
            case LastOf lastOf -> lastOf.clauses();
        };
    }

    /** The same end, within a window. */
    End within(Window window);

    /** The end at once: with the first of its events, not a period after it. */
    End atOnce(Window window);

    /** Whether this end comes, whatever the day, within the longest period after its events. */
    default boolean within(Span longest) {
        return clauses().stream().allMatch(clause -> StaticBound.within(clause, longest));
    }
}
