package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Ground;
import dev.kept.server.state.Run;
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
 * @param kind {@code sweep}, {@code erase}, {@code person-sweep}
 * @param counts rows changed, by table, in all attempts of the run as far as known
 * @param doubtful batches of which it is not known how many rows they changed
 * @param look the look that ended it
 * @param brakes why it waits for another operator; empty where it does not
 * @param stays what remains of the persons and on which ground; empty for a sweep of everybody; after a sweep of persons also
 *     what other uses of it go on for
 * @param standing whether the request goes on to be applied to what stays; not where nothing leads to it from the person's keys any more
 * @param notes what else must be said: why it failed, that the store is another system than before
 * @param finishedFirst runs that had broken off and were finished before this one began
 * @param each what came of each of many persons, in the order in which they were named; empty for one person and for everybody. What was changed is
 *     counted for the run as a whole only
 */
public record Outcome(
        UUID run,
        String kind,
        RunState state,
        Map<TableName, Counts> counts,
        long doubtful,
        Optional<LookResult> look,
        List<String> brakes,
        List<Stay> stays,
        boolean standing,
        List<String> notes,
        List<Outcome> finishedFirst,
        List<Outcome> each) {

    public Outcome {
        each = List.copyOf(each);
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        brakes = List.copyOf(brakes);
        stays = List.copyOf(stays);
        notes = List.copyOf(notes);
        finishedFirst = List.copyOf(finishedFirst);
    }

    /** A run that changed nothing more. */
    static Outcome of(Run run, RunState state, Earlier earlier, List<String> notes) {
        return new Outcome(
                run.id(),
                run.kind(),
                state,
                earlier.counts(),
                earlier.doubtful(),
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                notes,
                List.of(),
                List.of());
    }

    private static final String NOBODYS = "nobody is named who started it: nobody can approve it as another";

    /**
     * A sweep that waits for another operator.
     *
     * @param named whether somebody is named who started it
     */
    static Outcome waiting(Run run, LookResult look, List<String> brakes, boolean named) {
        return new Outcome(
                run.id(),
                run.kind(),
                RunState.WAITING,
                Map.of(),
                0,
                Optional.of(look),
                brakes,
                List.of(),
                false,
                named ? List.of() : List.of(NOBODYS),
                List.of(),
                List.of());
    }

    /** Whether it waits without a name, so that nobody can approve it. */
    public boolean nobodys() {
        return notes.contains(NOBODYS);
    }

    Outcome after(List<Outcome> first) {
        return new Outcome(run, kind, state, counts, doubtful, look, brakes, stays, standing, notes, first, each);
    }

    /** One person's answer with what was changed, counted for all persons of her run. */
    public Outcome changedAsIn(Outcome all) {
        return new Outcome(
                run,
                kind,
                state,
                all.counts,
                all.doubtful,
                look,
                brakes,
                stays,
                standing,
                all.notes,
                all.finishedFirst,
                each);
    }

    Outcome standing(boolean stands) {
        return new Outcome(run, kind, state, counts, doubtful, look, brakes, stays, stands, notes, finishedFirst, each);
    }

    Outcome each(List<Outcome> persons) {
        return new Outcome(
                run, kind, state, counts, doubtful, look, brakes, stays, standing, notes, finishedFirst, persons);
    }

    /** One person's part of a run for many. */
    static Outcome part(Run run, RunState state, LookResult look, List<Stay> stays, boolean standing) {
        return new Outcome(
                run.id(),
                run.kind(),
                state,
                Map.of(),
                0,
                Optional.of(look),
                List.of(),
                stays,
                standing,
                List.of(),
                List.of(),
                List.of());
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
