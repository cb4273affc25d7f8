package dev.kept.server.suppression;

/** Somebody else decided about the same person meanwhile. */
public final class DecidedAlready extends Exception {
    private static final long serialVersionUID = 1L;

    DecidedAlready() {
        super("somebody else has decided about her meanwhile");
    }
}
