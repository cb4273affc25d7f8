package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.server.run.Marking.Marks;
import dev.kept.server.state.DetachedPartitions;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.RunWrites;
import dev.kept.server.state.Runs;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.run.BatchId;
import dev.kept.stores.postgres.run.RunJournal;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.Beside;
import dev.kept.stores.postgres.session.StoreIdentity;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.step.Counts;
import dev.kept.stores.postgres.step.Partition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Notes what a run does in Kept's own database, under the run's lease. */
final class Journaling implements RunJournal {

    private final Runs runs;
    private final RunWrites writes;

    /** Steps are numbered on from those of an earlier attempt. */
    private final int before;

    private final Predicate<String> sameLog;
    private final Optional<Marks> marks;

    /** What persons are known by who are about to be erased, until it is noted. */
    private Optional<Beside<StateChange>> marked = Optional.empty();

    /** A step that was committed and not yet noted so: until then it counts as pending, and could be resolved as such. */
    private Optional<StateChange> unsettled = Optional.empty();

    /** The store's log where this database writes the same one; empty where it does not. */
    private String log = "";

    private long droppedPartitions;

    /** Whether the store may hold a transaction of this run that is not flushed yet. */
    private boolean unflushed;

    /** @param before the number of the last step of earlier attempts; 0 to settle their steps themselves */
    Journaling(Runs runs, Run run, int before) {
        this(runs, RunWrites.of(runs, run), before, Optional.empty(), log -> false);
    }

    /**
     * The same.
     *
     * @param marks what is remembered of persons who are about to be erased
     * @param sameLog whether this database is expected to write the store's log, see {@link StoreSession#LOG}; each note makes sure
     */
    Journaling(Runs runs, RunWrites writes, int before, Optional<Marks> marks, Predicate<String> sameLog) {
        this.runs = runs;
        this.writes = writes;
        this.before = before;
        this.marks = marks;
        this.sameLog = sameLog;
    }

    @Override
    public void opened(Backend backend, StoreIdentity store, String storeLog) {
        log = sameLog.test(storeLog) ? storeLog : "";
        writes.session(StoreIdentities.worker(backend, store));
    }

    @Override
    public boolean inOrder() {
        return !log.isEmpty();
    }

    @Override
    public List<Sql> asked() {
        return marks.map(Marks::asked).orElse(List.of());
    }

    /** Of many, hashing takes as long as deleting some, and goes on beside what the store does; of few it takes less than to hand it over. */
    @Override
    public void answered(List<Answer> answers) {
        long many = answers.stream().mapToLong(Answer::count).sum();
        marked = marks.map(of -> Beside.ofMany(many, "kept-hashes", () -> of.noted(answers)));
    }

    @Override
    public boolean pending(BatchId batch, long transactionId, Map<TableName, Counts> counts) {
        Step step = new Step(
                before + batch.step(),
                batch.batch(),
                batch.table().toString(),
                Optional.of(Long.toString(transactionId)),
                StepState.PENDING,
                flat(counts));
        List<StateChange> with = open();
        if (inOrder() && writes.pendingInOrder(with, step, log)) {
            unflushed = true;
            return true;
        }
        log = "";
        writes.pending(with, step);
        return false;
    }

    /**
     * Ends the run.
     *
     * @param session the one whose transactions must be durable before the end is
     */
    void end(RunState end, List<StateChange> with, StoreSession session) {
        if (inOrder() && writes.endInOrder(end, with, log)) {
            return;
        }
        if (unflushed) {
            session.flush();
        }
        writes.end(end, with);
    }

    @Override
    public void settled(BatchId batch, Settlement settlement) {
        flush();
        unsettled =
                Optional.of(runs.settled(writes.run(), before + batch.step(), batch.batch(), state(settlement), log));
    }

    @Override
    public void detaching(Partition partition) {
        writes.apply(List.of(DetachedPartitions.noted(writes.run().store(), partition)));
    }

    @Override
    public void settled(Partition partition, boolean gone) {
        flush();
        droppedPartitions += gone ? 1 : 0;
        writes.apply(List.of(DetachedPartitions.settled(writes.run().store(), partition)));
    }

    /**
     * Notes at once how the last transaction ended. What persons are known by waits for the next transaction, or for the end: where the one in which
     * it was asked was rolled back, the next attempt asks anew, and finds nothing noted before its first step.
     */
    void flush() {
        List<StateChange> open = unsettled.stream().toList();
        unsettled = Optional.empty();
        if (!open.isEmpty()) {
            writes.apply(open);
        }
    }

    /** How many partitions were dropped as a whole in this attempt. */
    long droppedPartitions() {
        return droppedPartitions;
    }

    /** What is to be noted with the next write; it is handed out once. */
    List<StateChange> open() {
        List<StateChange> open = Stream.concat(unsettled.stream(), marked.map(Beside::get).stream())
                .toList();
        unsettled = Optional.empty();
        marked = Optional.empty();
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
            put(flat, table, "grouped", count.grouped());
            put(flat, table, "added", count.added());
        });
        return flat;
    }

    private static void put(Map<String, Long> flat, TableName table, String what, long count) {
        if (count > 0) {
            flat.put(table + "." + what, count);
        }
    }
}
