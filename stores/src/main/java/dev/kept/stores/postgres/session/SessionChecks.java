package dev.kept.stores.postgres.session;

import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a session is set up, and what it must not be. */
final class SessionChecks {

    static final Sql BACKEND =
            Sql.of("SELECT pid, coalesce(backend_start::text, '') FROM pg_stat_activity WHERE pid = pg_backend_pid()");

    /** The timeline of the log being written: {@code pg_control_checkpoint()} still says the old one right after a failover. */
    static final Sql IDENTITY = Sql.of(
            "SELECT system_identifier::text, ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint,"
                    + " current_database()::text,"
                    + " pg_postmaster_start_time()::text || ' ' || coalesce((SELECT stats_reset::text FROM pg_stat_bgwriter), '')"
                    + " FROM pg_control_system()");

    /** How soon the server notices, also within a long statement, that the process behind a session is gone. */
    private static final Duration CLIENT_CHECK = Duration.ofMillis(500);

    private SessionChecks() {}

    static void setUp(StoreConnection connection, SessionOptions options) {
        List<Sql> settings = new ArrayList<>();
        set(settings, "application_name", options.applicationName());
        set(settings, "row_security", "off");
        set(settings, "lock_timeout", milliseconds(options.lockTimeout()));
        set(settings, "statement_timeout", milliseconds(options.statementTimeout()));
        set(settings, "idle_in_transaction_session_timeout", milliseconds(options.idleTimeout()));
        set(settings, "default_transaction_isolation", "read committed");
        set(settings, "TimeZone", "UTC");
        set(settings, "DateStyle", "ISO, YMD");
        set(settings, "IntervalStyle", "postgres");
        set(settings, "bytea_output", "hex");
        set(settings, "extra_float_digits", "1");
        set(settings, "jit", "off");
        set(settings, "tcp_keepalives_idle", "30");
        set(settings, "tcp_keepalives_interval", "10");
        set(settings, "tcp_keepalives_count", "3");
        set(settings, "plan_cache_mode", options.genericPlans() ? "force_generic_plan" : "force_custom_plan");
        settings.add(Sql.of("SELECT set_config('synchronous_commit', 'on', false)"
                + " WHERE current_setting('synchronous_commit') IN ('off', 'local')"));
        settings.add(Sql.of(
                "SELECT set_config('client_connection_check_interval', ",
                Parameter.value(milliseconds(CLIENT_CHECK)),
                ", false) WHERE version() ~* 'linux|darwin|bsd|solaris|illumos'"));
        connection.run(settings);
        connection.commit();
    }

    private static void set(List<Sql> settings, String name, String value) {
        settings.add(Sql.of("SELECT set_config(", Sql.literal(name), ", ", Parameter.value(value), ", false)"));
    }

    private static String milliseconds(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    static void refuseReplica(StoreConnection connection) {
        Answer answer = connection.run(Sql.of("SELECT pg_is_in_recovery(), current_setting('transaction_read_only')"));
        connection.commit();
        if (answer.yes(0)) {
            throw new StoreException(
                    Kind.UNFIT, "the store is a replica, which cannot be written to", "connect to the primary");
        }
        if (!answer.text(1).equals("off")) {
            throw new StoreException(
                    Kind.UNFIT,
                    "the store's sessions are read-only by default",
                    "connect as a role without `default_transaction_read_only`");
        }
    }

    /**
     * Behind a pooler that hands out a server's session for one transaction only, settings and advisory locks are other people's a moment
     * later. A second connection that holds a transaction open takes the session away if it can be taken.
     */
    static void refuseTransactionPool(StoreConnector connector, StoreConnection connection) {
        Sql mark = Sql.of("SELECT pg_backend_pid(), set_config('kept.session', 'ours', false)");
        Sql look = Sql.of("SELECT pg_backend_pid(), coalesce(current_setting('kept.session', true), '')");
        long ours = connection.run(mark).number(0);
        connection.commit();
        StoreConnection other = connector.open();
        try {
            long theirs = other.run(Sql.of("SELECT pg_backend_pid()")).number(0);
            Answer again = connection.run(look);
            connection.commit();
            if (theirs == ours || again.number(0) != ours || !again.text(1).equals("ours")) {
                throw pooled();
            }
            other.rollback();
        } finally {
            other.close();
        }
    }

    static StoreException pooled() {
        return new StoreException(
                Kind.UNFIT,
                "the connection goes through a pooler that changes sessions between transactions",
                "connect to PostgreSQL itself, or to a pool that keeps sessions");
    }
}
