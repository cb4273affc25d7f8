package dev.kept.core.ledger;

import java.util.ArrayList;
import java.util.List;

/** The tree over the first {@code size} leaves; makes proofs about it. */
public record MerkleTree(long size, Subtrees subtrees) {

    public MerkleTree {
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative");
        }
    }

    public Hash root() {
        return CompactRange.of(size, subtrees).root();
    }

    /**
     * That a leaf is in this tree: {@code PATH} of RFC 9162 section 2.1.3.1.
     *
     * @throws IllegalArgumentException for a leaf that it does not have
     */
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + index);
        }
        List<Hash> path = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (index < middle) {
                path.addFirst(range(middle, end));
                end = middle;
            } else {
                path.addFirst(range(begin, middle));
                begin = middle;
            }
        }
        return new InclusionProof(index, size, path);
    }

    /**
     * That this tree begins with an earlier one: {@code SUBPROOF} of RFC 9162 section 2.1.4.1.
     *
     * @throws IllegalArgumentException unless the earlier one has a leaf and is not larger
     */
    public ConsistencyProof consistency(long earlier) {
        if (earlier <= 0 || earlier > size) {
            throw new IllegalArgumentException(
                    "no proof leads from a tree of " + earlier + " leaves to one of " + size);
        }
        List<Hash> path = new ArrayList<>();
        long begin = 0;
        long end = size;
        boolean known = true;
        while (end != earlier) {
            long middle = begin + split(end - begin);
            if (earlier <= middle) {
                path.addFirst(range(middle, end));
                end = middle;
            } else {
                path.addFirst(range(begin, middle));
                begin = middle;
                known = false;
            }
        }
        if (!known) {
            path.addFirst(range(begin, end));
        }
        return new ConsistencyProof(earlier, size, path);
    }

    /** {@code MTH(D[begin : end])} of a range as the recursion yields it: it begins at a multiple of its largest complete subtree. */
    private Hash range(long begin, long end) {
        long length = end - begin;
        if (Long.bitCount(length) == 1) {
            int level = Long.numberOfTrailingZeros(length);
            return subtrees.root(level, begin >> level);
        }
        long middle = begin + split(length);
        return Hash.node(range(begin, middle), range(middle, end));
    }

    /** The largest power of two smaller than {@code length}. */
    private static long split(long length) {
        return Long.highestOneBit(length - 1);
    }
}
