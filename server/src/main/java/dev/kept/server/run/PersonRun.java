package dev.kept.server.run;

import dev.kept.core.lifecycle.Prepared;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run forgets of persons whose keys are frozen before its first step. */
enum PersonRun {
    /** Art. 17: their request stands as a fact while anything of theirs remains. */
    ERASE("erase"),
    /** What has ended for them, by the notice, the store's columns and Kept's facts; nothing is asked for besides. */
    SWEEP("person-sweep");

    private final String word;

    PersonRun(String word) {
        this.word = word;
    }

    /** The run's kind, as Kept's database and the ledger have it. */
    String word() {
        return word;
    }

    static Optional<PersonRun> of(Run run) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(run.kind()))
                .findFirst();
    }

    Prepared plan(
            Planning planning,
            LiveStore store,
            Instant at,
            Map<String, List<List<String>>> identifiers,
            Optional<RunKey> secret) {
        return switch (this) {
            case ERASE -> planning.erasure(store, at, identifiers, secret);
            case SWEEP -> planning.endedFor(store, at, identifiers, secret);
        };
    }
}
