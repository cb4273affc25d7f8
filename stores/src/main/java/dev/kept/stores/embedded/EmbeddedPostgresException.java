package dev.kept.stores.embedded;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why the embedded PostgreSQL cannot be used, and what to try. */
public final class EmbeddedPostgresException extends RuntimeException {

    private final String tryLine;
    private final transient List<String> serverLog;

    EmbeddedPostgresException(String sentence, String tryLine) {
        this(sentence, tryLine, List.of(), null);
    }

    EmbeddedPostgresException(String sentence, String tryLine, @Nullable Throwable cause) {
        this(sentence, tryLine, List.of(), cause);
    }

    EmbeddedPostgresException(String sentence, String tryLine, List<String> serverLog, @Nullable Throwable cause) {
        super(sentence, cause);
        this.tryLine = tryLine;
        this.serverLog = List.copyOf(serverLog);
    }

    /** What the user can do about it, without the word "try". */
    public String tryLine() {
        return tryLine;
    }

    /** The last lines that the server or its tools wrote about it; empty where they had no part in it. */
    public List<String> serverLog() {
        return serverLog;
    }
}
