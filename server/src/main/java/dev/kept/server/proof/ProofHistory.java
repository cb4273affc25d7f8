package dev.kept.server.proof;

import dev.kept.core.ledger.EntryParts;
import dev.kept.core.proof.Verdict;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.Journal;
import dev.kept.server.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The promises over time: what each proof found, as the ledger has it. A proof that is said in several entries is one. */
public final class ProofHistory {

    private static final String KIND = "prove";

    private final State state;

    public ProofHistory(State state) {
        this.state = state;
    }

    /**
     * What one proof found.
     *
     * @param entry its first in the ledger
     * @param rules of the notice by verdict
     * @param places where rules are broken, by rule
     */
    public record Past(long entry, Instant at, Map<Verdict.Kind, List<String>> rules, Map<String, Object> places) {
        public Past {
            rules = Collections.unmodifiableMap(new EnumMap<>(rules));
            places = Collections.unmodifiableMap(new TreeMap<>(places));
        }

        public List<String> rules(Verdict.Kind kind) {
            return rules.getOrDefault(kind, List.of());
        }

        public int count(Verdict.Kind kind) {
            return rules(kind).size();
        }
    }

    /** The last proof; empty where nothing was proved yet. */
    public Optional<Past> last() {
        return state.journal().latest(KIND, 1).stream().findFirst().map(newest -> {
            Optional<UUID> several = part(newest).isEmpty() ? Optional.empty() : newest.run();
            return several.map(run -> past(state.journal().of(run).stream()
                            .filter(entry -> entry.kind().equals(KIND))
                            .toList()))
                    .orElseGet(() -> past(List.of(newest)));
        });
    }

    /** The newest first, from so many entries; the oldest of these is left out where it begins before them. */
    public List<Past> latest(int mostEntries) {
        Map<Object, List<Journal.Entry>> proofs = new LinkedHashMap<>();
        for (Journal.Entry entry : state.journal().latest(KIND, mostEntries)) {
            Object proof = entry.run().map(run -> (Object) run).orElse(entry.seq());
            proofs.computeIfAbsent(proof, first -> new ArrayList<>()).addFirst(entry);
        }
        return proofs.values().stream()
                .filter(entries -> part(entries.getFirst()).orElse("1").equals("1"))
                .map(ProofHistory::past)
                .toList();
    }

    /** The number of an entry among several. */
    private static Optional<String> part(Journal.Entry entry) {
        return CanonicalJson.read(entry.json()).get(EntryParts.PART) instanceof Map<?, ?> part
                ? Optional.of(String.valueOf(part.get("number")))
                : Optional.empty();
    }

    /** @param entries of one proof, oldest first */
    private static Past past(List<Journal.Entry> entries) {
        Map<Verdict.Kind, List<String>> rules = new EnumMap<>(Verdict.Kind.class);
        Map<String, Object> places = new TreeMap<>();
        for (Journal.Entry entry : entries) {
            Map<String, Object> read = CanonicalJson.read(entry.json());
            for (Verdict.Kind kind : Verdict.Kind.values()) {
                Object listed = read.get("verdicts") instanceof Map<?, ?> verdicts ? verdicts.get(kind.word()) : null;
                if (listed instanceof Collection<?> found) {
                    found.forEach(rule -> rules.computeIfAbsent(kind, first -> new ArrayList<>())
                            .add(String.valueOf(rule)));
                }
            }
            if (read.get("broken") instanceof Map<?, ?> broken) {
                broken.forEach((rule, where) -> {
                    if (where != null) {
                        places.put(String.valueOf(rule), where);
                    }
                });
            }
        }
        Journal.Entry first = entries.getFirst();
        return new Past(first.seq(), first.at(), rules, places);
    }
}
