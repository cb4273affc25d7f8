package dev.kept.server.run;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;

/** A store that was restored from a backup is refused to every use until it is clean. */
public final class Isolation {

    private Isolation() {}

    /** @throws CannotRun where the store is isolated */
    public static void refuse(State state, String store) {
        state.restores().isolated(store).ifPresent(restored -> {
            throw new CannotRun(
                    "`" + store
                            + "` is isolated: it was restored from a backup, and persons who were erased may be back in it",
                    "kept restored " + store + " --operator NAME --checked TEXT looks through it and makes it clean");
        });
    }
}
