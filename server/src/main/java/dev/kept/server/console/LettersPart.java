package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Told;
import dev.kept.server.mail.MailState;
import dev.kept.server.mail.NotedMail;
import dev.kept.server.request.StoredRequest;
import java.util.List;

/** What was sent about a request, and what became of it: letters, with those that came back, and recipients (Art. 19). Neither addresses nor texts. */
record LettersPart(Desk desk) {

    /** Nothing where no letter was written. */
    Html letters(StoredRequest stored) {
        List<NotedMail> mails = desk.company().office().mails().of(stored.id());
        return mails.isEmpty()
                ? new Html()
                : Parts.panel(
                        "Letters",
                        "Sent means that a mail server took it; what comes back makes it undeliverable.",
                        Parts.table(
                                "Letters",
                                List.of(
                                        Column.of("Letter"),
                                        Column.of("State"),
                                        Column.of("When"),
                                        Column.number("Tries"),
                                        Column.of("Reason")),
                                mails.stream().map(this::letter).toList()));
    }

    private Row letter(NotedMail mail) {
        return Row.of(
                Parts.text(InboxPage.words(mail.kind())),
                Parts.pill(tone(mail.state()), InboxPage.words(mail.state().word())),
                Parts.time(mail.doneAt().orElse(mail.madeAt()), desk.company().zone()),
                Parts.text(Parts.number(mail.tries())),
                Parts.text(mail.reason().orElse("")));
    }

    private static Tone tone(MailState state) {
        return switch (state) {
            case WAITING, SENDING -> Tone.CALM;
            case SENT -> Tone.GOOD;
            case UNDELIVERABLE, GIVEN_UP -> Tone.BAD;
        };
    }

    /** Nothing where nobody had to be told. */
    Html recipients(StoredRequest stored) {
        List<Told> told = new Informed(desk.state()).of(stored.id());
        return told.isEmpty()
                ? new Html()
                : Parts.panel(
                        "Recipients",
                        "Whoever received the data is told of it, until it confirms.",
                        Parts.table(
                                "Recipients",
                                List.of(
                                        Column.of("Recipient"),
                                        Column.of("Of"),
                                        Column.of("Told by"),
                                        Column.of("State"),
                                        Column.number("Reminders")),
                                told.stream().map(LettersPart::recipient).toList()));
    }

    private static Row recipient(Told told) {
        return Row.of(
                Parts.link(Section.RECIPIENTS.path() + "/" + told.id(), told.recipient()),
                Parts.text(told.done()),
                Parts.text(RecipientWords.way(told)),
                RecipientWords.state(told),
                Parts.text(Parts.number(told.reminders())));
    }
}
