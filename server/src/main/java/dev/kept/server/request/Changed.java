package dev.kept.server.request;

/** Somebody else changed the request since it was read; nothing was written. */
public final class Changed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Changed() {
        super("the request has changed since it was read");
    }
}
