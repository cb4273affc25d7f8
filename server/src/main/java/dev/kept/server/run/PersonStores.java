package dev.kept.server.run;

import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.ArrayList;
import java.util.List;
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
        List<Found> found = Finding.everywhere(
                places.stream()
                        .map(place -> new Finding.Opened(
                                place.store(), place.session().connection()))
                        .toList(),
                person);
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (!found.get(i).nobody()) {
                hits.add(new Hit(places.get(i), found.get(i)));
            }
        }
        return hits;
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
