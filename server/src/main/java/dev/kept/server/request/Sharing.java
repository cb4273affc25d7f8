package dev.kept.server.request;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.inform.Carried;
import dev.kept.server.inform.Channels;
import dev.kept.server.request.Details.StorePart;
import dev.kept.server.request.Details.StoreState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells those who received a person's data of what was done with it (GDPR Art. 19), together with the answer to her. */
final class Sharing {

    private final State state;
    private final Requests requests;
    private final Corrections corrections;
    private final Details details;

    Sharing(State state, Requests requests) {
        this.state = state;
        this.requests = requests;
        this.corrections = new Corrections(state);
        this.details = new Details(state);
    }

    /**
     * All that is held of her was restricted, or what served the uses that ended for her.
     *
     * @param done as it is told: the end of a use is the erasure of what served it
     * @param uses that ended; empty for everything
     */
    List<StateChange> tell(StoredRequest stored, Workplace place, Kind done, Set<String> uses) {
        Set<String> stores = Lookup.frozen(state, stored.id()).keySet();
        if (stores.isEmpty()) { // of somebody whom no store knows nothing was disclosed
            return List.of();
        }
        Set<String> data = uses.isEmpty() ? held(stores, place) : served(place, uses);
        return tell(stored, place, done, List.of(new Carried.Data(data, uses)));
    }

    /** Of stores in which something was erased, or may have been; where the others did nothing, nobody is told that it is gone there. */
    List<StateChange> tellErased(StoredRequest stored, Workplace place) {
        Set<String> stores = details.stores(stored.id()).stream()
                .filter(part -> part.state() == StoreState.DONE || part.run().isPresent())
                .map(StorePart::store)
                .collect(Collectors.toSet());
        return tell(stored, place, Kind.ERASURE, List.of(new Carried.Data(held(stores, place), Set.of())));
    }

    /**
     * Something of her was corrected: of columns that Kept corrected for the request their recipients hear. Where the answer says that it is corrected, the
     * rest was done by hand: of stores in which Kept corrected nothing, and of places it cannot reach, all hear who received anything held there.
     *
     * @throws CannotRun where it is not known yet what became of a correction
     */
    List<StateChange> tellCorrection(StoredRequest stored, Workplace place) {
        Corrections.ForRequest made = corrections.of(stored.id(), place);
        List<Carried.Data> concerned = new ArrayList<>(made.concerned());
        if (stored.request().stage() instanceof Stage.Answered) {
            Set<String> known = Lookup.frozen(state, stored.id()).keySet();
            Set<String> byHand = new HashSet<>(known);
            byHand.removeAll(made.outcomes().keySet());
            concerned.add(new Carried.Data(held(byHand, place), Set.of()));
            boolean somewhere = !known.isEmpty() // else nothing was disclosed of her, unless somebody found it by hand
                    || details.stores(stored.id()).stream().anyMatch(part -> part.state() == StoreState.DONE);
            if (somewhere && !place.home().settings().requests().byHand().isEmpty()) { // what is held there no map says
                concerned.add(new Carried.Data(place.notice().collects().keySet(), Set.of()));
            }
        }
        List<StateChange> changes = new ArrayList<>(new Channels(place.home())
                .informing()
                .tell(carried(stored, place, Kind.RECTIFICATION, concerned), made.unclear()));
        changes.addAll(corrections.told(made));
        return changes;
    }

    private List<StateChange> tell(StoredRequest stored, Workplace place, Kind done, List<Carried.Data> concerned) {
        return new Channels(place.home()).informing().tell(carried(stored, place, done, concerned));
    }

    private Carried carried(StoredRequest stored, Workplace place, Kind done, List<Carried.Data> concerned) {
        return new Carried(
                stored.id(),
                stored.number(),
                done,
                Deadline.day(state.clock().instant(), requests.terms()),
                concerned,
                knownBy(stored, place));
    }

    /** The categories of every column in some stores. */
    private static Set<String> held(Set<String> stores, Workplace place) {
        Set<String> data = new HashSet<>();
        for (String store : stores) {
            place.bound(store)
                    .ifPresent(bound -> bound.tables()
                            .values()
                            .forEach(table -> table.columns()
                                    .values()
                                    .forEach(column -> data.addAll(column.map().categories()))));
        }
        return data;
    }

    private static Set<String> served(Workplace place, Set<String> uses) {
        Set<String> data = new HashSet<>();
        uses.forEach(id -> Optional.ofNullable(place.notice().uses().get(id))
                .map(Use::data)
                .ifPresent(data::addAll));
        return data;
    }

    /** Her address on file, under the category of the column it is found by. */
    private Map<String, String> knownBy(StoredRequest stored, Workplace place) {
        Map<String, String> known = new HashMap<>();
        state.database()
                .useHandle(handle -> handle.createQuery(
                                "select store, finder, address from kept.request_on_file where request = :request")
                        .bind("request", stored.id())
                        .map((row, context) -> {
                            String address = row.getString("address");
                            categories(place.bound(row.getString("store")), row.getString("finder"))
                                    .forEach(category -> known.put(category, address));
                            return true;
                        })
                        .list());
        return known;
    }

    static Set<String> categories(Optional<BoundStore> store, String finder) {
        Set<String> categories = new HashSet<>();
        store.ifPresent(bound -> {
            for (BoundTable table : bound.tables().values()) {
                table.map().person().ifPresent(person -> {
                    Optional.ofNullable(person.foundBy().get(finder))
                            .ifPresent(found -> categories.addAll(categories(table, found.column())));
                    Optional.ofNullable(person.foundBeside().get(finder))
                            .ifPresent(
                                    found -> categories.addAll(categories(bound.table(found.table()), found.column())));
                });
            }
        });
        return categories;
    }

    private static Set<String> categories(BoundTable table, String column) {
        return table.columns().values().stream()
                .map(BoundColumn::map)
                .filter(held -> held.name().equals(column) && held.path().isEmpty())
                .flatMap(held -> held.categories().stream())
                .collect(Collectors.toSet());
    }
}
