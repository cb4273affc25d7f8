package dev.kept.server.signin;

/** Somebody could not be signed in. Says why in words of ours: nothing that was sent is repeated. */
public final class SignInRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unreachable;

    private SignInRefused(String why, boolean unreachable) {
        super(why);
        this.unreachable = unreachable;
    }

    SignInRefused(String why) {
        this(why, false);
    }

    /** The provider did not answer, or not in time: nothing is known of the person. */
    static SignInRefused unreachable() {
        return new SignInRefused("the sign-in provider does not answer", true);
    }

    boolean isUnreachable() {
        return unreachable;
    }

    /** One sentence. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
