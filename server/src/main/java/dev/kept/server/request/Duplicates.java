package dev.kept.server.request;

import dev.kept.core.rights.request.Kind;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The same, asked again by the same person while the first is still open. Only what is proven on both sides is joined, and only kinds that ask for
 * one thing: two corrections, or two questions, are two.
 */
final class Duplicates {

    private static final Set<Kind> ONE_THING =
            EnumSet.of(Kind.ACCESS, Kind.ERASURE, Kind.PORTABILITY, Kind.RESTRICTION, Kind.OBJECTION);

    private final State state;
    private final Requests requests;

    Duplicates(State state, Requests requests) {
        this.state = state;
        this.requests = requests;
    }

    /** The request of the same person for the same that came before and is open. */
    Optional<StoredRequest> before(StoredRequest stored) {
        Map<String, Map<String, List<List<String>>>> person = Lookup.frozen(state, stored.id());
        if (person.isEmpty() || !ONE_THING.contains(stored.request().ask().kind())) {
            return Optional.empty();
        }
        return candidates(stored).stream()
                .flatMap(id -> requests.find(id).stream())
                .filter(other -> other.request().open()
                        && other.request().identity().isPresent()
                        && other.request().ask().equals(stored.request().ask())
                        && Lookup.frozen(state, other.id()).equals(person))
                .findFirst();
    }

    private List<UUID> candidates(StoredRequest stored) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select distinct other.id, other.received_at from kept.request other"
                                        + " join kept.request_person hers on hers.request = other.id"
                                        + " join kept.request_person mine on mine.request = :id and mine.store = hers.store"
                                        + " and mine.person_kind = hers.person_kind and mine.person_key = hers.person_key"
                                        + " where other.id <> :id and other.kind = :kind and other.closed_at is null and other.proven"
                                        + " and (other.received_at, other.id) < (:at, :id) order by other.received_at limit 20")
                        .bind("id", stored.id())
                        .bind("kind", stored.request().ask().kind().word())
                        .bind("at", Requests.at(stored.request().receivedAt()))
                        .map((row, context) -> row.getObject("id", UUID.class))
                        .list());
    }

    /** The browsers that proved to be hers see the first one, too. */
    List<StateChange> goOn(StoredRequest joined, StoredRequest first) {
        return List.of(StateChange.of(
                "insert into kept.request_visit (browser, request, proven_until, ends_at)"
                        + " select browser, ?::uuid, proven_until, ends_at from kept.request_visit"
                        + " where request = ? and proven_until is not null"
                        + " on conflict (browser, request) do update set proven_until ="
                        + " greatest(request_visit.proven_until, excluded.proven_until)",
                first.id(),
                joined.id()));
    }
}
