package dev.kept.core.notice;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A purpose with its legal basis, its data and its ends (chapter 2), or a duty or permission of law ({@code keeps.beyond}).
 *
 * @param id its name in maps and cases; unique over {@code uses} and {@code keeps.beyond}
 * @param path the promise's name everywhere: {@code uses.newsletter}, {@code keeps.beyond.accounting}
 * @param interest the interest pursued, where the basis is legitimate interests (Art. 13(1)(d))
 * @param data the categories used
 * @param begins the event that begins the use, see {@link #begin()}
 * @param whiles the conditions that delay a request; empty: every one its tables declare
 * @param directMarketing whether an objection ends it at once (Art. 21(3))
 * @param anonymisedAtLeast for a use without persons, the smallest group; empty for a use of persons' data
 * @param law the law cited by a use of {@code keeps.beyond}
 * @param duty whether that law demands it, or only permits it
 * @param past what earlier versions of the notice still say of it
 */
public record Use(
        String id,
        String path,
        LegalBasis basis,
        Optional<String> interest,
        List<String> purposes,
        Set<String> data,
        Optional<String> begins,
        List<End> ends,
        OnRequest onRequest,
        List<String> whiles,
        boolean directMarketing,
        Optional<Integer> anonymisedAtLeast,
        Optional<String> law,
        Duty duty,
        Past past) {

    /** What a law says of keeping: {@code keeps.beyond.X.duty}. */
    public enum Duty {
        REQUIRED,
        PERMITTED
    }

    public Use(
            String id,
            String path,
            LegalBasis basis,
            Optional<String> interest,
            List<String> purposes,
            Set<String> data,
            Optional<String> begins,
            List<End> ends,
            OnRequest onRequest,
            List<String> whiles,
            boolean directMarketing,
            Optional<Integer> anonymisedAtLeast,
            Optional<String> law) {
        this(
                id,
                path,
                basis,
                interest,
                purposes,
                data,
                begins,
                ends,
                onRequest,
                whiles,
                directMarketing,
                anonymisedAtLeast,
                law,
                Duty.REQUIRED,
                Past.NONE);
    }

    public Use {
        purposes = List.copyOf(purposes);
        data = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(data));
        ends = List.copyOf(ends);
        whiles = List.copyOf(whiles);
    }

    /** A use on anonymised data concerns no person: it keeps no row and ends nothing. */
    public boolean concernsPersons() {
        return anonymisedAtLeast.isEmpty();
    }

    /** The event whose absence means the use never began, see {@code docs/semantics.md} section 2. */
    public Optional<String> begin() {
        if (begins.isPresent()) {
            return begins;
        }
        List<End.Clause> clauses = clauses();
        for (int i = clauses.size() - 1; i >= 0; i--) {
            List<String> chain = clauses.get(i).events();
            if (chain.size() > 1) {
                return Optional.of(chain.getLast());
            }
        }
        return clauses.size() == 1 ? Optional.of(clauses.getFirst().events().getLast()) : Optional.empty();
    }

    /** The clauses the notice says. */
    public List<End.Clause> clauses() {
        return clauses(ends);
    }

    /** Every end that may come first: what the notice says, and what earlier versions still say of data dated while they stood. */
    public List<End> allEnds() {
        if (past.ends().isEmpty()) {
            return ends;
        }
        List<End> all = new ArrayList<>(ends);
        all.addAll(past.ends());
        return Collections.unmodifiableList(all);
    }

    /** The clauses of all ends. */
    public List<End.Clause> allClauses() {
        return clauses(allEnds());
    }

    private static List<End.Clause> clauses(List<End> ends) {
        List<End.Clause> clauses = new ArrayList<>();
        for (End end : ends) {
            clauses.addAll(end.clauses());
        }
        return Collections.unmodifiableList(clauses);
    }

    /**
     * The use as it concerns data of these categories only: where it has not always used any of them, data dated before it used the first is
     * none of its own.
     */
    public Use of(Collection<String> categories) {
        List<List<End>> joined = new ArrayList<>();
        for (String category : categories) {
            if (data.contains(category)) {
                List<End> ends = past.joined().get(category);
                if (ends == null) {
                    return this;
                }
                joined.add(ends);
            }
        }
        return joined.stream()
                .min(Comparator.comparing(Use::joinedOn))
                .map(first -> with(ends, past.and(first)))
                .orElse(this);
    }

    /** The day before which data of a category that joined is none of the use's own. */
    private static LocalDate joinedOn(List<End> ends) {
        return clauses(ends).stream()
                .flatMap(clause -> clause.window().before().stream())
                .min(LocalDate::compareTo)
                .orElse(LocalDate.MIN);
    }

    /** The same with other ends and another past. */
    public Use with(List<End> otherEnds, Past otherPast) {
        return copy(otherEnds, duty, otherPast);
    }

    /** The same as the law demands or permits it. */
    Use under(Duty other) {
        return copy(ends, other, past);
    }

    private Use copy(List<End> otherEnds, Duty otherDuty, Past otherPast) {
        return new Use(
                id,
                path,
                basis,
                interest,
                purposes,
                data,
                begins,
                otherEnds,
                onRequest,
                whiles,
                directMarketing,
                anonymisedAtLeast,
                law,
                otherDuty,
                otherPast);
    }

    /**
     * What earlier versions of the notice still say of a use (DESIGN section 1, rule 10).
     *
     * @param ends that count for data dated while those versions stood
     * @param joined for categories the use has not always used: what ends it for data dated before
     * @param asked since when consents given before are suspended: the person is asked again
     */
    public record Past(List<End> ends, Map<String, List<End>> joined, List<LocalDate> asked) {

        public static final Past NONE = new Past(List.of(), Map.of(), List.of());

        public Past {
            ends = List.copyOf(ends);
            Map<String, List<End>> copy = new TreeMap<>();
            joined.forEach((category, each) -> copy.put(category, List.copyOf(each)));
            joined = Collections.unmodifiableMap(copy);
            asked = List.copyOf(asked);
        }

        Past and(List<End> more) {
            List<End> all = new ArrayList<>(ends);
            all.addAll(more);
            return new Past(all, Map.of(), asked);
        }
    }
}
