package dev.kept.stores.embedded;

/** What a cluster survives. */
public enum Durability {
    /** A committed transaction survives a crash of the process, of the system and of the power. */
    FULL,

    /**
     * A committed transaction survives a crash of the process only. Nothing is forced to the disk: a crash of the
     * operating system may destroy the cluster. For clusters that are thrown away, such as those of tests; never for
     * data that somebody relies on.
     */
    NONE
}
