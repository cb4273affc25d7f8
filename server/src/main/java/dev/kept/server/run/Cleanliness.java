package dev.kept.server.run;

import dev.kept.server.state.Run;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.session.StoreIdentity;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a store is the system that Kept has swept. After a failover or a restore it is another, in which what was forgotten may be back:
 * it is not clean until a sweep has looked at all of it.
 */
final class Cleanliness {

    private final Map<String, StoreIdentity> clean = new ConcurrentHashMap<>();

    /** What must be said of the store before it has been swept as a whole and looked through; empty where nothing has changed. */
    Optional<String> doubt(State state, Run run, StoreIdentity now) {
        StoreIdentity known = clean.get(run.store());
        if (known != null && known.sameSystem(now)) {
            return Optional.empty();
        }
        Optional<StoreIdentity> swept =
                state.runs().lastSweptIdentity(run.store()).map(StoreIdentities::read);
        Optional<StoreIdentity> before = swept.isPresent()
                ? swept
                : state.runs().lastIdentity(run.store(), run.id()).map(StoreIdentities::read);
        if (looked(state, run, now) && (before.isEmpty() || before.get().sameSystem(now))) {
            clean.put(run.store(), now);
            return Optional.empty();
        }
        return Optional.of(
                "the store is another system than Kept knew (a failover, or a restore from a backup): what was forgotten"
                        + " may be back, and the store is not clean until a sweep has looked at all of it");
    }

    /** A sweep has looked at everything. */
    void swept(State state, Run run, StoreIdentity now) {
        if (looked(state, run, now)) {
            clean.put(run.store(), now);
        }
    }

    /** Whether this system was looked through for erased persons who came back, or none was erased yet. */
    private static boolean looked(State state, Run run, StoreIdentity now) {
        return state.suppressions()
                .looked(run.store())
                .map(look -> StoreIdentities.read(look.identity()))
                .filter(look -> !look.sameSystem(now))
                .isEmpty();
    }
}
