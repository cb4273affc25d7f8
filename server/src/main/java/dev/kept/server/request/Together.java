package dev.kept.server.request;

import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.CarryingOut.Part;
import dev.kept.server.request.Details.StoreState;
import dev.kept.server.run.EndingService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.RunService;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;

/**
 * Requests that wait are carried out together: one pass over each table for all of whom the same is asked, and each gets a part of her own, with what
 * stays of her. What is done so is then found done when the requests are answered one after the other; what fails, each tries by herself.
 */
final class Together {

    private final State state;
    private final Requests requests;
    private final CarryingOut carrying;
    private final Notes notes;
    private final FaultPoints faults;

    Together(State state, Requests requests, CarryingOut carrying, Notes notes, FaultPoints faults) {
        this.state = state;
        this.requests = requests;
        this.carrying = carrying;
        this.notes = notes;
        this.faults = faults;
    }

    /**
     * Whoever asks the same.
     *
     * @param uses of which the end, or a note, is asked for; empty where it is about everything
     * @param kinds of whom she has keys in the store
     */
    record Same(Kind kind, SortedSet<String> uses, SortedSet<String> kinds) {
        Same {
            uses = new TreeSet<>(uses);
            kinds = new TreeSet<>(kinds);
        }
    }

    /** One of several who ask the same of a store. */
    record Asking(StoredRequest request, Map<String, List<List<String>>> keys) {
        @Override
        public String toString() {
            return request.number();
        }
    }

    /** Work of one kind in one store, for several at once. */
    private interface Doing {
        /** @return each one's part; empty where nothing was done, and each has to be seen to by herself */
        Optional<List<Part>> inStore(LiveStore store, List<Asking> people, Operator operator);
    }

    /**
     * Does what is due for several at once.
     *
     * @param carriedOut requests that are to be carried out, of any kind
     * @param noted requests of which something is to be noted in the stores
     * @return of which nothing is left to do; the others are seen to one by one
     */
    Set<UUID> step(List<UUID> carriedOut, List<UUID> noted, Workplace place, Consumer<String> complaints) {
        List<StoredRequest> waiting = found(carriedOut).stream()
                .filter(Together::mayBeCarriedOut)
                .filter(stored -> doing(stored.request().ask().kind()).isPresent())
                .toList();
        if (waiting.size() > 1) {
            place.stores().forEach(store -> inStore(store, waiting, place, complaints));
        }
        return notes.note(found(noted), place, this, complaints);
    }

    private List<StoredRequest> found(List<UUID> due) {
        return due.stream().flatMap(id -> requests.find(id).stream()).toList();
    }

    private void inStore(LiveStore store, List<StoredRequest> waiting, Workplace place, Consumer<String> complaints) {
        List<StoredRequest> open = waiting.stream()
                .filter(stored -> carrying.open(stored.id(), store.name()))
                .toList();
        same(store, open)
                .forEach((same, people) -> guarded(
                        store,
                        complaints,
                        () -> inStore(store, people, place, doing(same.kind()).orElseThrow())));
    }

    /** How several are seen to who ask the same; empty where each is seen to by herself. */
    private Optional<Doing> doing(Kind kind) {
        RunService runs = new RunService(state, state.clock(), faults);
        return switch (kind) {
            case ERASURE ->
                Optional.of(
                        (store, people, operator) -> Optional.of(new Erasing(runs).ofMany(store, people, operator)));
            case MARKETING_OBJECTION, WITHDRAWAL, OBJECTION, TESTIMONIAL_REMOVAL ->
                Optional.of((store, people, operator) -> Ending.ofMany(
                        runs,
                        new EndingService(state, state.clock(), faults),
                        store,
                        people,
                        people.stream()
                                .map(one -> Ending.since(requests, one.request()))
                                .toList(),
                        operator));
            case RESTRICTION -> Optional.of((store, people, operator) -> notes.restrict(store, people));
            case ACCESS, PORTABILITY, RECTIFICATION, TESTIMONIAL_CHANGE, HUMAN_REVIEW, QUESTION -> Optional.empty();
        };
    }

    private static boolean mayBeCarriedOut(StoredRequest stored) {
        return stored.request().identity().isPresent() && stored.request().stage() instanceof Stage.CarryingOut;
    }

    /** Those who ask the same, two or more; whoever is named twice is among them once, and asks the other thing by herself. */
    Map<Same, List<Asking>> same(LiveStore store, List<StoredRequest> waiting) {
        Map<Same, List<Asking>> same = new LinkedHashMap<>();
        Map<Same, Set<Map.Entry<String, List<String>>>> known = new LinkedHashMap<>();
        for (StoredRequest stored : waiting) {
            Map<String, List<List<String>>> keys =
                    new LinkedHashMap<>(Lookup.frozen(state, stored.id()).getOrDefault(store.name(), Map.of()));
            keys.values().removeIf(List::isEmpty);
            if (!keys.isEmpty()) {
                Same asks = asks(stored, keys);
                Set<Map.Entry<String, List<String>>> hers = keys.entrySet().stream()
                        .flatMap(kind -> kind.getValue().stream().map(key -> Map.entry(kind.getKey(), key)))
                        .collect(Collectors.toSet());
                Set<Map.Entry<String, List<String>>> others = known.computeIfAbsent(asks, first -> new HashSet<>());
                if (hers.stream().noneMatch(others::contains)) {
                    others.addAll(hers);
                    same.computeIfAbsent(asks, first -> new ArrayList<>()).add(new Asking(stored, keys));
                }
            }
        }
        same.values().removeIf(people -> people.size() < 2);
        return same;
    }

    private static Same asks(StoredRequest stored, Map<String, List<List<String>>> keys) {
        Kind kind = stored.request().ask().kind();
        // an erasure is of everything, of whatever kinds she is known by
        SortedSet<String> kinds = kind == Kind.ERASURE ? new TreeSet<>() : new TreeSet<>(keys.keySet());
        return new Same(kind, new TreeSet<>(stored.request().ask().uses()), kinds);
    }

    /** What goes wrong for several is nobody's yet: each is tried by herself afterwards. */
    static void guarded(LiveStore store, Consumer<String> complaints, Runnable work) {
        guarded("store `" + store.name() + "`: ", complaints, work);
    }

    /** @param where it goes wrong, for the complaint */
    static void guarded(String where, Consumer<String> complaints, Runnable work) {
        try {
            work.run();
        } catch (CannotRun e) {
            complaints.accept(where + e.problem());
        } catch (StoreException e) {
            complaints.accept(where + e.getMessage());
        } catch (JdbiException | IllegalStateException | IllegalArgumentException e) {
            // its message may hold what a person wrote
            complaints.accept(where + "an error of the program, " + e.getClass().getSimpleName());
        }
    }

    private void inStore(LiveStore store, List<Asking> people, Workplace place, Doing doing) {
        Operator operator = new Operator(
                "requests", people.size() + " requests together, each by somebody whose identity was proven");
        Optional<List<Part>> parts = doing.inStore(store, people, operator);
        List<StateChange> changes = new ArrayList<>();
        for (int i = 0; i < parts.map(List::size).orElse(0); i++) {
            UUID request = people.get(i).request().id();
            Part part = parts.orElseThrow().get(i);
            changes.add(carrying.noted(request, store.name(), part, null));
            if (part.state() == StoreState.BY_HAND) {
                place.leftToPeople(request, store.name());
            }
        }
        state.apply(changes);
    }
}
