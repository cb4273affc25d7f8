package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.must;

import dev.kept.core.rights.request.Identity;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Lookup;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.StoreException;
import java.util.Arrays;
import java.util.List;

/** To say that staff established who asks, and how: she is looked up before anything is said. */
final class Proving {

    private final Bureau bureau;

    Proving(Bureau bureau) {
        this.bureau = bureau;
    }

    static Shape proof() {
        return Shape.thing(
                must(
                        "way",
                        Shape.choice(Arrays.stream(Identity.Way.values())
                                .filter(Identity.Way::byStaff)
                                .map(Identity.Way::word)
                                .toList()),
                        ""),
                must(
                        "person",
                        Shape.map(Shape.line(1, 2_000), 10),
                        "who she is in the stores: finders, or a kind of person with its key"),
                must("by", Shape.line(1, 200), "who checked; for the private log"),
                must("checked", Shape.text(1, Actor.MOST_CHARACTERS), "what was checked; for the private log"));
    }

    Answer prove(Asked asked) {
        Given body = asked.body();
        StoredRequest stored = RequestRoutes.find(bureau, asked);
        asked.fresh(stored);
        if (!stored.request().open() || stored.request().identity().isPresent()) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, "it is known already who asks, or the request is at its end");
        }
        List<LiveStore> stores = bureau.stores();
        Lookup.Known known = known(stores, body);
        Identity.Way way = Identity.Way.parse(body.text("way")).orElseThrow();
        Actor actor = asked.actor(body.text("by"), body.text("checked"));
        return ActRoutes.told(bureau, asked.noted(), (desk, found) -> desk.prove(found, way, known, actor), stored);
    }

    private static Lookup.Known known(List<LiveStore> stores, Given body) {
        try {
            return Lookup.byNames(stores, new Named(1, body.texts("person")));
        } catch (CannotRun e) {
            throw NotDone.of(
                    ProblemType.PERSON_NOT_TOLD,
                    e.problem().replace("the person of line 1", "she") + "; try: " + e.advice());
        } catch (StoreException e) {
            throw NotDone.of(ProblemType.STORE_UNAVAILABLE, "a store broke off");
        }
    }
}
