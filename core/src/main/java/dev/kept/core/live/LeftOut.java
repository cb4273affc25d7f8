package dev.kept.core.live;

import dev.kept.core.datamap.TableName;

/** A relation that holds rows but is no table Kept treats. */
public record LeftOut(TableName name, Kind kind) {
    /** What it is. */
    public enum Kind {
        MATERIALIZED_VIEW("materialised view"),
        FOREIGN_TABLE("foreign table"),
        /** A table that inherits from another and is no partition. */
        INHERITING_TABLE("inheriting table");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
