package dev.kept.stores.postgres.sql;

import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Truth;
import java.util.List;

/**
 * A shorter condition for where only one answer counts: what makes a difference between the other two is left out, so that more of it can be asked
 * together.
 */
final class TruthOnly {

    private TruthOnly() {}

    /** TRUE exactly where the condition is. */
    static Condition of(Condition condition) {
        return only(Truth.TRUE, condition);
    }

    /** @param counts TRUE or FALSE: what the result answers exactly where the condition does */
    private static Condition only(Truth counts, Condition condition) {
        return switch (condition) {
            case Condition.Always always -> constant(always.truth() == counts ? counts : counts.not());
            case Condition.All all -> Condition.all(each(counts, all.of()));
            case Condition.Any any -> Condition.any(each(counts, any.of()));
            case Condition.Not not -> Condition.not(only(counts.not(), not.of()));
            case Condition.Known known -> {
                Condition truth = only(Truth.TRUE, known.of());
                yield counts.isTrue() ? truth : Condition.known(truth);
            }
            case Condition.Through through -> {
                Condition inner = only(counts, through.of());
                Condition never = constant(counts.not());
                yield inner.equals(never) ? never : new Condition.Through(through.link(), inner);
            }
            case Condition.Every every -> {
                Condition inner = only(counts, every.of());
                yield inner.equals(Condition.TRUE) ? inner : new Condition.Every(every.link(), inner);
            }
            case Condition.Some some -> {
                Condition inner = only(counts, some.of());
                yield inner.equals(Condition.FALSE) ? inner : new Condition.Some(some.link(), inner);
            }
            case Condition.Above above -> {
                Condition inner = only(counts, above.of());
                yield inner.equals(Condition.FALSE) ? inner : new Condition.Above(above.parent(), inner);
            }
            case Condition.Referred referred ->
                new Condition.Referred(referred.link(), only(Truth.TRUE, referred.removable()));
            case Condition.Past _,
                    Condition.Absent _,
                    Condition.Stands _,
                    Condition.Ordered _,
                    Condition.ValueIn _,
                    Condition.AnyNull _,
                    Condition.KeyIn _,
                    Condition.Surpassed _,
                    Condition.Leads _,
                    Condition.Meets _ -> condition;
        };
    }

    private static List<Condition> each(Truth counts, List<Condition> of) {
        return of.stream().map(one -> only(counts, one)).toList();
    }

    private static Condition constant(Truth truth) {
        return truth.isTrue() ? Condition.TRUE : Condition.FALSE;
    }
}
