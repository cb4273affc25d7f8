package dev.kept.core.model.random;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Chance from a seed: the same seed, the same throws. */
final class Dice {

    private final RandomGenerator random;

    Dice(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    long seed() {
        return random.nextLong();
    }

    <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Some of them, at least one where there is one, in their order. */
    <T> List<T> some(List<T> of, int percent) {
        List<T> some = new ArrayList<>();
        for (T one : of) {
            if (chance(percent)) {
                some.add(one);
            }
        }
        if (some.isEmpty() && !of.isEmpty()) {
            some.add(pick(of));
        }
        return some;
    }
}
