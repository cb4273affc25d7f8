package dev.kept.server.state;

import java.util.UUID;

/** Another process has taken the run over: this one must stop at once, without another write. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLost(UUID run) {
        super("another process has taken run `" + run + "` over");
    }
}
