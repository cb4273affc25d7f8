package dev.kept.core.ledger;

/** Where the hashes of complete subtrees come from. */
@FunctionalInterface
public interface Subtrees {

    /** {@code MTH(D[index · 2^level : (index + 1) · 2^level])} in the words of RFC 6962 section 2.1; level 0 are the leaves' hashes. */
    Hash root(int level, long index);
}
