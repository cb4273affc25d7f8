package dev.kept.server.request;

import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.CarryingOut.Part;
import dev.kept.server.request.Together.Asking;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Noting;
import dev.kept.server.run.Noting.Note;
import dev.kept.server.run.Noting.Noted;
import dev.kept.server.run.Noting.Whose;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.FaultPoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the stores' own columns say of a request while it binds: an objection until somebody has weighed it, a restriction until it is lifted. Only where
 * the map names a column for it.
 */
final class Notes {

    private static final String ENTRY = "note";

    private final State state;
    private final Requests requests;
    private final Messages messages;
    private final Noting noting;

    Notes(State state, Requests requests, FaultPoints faults) {
        this.state = state;
        this.requests = requests;
        this.messages = new Messages(state);
        this.noting = new Noting(state, faults);
    }

    /** After an objection has gone to somebody to be weighed, or a restriction that had ended binds again: in every store that knows her. */
    void note(StoredRequest stored, Workplace place) {
        List<StateChange> changes = new ArrayList<>();
        boolean objects = stored.request().ask().kind() == Kind.OBJECTION;
        if (objects ? binds(stored.request().stage()) : restricted(stored.id())) {
            Note note = objects ? objection(stored) : restriction(stored);
            Lookup.frozen(state, stored.id()).forEach((name, keys) -> {
                Noted noted = noting.note(open(place, name), new Whose(keys, note));
                changes.addAll(said(stored, name, noted, true));
            });
        }
        changes.add(Works.done(stored.id(), Works.Next.NOTE));
        state.apply(changes);
    }

    private boolean restricted(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select from kept.person_fact where request = ? and what = 'restricted')")
                        .bind(0, request)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Whoever weighs it has not decided; a question or a hold may lie beside. */
    private static boolean binds(Stage stage) {
        return switch (stage) {
            case Stage.InReview review -> true;
            case Stage.Clarifying clarifying -> binds(clarifying.before());
            case Stage.Held held -> binds(held.before());
            case Stage.Received received -> false;
            case Stage.Proven proven -> false;
            case Stage.CarryingOut carrying -> false;
            case Stage.Failed failed -> false;
            case Stage.Answered answered -> false;
            case Stage.Refused refused -> false;
            case Stage.Withdrawn withdrawn -> false;
            case Stage.Expired expired -> false;
            case Stage.Joined joined -> false;
        };
    }

    /** It binds no more: what was noted for it is taken back, and what the company's application wrote stays. */
    void lift(StoredRequest stored, Workplace place) {
        List<StateChange> changes = new ArrayList<>();
        Note note = stored.request().ask().kind() == Kind.OBJECTION ? objection(stored) : restriction(stored);
        Map<String, Set<String>> stores = noted(stored.id());
        Lookup.frozen(state, stored.id()).forEach((name, keys) -> {
            Set<String> byHand = stores.get(name);
            if (byHand != null) {
                changes.addAll(
                        said(stored, name, noting.lift(open(place, name), new Whose(keys, note, byHand)), false));
            }
        });
        changes.add(Works.done(stored.id(), Works.Next.LIFT));
        state.apply(changes);
    }

    /** A restriction's part in one store; what is left to people is a task of that part. */
    Part restrict(StoredRequest stored, LiveStore store, Map<String, List<List<String>>> keys) {
        Noted noted = noting.note(store, new Whose(keys, restriction(stored)));
        state.apply(entry(stored, store.name(), noted, true));
        return part(noted);
    }

    private static Part part(Noted noted) {
        Map<String, Object> result = noted.rows().isEmpty() ? Map.of() : Map.of("written", noted.rows());
        return noted.byHand().isEmpty()
                ? Part.done(Optional.empty(), result)
                : Part.byHand(tasks(noted.byHand(), true));
    }

    /** The same for several, with one statement a table and step; empty where the store refuses it for one of them. */
    Optional<List<Part>> restrict(LiveStore store, List<Asking> people) {
        return noting.note(store, whose(people, this::restriction)).map(noted -> {
            List<StateChange> said = new ArrayList<>();
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < people.size(); i++) {
                said.addAll(entry(people.get(i).request(), store.name(), noted.get(i), true));
                parts.add(part(noted.get(i)));
            }
            state.apply(said);
            return parts;
        });
    }

    private static List<Whose> whose(List<Asking> people, Function<StoredRequest, Note> note) {
        return people.stream()
                .map(one -> new Whose(one.keys(), note.apply(one.request())))
                .toList();
    }

    /**
     * Objections that have gone to somebody to be weighed, several at once: one statement a table and step for all who object to the same. Of whom a
     * store fails, or refuses it, is left as she is: she is seen to by herself.
     *
     * @return for which of them nothing is left to do
     */
    Set<UUID> note(List<StoredRequest> due, Workplace place, Together together, Consumer<String> complaints) {
        List<StoredRequest> waiting = due.stream()
                .filter(stored -> stored.request().ask().kind() == Kind.OBJECTION
                        && binds(stored.request().stage()))
                .toList();
        if (waiting.size() < 2) {
            return Set.of();
        }
        Map<UUID, List<StateChange>> said = new HashMap<>();
        Map<UUID, Set<String>> seenTo = new HashMap<>();
        for (LiveStore store : place.stores()) {
            together.same(store, waiting)
                    .values()
                    .forEach(people -> Together.guarded(
                            store,
                            complaints,
                            () -> noting.note(store, whose(people, this::objection))
                                    .ifPresent(noted -> {
                                        for (int i = 0; i < people.size(); i++) {
                                            StoredRequest stored = people.get(i).request();
                                            said.computeIfAbsent(stored.id(), id -> new ArrayList<>())
                                                    .addAll(said(stored, store.name(), noted.get(i), true));
                                            seenTo.computeIfAbsent(stored.id(), id -> new TreeSet<>())
                                                    .add(store.name());
                                        }
                                    })));
        }
        Set<UUID> done = new HashSet<>();
        for (StoredRequest stored : waiting) {
            Set<String> stores = Lookup.frozen(state, stored.id()).keySet();
            if (seenTo.getOrDefault(stored.id(), Set.of()).equals(stores)) {
                List<StateChange> changes = new ArrayList<>(said.getOrDefault(stored.id(), List.of()));
                changes.add(Works.done(stored.id(), Works.Next.NOTE));
                state.apply(changes);
                done.add(stored.id());
            }
        }
        return done;
    }

    private static LiveStore open(Workplace place, String name) {
        return place.store(name)
                .orElseThrow(() -> new CannotRun(
                        "`" + name + "` does not open: "
                                + Optional.ofNullable(place.problems().get(name))
                                        .orElse("it is no store any more"),
                        "it is tried again"));
    }

    private Note objection(StoredRequest stored) {
        return new Note(
                Optional.of(new TreeSet<>(stored.request().ask().uses())),
                first(stored, happened -> happened instanceof Event.Prove));
    }

    private Note restriction(StoredRequest stored) {
        return new Note(Optional.empty(), first(stored, happened -> happened instanceof Event.CarryOut));
    }

    /** The same whenever this is tried again. */
    private Instant first(StoredRequest stored, java.util.function.Predicate<Event> which) {
        return requests.events(stored.id()).stream()
                .filter(happened -> which.test(happened.event()))
                .map(Requests.Happened::at)
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    /** Stores in which something stands for the request, or was left to people; by store the columns that were left to them. */
    private Map<String, Set<String>> noted(UUID request) {
        Map<String, Set<String>> stores = new TreeMap<>();
        state.journal().of(request).stream()
                .filter(entry -> entry.kind().equals(ENTRY))
                .map(entry -> CanonicalJson.read(entry.json()))
                .filter(entry -> "noted".equals(entry.get("event")))
                .forEach(entry -> {
                    Set<String> columns =
                            stores.computeIfAbsent(String.valueOf(entry.get("store")), store -> new TreeSet<>());
                    if (entry.get("by-hand") instanceof List<?> byHand) {
                        byHand.forEach(column -> columns.add(String.valueOf(column)));
                    }
                });
        return stores;
    }

    /** The ledger hears of columns and counts, staff of what is left to them. */
    private List<StateChange> said(StoredRequest stored, String store, Noted noted, boolean stands) {
        List<StateChange> changes = new ArrayList<>(entry(stored, store, noted, stands));
        if (!noted.byHand().isEmpty()) {
            changes.add(messages.write(
                    stored.id(),
                    Messages.Author.KEPT,
                    true,
                    "In `" + store + "`: " + tasks(noted.byHand(), stands) + "."));
        }
        return changes;
    }

    private List<StateChange> entry(StoredRequest stored, String store, Noted noted, boolean stands) {
        Map<String, Long> rows = new TreeMap<>(noted.rows());
        rows.values().removeIf(count -> count == 0);
        Set<String> byHand = new TreeSet<>();
        noted.byHand().forEach(task -> byHand.addAll(Noting.columns(task)));
        if (!rows.isEmpty() || !byHand.isEmpty()) {
            Map<String, Object> entry = new TreeMap<>();
            entry.put("event", stands ? "noted" : "taken-back");
            entry.put("request", stored.id().toString());
            entry.put("kind", stored.request().ask().kind().word());
            entry.put("store", store);
            entry.put("rows", rows);
            if (!byHand.isEmpty()) {
                entry.put("by-hand", List.copyOf(byHand));
            }
            entry.put("actor", Map.of("role", Actor.KEPT.role()));
            return List.of(state.journal().entry(stored.id(), ENTRY, entry));
        }
        return List.of();
    }

    private static String tasks(List<ByHand> byHand, boolean stands) {
        return byHand.stream().map(task -> Noting.task(task, stands)).distinct().collect(Collectors.joining("; "));
    }
}
