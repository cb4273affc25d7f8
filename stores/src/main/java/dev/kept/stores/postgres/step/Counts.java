package dev.kept.stores.postgres.step;

/**
 * Rows of one table that a transaction changed.
 *
 * @param deleted ended themselves, or dated a row that has
 * @param cleared how often something was forgotten in a row that stays: one that loses its data, and its owner in a later statement, counts twice
 * @param rekeyed got a new key
 * @param released shared rows deleted with their last pointer
 * @param grouped of the deleted: those that some group of persons is made of now; the others left nothing
 * @param added groups written into the table
 */
public record Counts(long deleted, long cleared, long rekeyed, long released, long grouped, long added) {

    public static final Counts NONE = new Counts(0, 0, 0, 0);

    public Counts(long deleted, long cleared, long rekeyed, long released) {
        this(deleted, cleared, rekeyed, released, 0, 0);
    }

    public Counts plus(Counts other) {
        return new Counts(
                deleted + other.deleted,
                cleared + other.cleared,
                rekeyed + other.rekeyed,
                released + other.released,
                grouped + other.grouped,
                added + other.added);
    }

    public Counts minus(Counts other) {
        return new Counts(
                deleted - other.deleted,
                cleared - other.cleared,
                rekeyed - other.rekeyed,
                released - other.released,
                grouped - other.grouped,
                added - other.added);
    }

    /** Changes of rows, of any kind. */
    public long changed() {
        return deleted + cleared + rekeyed + released + added;
    }
}
