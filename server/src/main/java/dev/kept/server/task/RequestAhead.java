package dev.kept.server.task;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Request;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Detached;
import dev.kept.server.run.EndingPreview;
import dev.kept.server.run.EndingService;
import dev.kept.server.run.Grounds;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What a request would do in each store before it runs, and what would stay on which ground: looked at with the planner that carries it out. */
public final class RequestAhead {

    private final Tasks tasks;

    public RequestAhead(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Whether there is something to look at: the request is open, it is known who asks, and it changes data by itself. */
    public static boolean plannable(Request request) {
        return request.open()
                && request.identity().isPresent()
                && switch (request.ask().kind()) {
                    case ERASURE, WITHDRAWAL, MARKETING_OBJECTION, OBJECTION, TESTIMONIAL_REMOVAL -> true;
                    case ACCESS, PORTABILITY, RECTIFICATION, RESTRICTION, TESTIMONIAL_CHANGE, HUMAN_REVIEW, QUESTION ->
                        false;
                };
    }

    /** The last look, or the one under way. */
    public Optional<Tasks.Standing> last(UUID request) {
        return tasks.standing(Tasks.Kind.PLAN, request.toString());
    }

    /**
     * Begins a look; false where one is under way.
     *
     * @param person her keys by store and kind, frozen with the proof
     * @param with written with it, where it begins
     * @throws CannotRun where there is nothing to look at
     */
    public boolean look(
            Home home,
            UUID id,
            Request request,
            Map<String, Map<String, List<List<String>>>> person,
            List<StateChange> with) {
        if (!plannable(request) || person.isEmpty()) {
            throw new CannotRun(
                    "there is nothing to look at ahead: it is closed, changes nothing by itself, or nobody is proven to ask",
                    "establish who asks first");
        }
        return tasks.begin(Tasks.Kind.PLAN, id.toString(), with, () -> {
            Map<String, Object> found = new TreeMap<>();
            for (BoundStore store : home.stores(Optional.empty())) {
                Map<String, List<List<String>>> keys = person.get(store.store().name());
                if (keys != null) {
                    Map<String, Object> view = new LinkedHashMap<>(found(home, store, request, keys));
                    Detached.outside(home.state(), store.store().name()).ifPresent(words -> view.put("doubt", words));
                    found.put(store.store().name(), view);
                }
            }
            return CanonicalJson.write(found);
        });
    }

    /** A store that does not answer says so, and keeps none of the others from being looked at. */
    private static Map<String, Object> found(
            Home home, BoundStore bound, Request request, Map<String, List<List<String>>> keys) {
        RunService runs = new RunService(home.state(), home.clock(), FaultPoints.NONE);
        try {
            LiveStore store = LiveStore.open(home, bound);
            try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept look ahead"))) {
                Erasure one = new Erasure(store, session, keys);
                return request.ask().kind() == Kind.ERASURE ? erased(home, runs, one) : ended(home, request, one);
            }
        } catch (CannotRun e) {
            return Map.of("problem", e.problem());
        } catch (StoreException e) {
            return Map.of("problem", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> erased(Home home, RunService runs, Erasure one) {
        Plan plan = new Planning(home.state())
                .erasure(one.store(), home.clock().instant(), one.identifiers())
                .plan();
        LookResult look = runs.look(one.store(), one.session(), plan);
        return view(look, Grounds.of(one.store().bound(), plan, look));
    }

    private static Map<String, Object> ended(Home home, Request request, Erasure one) {
        EndingPreview ahead = new EndingService(home.state(), home.clock(), FaultPoints.NONE)
                .dryRun(one, new TreeSet<>(request.ask().uses()));
        Map<String, Object> view = new LinkedHashMap<>(view(ahead.look(), ahead.stays()));
        view.put("written", ahead.written());
        view.put("byHand", ahead.byHand().stream().map(ByHand::task).distinct().toList());
        return view;
    }

    private static Map<String, Object> view(LookResult look, List<Stay> stays) {
        Map<String, Object> tables = new TreeMap<>();
        look.tables().forEach((table, found) -> {
            if (found.left() > 0) {
                tables.put(
                        table.toString(),
                        Map.of("delete", found.removable(), "clear", found.outstanding() + found.rekeys()));
            }
        });
        List<Map<String, Object>> staying = stays.stream()
                .map(stay -> {
                    Map<String, Object> one = new TreeMap<>();
                    one.put("table", stay.table().toString());
                    one.put("use", stay.use());
                    one.put("rows", stay.rows() + stay.unknown());
                    one.put("ground", stay.ground());
                    stay.until().ifPresent(until -> one.put("until", until.toString()));
                    return one;
                })
                .toList();
        return Map.of("tables", tables, "stays", staying);
    }
}
