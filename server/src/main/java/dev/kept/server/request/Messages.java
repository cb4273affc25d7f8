package dev.kept.server.request;

import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** What is written to and fro about a request, and what staff note among themselves. */
public final class Messages {

    public static final int MOST_CHARACTERS = 4_000;

    /** The most messages of one request that are shown. */
    public static final int MOST = 1_000;

    /** The most that a person writes about one request; what she writes beyond is not taken. */
    public static final int MOST_OF_HERS = 300;

    private final State state;

    Messages(State state) {
        this.state = state;
    }

    /** Who wrote. */
    public enum Author {
        PERSON,
        STAFF,
        KEPT;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param internal a note among staff, never shown to the person */
    public record Message(Instant at, Author author, boolean internal, String text) {
        @Override
        public String toString() {
            return "a message";
        }
    }

    /** Oldest first. */
    public List<Message> of(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select at, author, internal, text from kept.request_message where request = ? order by at, id limit ?")
                        .bind(0, request)
                        .bind(1, MOST)
                        .map((row, context) -> new Message(
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                Author.valueOf(row.getString("author").toUpperCase(java.util.Locale.ROOT)),
                                row.getBoolean("internal"),
                                row.getString("text")))
                        .list());
    }

    /** A message to be written with something else. */
    StateChange write(UUID request, Author author, boolean internal, String text) {
        String plain = text.replace("\0", "").strip();
        if (plain.isEmpty() || plain.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("a message has 1 to " + MOST_CHARACTERS + " characters");
        }
        return StateChange.of(
                "insert into kept.request_message (id, request, at, author, internal, text)"
                        + " select ?, ?::uuid, ?, ?, ?, ? where (select count(*) from kept.request_message where request = ?::uuid and author = 'person') < "
                        + (author == Author.PERSON ? MOST_OF_HERS : Integer.MAX_VALUE),
                UUID.randomUUID(),
                request,
                Requests.at(state.clock().instant()),
                author.word(),
                internal,
                plain,
                request);
    }
}
