package dev.kept.core.ledger;

import java.util.List;
import java.util.Optional;

/**
 * That a leaf stands in a tree.
 *
 * @param path from the leaf's sibling up to the root's child
 */
public record InclusionProof(long index, long size, List<Hash> path) {

    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether it holds. */
    public boolean proves(Hash leaf, Hash root) {
        return root(leaf).equals(Optional.of(root));
    }

    /** The root that this leaf and the path lead to (RFC 9162 section 2.1.3.2); empty where the path does not fit index and size. */
    public Optional<Hash> root(Hash leaf) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        long node = index;
        long last = size - 1;
        Hash root = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((node & 1) == 1 || node == last) {
                root = Hash.node(sibling, root);
                int passed = Long.numberOfTrailingZeros(node);
                node >>= passed;
                last >>= passed;
            } else {
                root = Hash.node(root, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(root) : Optional.empty();
    }
}
