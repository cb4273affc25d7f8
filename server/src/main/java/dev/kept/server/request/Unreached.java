package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Letters that did not reach the person: staff hear of each once, and what counts only when she was told does not count (an extension, GDPR Art. 12(3); the
 * end of a restriction, Art. 18(3)).
 */
final class Unreached {

    private static final int MOST_AT_ONCE = 500;

    /** To her, once it is known who she is; links to prove that expire by themselves. */
    private static final List<String> TO_HER = Stream.of(
                    LetterKind.RECEIVED,
                    LetterKind.QUESTION,
                    LetterKind.EXTENDED,
                    LetterKind.READY,
                    LetterKind.DONE,
                    LetterKind.STOPPED,
                    LetterKind.REFUSED,
                    LetterKind.WITHDRAWN,
                    LetterKind.RESTRICTED,
                    LetterKind.RESTRICTION_ENDS,
                    LetterKind.NOT_IDENTIFIED)
            .map(LetterKind::word)
            .toList();

    private final State state;
    private final Requests requests;
    private final Messages messages;

    Unreached(State state, Requests requests) {
        this.state = state;
        this.requests = requests;
        this.messages = new Messages(state);
    }

    private record Letter(UUID mail, UUID request, String kind, Optional<String> reason) {}

    void step() {
        failed().forEach(letter -> requests.find(letter.request()).ifPresent(stored -> see(letter, stored)));
    }

    private List<Letter> failed() {
        return state.database()
                .withHandle(handle -> handle.createQuery("select mail.id, mail.request, mail.kind, mail.reason"
                                + " from kept.mail join kept.request on request.id = mail.request"
                                + " where mail.state in ('undeliverable', 'given-up') and not mail.staff_told"
                                + " and mail.kind = any(:kinds) order by mail.done_at, mail.id limit :most")
                        .bindArray("kinds", String.class, TO_HER)
                        .bind("most", MOST_AT_ONCE)
                        .map((row, context) -> new Letter(
                                row.getObject("id", UUID.class),
                                row.getObject("request", UUID.class),
                                row.getString("kind"),
                                Optional.ofNullable(row.getString("reason"))))
                        .list());
    }

    private void see(Letter letter, StoredRequest stored) {
        boolean extension = letter.kind().equals(LetterKind.EXTENDED.word())
                && stored.request().open()
                && stored.request().extension().isPresent();
        boolean lifts = letter.kind().equals(LetterKind.RESTRICTION_ENDS.word()) && lifting(stored.id());
        String so = extension
                ? " The time is not extended."
                : lifts ? " The restriction goes on: tell her first, and say then when it ends." : "";
        List<StateChange> with = new ArrayList<>();
        with.add(StateChange.of("update kept.mail set staff_told = true where id = ?", letter.mail()));
        with.add(messages.write(
                stored.id(),
                Messages.Author.KEPT,
                true,
                "The letter `" + letter.kind() + "` did not reach the person"
                        + letter.reason().map(reason -> " (" + reason + ")").orElse("") + ": tell her by post." + so));
        if (lifts) {
            with.addAll(goesOn(stored.id()));
        }
        try {
            if (extension) {
                requests.happen(stored, new Event.Untold(), Actor.KEPT, with);
            } else {
                state.apply(with);
            }
        } catch (NotAllowed | Changed e) {
            // somebody was first: it is looked at again
        }
    }

    private boolean lifting(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select from kept.request_lift where request = :request and lifted_at is null and not otherwise)")
                        .bind("request", request)
                        .mapTo(Boolean.class)
                        .one());
    }

    private List<StateChange> goesOn(UUID request) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("event", "restriction-goes-on");
        entry.put("request", request.toString());
        entry.put("actor", Map.of("role", Actor.KEPT.role()));
        return List.of(
                StateChange.of("delete from kept.request_lift where request = ? and lifted_at is null", request),
                state.journal().entry(request, "request", entry));
    }
}
