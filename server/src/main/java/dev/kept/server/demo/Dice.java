package dev.kept.server.demo;

import java.time.Instant;
import java.util.List;

/**
 * Reproducible chance (SplitMix64): the same seed, subject and topic throw the same on every machine. Each topic of a
 * person has dice of its own, so that a change to one kind of row leaves the others as they were.
 */
final class Dice {

    /** What is thrown for. */
    enum Topic {
        PERSON,
        HOUSEHOLD,
        HOME,
        STRANGER,
        ACCOUNT,
        DEVICES,
        LOGINS,
        ORDERS,
        COMMUNITY,
        MARKETING,
        SUPPORT,
        LOGS,
        ASSORTMENT
    }

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed, long subject, Topic topic) {
        state = mix(mix(seed + GOLDEN) ^ mix(subject * GOLDEN + topic.name().hashCode()));
    }

    long bits() {
        state += GOLDEN;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** From 0 to {@code bound} - 1. */
    int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    long below(long bound) {
        return (bits() >>> 1) % bound;
    }

    /** From 0 to below 1. */
    double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Mostly few, sometimes many: exponential with this mean, rounded down, at most {@code most}. */
    int few(double mean, int most) {
        // StrictMath: the same to the last bit everywhere.
        return (int) Math.min(most, -StrictMath.log(1 - unit()) * mean);
    }

    /** A whole second from {@code from} up to {@code to}; {@code from} where there is nothing between. */
    Instant between(Instant from, Instant to) {
        long seconds = to.getEpochSecond() - from.getEpochSecond();
        return seconds <= 0 ? from : from.plusSeconds(below(seconds));
    }

    /** Some time after, up to {@code seconds} later. */
    Instant after(Instant from, int seconds) {
        return from.plusSeconds(1 + (long) below(seconds));
    }
}
