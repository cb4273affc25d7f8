package dev.kept.stores.postgres.session;

import java.time.Duration;

/**
 * The limits of a session.
 *
 * @param applicationName how it shows in {@code pg_stat_activity}; at most 63 bytes
 * @param lockTimeout how long a statement waits for a lock
 * @param statementTimeout how long a statement may take
 * @param idleTimeout how long a transaction may stand still before the server ends it
 * @param genericPlans whether statements are planned once for all values: right for persons' keys. For parts of whole tables each is planned for its
 *     own: a plan for a part of unknown size reads whole tables besides, for each part again
 */
public record SessionOptions(
        String applicationName,
        Duration lockTimeout,
        Duration statementTimeout,
        Duration idleTimeout,
        boolean genericPlans) {

    public static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    public static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(10);
    public static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
    private static final int MAX_NAME_BYTES = 63;

    public SessionOptions {
        if (applicationName.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("an application name has at most " + MAX_NAME_BYTES + " bytes");
        }
    }

    /** For sweeps of whole tables. */
    public static SessionOptions sweeping(String applicationName) {
        return new SessionOptions(applicationName, LOCK_TIMEOUT, STATEMENT_TIMEOUT, IDLE_TIMEOUT, false);
    }

    /** For persons, one after the other. */
    public static SessionOptions forPersons(String applicationName) {
        return new SessionOptions(applicationName, LOCK_TIMEOUT, STATEMENT_TIMEOUT, IDLE_TIMEOUT, true);
    }
}
