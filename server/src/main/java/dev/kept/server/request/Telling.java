package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.MailAddress;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tells the person: always at an address that a store has. To one that was only typed goes nothing but the answer to a plain question. */
public final class Telling {

    private final State state;
    private final Post post;
    private final Messages messages;
    private final Addresses addresses;

    public Telling(State state, Post post, Addresses addresses) {
        this.state = state;
        this.post = post;
        this.messages = new Messages(state);
        this.addresses = addresses;
    }

    Addresses addresses() {
        return addresses;
    }

    /** What every letter about a request says. */
    Map<String, Value> common(StoredRequest stored) {
        Map<String, Value> values = new HashMap<>();
        values.put("asked", asked(stored));
        values.put("number", new Value.Words(stored.number()));
        values.put("link", addresses.request(stored.language(), stored.number()));
        return values;
    }

    Value asked(StoredRequest stored) {
        return new Value.Term("asked." + stored.request().ask().kind().word());
    }

    /** Where to complain (Art. 12(4), 77). */
    Value complaint() {
        return new Value.Term("complaint");
    }

    /** A letter to the address on file; where there is none, staff are told that it has to go by post. */
    List<StateChange> tell(StoredRequest stored, LetterKind kind, Map<String, Value> values) {
        List<StateChange> letter = address(stored)
                .map(address -> letter(stored, address, kind, values))
                .orElse(List.of());
        return letter.isEmpty()
                ? List.of(messages.write(
                        stored.id(),
                        Messages.Author.KEPT,
                        true,
                        "No mail can be sent (`" + kind.word()
                                + "`): there is no usable address on file. Tell the person by post."))
                : letter;
    }

    /** What a letter says is not true any more from a time on: then it is not sent. To be written after it. */
    StateChange notSentFrom(StoredRequest stored, LetterKind kind, Instant from) {
        return StateChange.of(
                "update kept.mail set ends_at = least(ends_at, ?) where request = ? and kind = ? and state = 'waiting'",
                Requests.at(from),
                stored.id(),
                kind.word());
    }

    /** Whether a letter would go out. */
    boolean reaches(StoredRequest stored) {
        return address(stored).flatMap(MailAddress::parse).isPresent();
    }

    /** A letter about a request to those who work on it. */
    List<StateChange> toStaff(
            StoredRequest stored, String address, String language, LetterKind kind, Map<String, Value> values) {
        return post.letter(stored.id(), address, kind, language, own(kind, values));
    }

    private static Map<String, Value> own(LetterKind kind, Map<String, Value> values) {
        Map<String, Value> own = new HashMap<>(values);
        own.keySet().retainAll(kind.slots().keySet());
        return own;
    }

    List<StateChange> letter(StoredRequest stored, String address, LetterKind kind, Map<String, Value> values) {
        return post.letter(stored.id(), address, kind, stored.language(), own(kind, values));
    }

    private Optional<String> address(StoredRequest stored) {
        Optional<String> onFile = onFile(stored.id());
        boolean plain = stored.request().ask().kind() == Kind.QUESTION;
        return onFile.or(() -> plain ? typed(stored.id()) : Optional.empty());
    }

    Optional<String> onFile(UUID request) {
        return one("select address from kept.request_on_file where request = ?", request);
    }

    private Optional<String> typed(UUID request) {
        return one("select address from kept.request_typed where request = ? and address <> ''", request);
    }

    private Optional<String> one(String sql, UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind(0, request)
                        .mapTo(String.class)
                        .findOne());
    }
}
