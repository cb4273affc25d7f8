package dev.kept.stores.postgres.session;

import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The advisory lock that a writing session holds; advisory locks are each database's own. */
final class StoreLock {

    private static final long KEY = 0x4B_65_70_74_53_77_65_65L;

    /** How long the holder is waited for: the session of a process that was killed ends by itself within this time … */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** … else it is ended, if it is known to be ours, and its transaction is over within this. */
    private static final Duration ENDING = Duration.ofSeconds(30);

    private static final Duration STEP = Duration.ofMillis(50);

    /** Who holds the lock: a name, a process, since when; no row where it is free. */
    static final Sql HOLDER = Sql.of(
            "SELECT a.application_name, a.pid, a.backend_start::text FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
                    + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
                    + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                    + " AND l.classid::bigint = ",
            Parameter.value("" + (KEY >>> 32)),
            "::bigint AND l.objid::bigint = ",
            Parameter.value("" + (KEY & 0xFFFF_FFFFL)),
            "::bigint");

    private final StoreConnection connection;
    private final Pauses pauses;

    StoreLock(StoreConnection connection, Pauses pauses) {
        this.connection = connection;
        this.pauses = pauses;
    }

    /** Whether the lock was taken; false where a session holds it that is none of {@code ours}. */
    boolean take(List<Backend> ours) {
        if (free(PATIENCE)) {
            return true;
        }
        Optional<Backend> holder = holder();
        if (holder.isEmpty()) {
            return free(PATIENCE);
        }
        if (!ours.contains(holder.get())) {
            return false;
        }
        end(holder.get());
        return free(ENDING);
    }

    private boolean free(Duration patience) {
        long steps = patience.dividedBy(STEP);
        for (long step = 0; step <= steps; step++) {
            if (step > 0) {
                pauses.pause(STEP);
            }
            boolean taken = connection
                    .run(Sql.of("SELECT pg_try_advisory_lock(", Parameter.value("" + KEY), "::bigint)"))
                    .yes(0);
            connection.commit();
            if (taken) {
                return true;
            }
        }
        return false;
    }

    /** The session that holds the lock; empty where it has just been given back. */
    Optional<Backend> holder() {
        Answer answer = connection.run(HOLDER);
        connection.commit();
        return answer.rows().isEmpty()
                ? Optional.empty()
                : Optional.of(new Backend(answer.text(0), Math.toIntExact(answer.number(1)), answer.text(2)));
    }

    private void end(Backend backend) {
        connection.run(Sql.of(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ",
                Parameter.value("" + backend.processId()),
                "::int AND application_name = ",
                Parameter.value(backend.applicationName()),
                " AND backend_start = ",
                Parameter.value(backend.startedAt()),
                "::timestamptz"));
        connection.commit();
    }
}
