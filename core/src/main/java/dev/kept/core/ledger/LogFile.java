package dev.kept.core.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the files of a log that C2SP tlog-tiles names; its path is relative to the log's prefix. */
public sealed interface LogFile {

    /** How many hashes a full tile has, or entries a full bundle. */
    int FULL = 256;

    /** Levels of the tree that one tile spans. */
    int HEIGHT = 8;

    /** With 8 levels a tile, a tree of 2^63 leaves has no more. */
    int LEVELS = 8;

    String path();

    /** The signed tree head. */
    record CheckpointFile() implements LogFile {
        @Override
        public String path() {
            return "checkpoint";
        }
    }

    /**
     * Hashes of complete subtrees, side by side.
     *
     * @param level 0 holds leaves' hashes, each higher one those of full tiles below
     * @param width how many hashes, from 1 to 256
     */
    record Tile(int level, long index, int width) implements LogFile {
        public Tile {
            check(level >= 0 && level < LEVELS, index, width);
        }

        @Override
        public String path() {
            return "tile/" + level + "/" + place(index, width);
        }
    }

    /**
     * Entries, side by side: those of the level 0 tile of the same index.
     *
     * @param width how many, from 1 to 256
     */
    record Bundle(long index, int width) implements LogFile {
        public Bundle {
            check(true, index, width);
        }

        @Override
        public String path() {
            return "tile/entries/" + place(index, width);
        }
    }

    private static void check(boolean level, long index, int width) {
        if (!level || index < 0 || width < 1 || width > FULL) {
            throw new MalformedLog("there is no such tile");
        }
    }

    /** How many hashes of a level lie in its tile of that index, in a tree of {@code size} leaves; 0 where there is no such tile. */
    static int width(long size, int level, long index) {
        long hashes = size >> (HEIGHT * level);
        long full = hashes / FULL;
        if (index < 0 || index > full) {
            return 0;
        }
        return index < full ? FULL : (int) (hashes % FULL);
    }

    /** Reads a path in its one spelling; empty for any other. */
    static Optional<LogFile> parse(String path) {
        if (path.equals("checkpoint")) {
            return Optional.of(new CheckpointFile());
        }
        Matcher matcher = Paths.TILE.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String level = matcher.group(1);
        long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", ""));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        try {
            LogFile file = level.equals("entries")
                    ? new Bundle(index, width)
                    : new Tile(Integer.parseInt(level), index, width);
            return file.path().equals(path) ? Optional.of(file) : Optional.empty();
        } catch (MalformedLog noSuchTile) {
            return Optional.empty();
        }
    }

    /** {@code x001/x234/067} for 1234067; {@code .p/W} behind it where it is not full. */
    private static String place(long index, int width) {
        StringBuilder place = new StringBuilder(String.format("%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            place.insert(0, String.format("x%03d/", rest % 1000));
        }
        return width == FULL ? place.toString() : place + ".p/" + width;
    }

    /** How paths look. */
    final class Paths {
        /** At most 18 digits: no tree has more tiles. */
        private static final Pattern TILE =
                Pattern.compile("tile/(entries|[0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

        private Paths() {}
    }
}
