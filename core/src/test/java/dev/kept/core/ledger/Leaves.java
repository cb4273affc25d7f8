package dev.kept.core.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Logs in memory: "entry 0", "entry 1", … */
final class Leaves {

    private Leaves() {}

    static byte[] entry(long index) {
        return ("entry " + index).getBytes(StandardCharsets.UTF_8);
    }

    /** Hashes as their definition says, with no tiles: the slow way. */
    static Hash root(int level, long index) {
        return level == 0
                ? Hash.leaf(entry(index))
                : Hash.node(root(level - 1, 2 * index), root(level - 1, 2 * index + 1));
    }

    static MerkleTree tree(long size) {
        return new MerkleTree(size, Leaves::root);
    }

    /** All of a log's files by their paths, as a log of this size has them. */
    static Map<String, byte[]> files(long size) {
        Map<String, byte[]> files = new HashMap<>();
        TileAppender appender = new TileAppender(0, tile -> new byte[0]);
        for (long i = 0; i < size; i++) {
            appender.append(Hash.leaf(entry(i)), full -> files.put(full.tile().path(), full.hashes()));
        }
        appender.partial().forEach(partial -> files.put(partial.tile().path(), partial.hashes()));
        for (long bundle = 0; bundle * LogFile.FULL < size; bundle++) {
            int width = LogFile.width(size, 0, bundle);
            List<byte[]> entries = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                entries.add(entry(bundle * LogFile.FULL + i));
            }
            files.put(new LogFile.Bundle(bundle, width).path(), EntryBundle.write(entries));
        }
        return files;
    }

    static Tiles tiles(Map<String, byte[]> files) {
        return tile -> Optional.ofNullable(files.get(tile.path()))
                .orElseThrow(() -> new MalformedLog("`" + tile.path() + "` is missing"));
    }
}
