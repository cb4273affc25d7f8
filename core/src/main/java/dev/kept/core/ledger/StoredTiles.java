package dev.kept.core.ledger;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Tiles as they are stored, each missing one named once. */
final class StoredTiles {
    private final long size;
    private final Tiles tiles;
    private final Consumer<Flaw> flaws;

    StoredTiles(long size, Tiles tiles, Consumer<Flaw> flaws) {
        this.size = size;
        this.tiles = tiles;
        this.flaws = flaws;
    }

    /** The hashes of a tile as far as the tree has them; empty where it is missing, which is named. */
    Optional<byte[]> read(LogFile.Tile tile) {
        Optional<byte[]> read = peek(tile);
        if (read.isEmpty()) {
            flaws.accept(new Flaw.TileMissing(tile));
        }
        return read;
    }

    private Optional<byte[]> peek(LogFile.Tile tile) {
        try {
            int width = Math.max(tile.width(), LogFile.width(size, tile.level(), tile.index()));
            byte[] hashes = tiles.read(new LogFile.Tile(tile.level(), tile.index(), width));
            int length = tile.width() * Hash.BYTES;
            return hashes.length < length ? Optional.empty() : Optional.of(Arrays.copyOf(hashes, length));
        } catch (MalformedLog missing) {
            return Optional.empty();
        }
    }

    /** The hash that the tile above holds of a full one. */
    Optional<Hash> above(LogFile.Tile tile) {
        int level = tile.level() + 1;
        long index = tile.index() / LogFile.FULL;
        int position = (int) (tile.index() % LogFile.FULL);
        if (level == LogFile.LEVELS) {
            return Optional.empty();
        }
        return peek(new LogFile.Tile(level, index, LogFile.width(size, level, index)))
                .map(hashes -> Hash.in(hashes, position));
    }
}
