package dev.kept.server.request;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Facts that a request brings about the person in every store that knows her, as changes to be written with an event. */
final class PersonFactsOf {

    private final State state;

    PersonFactsOf(State state) {
        this.state = state;
    }

    /** An objection was weighed, taken back, or is answered as part of another: the use is restricted no more for being objected to. */
    static StateChange weighed(UUID request) {
        return StateChange.of("delete from kept.person_fact where request = ? and what = 'objected'", request);
    }

    /** Of the person as she was frozen. */
    List<StateChange> add(UUID request, What what) {
        return add(request, Lookup.frozen(state, request), what);
    }

    /** @param person her keys by store and kind, whether they are written already or with this */
    List<StateChange> add(UUID request, Map<String, Map<String, List<List<String>>>> person, What what) {
        List<StateChange> changes = new ArrayList<>();
        person.forEach((store, kinds) -> kinds.forEach((kind, keys) ->
                keys.forEach(key -> changes.add(state.personFacts().addFor(request, store, kind, key, what)))));
        return changes;
    }
}
