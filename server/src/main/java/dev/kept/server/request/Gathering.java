package dev.kept.server.request;

import dev.kept.core.rights.request.Stage;
import dev.kept.server.run.AccessOfMany;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessOfMany.Gathered;
import dev.kept.server.run.AccessOfMany.Recorded;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What packages that wait are made of is read for as many persons at once as may be, when the first of them has her turn; then each package is made and each request
 * answered one after the other, and what goes wrong with one is hers alone. Who is not among the others is read by herself.
 */
final class Gathering {

    /**
     * How much is read ahead.
     *
     * @param persons the most who are read together
     * @param held what was read so long ago is not handed out any more: it is read again; longer than the reading of all may take
     * @param forNothing where it took so long for little, the others of this go are not kept waiting for the same
     */
    record Bounds(int persons, Duration held, Duration forNothing) {
        static final Bounds USUAL =
                new Bounds(AccessOfMany.MOST_PERSONS, AccessOfMany.LIMIT.multipliedBy(2), Duration.ofMinutes(1));
    }

    /**
     * What was done of a package already.
     *
     * @param person who asks, recorded once in the private log however she is read then
     * @param gathered what was read of her; empty where she is read by herself
     */
    record Ready(Recorded person, Optional<Gathered> gathered) {
        static Ready apart(Recorded person) {
            return new Ready(person, Optional.empty());
        }
    }

    /** A key by which somebody is known in a store. */
    private record Known(String store, String kind, List<String> key) {
        static Set<Known> all(Map<String, Map<String, List<List<String>>>> keys) {
            Set<Known> all = new HashSet<>();
            keys.forEach((store, kinds) ->
                    kinds.forEach((kind, some) -> some.forEach(key -> all.add(new Known(store, kind, key)))));
            return all;
        }
    }

    private final State state;
    private final Requests requests;
    private final Details details;
    private final Deque<UUID> waiting;
    private final Workplace place;
    private final List<LiveStore> stores;
    private final Consumer<String> complaints;
    private final Bounds bounds;
    private final Map<UUID, Ready> held = new HashMap<>();
    private Instant since = Instant.MIN;
    private boolean tookLong;

    /**
     * Nothing is read yet.
     *
     * @param waiting requests in the order in which they will have their turns; those of other kinds are passed over
     * @param stores where is read
     */
    Gathering(
            State state,
            Requests requests,
            List<UUID> waiting,
            Workplace place,
            List<LiveStore> stores,
            Consumer<String> complaints,
            Bounds bounds) {
        this.state = state;
        this.requests = requests;
        this.details = new Details(state);
        this.waiting = new ArrayDeque<>(waiting);
        this.place = place;
        this.stores = List.copyOf(stores);
        this.complaints = complaints;
        this.bounds = bounds;
    }

    /** What was done of her package together with others'; it is given away once. */
    Optional<Ready> of(StoredRequest stored) {
        if (gathered() > 0 && since.plus(bounds.held()).isBefore(state.clock().instant())) {
            held.replaceAll((request, ready) -> Ready.apart(ready.person()));
            giveUp();
        }
        if (!held.containsKey(stored.id()) && waiting.contains(stored.id())) {
            gather();
        }
        return Optional.ofNullable(held.remove(stored.id()));
    }

    /** Something was done in the stores about a request: what was read before of whoever is known by a key of its person is not hers any more. */
    void changed(StoredRequest stored) {
        if (gathered() > 0) {
            Set<Known> changed = Known.all(Lookup.frozen(state, stored.id()));
            held.replaceAll((request, ready) -> Collections.disjoint(
                            changed, Known.all(ready.person().asking().keys()))
                    ? ready
                    : Ready.apart(ready.person()));
        }
    }

    /** How many are held of whom something was read. */
    private long gathered() {
        return held.values().stream()
                .filter(ready -> ready.gathered().isPresent())
                .count();
    }

    private void gather() {
        held.clear();
        List<StoredRequest> together = new ArrayList<>();
        while (!waiting.isEmpty() && together.size() < bounds.persons()) {
            requests.find(waiting.remove()).filter(this::mayBeRead).ifPresent(together::add);
        }
        if (together.size() > 1) {
            since = state.clock().instant();
            Together.guarded("packages of " + together.size() + " together: ", complaints, () -> read(together));
            tookLong = since.plus(bounds.forNothing()).isBefore(state.clock().instant());
            if (gathered() * 2 < together.size()) {
                giveUp();
            }
        }
    }

    private void read(List<StoredRequest> together) {
        List<Asking> asking = together.stream()
                .map(stored -> HandingOut.asking(state, stored, Lookup.frozen(state, stored.id())))
                .toList();
        List<Recorded> people = new AccessService(state, state.clock()).recorded(stores, asking);
        for (int i = 0; i < people.size(); i++) {
            held.put(together.get(i).id(), Ready.apart(people.get(i)));
        }
        List<Optional<Gathered>> read = new AccessOfMany(state, state.clock())
                .gather(stores, place.home().prose(), people);
        for (int i = 0; i < people.size(); i++) {
            held.put(together.get(i).id(), new Ready(people.get(i), read.get(i)));
        }
    }

    /** Where it took long, the others are read by themselves. */
    private void giveUp() {
        if (tookLong) {
            waiting.clear();
        }
    }

    /** Nobody's data is read who has not proven who she is, or whose package could not be made yet. */
    private boolean mayBeRead(StoredRequest stored) {
        return stored.request().identity().isPresent()
                && stored.request().stage() instanceof Stage.CarryingOut
                && HandingOut.reads(stored.request().ask().kind())
                && place.problems().isEmpty()
                && nothingByHand(stored)
                && !Lookup.frozen(state, stored.id()).isEmpty();
    }

    /** What people have to do first is done. */
    private boolean nothingByHand(StoredRequest stored) {
        Map<String, Details.StoreState> done = new HashMap<>();
        details.stores(stored.id()).forEach(part -> done.put(part.store(), part.state()));
        return place.home().settings().requests().byHand().keySet().stream()
                .allMatch(name -> CarryingOut.settled(done.get(name)));
    }
}
