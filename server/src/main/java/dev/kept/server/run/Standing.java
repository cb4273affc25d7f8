package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Plan;
import dev.kept.server.state.PersonFacts.Request;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests that stand because something remained: once nothing does, Kept forgets the person's key, too. */
final class Standing {

    /** Requests looked at in one sweep, those first that none has looked at for longest; the others wait for the next. */
    static final int MOST_LOOKED_AT = 1_000;

    private static final Duration LOOK_LIMIT = Duration.ofMinutes(10);

    private Standing() {}

    static List<StateChange> settled(LiveStore store, StoreSession session, Planning planning, State state) {
        Facts facts = planning.facts(store);
        List<StateChange> changes = new ArrayList<>();
        List<String> stay = new ArrayList<>();
        for (Request request : state.personFacts().standing(store.name(), MOST_LOOKED_AT)) {
            boolean known = facts.persons().contains(request.fact());
            if (known && rows(request.fact(), store, session, facts) == 0) {
                changes.add(state.personFacts().remove(request));
            } else {
                stay.add(request.id());
            }
        }
        changes.add(state.personFacts().looked(stay));
        return changes;
    }

    /** How many rows of the person there are. */
    private static long rows(PersonFact fact, LiveStore store, StoreSession session, Facts facts) {
        Plan plan = store.planner()
                .plan(Planning.asOf(store, Instant.EPOCH), facts, Planning.scope(Map.of(fact.kind(), fact.keys())));
        return new Look(store.catalogue())
                .look(session.connection(), plan, Look.Depth.UNKNOWN, LOOK_LIMIT)
                .total(LookResult.TableLook::rows);
    }
}
