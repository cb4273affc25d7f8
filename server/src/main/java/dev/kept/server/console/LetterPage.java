package dev.kept.server.console;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Reply;
import dev.kept.server.request.Papers;
import dev.kept.server.request.StoredRequest;
import java.nio.charset.StandardCharsets;
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
        Papers.Paper paper;
        try {
            paper = desk.company()
                    .office()
                    .papers()
                    .write(
                            stored,
                            sent.text("to").lines().toList(),
                            sent.text("subject"),
                            sent.text("text"),
                            desk.acts()
                                    .act(
                                            asked.caller(),
                                            "letter-printed",
                                            "printed a letter",
                                            Map.of("request", stored.id().toString()))
                                    .writes());
        } catch (IllegalArgumentException e) {
            throw new CannotRun(
                    "address or text are missing or too long",
                    "an address of one to six lines, and a text; the subject is one line",
                    e);
        }
        byte[] page = paper.page().getBytes(StandardCharsets.UTF_8);
        return Reply.Download.of(
                "letter-" + stored.number() + ".html",
                "text/html; charset=utf-8",
                OptionalLong.of(page.length),
                out -> out.write(page));
    }
}
