package dev.kept.stores.postgres.session;

/**
 * Which database system this is: after a failover or a restore it is another.
 *
 * @param systemIdentifier of {@code pg_control_system()}
 * @param timeline of the write-ahead log
 * @param database its name
 * @param incarnation changes when the server starts anew, also after a crash of one of its processes. A crash may lose transaction numbers
 *     that were handed out, and hand them out again: what became of them cannot be told for sure any more
 */
public record StoreIdentity(String systemIdentifier, long timeline, String database, String incarnation) {

    /** Whether this is the same database of the same system, perhaps started anew. */
    public boolean sameSystem(StoreIdentity other) {
        return systemIdentifier.equals(other.systemIdentifier)
                && timeline == other.timeline
                && database.equals(other.database);
    }
}
