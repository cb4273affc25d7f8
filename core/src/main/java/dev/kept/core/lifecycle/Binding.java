package dev.kept.core.lifecycle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands in a plan for what: T and sets of keys. */
public final class Binding {

    /** Everything stands for itself. */
    public static final Binding NONE = new Binding(Optional.empty(), Map.of());

    private final Optional<AsOf> asOf;
    private final Map<KeySet, KeySet> sets;
    private final Map<Cutoff, Cutoff> cutoffs = new HashMap<>();
    private final Map<Object, Object> made = new HashMap<>();

    private Binding(Optional<AsOf> asOf, Map<KeySet, KeySet> sets) {
        this.asOf = asOf;
        this.sets = Map.copyOf(sets);
    }

    static Binding of(AsOf asOf, Map<KeySet, KeySet> sets) {
        return new Binding(Optional.of(asOf), sets);
    }

    /** One set of keys for another. */
    public static Binding of(KeySet place, KeySet meant) {
        return new Binding(Optional.empty(), Map.of(place, meant));
    }

    Map<KeySet, KeySet> sets() {
        return sets;
    }

    /**
     * What is made of this binding, made once: a plan says the same keys at many places. Where everything stands for itself nothing is remembered.
     *
     * @param what of it; equal where the same is made
     */
    public <T> T once(Object what, Class<T> type, Supplier<T> making) {
        if (this == NONE) {
            return making.get();
        }
        Object known = made.get(what);
        if (known == null) {
            known = making.get();
            made.put(what, known);
        }
        return type.cast(known);
    }

    /** The cut-off of the same period at the T that is meant. */
    public Cutoff of(Cutoff cutoff) {
        return asOf.map(t -> cutoffs.computeIfAbsent(cutoff, c -> c.at(t))).orElse(cutoff);
    }

    /**
     * The keys that are meant.
     *
     * @throws IllegalStateException for a place that nobody's keys were given for
     */
    public KeySet of(KeySet keys) {
        KeySet meant = sets.getOrDefault(keys, keys);
        if (meant.keys().stream().anyMatch(Outline::isPlace)) {
            throw new IllegalStateException("no keys were given for `" + keys.name() + "`");
        }
        return meant;
    }
}
