package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.server.failure.Apart;
import dev.kept.server.request.Restrictions.Fate;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                    LetterKind.RESTRICTED,
                    LetterKind.RESTRICTION_ENDS,
                    LetterKind.ANSWER)
            .map(LetterKind::word)
            .toList();

    /** Those of which it counts that she was told in time; one that a mail server took when it was too late told her nothing, either. */
    private static final List<String> IN_TIME = List.of(LetterKind.EXTENDED.word(), LetterKind.RESTRICTION_ENDS.word());

    private static final String FAILED =
            "select mail.id, mail.request, mail.kind, mail.reason, mail.made_at, mail.state = 'sent' as late"
                    + " from kept.mail join kept.request on request.id = mail.request where not mail.staff_told"
                    + " and (mail.state in ('undeliverable', 'given-up') or (mail.state = 'sent' and mail.done_at >= mail.ends_at))"
                    + " and mail.kind = any(:kinds) and (mail.state <> 'sent' or mail.kind = any(:inTime))"
                    + " order by mail.done_at, mail.id limit :most";

    private final State state;
    private final Requests requests;
    private final Restrictions restrictions;
    private final Messages messages;

    Unreached(State state, Requests requests) {
        this.state = state;
        this.requests = requests;
        this.restrictions = new Restrictions(state, requests);
        this.messages = new Messages(state);
    }

    /** @param late whether a mail server took it, when it was too late */
    private record Letter(
            UUID mail, UUID request, String kind, Optional<String> reason, Instant madeAt, boolean late) {}

    /** Each by itself: one that cannot be seen to holds up none of the others. */
    void step() {
        Apart apart = new Apart();
        failed().forEach(letter ->
                apart.run(() -> requests.find(letter.request()).ifPresent(stored -> see(letter, stored))));
        apart.end();
    }

    private List<Letter> failed() {
        return state.database()
                .withHandle(handle -> handle.createQuery(FAILED)
                        .bindArray("kinds", String.class, TO_HER)
                        .bindArray("inTime", String.class, IN_TIME)
                        .bind("most", MOST_AT_ONCE)
                        .map((row, context) -> new Letter(
                                row.getObject("id", UUID.class),
                                row.getObject("request", UUID.class),
                                row.getString("kind"),
                                Optional.ofNullable(row.getString("reason")),
                                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                                row.getBoolean("late")))
                        .list());
    }

    private void see(Letter letter, StoredRequest stored) {
        if (tellsOfExtension(letter, stored)) {
            List<StateChange> with = List.of(
                    StateChange.of("update kept.mail set staff_told = true where id = ?", letter.mail()),
                    note(
                            letter,
                            " The time is not extended. If she is told otherwise within the month, extend it once more, and say how."));
            try {
                requests.happen(stored, new Event.Untold(), Actor.KEPT, with);
            } catch (NotAllowed | Changed e) {
                // somebody was first: it is looked at again
            }
            return;
        }
        state.inTransaction(handle -> {
            int first = handle.execute(
                    "update kept.mail set staff_told = true where id = ? and not staff_told", letter.mail());
            if (first == 0) {
                return List.of();
            }
            Fate fate = letter.kind().equals(LetterKind.RESTRICTION_ENDS.word())
                    ? restrictions.untold(handle, letter.request(), letter.madeAt())
                    : new Fate("", List.of());
            List<StateChange> changes = new ArrayList<>(fate.changes());
            changes.add(note(letter, fate.said()));
            return changes;
        });
    }

    /** Whether it tells of the extension that stands: it was written after the last one fell, and since the request began anew. */
    private boolean tellsOfExtension(Letter letter, StoredRequest stored) {
        return letter.kind().equals(LetterKind.EXTENDED.word())
                && stored.request().open()
                && stored.request().extension().isPresent()
                && requests.events(stored.id()).stream()
                        .filter(happened ->
                                happened.event() instanceof Event.Untold || happened.event() instanceof Event.Reopen)
                        .noneMatch(happened -> happened.at().isAfter(letter.madeAt()));
    }

    private StateChange note(Letter letter, String so) {
        String what = letter.late()
                ? "` left when it was too late: it told her nothing in time. Tell her by post."
                : "` did not reach the person"
                        + letter.reason().map(reason -> " (" + reason + ")").orElse("") + ": tell her by post.";
        return messages.write(letter.request(), Messages.Author.KEPT, true, "The letter `" + letter.kind() + what + so);
    }
}
