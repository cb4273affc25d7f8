package dev.kept.server.command;

import dev.kept.server.proof.LookWatch;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows how far the looks at the stores are: on a terminal one line that renews itself, else a line now and then. */
final class LookLine implements LookWatch, AutoCloseable {

    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 78;

    private final PrintWriter err;
    private final boolean terminal = Output.onTerminal();
    private long shown = System.nanoTime();
    private boolean open;

    LookLine(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void at(String store, String what, int done, int total) {
        long now = System.nanoTime();
        if (!terminal && now - shown < ELSEWHERE.toNanos()) {
            return;
        }
        shown = now;
        String line = String.format(Locale.ROOT, "  %s: looking at %s, table %d of %d", store, what, done + 1, total);
        if (terminal) {
            err.print("\r"
                    + (line.length() > WIDTH ? line.substring(0, WIDTH) : String.format("%-" + WIDTH + "s", line)));
            open = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    @Override
    public void close() {
        if (open) {
            err.print("\r" + " ".repeat(WIDTH) + "\r");
            err.flush();
            open = false;
        }
    }
}
