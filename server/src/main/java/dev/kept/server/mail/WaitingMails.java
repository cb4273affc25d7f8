package dev.kept.server.mail;

import dev.kept.core.letter.LetterText;
import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Mails that wait, opened: for a company that is made up and has no mail server. */
public final class WaitingMails {

    private static final int MOST = 100;

    private final State state;

    public WaitingMails(State state) {
        this.state = state;
    }

    /** A mail as its reader would see it. */
    public record Waiting(Instant madeAt, String to, LetterText letter) {
        @Override
        public String toString() {
            return "a mail that waits";
        }
    }

    /** Newest first. */
    public List<Waiting> newest() {
        return state
                .database()
                .withHandle(handle -> handle.createQuery(
                                "select mail.id, mail.made_at, mail.sealed, mail_key.key from kept.mail"
                                        + " join kept.mail_key on mail_key.mail = mail.id where state = 'waiting'"
                                        + " order by made_at desc, id limit ?")
                        .bind(0, MOST)
                        .map((row, context) -> {
                            Instant at = row.getObject("made_at", OffsetDateTime.class)
                                    .toInstant();
                            return SealKey.of(row.getBytes("key"))
                                    .open(
                                            Mails.sealedAs(row.getObject("id", java.util.UUID.class)),
                                            row.getBytes("sealed"))
                                    .map(Content::of)
                                    .map(content -> new Waiting(at, content.to().reveal(), content.letter()));
                        })
                        .list())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
