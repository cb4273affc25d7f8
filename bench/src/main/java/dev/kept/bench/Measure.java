package dev.kept.bench;

import java.util.Arrays;

/** Times and medians. */
final class Measure {

    private Measure() {}

    /** Work that is timed. */
    interface Work {
        void run() throws Exception;
    }

    /** Milliseconds of wall time. */
    static double millis(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
