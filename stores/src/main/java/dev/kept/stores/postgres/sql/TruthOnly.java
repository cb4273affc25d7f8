package dev.kept.stores.postgres.sql;

import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Truth;

/**
 * A shorter condition for where only one answer counts: what makes a difference between the other two is left out, so that more of it can be asked
 * together.
 */
final class TruthOnly {

    private TruthOnly() {}

    /** TRUE exactly where the condition is. */
    static Condition of(Condition condition) {
        return truth(condition);
    }

    private static Condition truth(Condition condition) {
        return switch (condition) {
            case Condition.Always always -> always.truth().isTrue() ? Condition.TRUE : Condition.FALSE;
            case Condition.All all ->
                Condition.all(all.of().stream().map(TruthOnly::truth).toList());
            case Condition.Any any ->
                Condition.any(any.of().stream().map(TruthOnly::truth).toList());
            case Condition.Not not -> Condition.not(falsehood(not.of()));
            case Condition.Known known -> truth(known.of());
            case Condition.Through through -> {
                Condition inner = truth(through.of());
                yield inner.equals(Condition.FALSE) ? Condition.FALSE : new Condition.Through(through.link(), inner);
            }
            case Condition.Every every -> {
                Condition inner = truth(every.of());
                yield inner.equals(Condition.TRUE) ? Condition.TRUE : new Condition.Every(every.link(), inner);
            }
            case Condition.Some some -> {
                Condition inner = truth(some.of());
                yield inner.equals(Condition.FALSE) ? Condition.FALSE : new Condition.Some(some.link(), inner);
            }
            case Condition.Above above -> {
                Condition inner = truth(above.of());
                yield inner.equals(Condition.FALSE) ? Condition.FALSE : new Condition.Above(above.parent(), inner);
            }
            case Condition.Referred referred -> referred(referred);
            default -> condition;
        };
    }

    /** FALSE exactly where the condition is. */
    private static Condition falsehood(Condition condition) {
        return switch (condition) {
            case Condition.Always always -> always.truth() == Truth.FALSE ? Condition.FALSE : Condition.TRUE;
            case Condition.All all ->
                Condition.all(all.of().stream().map(TruthOnly::falsehood).toList());
            case Condition.Any any ->
                Condition.any(any.of().stream().map(TruthOnly::falsehood).toList());
            case Condition.Not not -> Condition.not(truth(not.of()));
            case Condition.Known known -> Condition.known(truth(known.of()));
            case Condition.Through through -> {
                Condition inner = falsehood(through.of());
                yield inner.equals(Condition.TRUE) ? Condition.TRUE : new Condition.Through(through.link(), inner);
            }
            case Condition.Every every -> {
                Condition inner = falsehood(every.of());
                yield inner.equals(Condition.TRUE) ? Condition.TRUE : new Condition.Every(every.link(), inner);
            }
            case Condition.Some some -> {
                Condition inner = falsehood(some.of());
                yield inner.equals(Condition.FALSE) ? Condition.FALSE : new Condition.Some(some.link(), inner);
            }
            case Condition.Above above -> {
                Condition inner = falsehood(above.of());
                yield inner.equals(Condition.FALSE) ? Condition.FALSE : new Condition.Above(above.parent(), inner);
            }
            case Condition.Referred referred -> referred(referred);
            default -> condition;
        };
    }

    private static Condition referred(Condition.Referred referred) {
        return new Condition.Referred(referred.link(), truth(referred.removable()));
    }
}
