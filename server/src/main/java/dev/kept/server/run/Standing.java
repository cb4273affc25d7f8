package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.Plan;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests that stand because something remained: once nothing does, Kept forgets the person's key, too. */
final class Standing {

    /** Requests looked at in one sweep; the others wait for the next. */
    static final int MOST_LOOKED_AT = 1_000;

    private static final Duration LOOK_LIMIT = Duration.ofMinutes(10);

    private Standing() {}

    static List<StateChange> settled(LiveStore store, StoreSession session, Planning planning, State state) {
        List<StateChange> gone = new ArrayList<>();
        Facts facts = planning.facts(store);
        List<PersonFact> standing = facts.persons().stream()
                .filter(fact -> fact.what() instanceof What.Erased)
                .limit(MOST_LOOKED_AT)
                .toList();
        for (PersonFact fact : standing) {
            for (List<String> key : fact.keys()) {
                Plan plan = store.planner()
                        .plan(
                                Planning.asOf(store, java.time.Instant.EPOCH),
                                facts,
                                Planning.scope(Map.of(fact.kind(), List.of(key))));
                LookResult look =
                        new Look(store.catalogue()).look(session.connection(), plan, Look.Depth.UNKNOWN, LOOK_LIMIT);
                if (look.total(LookResult.TableLook::rows) == 0) {
                    gone.add(state.personFacts().remove(store.name(), fact.kind(), key, fact.what()));
                }
            }
        }
        return gone;
    }
}
