package dev.kept.server.mail;

import java.util.Locale;

/** What has become of a mail. */
public enum MailState {
    /** It has not been tried, or is tried again. */
    WAITING,
    /** A process is at it, or was when it ended. */
    SENDING,
    /** A mail server has taken it. Whether anybody has read it nobody knows. */
    SENT,
    /** It was refused, at once or by a message that came back. */
    UNDELIVERABLE,
    /** It was tried so often, or came too late. */
    GIVEN_UP;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MailState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
