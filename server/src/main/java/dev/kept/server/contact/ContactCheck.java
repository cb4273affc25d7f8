package dev.kept.server.contact;

import dev.kept.core.proof.rights.ContactTries.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A look at an address of the notice: a letter there, or somebody's word that one arrived.
 *
 * @param rule {@code contact.email} or {@code contact.post}
 * @param endsAt when its link ends
 * @param day on which a letter by post arrived
 */
public record ContactCheck(
        UUID id,
        String rule,
        Standing standing,
        Instant madeAt,
        Instant endsAt,
        Optional<Instant> doneAt,
        Optional<LocalDate> day) {

    /** What became of it. */
    public enum Standing {
        /** The letter is under way, or lies there. */
        WAITING,
        /** Somebody followed the link and said so. */
        ANSWERED,
        CAME_BACK,
        UNANSWERED,
        /** It never left, or so late that nobody had the time to answer. */
        NOT_SENT,
        /** The notice names another address since. */
        MOVED,
        /** By post: somebody of the company says that it arrived. */
        ARRIVED;

        /** As the database and the ledger write it: {@code came-back}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Standing of(String word) {
            return Arrays.stream(values())
                    .filter(standing -> standing.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a letter stands as nothing known"));
        }

        /** What it says of the mail address; nothing where it is of another address, or by post. */
        Optional<Outcome> outcome() {
            return switch (this) {
                case WAITING -> Optional.of(Outcome.WAITING);
                case ANSWERED -> Optional.of(Outcome.ANSWERED);
                case CAME_BACK -> Optional.of(Outcome.CAME_BACK);
                case UNANSWERED -> Optional.of(Outcome.UNANSWERED);
                case NOT_SENT -> Optional.of(Outcome.NOT_SENT);
                case MOVED, ARRIVED -> Optional.empty();
            };
        }
    }

    static final String ALL = "select id, rule, state, made_at, ends_at, done_at, on_day from kept.contact_check";

    static ContactCheck read(ResultSet row) throws SQLException {
        return new ContactCheck(
                row.getObject("id", UUID.class),
                row.getString("rule"),
                Standing.of(row.getString("state")),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("done_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getObject("on_day", LocalDate.class)));
    }
}
