package dev.kept.stores.postgres.session;

/**
 * A session of the store's server: by all three it is known as ours, and nobody else's is ever ended.
 *
 * @param startedAt as {@code pg_stat_activity.backend_start} prints it in UTC
 */
public record Backend(String applicationName, int processId, String startedAt) {}
