package dev.kept.core.ledger;

import java.util.ArrayList;
import java.util.List;

/** A tree that only grows, known by the roots of its complete subtrees alone: at most 63 hashes, however many leaves. */
public final class CompactRange {

    private final List<Hash> roots = new ArrayList<>();
    private long size;

    public CompactRange() {}

    /** The tree of {@code size} leaves, to be grown from there. */
    public static CompactRange of(long size, Subtrees subtrees) {
        CompactRange range = new CompactRange();
        range.size = size;
        long before = 0;
        for (int level = Long.SIZE - 2; level >= 0; level--) {
            if (((size >> level) & 1) == 1) {
                range.roots.add(subtrees.root(level, before >> level));
                before += 1L << level;
            }
        }
        return range;
    }

    public void append(Hash leaf) {
        Hash carried = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            carried = Hash.node(roots.removeLast(), carried);
        }
        roots.add(carried);
        size++;
    }

    public long size() {
        return size;
    }

    public Hash root() {
        return root(roots.size() - 1, Hash.EMPTY);
    }

    /** The root of this tree with the leaves of {@code tail} behind it: fewer than its smallest complete subtree has. */
    Hash rootWith(CompactRange tail) {
        return tail.size == 0 ? root() : root(roots.size(), tail.root());
    }

    /** Folds the roots before a place into what stands there. */
    private Hash root(int place, Hash there) {
        Hash root = place >= 0 && place < roots.size() ? roots.get(place) : there;
        for (int i = place - 1; i >= 0; i--) {
            root = Hash.node(roots.get(i), root);
        }
        return root;
    }
}
