package dev.kept.server.mail;

/** What a mail server made of a mail; reasons are words and codes of ours, since servers quote addresses. */
sealed interface Outcome {

    record Taken() implements Outcome {}

    /** It will not take this mail, now or later. */
    record Refused(String reason) implements Outcome {}

    /** It does not take this mail now. */
    record NotNow(String reason) implements Outcome {}

    /** It takes no mail at all: it cannot be reached, or does not know us. */
    record Down(String reason) implements Outcome {}
}
