package dev.kept.server.signin;

import dev.kept.core.datamap.TableName;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Opens and lifts holds, each together with who did it: under the role in the ledger, under the name in the private log. */
public final class HoldActs {

    /** The longest reason. */
    public static final int LONGEST_REASON = 500;

    private final State state;

    public HoldActs(State state) {
        this.state = state;
    }

    /**
     * A record that is there. It prints as where it lies, never as which it is.
     *
     * @param key as the database writes it
     */
    public record Place(String store, TableName table, List<String> key) {
        public Place {
            key = List.copyOf(key);
        }

        @Override
        public String toString() {
            return "a record of " + store + ":" + table;
        }
    }

    /** @param with written in the same transaction */
    public void open(Caller caller, UUID id, Place held, String reason, LocalDate reviewOn, List<StateChange> with) {
        Acts.Noted noted = new Acts(state)
                .act(
                        caller,
                        "hold-opened",
                        "opened a hold",
                        Map.of(
                                "hold",
                                id.toString(),
                                "store",
                                held.store(),
                                "table",
                                held.table().toString(),
                                "review",
                                reviewOn.toString()));
        List<StateChange> all = new ArrayList<>(with);
        all.add(state.holds()
                .opening(id, held.store(), held.table(), held.key(), reason, reviewOn, noted.commitment()));
        all.addAll(noted.writes());
        state.apply(all);
    }

    /** Lifts a hold; false where it does not stand. */
    public boolean lift(Caller caller, UUID id, List<StateChange> with) {
        Acts.Noted noted = new Acts(state).act(caller, "hold-lifted", "lifted a hold", Map.of("hold", id.toString()));
        List<StateChange> all = new ArrayList<>(with);
        all.addAll(noted.writes());
        return state.holds().lift(id, all);
    }
}
