package dev.kept.server.run;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.DetachedPartitions;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.step.Partition;
import dev.kept.stores.postgres.step.Partitions;
import java.util.List;
import java.util.Optional;

/** Partitions that a sweep was about to drop as a whole: while they stand outside their table, nothing is found that is in them. */
public final class Detached {

    private Detached() {}

    /**
     * Attaches again what a sweep that broke off has left outside its table, before anything else is done in the store. What cannot be attached just
     * now stays noted, and keeps nothing from being done: only from being called done.
     *
     * @param session holds the store's lock
     */
    static void settle(State state, LiveStore store, StoreSession session) {
        for (Partition partition : state.detachedPartitions().open(store.name())) {
            try {
                Partitions.attached(partition, session.connection());
                state.apply(List.of(DetachedPartitions.settled(store.name(), partition)));
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.LOST) {
                    throw e;
                }
            }
        }
    }

    /** What is to be said of a run while a partition stands outside its table; empty where none can. */
    static Optional<String> doubt(State state, LiveStore store) {
        return store.bound().droppingPartitions().isEmpty()
                ? Optional.empty()
                : state.detachedPartitions().open(store.name()).stream()
                        .findFirst()
                        .map(Detached::words);
    }

    /** The same for whoever only looks, whatever the map says by now. */
    public static Optional<String> outside(State state, String store) {
        return state.detachedPartitions().open(store).stream().findFirst().map(Detached::words);
    }

    private static String words(Partition partition) {
        return "the partition `" + partition.name() + "` stands outside its table `" + partition.parent()
                + "`, and what is in it was not reached: it is attached again as soon as no transaction is in the way;"
                + " where that can never be, attach it by hand, or drop it";
    }

    /** @throws CannotRun where not all of the store's rows may be found just now */
    public static void refuse(State state, String store) {
        state.detachedPartitions().open(store).stream().findFirst().ifPresent(partition -> {
            throw new CannotRun(
                    "a sweep is about to drop the partition `" + partition.name() + "` of `" + store
                            + "`, or broke off when it was: until it is settled, not all rows are found",
                    "try again when the sweep has ended; what is done next in the store settles one that broke off; where that can"
                            + " never be, attach the partition by hand, or drop it");
        });
    }
}
