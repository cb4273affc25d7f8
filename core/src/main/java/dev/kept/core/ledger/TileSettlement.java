package dev.kept.core.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Finds out, where a tile and what it was computed from differ, which of them is believed. */
final class TileSettlement {

    private final StoredTiles stored;
    private final Consumer<Flaw> flaws;

    TileSettlement(StoredTiles stored, Consumer<Flaw> flaws) {
        this.stored = stored;
        this.flaws = flaws;
    }

    /**
     * Settles a full tile.
     *
     * @param computed from what lies below; afterwards what is believed
     * @param unknown where nothing could be computed
     * @return the root that is believed
     */
    Hash full(LogFile.Tile tile, byte[] computed, boolean[] unknown) {
        Optional<byte[]> read = stored.read(tile);
        if (read.isEmpty()) {
            return known(tile, unknown) ? root(computed) : stored.above(tile).orElseGet(() -> root(computed));
        }
        byte[] hashes = read.get();
        if (Arrays.equals(hashes, computed)) {
            return root(computed);
        }
        Optional<Hash> above = stored.above(tile);
        if (above.equals(Optional.of(root(computed)))) {
            name(tile, computed, hashes, unknown, Side.STORED);
            return above.get();
        }
        if (above.equals(Optional.of(root(hashes)))) {
            name(tile, computed, hashes, unknown, Side.COMPUTED);
            System.arraycopy(hashes, 0, computed, 0, computed.length);
            return above.get();
        }
        name(tile, computed, hashes, unknown, Side.EITHER);
        believeKnown(tile, computed, hashes, unknown);
        return above.orElseGet(() -> root(computed));
    }

    private static boolean known(LogFile.Tile tile, boolean[] unknown) {
        for (int i = 0; tile.level() == 0 && i < tile.width(); i++) {
            if (unknown[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Settles the partial tiles at a tree's right edge, above which stands the signed root alone.
     *
     * @param edge what was computed, level by level; afterwards what is believed
     */
    void edge(long size, List<byte[]> edge, boolean[] unknown, Optional<Hash> root) {
        Map<LogFile.Tile, byte[]> differing = new TreeMap<>((a, b) -> Integer.compare(a.level(), b.level()));
        for (int level = 0; level < LogFile.LEVELS; level++) {
            long index = (size >> (LogFile.HEIGHT * level)) / LogFile.FULL;
            int width = LogFile.width(size, level, index);
            if (width > 0) {
                LogFile.Tile tile = new LogFile.Tile(level, index, width);
                byte[] computed = edge.get(level);
                stored.read(tile)
                        .filter(hashes -> !Arrays.equals(hashes, Arrays.copyOf(computed, hashes.length)))
                        .ifPresent(hashes -> differing.put(tile, hashes));
            }
        }
        if (!differing.isEmpty()) {
            List<LogFile.Tile> tiles = new ArrayList<>(differing.keySet());
            Optional<Integer> choice = root.flatMap(signed -> choice(size, edge, differing, tiles, signed));
            for (int i = 0; i < tiles.size(); i++) {
                LogFile.Tile tile = tiles.get(i);
                byte[] hashes = differing.getOrDefault(tile, new byte[0]);
                byte[] computed = edge.get(tile.level());
                Side side =
                        choice.isEmpty() ? Side.EITHER : ((choice.get() >> i) & 1) == 1 ? Side.COMPUTED : Side.STORED;
                name(tile, computed, hashes, unknown, side);
                if (side == Side.COMPUTED) {
                    System.arraycopy(hashes, 0, computed, 0, hashes.length);
                } else if (side == Side.EITHER) {
                    believeKnown(tile, computed, hashes, unknown);
                }
            }
        }
    }

    /** Which of the differing tiles must be taken as stored, a bit each, so that the tree has the signed root. */
    private static Optional<Integer> choice(
            long size, List<byte[]> edge, Map<LogFile.Tile, byte[]> differing, List<LogFile.Tile> tiles, Hash signed) {
        for (int choice = 0; choice < 1 << tiles.size(); choice++) {
            int chosen = choice;
            Tiles believed = tile -> {
                int at = tiles.indexOf(tile);
                byte[] hashes = differing.get(tile);
                return hashes != null && (chosen >> at & 1) == 1 ? hashes : edge.get(tile.level());
            };
            if (new MerkleTree(size, new TileSubtrees(size, believed)).root().equals(signed)) {
                return Optional.of(choice);
            }
        }
        return Optional.empty();
    }

    private enum Side {
        COMPUTED,
        STORED,
        EITHER
    }

    /** Says of each hash that differs which side was changed. */
    private void name(LogFile.Tile tile, byte[] computed, byte[] hashes, boolean[] unknown, Side changed) {
        for (int i = 0; i < tile.width(); i++) {
            int from = i * Hash.BYTES;
            boolean same = Arrays.equals(hashes, from, from + Hash.BYTES, computed, from, from + Hash.BYTES);
            if (!same && !(tile.level() == 0 && unknown[i])) {
                flaws.accept(flaw(tile, i, changed));
            }
        }
    }

    private static Flaw flaw(LogFile.Tile tile, int position, Side changed) {
        long below = tile.index() * LogFile.FULL + position;
        if (changed == Side.STORED || (changed == Side.EITHER && tile.level() > 0)) {
            return new Flaw.HashChanged(tile, position);
        }
        if (tile.level() > 0) {
            int levels = LogFile.HEIGHT * tile.level();
            return new Flaw.EntriesReplaced(below << levels, (below + 1) << levels);
        }
        return changed == Side.COMPUTED
                ? new Flaw.EntryChanged(below)
                : new Flaw.EntryOrHashChanged(below, tile, position);
    }

    /** Takes what is stored where nothing could be computed. */
    private static void believeKnown(LogFile.Tile tile, byte[] computed, byte[] hashes, boolean[] unknown) {
        for (int i = 0; tile.level() == 0 && i < tile.width(); i++) {
            if (unknown[i]) {
                System.arraycopy(hashes, i * Hash.BYTES, computed, i * Hash.BYTES, Hash.BYTES);
            }
        }
    }

    private static Hash root(byte[] hashes) {
        return TileSubtrees.root(hashes, 0, LogFile.FULL);
    }
}
