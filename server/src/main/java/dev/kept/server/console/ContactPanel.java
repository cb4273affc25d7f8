package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.proof.rights.ContactChecks;
import dev.kept.core.proof.rights.ContactTries;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.contact.Asking;
import dev.kept.server.contact.Contacts;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Reply;
import dev.kept.server.run.Operator;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Caller;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** The addresses of the notice on the page of promises: whether somebody answers there, and ways to find out. */
final class ContactPanel {

    private static final int MOST_HOW = 1_000;

    private final Desk desk;

    ContactPanel(Desk desk) {
        this.desk = desk;
    }

    private Contacts contacts() {
        return new Contacts(desk.company().home());
    }

    Html show(Asked asked) {
        List<Row> rows = contacts().known(desk.company().now()).stream()
                .map(known -> Row.of(
                        Parts.code(known.rule()),
                        Parts.pill(
                                PromisesPage.tone(known.verdict()),
                                known.verdict().word()),
                        Parts.text(known.says()),
                        Parts.text(known.attempt())))
                .toList();
        Html inner = Parts.table(
                "Addresses of the notice",
                List.of(Column.of("Address"), Column.of("Verdict"), Column.of("Known"), Column.of("Try")),
                rows);
        if (asked.may(Action.CHECK_CONTACT)) {
            inner.add(Parts.body(forms(asked)));
        }
        return Parts.panel(
                "How to reach us",
                "Kept writes to the notice's mail address every two months; an answer counts for "
                        + ContactTries.ANSWER_DAYS + " days, a letter by post for " + ContactTries.POST_DAYS + ".",
                inner);
    }

    private Html forms(Asked asked) {
        Html html = new Html();
        if (contacts().hindrance().isEmpty()) {
            html.add(asked.form(Section.PROMISES.path() + "/contact/ask"))
                    .raw(
                            "<p class=\"actions\"><button class=\"second\">Write to the mail address now</button></p></form>");
        }
        boolean post = contacts().known(desk.company().now()).stream()
                .anyMatch(known -> known.rule().equals(ContactChecks.POST));
        if (post) {
            html.add(asked.form(Section.PROMISES.path() + "/contact/arrived", ""))
                    .add(asked.fields().field("on", "A letter by post arrived on", "", "date", "required"))
                    .add(asked.fields()
                            .field(
                                    "how",
                                    "How you know",
                                    "for the private log alone",
                                    "text",
                                    "maxlength=\"" + MOST_HOW + "\""))
                    .raw("<p class=\"actions\"><button>Note it</button></p></form>");
        }
        return html;
    }

    Reply ask(Asked asked) {
        asked.sent();
        Caller caller = asked.caller();
        Operator operator = new Operator(caller.name(), caller.account(), "wrote to the notice's mail address");
        boolean written = new Asking(desk.company().home()).now(new Asking.By(caller.role(), Optional.of(operator)));
        return Reply.SeeOther.to((written ? Done.WRITTEN : Done.UNDER_WAY).at(Section.PROMISES.path()));
    }

    Reply arrived(Asked asked) {
        Entries sent = asked.sent();
        Caller caller = asked.caller();
        String how = sent.text("how");
        if (how.length() > MOST_HOW) {
            throw new CannotRun("how it is known is said at too great length", "at most " + MOST_HOW + " characters");
        }
        contacts().arrived(day(sent.text("on")), caller.role(), new Operator(caller.name(), caller.account(), how));
        return Reply.SeeOther.to(Done.ARRIVED.at(Section.PROMISES.path()));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new CannotRun("it is not said on which day it arrived", "write it as 2027-03-01", e);
        }
    }
}
