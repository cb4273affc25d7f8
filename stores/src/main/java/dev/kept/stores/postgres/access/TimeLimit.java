package dev.kept.stores.postgres.access;

import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a snapshot may stand, from when it was asked for: what is left of it is each statement's time. */
final class TimeLimit {

    private final Duration limit;
    private final LongSupplier nanos;
    private final long deadline;

    TimeLimit(Duration limit) {
        this(limit, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    TimeLimit(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + limit.toNanos();
    }

    /** All of it. */
    Duration whole() {
        return limit;
    }

    /** @throws StoreException {@code TIME_LIMIT} where nothing is left */
    Duration left() {
        Duration left = Duration.ofNanos(deadline - nanos.getAsLong());
        if (!left.isPositive()) {
            throw new StoreException(
                    Kind.TIME_LIMIT,
                    "reading what the person sees took longer than its snapshot may stand",
                    "see that the tables have an index on the columns that lead to the person");
        }
        return left;
    }

    /** As PostgreSQL's {@code statement_timeout} has it; 0 would be none. */
    static String timeout(Duration left) {
        return Long.toString(Math.max(1, left.toMillis()));
    }
}
