package dev.kept.server.request;

import dev.kept.core.rights.request.Identity;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.Details.StoreState;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.StoreException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries a request out, store by store. A store that fails is failing, and nothing else; the request is answered when every store says that its
 * part is done. What is done is not done again: a store's part that stands as done is passed over when the rest is tried again.
 */
final class CarryingOut {

    private final State state;
    private final Details details;

    CarryingOut(State state) {
        this.state = state;
        this.details = new Details(state);
    }

    /** What a store did. */
    record Part(StoreState state, Optional<UUID> run, Optional<String> problem, Map<String, Object> result) {
        static Part done(Optional<UUID> run, Map<String, Object> result) {
            return new Part(StoreState.DONE, run, Optional.empty(), result);
        }

        static Part absent() {
            return new Part(StoreState.ABSENT, Optional.empty(), Optional.empty(), Map.of());
        }

        static Part failed(String problem) {
            return new Part(StoreState.FAILED, Optional.empty(), Optional.of(problem), Map.of());
        }

        static Part byHand(String what) {
            return new Part(StoreState.BY_HAND, Optional.empty(), Optional.of(what), Map.of());
        }
    }

    /** Work of one kind in one store. */
    interface Doing {
        Part inStore(LiveStore store, Map<String, List<List<String>>> keys, Operator operator);
    }

    /**
     * Does what is left to do in each store.
     *
     * @return whether every part is done
     */
    boolean everywhere(StoredRequest stored, Workplace place, LocalDate byHandDue, Doing doing) {
        Map<String, Map<String, List<List<String>>>> frozen = Lookup.frozen(state, stored.id());
        Map<String, StoreState> before = new LinkedHashMap<>();
        details.stores(stored.id()).forEach(part -> before.put(part.store(), part.state()));
        boolean whole = true;
        for (String name : place.names()) {
            if (place.isLeftToPeople(stored.id(), name)) {
                whole = false;
            } else if (!settled(before.get(name))) {
                Map<String, List<List<String>>> keys = frozen.getOrDefault(name, Map.of());
                Part part = keys.isEmpty() ? Part.absent() : inStore(stored, name, keys, place, doing);
                state.apply(List.of(noted(stored.id(), name, part, null)));
                whole &= settled(part.state());
            }
        }
        for (Map.Entry<String, String> byHand :
                place.home().settings().requests().byHand().entrySet()) {
            if (!settled(before.get(byHand.getKey()))) {
                state.apply(List.of(noted(stored.id(), byHand.getKey(), Part.byHand(byHand.getValue()), byHandDue)));
                whole = false;
            }
        }
        return whole;
    }

    /** Whether a store's part is not done yet. */
    boolean open(UUID request, String store) {
        return details.stores(request).stream()
                .filter(part -> part.store().equals(store))
                .noneMatch(part -> settled(part.state()));
    }

    static boolean settled(@Nullable StoreState state) {
        return state == StoreState.DONE || state == StoreState.ABSENT;
    }

    private Part inStore(
            StoredRequest stored, String name, Map<String, List<List<String>>> keys, Workplace place, Doing doing) {
        Optional<LiveStore> store = place.store(name);
        if (store.isEmpty()) {
            return Part.failed(Optional.ofNullable(place.problems().get(name)).orElse("the store does not open"));
        }
        try {
            return doing.inStore(store.get(), keys, operator(stored));
        } catch (CannotRun e) {
            return Part.failed(e.problem());
        } catch (StoreException e) {
            return Part.failed(e.getMessage() == null ? "the store failed" : e.getMessage());
        }
    }

    /** Who acts in a store on a request: Kept, for whoever was proven to ask. */
    static Operator operator(StoredRequest stored) {
        Identity identity = stored.request().identity().orElseThrow();
        return new Operator(
                "request " + stored.number(),
                "identity proven by `" + identity.way().word() + "`");
    }

    StateChange noted(UUID request, String store, Part part, @Nullable LocalDate dueOn) {
        return StateChange.of(
                "insert into kept.request_store (request, store, state, run, problem, due_on, result, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?::jsonb, ?) on conflict (request, store) do update set"
                        + " state = excluded.state, run = excluded.run, problem = excluded.problem,"
                        + " due_on = excluded.due_on, result = excluded.result, changed_at = excluded.changed_at",
                request,
                store,
                part.state().word(),
                part.run().orElse(null),
                part.problem().orElse(null),
                dueOn,
                part.result().isEmpty() ? null : CanonicalJson.write(part.result()),
                Requests.at(state.clock().instant()));
    }
}
