package dev.kept.server.run;

import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The stores of a notice, each with its open session, in which a person is looked for everywhere at once. */
public final class PersonStores implements AutoCloseable {

    private final List<Place> places = new ArrayList<>();

    private PersonStores() {}

    /** A store with its open session. */
    public record Place(LiveStore store, StoreSession session) {

        /** Whether the person can still be found here by what her rows were found by before (Art. 11 GDPR). */
        public boolean findable(Found found) {
            return Finding.findable(store, session.connection(), found);
        }
    }

    /** A store that knows the person. */
    public record Hit(Place place, Found found) {}

    /** Opens a session for each store; where one does not open, those that are open are closed. */
    public static PersonStores open(List<LiveStore> stores, Function<LiveStore, StoreSession> opening) {
        PersonStores all = new PersonStores();
        try {
            stores.forEach(store -> all.places.add(new Place(store, opening.apply(store))));
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
        return all;
    }

    public List<Place> places() {
        return List.copyOf(places);
    }

    /**
     * Where the person is held, and by which keys; stores that do not know her are left out.
     *
     * @throws dev.kept.server.failure.CannotRun where a name is known to no store, or fits several persons of a kind
     */
    public List<Hit> find(Named person) {
        Set<String> known = new LinkedHashSet<>();
        places.forEach(place -> known.addAll(Finding.names(place.store())));
        person.by().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Finding.unknown(person, name, known);
                });
        List<Hit> here = places.stream()
                .map(place -> new Hit(place, find(place, person, Map.of())))
                .toList();
        if (here.size() > 1) {
            Map<String, Map<String, String>> leading = new LinkedHashMap<>();
            here.forEach(
                    hit -> leading.put(hit.place().store().name(), hit.found().leading()));
            Map<String, String> everywhere = new Found(Map.of(), Map.of(), leading).leading();
            here = here.stream()
                    .map(hit -> new Hit(hit.place(), find(hit.place(), person, everywhere)))
                    .toList();
        }
        return here.stream().filter(hit -> !hit.found().nobody()).toList();
    }

    private static Found find(Place place, Named person, Map<String, String> elsewhere) {
        return Finding.find(place.store(), place.session().connection(), person, elsewhere);
    }

    @Override
    public void close() {
        RuntimeException failed = null;
        for (Place place : places) {
            try {
                place.session().close();
            } catch (RuntimeException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
