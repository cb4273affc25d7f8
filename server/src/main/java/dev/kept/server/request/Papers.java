package dev.kept.server.request;

import dev.kept.core.notice.Notice;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.server.answer.PostedLetter;
import dev.kept.server.answer.Posting;
import dev.kept.server.configuration.Home;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.List;

/** Answers by post: noted in the ledger with whoever writes them, then printed with their evidence. What they say is kept nowhere. */
public final class Papers {

    private final Home home;
    private final Requests requests;

    Papers(Home home, Requests requests) {
        this.home = home;
        this.requests = requests;
    }

    /**
     * A letter to be printed.
     *
     * @param entry of the ledger, which has a commitment to its text
     * @param page HTML, for A4
     */
    public record Paper(long entry, String page) {
        @Override
        public String toString() {
            return "a letter by post";
        }
    }

    /**
     * Writes one.
     *
     * @param to lines of an address
     * @param with what is noted with it: who acts
     * @throws NotAllowed where nobody knows yet who asks, and a letter may speak of her data
     * @throws IllegalArgumentException where address or text are missing or too long
     */
    public Paper write(StoredRequest stored, List<String> to, String subject, String text, List<StateChange> with) {
        if (stored.request().identity().isEmpty()
                && stored.request().ask().kind().touchesData()) {
            throw new NotAllowed("nobody knows yet who asks: establish it first, a letter may speak of her data");
        }
        Notice notice = requests.notice();
        PostedLetter letter = PostedLetter.of(
                stored.language(),
                new PostedLetter.Sender(
                        notice.controller().name(),
                        notice.contact().post(),
                        notice.contact().email(),
                        home.settings().look().logo()),
                to,
                Deadline.day(home.clock().instant(), requests.terms()),
                stored.number(),
                subject,
                text);
        Posting posting =
                new Posting(home.state().journal(), home.ledger().status().origin());
        List<StateChange> changes = new ArrayList<>(with);
        changes.addAll(requests.besides(stored.id()));
        changes.add(posting.noted(stored.id(), letter));
        home.state().apply(changes);
        PostedLetter.Evidence evidence = posting.evidence(stored.id(), letter).orElseThrow();
        return new Paper(evidence.entry(), letter.html(evidence, home.wordings()));
    }
}
