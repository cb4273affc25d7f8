package dev.kept.server.http;

/** A request that is not done, found out while it was read. */
public final class Refused extends RuntimeException {
    private final Trouble trouble;

    public Refused(Trouble trouble) {
        super(trouble.word(), null, false, false);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
