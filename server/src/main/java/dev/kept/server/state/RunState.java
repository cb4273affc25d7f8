package dev.kept.server.state;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
    /** It would take more than a set share of a table: another operator has to say yes. */
    WAITING,
    RUNNING,
    /** Everything known ended is gone, and one look has confirmed it. */
    DONE,
    /** Done as far as known; something is unknown or stays on a ground that must be named. */
    INCOMPLETE,
    /** Stopped by a failure; can be resumed. */
    FAILED,
    /** Given up before it changed anything, or its approval expired. */
    ABANDONED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
