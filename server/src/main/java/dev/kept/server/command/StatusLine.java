package dev.kept.server.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/** Shows how far long work is: on a terminal one line that renews itself, else a line now and then. */
final class StatusLine implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(150);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 78;

    private final PrintWriter err;
    private final boolean terminal = Output.onTerminal();
    private long shown = System.nanoTime();
    private boolean open;

    StatusLine(PrintWriter err) {
        this.err = err;
    }

    /** Says how far it is, unless that was said a moment ago. */
    void say(Supplier<String> how) {
        long now = System.nanoTime();
        if (now - shown < (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            return;
        }
        shown = now;
        String line = "  " + how.get();
        if (terminal) {
            String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
            err.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
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
