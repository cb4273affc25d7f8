package dev.kept.core.rights.request;

/** What cannot happen to a request where it stands; {@link #getMessage} says why, in words without personal data. */
public final class NotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotAllowed(String why) {
        super(why);
    }
}
