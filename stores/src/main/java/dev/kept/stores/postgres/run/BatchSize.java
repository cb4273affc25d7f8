package dev.kept.stores.postgres.run;

import java.time.Duration;

/**
 * How many blocks the next batch of a table takes: as many as take the time that a batch should, at most twice or half as many as the last.
 *
 * <p>Time does not always grow with size. From some size on the server may find it cheaper to read other tables whole, which then takes much longer for
 * each block: the size before is kept. And where even a few blocks take too long, something is done for every batch, whatever its size: then it is the
 * size at which a block took the least.
 */
final class BatchSize {

    /** So many times longer for each block: another way was taken. */
    private static final double ANOTHER_WAY = 3;

    /** Where batches of so few blocks take too long, smaller ones do not help. */
    private static final int FEW = 4;

    /** After so many batches a larger size is tried again. */
    private static final int TRIED_AGAIN = 256;

    private final double longest;
    private double target;
    private long least = 1;
    private final long most;
    private long size;
    private long floor = 1;
    private long ceiling;
    private int batches;
    private long lastSize;
    private double lastTook;
    private long bestSize;
    private double best = Double.MAX_VALUE;

    /**
     * @param first how many blocks the first batch takes
     * @param most never more
     * @param target how long a batch should take
     */
    BatchSize(long first, long most, Duration target) {
        this.size = Math.clamp(first, 1, most);
        this.most = most;
        this.ceiling = most;
        this.longest = target.toNanos();
        this.target = longest;
    }

    /**
     * Batches should take so long from now on, or as long as they should by themselves, if that is less.
     *
     * @param fewest no fewer blocks for all that, unless they take longer than a batch should by itself: much of a short batch is what any batch takes
     */
    void aim(Duration other, long fewest) {
        double before = target;
        target = Math.min((double) other.toNanos(), longest);
        least = Math.max(1, fewest);
        if (target < before) {
            size = Math.clamp(least, 1, size);
            floor = 1;
        }
    }

    long blocks() {
        return size;
    }

    /** A batch of that many blocks took so many nanoseconds. */
    void took(long nanoseconds) {
        double took = Math.max(1, nanoseconds);
        if (lastSize > 0 && size > lastSize && took / size > ANOTHER_WAY * (lastTook / lastSize)) {
            ceiling = lastSize;
            batches = 0;
        } else if (++batches % TRIED_AGAIN == 0) {
            ceiling = most;
            floor = 1;
        }
        if (took / size < best) {
            best = took / size;
            bestSize = size;
        }
        if (size <= FEW && took > target && took / size > ANOTHER_WAY * best) {
            floor = bestSize;
        }
        lastSize = size;
        lastTook = took;
        double factor = Math.clamp(target / took, 0.5, 2.0);
        long lowest = took > longest ? floor : Math.max(floor, least);
        size = Math.clamp(Math.round(size * factor), Math.min(lowest, ceiling), ceiling);
    }

    /** A batch of that many blocks took longer than a statement may. */
    void tookTooLong() {
        size = Math.max(1, size / 4);
        floor = 1;
        ceiling = Math.max(1, size);
        lastSize = 0;
        batches = 0;
        best = Double.MAX_VALUE;
    }
}
