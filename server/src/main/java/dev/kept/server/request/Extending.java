package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** More time to answer: it counts where the person is told of it, and why, within the first month (GDPR Art. 12(3)). See {@link Unreached}. */
final class Extending {

    private final State state;
    private final Requests requests;
    private final Telling telling;
    private final Messages messages;

    Extending(State state, Requests requests, Telling telling) {
        this.state = state;
        this.requests = requests;
        this.telling = telling;
        this.messages = new Messages(state);
    }

    StoredRequest extend(
            StoredRequest stored, Extension.Reason why, int months, String reason, Hears hears, Actor staff) {
        Event extend = new Event.Extend(why, months);
        List<StateChange> with = new ArrayList<>(
                switch (hears) {
                    case LETTER -> letter(stored, extend, reason);
                    case OTHERWISE ->
                        List.of(
                                messages.write(
                                        stored.id(),
                                        Messages.Author.KEPT,
                                        true,
                                        "She was told of the extension otherwise than by Kept's letter; how is in the private log."));
                });
        with.add(messages.write(stored.id(), Messages.Author.STAFF, false, reason));
        return requests.happen(stored, extend, staff, with);
    }

    private List<StateChange> letter(StoredRequest stored, Event extend, String reason) {
        Instant now = state.clock().instant();
        Deadline after = stored.request().after(extend, now, requests.terms()).deadline(requests.terms(), now);
        if (!telling.reaches(stored)) {
            throw new NotAllowed(
                    "the person has to be told of an extension, and no address of hers is on file: tell her otherwise, and say so");
        }
        Map<String, Value> values = new HashMap<>(telling.common(stored));
        values.put("reason", new Value.Text(reason));
        values.put("by", new Value.Day(after.due()));
        List<StateChange> changes = new ArrayList<>(telling.tell(stored, LetterKind.EXTENDED, values));
        LocalDate last = stored.request().deadline(requests.terms(), now).extendBy();
        changes.add(telling.notSentFrom(
                stored, LetterKind.EXTENDED, requests.terms().startOf(last.plusDays(1))));
        return changes;
    }
}
