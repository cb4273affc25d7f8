package dev.kept.server.request;

import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Erasures that wait are carried out together: one run a store for all of them, with one pass over each table, and each gets a part of its own,
 * with what stays of her. What is done so is then found done when the requests are answered one after the other; what fails, each tries by itself.
 */
final class ErasingTogether {

    private final State state;
    private final Requests requests;
    private final CarryingOut carrying;
    private final RunService runs;

    ErasingTogether(State state, Requests requests, CarryingOut carrying, RunService runs) {
        this.state = state;
        this.requests = requests;
        this.carrying = carrying;
        this.runs = runs;
    }

    /** @param due requests that are to be carried out, of any kind */
    void step(List<UUID> due, Workplace place, Consumer<String> complaints) {
        List<StoredRequest> erasures = due.stream()
                .flatMap(id -> requests.find(id).stream())
                .filter(ErasingTogether::toBeErased)
                .toList();
        if (erasures.size() < 2) {
            return;
        }
        for (LiveStore store : place.stores()) {
            try {
                inStore(store, erasures);
            } catch (CannotRun e) {
                complaints.accept("store `" + store.name() + "`: " + e.problem());
            } catch (StoreException e) {
                complaints.accept("store `" + store.name() + "`: " + e.getMessage());
            }
        }
    }

    private static boolean toBeErased(StoredRequest stored) {
        Stage stage = stored.request().stage();
        return stored.request().ask().kind() == Kind.ERASURE
                && stored.request().identity().isPresent()
                && stage instanceof Stage.CarryingOut;
    }

    private void inStore(LiveStore store, List<StoredRequest> erasures) {
        Map<StoredRequest, Map<String, List<List<String>>>> people = new LinkedHashMap<>();
        for (StoredRequest erasure : erasures) {
            Map<String, List<List<String>>> keys =
                    Lookup.frozen(state, erasure.id()).getOrDefault(store.name(), Map.of());
            if (!keys.isEmpty() && carrying.open(erasure.id(), store.name())) {
                people.put(erasure, keys);
            }
        }
        if (people.size() < 2) {
            return;
        }
        Operator operator = new Operator(
                "requests", people.size() + " requests together, each by somebody whose identity was proven");
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept requests"))) {
            runs.finishBroken(store, session, RunOptions.defaults(), RunWatch.NONE);
            Erasure together = Erasure.ofMany(store, session, List.copyOf(people.values()));
            Outcome outcome = runs.erase(List.of(together), operator, RunOptions.defaults(), RunWatch.NONE)
                    .getFirst();
            note(store, List.copyOf(people.keySet()), outcome);
        }
    }

    private void note(LiveStore store, List<StoredRequest> people, Outcome outcome) {
        List<StateChange> parts = new ArrayList<>();
        for (int i = 0; i < outcome.each().size(); i++) {
            Outcome hers = Objects.requireNonNull(outcome.each().get(i));
            parts.add(carrying.noted(people.get(i).id(), store.name(), Erasing.part(hers), null));
        }
        state.apply(parts);
    }
}
