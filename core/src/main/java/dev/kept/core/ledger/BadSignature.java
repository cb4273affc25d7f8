package dev.kept.core.ledger;

/** A note that nobody known has signed, or whose signature does not fit its text: its text must not be used. */
public final class BadSignature extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadSignature(String problem) {
        super(problem);
    }
}
