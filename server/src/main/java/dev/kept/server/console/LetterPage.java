package dev.kept.server.console;

import dev.kept.core.notice.Notice;
import dev.kept.server.answer.PostedLetter;
import dev.kept.server.answer.Posting;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Reply;
import dev.kept.server.request.StoredRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** An answer by post: a page to be printed, with its evidence; the ledger has a commitment to what it says. */
final class LetterPage {

    private final Desk desk;

    LetterPage(Desk desk) {
        this.desk = desk;
    }

    Reply write(Asked asked) {
        Entries sent = asked.sent();
        StoredRequest stored = RequestActs.request(desk, asked);
        if (stored.request().identity().isEmpty()
                && stored.request().ask().kind().touchesData()) {
            throw new CannotRun("nobody knows yet who asks", "establish it first: a letter may speak of her data");
        }
        Home home = desk.company().home();
        PostedLetter letter = letter(home, stored, sent);
        Posting posting =
                new Posting(home.state().journal(), home.ledger().status().origin());
        home.state().apply(List.of(posting.noted(stored.id(), letter)));
        desk.acts()
                .note(
                        asked.caller(),
                        "letter-printed",
                        "printed a letter",
                        Map.of("request", stored.id().toString()));
        byte[] page =
                letter.html(posting.evidence(stored.id(), letter).orElseThrow()).getBytes(StandardCharsets.UTF_8);
        return Reply.Download.of(
                "letter-" + stored.number() + ".html",
                "text/html; charset=utf-8",
                OptionalLong.of(page.length),
                out -> out.write(page));
    }

    private PostedLetter letter(Home home, StoredRequest stored, Entries sent) {
        Notice notice = desk.requests().notice();
        try {
            return PostedLetter.of(
                    stored.language(),
                    new PostedLetter.Sender(
                            notice.controller().name(),
                            notice.contact().post(),
                            notice.contact().email(),
                            home.settings().look().logo()),
                    sent.text("to").lines().toList(),
                    desk.company().today(),
                    stored.number(),
                    sent.text("subject"),
                    sent.text("text"));
        } catch (IllegalArgumentException e) {
            throw new CannotRun(
                    "address or text are missing or too long",
                    "an address of one to six lines, and a text; the subject is one line",
                    e);
        }
    }
}
