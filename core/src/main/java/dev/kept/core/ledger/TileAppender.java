package dev.kept.core.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Lets a log's tiles grow: takes leaves' hashes and hands out the tiles that have changed. Holds one tile a level. */
public final class TileAppender {

    /**
     * A tile's hashes, as many as it has by now.
     *
     * @param hashes 32 bytes each
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    public record Written(LogFile.Tile tile, byte[] hashes) {}

    private final List<byte[]> edge = new ArrayList<>();
    private long size;

    /** Goes on where a tree of {@code size} leaves ends. */
    public TileAppender(long size, Tiles tiles) {
        this.size = size;
        for (int level = 0; level < LogFile.LEVELS; level++) {
            byte[] hashes = new byte[LogFile.FULL * Hash.BYTES];
            long index = index(level);
            int width = LogFile.width(size, level, index);
            if (width > 0) {
                byte[] read = tiles.read(new LogFile.Tile(level, index, width));
                System.arraycopy(read, 0, hashes, 0, width * Hash.BYTES);
            }
            edge.add(hashes);
        }
    }

    public long size() {
        return size;
    }

    /** Adds the next leaf; what is full with it is handed to {@code full}. */
    public void append(Hash leaf, Consumer<Written> full) {
        Hash hash = leaf;
        int level = 0;
        while (true) {
            long index = index(level);
            int position = (int) ((size >> (LogFile.HEIGHT * level)) % LogFile.FULL);
            byte[] tile = edge.get(level);
            hash.copyTo(tile, position);
            if (position + 1 < LogFile.FULL) {
                break;
            }
            full.accept(new Written(new LogFile.Tile(level, index, LogFile.FULL), tile.clone()));
            hash = TileSubtrees.root(tile, 0, LogFile.FULL);
            level++;
        }
        size++;
    }

    /** The partial tiles at the tree's right edge. */
    public List<Written> partial() {
        List<Written> partial = new ArrayList<>();
        for (int level = 0; level < LogFile.LEVELS; level++) {
            long index = index(level);
            int width = LogFile.width(size, level, index);
            if (width > 0) {
                partial.add(new Written(
                        new LogFile.Tile(level, index, width), Arrays.copyOf(edge.get(level), width * Hash.BYTES)));
            }
        }
        return partial;
    }

    /** The tile of a level that is not full. */
    private long index(int level) {
        return (size >> (LogFile.HEIGHT * level)) / LogFile.FULL;
    }
}
