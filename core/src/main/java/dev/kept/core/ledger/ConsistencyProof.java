package dev.kept.core.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** That a tree begins with an earlier one: nothing in it was changed or taken out since. */
public record ConsistencyProof(long earlier, long size, List<Hash> path) {

    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * Whether it holds (RFC 9162 section 2.1.4.2). A tree without leaves proves nothing of a later one, and is refused as the RFC asks.
     *
     * @param before the earlier tree's root
     * @param after the later tree's root
     */
    public boolean proves(Hash before, Hash after) {
        if (earlier <= 0 || earlier > size) {
            return false;
        }
        if (earlier == size) {
            return path.isEmpty() && before.equals(after);
        }
        Deque<Hash> rest = new ArrayDeque<>(path);
        if (Long.bitCount(earlier) == 1) {
            rest.addFirst(before);
        }
        return !rest.isEmpty() && leads(rest, before, after);
    }

    private boolean leads(Deque<Hash> rest, Hash before, Hash after) {
        int complete = Long.numberOfTrailingZeros(earlier);
        long node = (earlier - 1) >> complete;
        long last = (size - 1) >> complete;
        Hash first = rest.removeFirst();
        Hash second = first;
        for (Hash sibling : rest) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                first = Hash.node(sibling, first);
                second = Hash.node(sibling, second);
                int passed = Long.numberOfTrailingZeros(node);
                node >>= passed;
                last >>= passed;
            } else {
                second = Hash.node(second, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && first.equals(before) && second.equals(after);
    }
}
