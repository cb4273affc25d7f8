package dev.kept.core.notice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        Optional<String> law) {

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

    public List<End.Clause> clauses() {
        List<End.Clause> clauses = new ArrayList<>();
        for (End end : ends) {
            clauses.addAll(end.clauses());
        }
        return Collections.unmodifiableList(clauses);
    }
}
