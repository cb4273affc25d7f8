package dev.kept.stores.postgres.session;

import dev.kept.stores.postgres.sql.Sql;
import java.time.Duration;

/**
 * Whether others are at work on the same server: sessions that are not Kept's, in whatever database, since all share its disks and its log.
 *
 * <p>Whose state Kept's role may not see (it is no member of {@code pg_read_all_stats}, or {@code track_activities} is off) counts as at work.
 */
public final class Neighbours {

    /** Who did nothing for so long is not at work, also with a transaction open. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Holds where somebody else is at work. */
    public static final Sql AT_WORK = atWorkIn("datid IS NOT NULL");

    private Neighbours() {}

    /** Holds where one of these sessions, if not Kept's own, is at work. */
    public static Sql atWorkIn(String sessions) {
        return Sql.of("EXISTS (SELECT FROM pg_stat_activity"
                + " WHERE " + sessions + " AND pid <> pg_backend_pid()"
                + " AND coalesce(backend_type, 'client backend') = 'client backend'"
                + " AND application_name NOT LIKE 'kept%'"
                + " AND (coalesce(state, 'active') IN ('active', 'disabled')"
                + " OR state_change > clock_timestamp() - interval '" + QUIET.toMillis() + " ms'))");
    }

    /** Asks in a transaction of its own. */
    public static boolean atWork(StoreConnection store) {
        boolean atWork = store.run(Sql.of("SELECT ", AT_WORK)).yes(0);
        store.rollback();
        return atWork;
    }
}
