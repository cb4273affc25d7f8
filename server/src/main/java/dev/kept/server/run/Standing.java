package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.rights.EndingPlan;
import dev.kept.core.rights.EndingPlan.Source;
import dev.kept.server.run.FrozenEnding.Leaving;
import dev.kept.server.state.PersonFacts.Ended;
import dev.kept.server.state.PersonFacts.Request;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.end.Endings;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What stands because something remained: once nothing does, Kept forgets the person's key, too. A use that has ended by Kept's word goes on by
 * the store's own, once somebody has seen to it that its columns say so.
 */
final class Standing {

    /** Requests looked at in one sweep, and ended uses, those first that none has looked at for longest; the others wait for the next. */
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
        for (Ended ended : state.personFacts().ended(store.name(), MOST_LOOKED_AT)) {
            Request request = ended.request();
            boolean known = facts.persons().contains(request.fact());
            if (known && (saidByStore(ended, store, session) || rows(request.fact(), store, session, facts) == 0)) {
                changes.add(state.personFacts().remove(request));
            } else {
                stay.add(request.id());
            }
        }
        changes.add(state.personFacts().looked(stay));
        return changes;
    }

    /** Whether all columns that speak for the person say it; where Kept is the source none does. */
    private static boolean saidByStore(Ended ended, LiveStore store, StoreSession session) {
        PersonFact fact = ended.request().fact();
        if (!store.bound().notice().uses().containsKey(ended.use())) {
            return false;
        }
        Leaving person = new Leaving(Map.of(fact.kind(), fact.keys()), ended.since());
        EndingPlan plan = EndingAttempt.plan(store, new TreeSet<>(List.of(ended.use())), person);
        boolean columns = plan.sources().values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .allMatch(Source.Columns.class::isInstance);
        Endings endings = new Endings(store.catalogue());
        boolean said = columns
                && plan.places().stream()
                        .allMatch(place ->
                                endings.left(session.connection(), place).rows() == 0);
        session.connection().rollback();
        return said;
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
