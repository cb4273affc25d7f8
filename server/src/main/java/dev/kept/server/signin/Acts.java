package dev.kept.server.signin;

import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes what somebody of the staff did: under the role in the ledger, under the name in the private log. */
public final class Acts {

    private final State state;

    public Acts(State state) {
        this.state = state;
    }

    /** An act's place in both, to be noted with what was done. */
    public record Noted(String commitment, List<StateChange> writes) {
        public Noted {
            writes = List.copyOf(writes);
        }
    }

    /**
     * An act to be noted with something else.
     *
     * @param kind of the entry in the ledger
     * @param said for the private log
     * @param entry for the ledger, without personal data
     */
    public Noted act(Caller caller, String kind, String said, Map<String, ?> entry) {
        PrivateLog.Act act = state.privateLog().act(caller.name(), caller.account(), said);
        Map<String, Object> whole = new LinkedHashMap<>(entry);
        whole.put("actor", actor(caller, act.commitment()));
        return new Noted(act.commitment(), List.of(act.write(), state.journal().entry(null, kind, whole)));
    }

    /** How the ledger says who acted. */
    public static Map<String, Object> actor(Caller caller, String commitment) {
        return Map.of("role", caller.role(), "commitment", commitment);
    }

    /** Notes an act together with what it changes. */
    public void note(Caller caller, String kind, String said, Map<String, ?> entry, StateChange... changes) {
        List<StateChange> all = new ArrayList<>(act(caller, kind, said, entry).writes());
        all.addAll(List.of(changes));
        state.apply(all);
    }
}
