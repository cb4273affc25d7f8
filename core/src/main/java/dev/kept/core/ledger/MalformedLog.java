package dev.kept.core.ledger;

/** A file or value of a log that is not written as its specification asks; the message says what is wrong and quotes nothing. */
public final class MalformedLog extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public MalformedLog(String problem) {
        super(problem);
    }
}
