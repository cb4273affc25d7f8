package dev.kept.core.ledger;

import java.util.Locale;

/** One thing that is wrong with a log, named as narrowly as what is right allows. */
public sealed interface Flaw {

    /** One sentence. */
    String says();

    /** What kind of flaw it is, in one word for scripts. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** An entry is not what was logged: its hash stands unchanged in the tiles. */
    record EntryChanged(long index) implements Flaw {
        @Override
        public String says() {
            return "entry " + index + " is not what was logged";
        }
    }

    /** An entry cannot be had. */
    record EntryMissing(long index) implements Flaw {
        @Override
        public String says() {
            return "entry " + index + " is missing";
        }
    }

    /** A file or row that should hold entries holds none that can be read. */
    record BundleUnreadable(LogFile.Bundle bundle, String why) implements Flaw {
        @Override
        public String says() {
            return "the entries in `" + bundle.path() + "` cannot be read: " + why;
        }
    }

    /** A hash in a tile was changed: what it is the hash of stands unchanged. */
    record HashChanged(LogFile.Tile tile, int position) implements Flaw {
        @Override
        public String says() {
            return "hash " + position + " of `" + tile.path() + "` is not that of what lies below it";
        }
    }

    /** An entry and its hash differ, and nothing is left that says which of them was changed. */
    record EntryOrHashChanged(long index, LogFile.Tile tile, int position) implements Flaw {
        @Override
        public String says() {
            return "entry " + index + " and hash " + position + " of `" + tile.path() + "` do not fit each other";
        }
    }

    /** Entries were replaced together with their hashes: only a higher tile still knows what was logged. */
    record EntriesReplaced(long from, long to) implements Flaw {
        @Override
        public String says() {
            return "among the entries " + from + " to " + (to - 1) + " some were replaced together with their hashes";
        }
    }

    /** A tile that the tree needs is not there, or too short. */
    record TileMissing(LogFile.Tile tile) implements Flaw {
        @Override
        public String says() {
            return "`" + tile.path() + "` is missing or too short";
        }
    }

    /** A tile that has more or fewer hashes than the tree asks for. */
    record TileMisshapen(LogFile.Tile tile) implements Flaw {
        @Override
        public String says() {
            return "`" + tile.path() + "` does not have " + tile.width() + " hashes";
        }
    }

    /** A file or row of the log that belongs to no tree of its size. */
    record Superfluous(String what) implements Flaw {
        @Override
        public String says() {
            return what + " belongs to nothing in this log";
        }
    }

    /** A checkpoint that cannot be trusted. */
    record CheckpointBroken(String which, String why) implements Flaw {
        @Override
        public String says() {
            return which + " cannot be trusted: " + why;
        }
    }

    /**
     * The log does not begin with the tree of a checkpoint that was signed.
     *
     * @param agreed up to which size the log still is the one that was signed, as far as earlier checkpoints tell
     */
    record HistoryChanged(String which, long size, long agreed) implements Flaw {
        @Override
        public String says() {
            return which + " signs another history: the first " + agreed
                    + " entries are those that were signed, among those up to " + (size - 1) + " some are not";
        }
    }

    /** The log ends before a checkpoint that was signed. */
    record Truncated(String which, long size, long entries) implements Flaw {
        @Override
        public String says() {
            return which + " signs " + size + " entries, and only " + entries + " are there";
        }
    }
}
