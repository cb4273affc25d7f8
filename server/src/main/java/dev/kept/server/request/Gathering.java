package dev.kept.server.request;

import dev.kept.core.rights.request.Stage;
import dev.kept.server.own.OwnRequests;
import dev.kept.server.run.AccessOfMany;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessOfMany.Gathered;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What packages that wait are made of is read for as many persons at once as may be, when the first of them has her turn; then each package is made and each request
 * answered one after the other, and what goes wrong with one is hers alone. Who is not among the others is read by herself.
 */
final class Gathering {

    /** What was read so long ago is not handed out any more: it is read again. */
    static final Duration LONGEST_HELD = Duration.ofMinutes(10);

    /** Where it took so long for nothing, the others of this go are not kept waiting for the same. */
    private static final Duration LONGEST_FOR_NOTHING = Duration.ofMinutes(1);

    private final State state;
    private final Requests requests;
    private final Details details;
    private final Deque<UUID> waiting;
    private final Workplace place;
    private final List<LiveStore> stores;
    private final Consumer<String> complaints;
    private final Map<UUID, Gathered> held = new HashMap<>();
    private Instant since = Instant.MIN;

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
            Consumer<String> complaints) {
        this.state = state;
        this.requests = requests;
        this.details = new Details(state);
        this.waiting = new ArrayDeque<>(waiting);
        this.place = place;
        this.stores = List.copyOf(stores);
        this.complaints = complaints;
    }

    /** What was read of her together with others; it is given away once. */
    Optional<Gathered> of(StoredRequest stored) {
        if (since.plus(LONGEST_HELD).isBefore(state.clock().instant())) {
            held.clear();
        }
        if (!held.containsKey(stored.id()) && waiting.contains(stored.id())) {
            gather();
        }
        return Optional.ofNullable(held.remove(stored.id()));
    }

    private void gather() {
        held.clear();
        List<StoredRequest> together = new ArrayList<>();
        List<Asking> asking = new ArrayList<>();
        while (!waiting.isEmpty() && together.size() < AccessOfMany.MOST_PERSONS) {
            requests.find(waiting.remove()).filter(this::mayBeRead).ifPresent(stored -> {
                together.add(stored);
                asking.add(new Asking(
                        OwnRequests.with(state, Lookup.frozen(state, stored.id())),
                        HandingOut.extent(stored),
                        CarryingOut.operator(stored)));
            });
        }
        if (together.size() > 1) {
            since = state.clock().instant();
            Together.guarded("packages of " + together.size() + " together: ", complaints, () -> {
                List<Optional<Gathered>> read = new AccessOfMany(state, state.clock())
                        .gather(stores, place.home().prose(), asking);
                for (int i = 0; i < together.size(); i++) {
                    UUID request = together.get(i).id();
                    read.get(i).ifPresent(hers -> held.put(request, hers));
                }
            });
            if (held.isEmpty()
                    && since.plus(LONGEST_FOR_NOTHING).isBefore(state.clock().instant())) {
                waiting.clear();
            }
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
