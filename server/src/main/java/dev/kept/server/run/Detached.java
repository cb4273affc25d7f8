package dev.kept.server.run;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.DetachedPartitions;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.step.Partition;
import dev.kept.stores.postgres.step.Partitions;
import java.util.List;

/** Partitions that a sweep was about to drop as a whole: while they stand outside their table, nothing is found that is in them. */
public final class Detached {

    private Detached() {}

    /**
     * Attaches again what a sweep that broke off has left outside its table, before anything else is done in the store.
     *
     * @param session holds the store's lock
     */
    static void settle(State state, LiveStore store, StoreSession session) {
        for (Partition partition : state.detachedPartitions().open(store.name())) {
            Partitions.attached(partition, session.connection());
            state.apply(List.of(DetachedPartitions.settled(store.name(), partition)));
        }
    }

    /** @throws CannotRun where not all of the store's rows may be found just now */
    public static void refuse(State state, String store) {
        state.detachedPartitions().open(store).stream().findFirst().ifPresent(partition -> {
            throw new CannotRun(
                    "a sweep is about to drop the partition `" + partition.name() + "` of `" + store
                            + "`, or broke off when it was: until it is settled, not all rows are found",
                    "try again when the sweep has ended; `kept sweep " + store + "` settles one that broke off");
        });
    }
}
