package dev.kept.core.ledger;

import java.util.HashMap;
import java.util.Map;

/**
 * The hashes of a tree's complete subtrees, from its tiles: what lies between the levels that tiles hold is hashed anew. Tiles once read are kept, a few
 * for each question.
 */
public final class TileSubtrees implements Subtrees {

    private final long size;
    private final Tiles tiles;
    private final Map<LogFile.Tile, byte[]> read = new HashMap<>();

    public TileSubtrees(long size, Tiles tiles) {
        this.size = size;
        this.tiles = tiles;
    }

    @Override
    public Hash root(int level, long index) {
        int tileLevel = level / LogFile.HEIGHT;
        int within = level % LogFile.HEIGHT;
        long first = index << within;
        long tile = first / LogFile.FULL;
        int width = LogFile.width(size, tileLevel, tile);
        int position = (int) (first % LogFile.FULL);
        int hashes = 1 << within;
        if (position + hashes > width) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has no such subtree");
        }
        return root(read.computeIfAbsent(new LogFile.Tile(tileLevel, tile, width), tiles::read), position, hashes);
    }

    /** The root of the complete subtree over a power of two of a tile's hashes. */
    static Hash root(byte[] tile, int position, int hashes) {
        if (hashes == 1) {
            return Hash.in(tile, position);
        }
        int half = hashes / 2;
        return Hash.node(root(tile, position, half), root(tile, position + half, half));
    }
}
