package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;
import static dev.kept.server.api.Shape.Field.must;
import static dev.kept.server.api.Shape.choice;
import static dev.kept.server.api.Shape.count;
import static dev.kept.server.api.Shape.id;
import static dev.kept.server.api.Shape.line;
import static dev.kept.server.api.Shape.list;
import static dev.kept.server.api.Shape.map;
import static dev.kept.server.api.Shape.moment;
import static dev.kept.server.api.Shape.text;
import static dev.kept.server.api.Shape.thing;
import static dev.kept.server.api.Shape.words;

import dev.kept.server.inform.Told;
import dev.kept.server.mail.MailState;
import java.util.List;

/** What is answered of letters and of recipients. */
final class RecipientShapes {

    /** The most that are listed. */
    static final int MOST = 500;

    private static final int LONG = 1_000;
    private static final int MANY = 100_000;

    private RecipientShapes() {}

    static Shape letter() {
        return thing(
                must("number", Answers.NUMBER, "of the request"),
                may("entry", count(), "of the ledger, which has a commitment to the text; told once"),
                may("page", text(1, 10 * MANY), "HTML for A4, to be printed; told once"));
    }

    static Shape letters() {
        return thing(must(
                "letters",
                list(
                        thing(
                                must("kind", line(1, LONG), "see docs/mail.md"),
                                must("state", words(MailState.values()), "`sent`: a mail server has taken it"),
                                must("written", moment(), ""),
                                may("ended", moment(), ""),
                                must("tries", count(), ""),
                                may("reason", line(1, LONG), "a status code or a word")),
                        MANY),
                "oldest first"));
    }

    static Shape.Thing recipient() {
        return thing(
                must("id", id(), ""),
                must("recipient", line(1, LONG), "its name in the notice"),
                may("number", Answers.NUMBER, "of the request; not there where a command did it"),
                must("of", id(), "the request, or the run of the command, as the ledger calls it"),
                must("done", choice(List.of("erasure", "rectification", "restriction")), ""),
                must("way", choice(List.of("mail", "webhook", "by-hand")), ""),
                must("state", words(Told.Standing.values()), "`task`: somebody has to tell it"),
                may("reason", line(1, LONG), "why somebody has to"),
                must("written", moment(), ""),
                may("told", moment(), ""),
                must("due", moment(), "when it is looked at next; of a task, until when it is to be done"),
                may("ended", moment(), ""),
                must("reminders", count(), ""));
    }

    static Shape recipients() {
        return thing(
                must("recipients", list(recipient(), MOST), "no more than these are listed"),
                must("all", count(), "how many there are"));
    }

    static Shape one() {
        return recipient()
                .and(must(
                        "tries",
                        list(
                                thing(must("at", moment(), ""), must("outcome", line(1, LONG), "a status, or a word")),
                                LONG),
                        "of a message to its address, oldest first"))
                .and(may("knows", map(text(0, MANY), LONG), "by category: gone once it is told"));
    }
}
