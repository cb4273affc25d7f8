package dev.kept.server.task;

import dev.kept.server.ledger.Ledger;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the whole ledger fits together: asked by staff and by programs, found once for all of them. */
public final class LedgerCheck {

    /** The most flaws that are told. */
    public static final int MOST_FLAWS = 20;

    /** The kind of entry that says who had it verified. */
    public static final String BEGUN = "ledger-verification";

    private final Tasks tasks;

    public LedgerCheck(Tasks tasks) {
        this.tasks = tasks;
    }

    /** The last one, or the one under way. */
    public Optional<Tasks.Standing> last() {
        return tasks.standing(Tasks.Kind.VERIFY, "");
    }

    /** Begins one, noted with who begins it; false where one is under way. */
    public boolean begin(Ledger ledger, List<StateChange> with) {
        return tasks.begin(Tasks.Kind.VERIFY, "", with, () -> found(ledger));
    }

    private static String found(Ledger ledger) {
        List<String> flaws = new ArrayList<>();
        Ledger.Audited audited = ledger.verify(
                List.of(),
                List.of(),
                flaw -> {
                    if (flaws.size() < MOST_FLAWS) {
                        flaws.add(flaw.toString());
                    }
                },
                Ledger.Progress.NONE);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("entries", audited.entries());
        result.put("checkpoints", audited.checkpoints());
        result.put("flaws", flaws);
        return CanonicalJson.write(result);
    }
}
