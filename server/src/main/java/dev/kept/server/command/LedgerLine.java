package dev.kept.server.command;

import dev.kept.server.ledger.Ledger;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows how far work on the ledger is: on a terminal one line that renews itself, else a line now and then. */
final class LedgerLine implements Ledger.Progress, AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(150);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 78;

    private final PrintWriter err;
    private final boolean terminal = Output.onTerminal();
    private long shown = System.nanoTime();
    private boolean open;

    LedgerLine(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void entries(long done, long total) {
        long now = System.nanoTime();
        if (now - shown < (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            return;
        }
        shown = now;
        String line = String.format(Locale.ROOT, "  %,d of %,d entries", done, total);
        if (terminal) {
            err.print("\r" + String.format("%-" + WIDTH + "s", line));
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
