package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.server.state.NewRun;
import dev.kept.server.state.Run;
import dev.kept.server.state.Runs;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.run.BatchId;
import dev.kept.stores.postgres.run.RunJournal;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.StoreIdentity;
import dev.kept.stores.postgres.step.Counts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Notes what a run does in Kept's own database, under the run's lease. */
final class Journaling implements RunJournal {

    private final Runs runs;
    private final Run run;

    /** Steps are numbered on from those of an earlier attempt. */
    private final int before;

    /** A step that was committed and not yet noted so: until then it counts as pending, and could be resolved as such. */
    private Optional<StateChange> unsettled = Optional.empty();

    /** @param before the number of the last step of earlier attempts; 0 to settle their steps themselves */
    Journaling(Runs runs, Run run, int before) {
        this.runs = runs;
        this.run = run;
        this.before = before;
    }

    @Override
    public void opened(Backend backend, StoreIdentity store) {
        NewRun.Worker worker = StoreIdentities.worker(backend, store);
        if (!run.session().equals(Optional.of(worker.session()))) {
            runs.session(run, worker);
        }
    }

    @Override
    public void pending(BatchId batch, long transactionId, Map<TableName, Counts> counts) {
        runs.pending(
                run,
                open(),
                new Step(
                        before + batch.step(),
                        batch.batch(),
                        batch.table().toString(),
                        Optional.of(Long.toString(transactionId)),
                        StepState.PENDING,
                        flat(counts)));
    }

    @Override
    public void settled(BatchId batch, Settlement settlement) {
        flush();
        unsettled = Optional.of(runs.settled(run, before + batch.step(), batch.batch(), state(settlement)));
    }

    /** Notes at once what was to be noted with the next write. */
    void flush() {
        List<StateChange> open = open();
        if (!open.isEmpty()) {
            runs.apply(run, open);
        }
    }

    /** What is to be noted with the next write; it is handed out once. */
    List<StateChange> open() {
        List<StateChange> open = unsettled.stream().toList();
        unsettled = Optional.empty();
        return open;
    }

    private static StepState state(Settlement settlement) {
        return switch (settlement) {
            case APPLIED -> StepState.APPLIED;
            case ABORTED -> StepState.ABORTED;
            case COUNT_UNKNOWN -> StepState.COUNT_UNKNOWN;
        };
    }

    /** {@code customers.deleted} → 12. */
    static Map<String, Long> flat(Map<TableName, Counts> counts) {
        Map<String, Long> flat = new TreeMap<>();
        counts.forEach((table, count) -> {
            put(flat, table, "deleted", count.deleted());
            put(flat, table, "cleared", count.cleared());
            put(flat, table, "rekeyed", count.rekeyed());
            put(flat, table, "released", count.released());
        });
        return flat;
    }

    private static void put(Map<String, Long> flat, TableName table, String what, long count) {
        if (count > 0) {
            flat.put(table + "." + what, count);
        }
    }
}
