package dev.kept.stores.postgres.session;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Something that is made while its maker does something else. */
public final class Beside<T> {

    private static final long FEW = 20;

    private final FutureTask<T> task;

    private Beside(Supplier<T> making) {
        this.task = new FutureTask<>(making::get);
    }

    /**
     * Begins to make it on a thread of its own.
     *
     * @param thread its name
     */
    public static <T> Beside<T> begun(String thread, Supplier<T> making) {
        Beside<T> beside = new Beside<>(making);
        Thread.ofVirtual().name(thread).start(beside.task);
        return beside;
    }

    /**
     * The same, where it is to be made of many; of few it is made at once, which takes less than to hand it over.
     *
     * @param many of how many
     */
    public static <T> Beside<T> ofMany(long many, String thread, Supplier<T> making) {
        if (many > FEW) {
            return begun(thread, making);
        }
        Beside<T> beside = new Beside<>(making);
        beside.task.run();
        return beside;
    }

    /** What was made; waits for it. Where the making failed, so does this, in the same way. */
    public T get() {
        settle();
        return switch (task.state()) {
            case SUCCESS -> task.resultNow();
            default ->
                throw task.exceptionNow() instanceof RuntimeException e
                        ? e
                        : new IllegalStateException(task.exceptionNow());
        };
    }

    /** Waits for its end, whatever it is: what interrupts meanwhile is heard afterwards. */
    public void settle() {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                task.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                // Told to whoever asks for it.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
