package dev.kept.core.proof.rights;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How requests were answered: figures only.
 *
 * @param since from which day closed requests count; open ones count all
 * @param rights by the right of the notice that they invoke
 * @param medianDays from receipt to answer; empty where none was answered
 * @param slowestDays the longest of them
 * @param byForm requests that came in through the form since that day
 */
public record RequestFigures(
        LocalDate since,
        Map<String, Answers> rights,
        Optional<Long> medianDays,
        Optional<Long> slowestDays,
        long byForm) {

    /** So many days back, closed requests count. */
    public static final int DAYS = 365;

    public RequestFigures {
        rights = java.util.Collections.unmodifiableMap(new TreeMap<>(rights));
    }

    /**
     * Of one right.
     *
     * @param answered in time, refusals with a ground among them
     * @param late answered after the last day
     * @param open in time
     * @param overdue open after the last day
     * @param refused of those answered or late
     */
    public record Answers(long answered, long late, long open, long overdue, long refused) {
        public static final Answers NONE = new Answers(0, 0, 0, 0, 0);

        Answers and(Answers other) {
            return new Answers(
                    answered + other.answered,
                    late + other.late,
                    open + other.open,
                    overdue + other.overdue,
                    refused + other.refused);
        }
    }

    Answers of(String right) {
        return rights.getOrDefault(right, Answers.NONE);
    }

    Answers all() {
        return List.copyOf(rights.values()).stream().reduce(Answers.NONE, Answers::and);
    }
}
