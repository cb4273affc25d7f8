package dev.kept.server.command;

import dev.kept.stores.postgres.run.RunWatch;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows how far a run is: on a terminal one line that renews itself, else a line now and then. Ctrl-C stops between batches. */
final class ProgressLine implements RunWatch, AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(150);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 100;

    private final PrintWriter err;
    private final boolean terminal = Output.onTerminal();
    private final AtomicBoolean stop = new AtomicBoolean();
    private Duration shown = Duration.ZERO;
    private String people = "";

    ProgressLine(PrintWriter err) {
        this.err = err;
    }

    /** How many of the persons named are done, before the next run begins. */
    void persons(int done, int all) {
        shown = Duration.ZERO;
        people = all > 1 ? String.format(Locale.ROOT, "%,d of %,d persons done  ", done, all) : "";
        if (terminal && !people.isEmpty()) {
            show("  " + people);
        }
    }

    @Override
    public void progress(Progress progress) {
        if (progress.elapsed().minus(shown).compareTo(terminal ? ON_TERMINAL : ELSEWHERE) < 0) {
            return;
        }
        shown = progress.elapsed();
        String line = String.format(
                Locale.ROOT,
                "  %s%s  %d %%  %,d rows forgotten, %,.0f a second%s",
                people,
                progress.table(),
                progress.total() <= 0 ? 100 : 100 * progress.done() / progress.total(),
                progress.changed(),
                progress.changedPerSecond(),
                left(progress));
        show(line);
    }

    private void show(String line) {
        if (terminal) {
            err.print("\r"
                    + (line.length() > WIDTH ? line.substring(0, WIDTH) : String.format("%-" + WIDTH + "s", line)));
        } else {
            err.println(line);
        }
        err.flush();
    }

    private static String left(Progress progress) {
        if (progress.done() <= 0 || progress.total() <= progress.done()) {
            return "";
        }
        long seconds = progress.elapsed().toSeconds() * (progress.total() - progress.done()) / progress.done();
        return seconds < 2 ? "" : ", about " + seconds + " s left for this table";
    }

    void requestStop() {
        stop.set(true);
    }

    @Override
    public boolean stopRequested() {
        return stop.get();
    }

    @Override
    public void close() {
        if (terminal && !(shown.isZero() && people.isEmpty())) {
            err.print("\r" + " ".repeat(WIDTH) + "\r");
            err.flush();
        }
    }
}
