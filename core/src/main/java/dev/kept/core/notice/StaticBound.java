package dev.kept.core.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The bound on a use before any data exists: at least one of its ends always comes, and within the longest period the notice
 * allows.
 *
 * <p>Periods count from the event: of an event that {@code renews}, from the last time it happened. An end always comes if each of
 * its clauses has an event that is never absent.
 */
final class StaticBound {

    /** The fewest days that so many months in a row can have. */
    private static final List<Integer> FEWEST_DAYS = List.of(0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334);

    private StaticBound() {}

    /** A use that may last too long, or for ever: why, for each of its ends. */
    record Broken(Use use, Optional<Span> longest, List<String> chain) {
        Broken {
            chain = List.copyOf(chain);
        }

        /** The chain in one sentence. */
        String message() {
            String tooLong = longest.map(span -> "longer than " + span).orElse("for ever");
            return "`" + use.path() + "` may last " + tooLong + ": " + String.join("; ", chain);
        }
    }

    /**
     * Checks a use with what is known of its events.
     *
     * @param longest the longest period; empty: any period is short enough, but one end must come
     * @param neverAbsent whether an event is known never to be absent for a row of this use
     */
    private static Optional<Broken> broken(Use use, Optional<Span> longest, Predicate<String> neverAbsent) {
        List<String> chain = new ArrayList<>();
        for (End end : use.ends()) {
            List<String> faults = faults(end, longest, neverAbsent);
            if (faults.isEmpty()) {
                return Optional.empty();
            }
            chain.addAll(faults);
        }
        return use.concernsPersons()
                ? Optional.of(new Broken(use, longest, chain.stream().distinct().toList()))
                : Optional.empty();
    }

    /**
     * Checks a use with the notice alone. What stands in the databases is not known here, so an event counts as never absent
     * if it is the use's begin, or if the use has no clause on its begin: the check of the data map looks again.
     */
    static Optional<Broken> brokenForSure(Use use, Span longest) {
        Optional<String> begin = use.begin();
        boolean begins = begin.isPresent() && use.ends().stream().anyMatch(end -> comes(end, begin.get()::equals));
        Optional<Broken> broken = broken(use, Optional.of(longest), begins ? begin.get()::equals : event -> true);
        return use.ends().isEmpty() ? Optional.empty() : broken;
    }

    private static boolean comes(End end, Predicate<String> neverAbsent) {
        return end.clauses().stream()
                .allMatch(clause -> clause.events().stream().anyMatch(neverAbsent));
    }

    private static List<String> faults(End end, Optional<Span> longest, Predicate<String> neverAbsent) {
        List<String> faults = new ArrayList<>();
        for (End.Clause clause : end.clauses()) {
            if (longest.isPresent() && !within(clause, longest.get())) {
                faults.add(said(clause));
            } else if (clause.events().stream().noneMatch(neverAbsent)) {
                faults.add(mayNeverCome(clause.events()));
            }
        }
        return faults;
    }

    private static String said(End.Clause clause) {
        return "`" + clause.events().getFirst() + "` + " + clause.span()
                + (clause.endOfYear() ? ", rounded to the end of the year" : "");
    }

    private static String mayNeverCome(List<String> events) {
        return "`" + String.join("`, `", events) + "` may never come";
    }

    /** Whether the clause ends within the longest period after its event, whatever the day. Rounding adds a year at most. */
    static boolean within(End.Clause clause, Span longest) {
        Span span = clause.span();
        if (inMonths(span) && inMonths(longest)) {
            long months = span.period().toTotalMonths() + (clause.endOfYear() ? 12 : 0);
            return months <= longest.period().toTotalMonths();
        }
        return span.atMostDays() + (clause.endOfYear() ? 366 : 0) <= atLeastDays(longest);
    }

    private static boolean inMonths(Span span) {
        return span.unit() == Span.Unit.MONTH || span.unit() == Span.Unit.YEAR;
    }

    /** The fewest days the period can be; a year at the turn of a century may lack its leap day. */
    private static long atLeastDays(Span span) {
        return switch (span.unit()) {
            case DAY -> span.count();
            case WEEK -> 7L * span.count();
            case MONTH -> daysOfYears(span.count() / 12) + FEWEST_DAYS.get(span.count() % 12);
            case YEAR -> daysOfYears(span.count());
        };
    }

    private static long daysOfYears(long years) {
        return 365 * years + Math.max(0, years / 4 - years / 100 - 1);
    }
}
