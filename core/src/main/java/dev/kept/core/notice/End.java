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

        private Clause at(Span period, Window within) {
            return new Clause(events, period, endOfYear && period.count() > 0, renews, within);
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

    /** The same end, within a window. */
    default End within(Window window) {
        return switch (this) {
            case Clause clause -> clause.at(clause.span(), window);
            case LastOf lastOf ->
                new LastOf(lastOf.clauses().stream()
                        .map(clause -> clause.at(clause.span(), window))
                        .toList());
        };
    }

    /** The end at once: with the first of its events, not a period after it. */
    default End atOnce(Window window) {
        Span none = new Span(0, Span.Unit.DAY);
        return switch (this) {
            case Clause clause -> clause.at(none, window);
            case LastOf lastOf ->
                new LastOf(lastOf.clauses().stream()
                        .map(clause -> clause.at(none, window))
                        .toList());
        };
    }

    /** Whether this end comes, whatever the day, within the longest period after its events. */
    default boolean within(Span longest) {
        return clauses().stream().allMatch(clause -> StaticBound.within(clause, longest));
    }
}
