package dev.kept.server.state;

import dev.kept.server.state.NewRun.Worker;
import dev.kept.stores.postgres.session.Beside;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What is written of one run while a process works on it, one write at a time. A run that was not recorded before is with the first of them, in
 * the same transaction: so it is on record before anything is committed in a store, and costs no write of its own.
 */
public final class RunWrites {

    private final Runs runs;
    private final Run run;
    private final Runnable recorded;
    private final ReentrantLock writing = new ReentrantLock();
    private Optional<Beside<Runs.First>> first;

    private RunWrites(Runs runs, Run run, Optional<Beside<Runs.First>> first, Runnable recorded) {
        this.runs = runs;
        this.run = run;
        this.first = first;
        this.recorded = recorded;
    }

    /** Of a run that is on record. */
    public static RunWrites of(Runs runs, Run run) {
        return new RunWrites(runs, run, Optional.empty(), () -> {});
    }

    /**
     * Of a run that is not on record yet.
     *
     * @param with what is recorded with it
     * @param recorded told when it is
     */
    public static RunWrites unrecorded(Runs runs, NewRun run, List<StateChange> with, Runnable recorded) {
        long keys = run.identifiers().values().stream().mapToLong(List::size).sum();
        Beside<Runs.First> first = Beside.ofMany(keys, "kept-seal", () -> runs.first(run, with));
        return new RunWrites(runs, run.begun(), Optional.of(first), recorded);
    }

    public Run run() {
        return run;
    }

    /** See {@link Runs#session}. */
    public void session(Worker worker) {
        if (!run.session().equals(Optional.of(worker.session()))) {
            write(before -> {
                runs.session(run, before, worker);
                return true;
            });
        }
    }

    /** See {@link Runs#pending(Run, List, Step)}. */
    public void pending(List<StateChange> with, Step step) {
        write(before -> {
            runs.pending(run, before, with, step);
            return true;
        });
    }

    /** See {@link Runs#pendingInOrder}. */
    public boolean pendingInOrder(List<StateChange> with, Step step, String log) {
        return write(before -> runs.pendingInOrder(run, before, with, step, log));
    }

    /** See {@link Runs#apply(Run, List)}. */
    public void apply(List<StateChange> changes) {
        write(before -> {
            runs.apply(run, before, changes);
            return true;
        });
    }

    /** See {@link Runs#alive}. */
    public void alive() {
        apply(List.of());
    }

    /** See {@link Runs#end(Run, RunState, String, List)}. */
    public void end(RunState state, List<StateChange> with) {
        write(before -> {
            runs.end(run, before, state, state.name(), with);
            return true;
        });
    }

    /** See {@link Runs#endInOrder}. */
    public boolean endInOrder(RunState state, List<StateChange> with, String log) {
        return write(before -> runs.endInOrder(run, before, state, state.name(), with, log));
    }

    /** See {@link Runs#stop(Run, RunState)}. */
    public void stop(RunState state) {
        write(before -> {
            runs.stop(run, before, state);
            return true;
        });
    }

    /** @param write answers whether it has written, what came before included */
    private boolean write(Predicate<Optional<Runs.First>> write) {
        boolean written;
        boolean begun;
        writing.lock();
        try {
            begun = first.isPresent();
            written = write.test(first.map(Beside::get));
            if (written) {
                first = Optional.empty();
            }
        } finally {
            writing.unlock();
        }
        if (written && begun) {
            recorded.run();
        }
        return written;
    }
}
