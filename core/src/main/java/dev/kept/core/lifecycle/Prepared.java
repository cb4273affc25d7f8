package dev.kept.core.lifecycle;

import dev.kept.core.source.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A plan, perhaps in the form that it shares with those of other persons and another T, so that what is made of it can be used again. */
public final class Prepared {

    private final Shared shared;
    private final AsOf asOf;
    private final Binding binding;
    private final Supplier<Plan> anew;
    private @Nullable Plan plan;

    Prepared(Shared shared, AsOf asOf, Binding binding, Supplier<Plan> anew) {
        this.shared = shared;
        this.asOf = asOf;
        this.binding = binding;
        this.anew = anew;
    }

    /** A plan that shares nothing. */
    public static Prepared of(Plan plan) {
        return new Prepared(new Shared(plan), plan.asOf(), Binding.NONE, () -> plan);
    }

    /** An outline, and what has been found of it. */
    static final class Shared {
        private final Plan outline;
        private @Nullable String hash;

        Shared(Plan outline) {
            this.outline = outline;
        }

        synchronized String hash() {
            String known = hash;
            if (known == null) {
                known = outline.hash();
                hash = known;
            }
            return known;
        }
    }

    /**
     * The plan, with places where T and keys stand; {@link #binding()} says what is meant. Plans of one store that differ in nothing else have
     * the very same outline.
     */
    public Plan outline() {
        return shared.outline;
    }

    public Binding binding() {
        return binding;
    }

    public AsOf asOf() {
        return asOf;
    }

    /** SHA-256 of the outline, T, and how many keys stand where, in hexadecimal. */
    public String hash() {
        List<String> sets = new ArrayList<>();
        binding.sets()
                .forEach((place, keys) ->
                        sets.add(place.name() + " " + keys.keys().size()));
        return binding == Binding.NONE
                ? shared.hash()
                : Sha256.of(shared.hash() + asOf + sets.stream().sorted().toList());
    }

    /** The plan itself. */
    public Plan plan() {
        Plan known = plan;
        if (known == null) {
            known = anew.get();
            plan = known;
        }
        return known;
    }
}
