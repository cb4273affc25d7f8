package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Ground;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.step.Counts;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of a run.
 *
 * @param counts rows changed, by table, in all attempts of the run as far as known
 * @param look the look that ended it
 * @param brakes why it waits for another operator; empty where it does not
 * @param stays what remains of the persons and on which ground; empty for a sweep of everybody
 */
public record Outcome(
        UUID run,
        RunState state,
        Map<TableName, Counts> counts,
        Optional<LookResult> look,
        List<String> brakes,
        List<Stay> stays) {

    public Outcome {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        brakes = List.copyOf(brakes);
        stays = List.copyOf(stays);
    }

    /**
     * Rows that remain of a person for a use.
     *
     * @param use empty where none is alive and something else keeps the rows
     * @param unknown rows of which Kept does not know whether the use has ended
     * @param ground from a closed list, see {@link Ground}
     * @param until when the use will have ended for all of them at the latest, if nothing renews it; empty where no date is sure
     */
    public record Stay(
            TableName table,
            String use,
            String role,
            long rows,
            long unknown,
            String ground,
            Optional<LocalDate> until) {

        static Stay row(TableName table, long rows, Ground ground) {
            return new Stay(table, "", "", rows, 0, ground.word(), Optional.empty());
        }
    }
}
