package dev.kept.server.centre;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Everything that is logged while it is open, at the levels that are shipped: by the JDK's logging, by SLF4J (whose binding writes to standard
 * error), and on the standard outputs, with the traces of what was thrown.
 */
final class Logged implements AutoCloseable {

    /** The JDK's own handler holds the standard error of its first use, which may be another. */
    private static final class Written extends Handler {
        private final PrintStream to;
        private final SimpleFormatter formatter = new SimpleFormatter();

        Written(PrintStream to) {
            this.to = to;
        }

        @Override
        public void publish(LogRecord entry) {
            to.print(formatter.format(entry));
        }

        @Override
        public void flush() {
            to.flush();
        }

        @Override
        public void close() {
            to.flush();
        }
    }

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final PrintStream into = new PrintStream(all, true, StandardCharsets.UTF_8);
    private final Handler handler = new Written(into);

    Logged() {
        System.setOut(into);
        System.setErr(into);
        Logger.getLogger("").addHandler(handler);
    }

    /** What was logged until now. */
    String text() {
        into.flush();
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(handler);
        System.setOut(out);
        System.setErr(err);
    }
}
