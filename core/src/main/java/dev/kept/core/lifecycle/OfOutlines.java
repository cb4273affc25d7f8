package dev.kept.core.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * What was made of the outlines of plans, the latest few: plans for other persons with the same outline need not make it again.
 *
 * @param <V> what is made of one
 */
public final class OfOutlines<V> {

    /** How many are remembered. */
    private static final int MOST = 16;

    private final Deque<Known<V>> known = new ArrayDeque<>();

    /** By the outline itself: to compare two would take longer than to make it again. */
    private record Known<V>(Plan outline, V made) {}

    /** What is made of a plan; of one that shares nothing, which may name persons' keys, nothing is remembered. */
    public V of(Prepared plan, Function<Plan, V> making) {
        return plan.binding() == Binding.NONE ? making.apply(plan.outline()) : shared(plan.outline(), making);
    }

    @SuppressWarnings("ReferenceEquality")
    private synchronized V shared(Plan outline, Function<Plan, V> making) {
        for (Known<V> one : known) {
            if (one.outline() == outline) {
                return one.made();
            }
        }
        V made = making.apply(outline);
        known.addFirst(new Known<>(outline, made));
        if (known.size() > MOST) {
            known.removeLast();
        }
        return made;
    }
}
