package dev.kept.server.http;

/** Why a request is not done. What is told of it is the same for everybody and names nothing of what is here. */
public enum Trouble {
    MALFORMED(400),
    CROSS_SITE(403),
    STALE_FORM(403),
    FORBIDDEN(403),
    NOT_FOUND(404),
    NOT_ALLOWED(405),
    TOO_SLOW(408),
    TOO_LARGE(413),
    NOT_UNDERSTOOD(415),
    TOO_MANY(429),
    BROKEN(500),
    UNAVAILABLE(503);

    private final int status;

    Trouble(int status) {
        this.status = status;
    }

    /** RFC 9110, section 15, and RFC 6585 for 429. */
    public int status() {
        return status;
    }

    /** Its name in words and addresses: {@code too-large}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
