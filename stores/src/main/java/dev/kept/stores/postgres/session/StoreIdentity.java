package dev.kept.stores.postgres.session;

/**
 * Which database system this is: after a failover or a restore it is another.
 *
 * @param systemIdentifier of {@code pg_control_system()}
 * @param timeline of the write-ahead log
 * @param database its name
 */
public record StoreIdentity(String systemIdentifier, long timeline, String database) {}
