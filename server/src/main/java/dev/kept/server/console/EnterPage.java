package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.AskCheck;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.console.Parts.Choice;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Reply;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Entering a request that came by telephone, letter or mail. Entering proves nothing: who asks is established after it, like of any other. */
final class EnterPage {

    private final Desk desk;

    EnterPage(Desk desk) {
        this.desk = desk;
    }

    Reply show(Asked asked) {
        Notice notice = desk.company().notice();
        List<Choice> kinds = Arrays.stream(Kind.values())
                .map(kind -> new Choice(kind.word(), InboxPage.words(kind.word())))
                .toList();
        List<Choice> uses = new ArrayList<>(List.of(new Choice("", "none")));
        notice.uses().values().stream()
                .filter(Use::concernsPersons)
                .forEach(use -> uses.add(new Choice(use.id(), use.id())));
        List<Choice> languages = notice.languages().stream()
                .map(language -> new Choice(language, language))
                .toList();
        Fields fields =
                asked.fields().beginning("received", desk.company().today().toString());
        Html form = asked.form(Section.REQUESTS.path() + "/new", "")
                .add(fields.select("kind", "What is asked", kinds, "access"))
                .add(fields.select(
                        "use",
                        "About which use (objection, withdrawal or testimonial; none: all direct marketing)",
                        uses,
                        ""))
                .add(fields.field(
                        "received", "Received on", "the time to answer counts from this day", "date", "required"))
                .add(fields.field(
                        "name",
                        "Name",
                        "as the person gave it",
                        "text",
                        "maxlength=\"" + Typed.MOST_NAME + "\" autocomplete=\"off\""))
                .add(fields.field(
                        "address",
                        "E-mail address",
                        "only to look for: nothing is sent there unless a store has it",
                        "email",
                        "maxlength=\"" + Typed.MOST_ADDRESS + "\" autocomplete=\"off\""))
                .add(fields.select(
                        "language", "Answered in", languages, notice.languages().getFirst()))
                .add(fields.area("words", "What the person wrote or said", "in their words", Typed.MOST_WORDS, false))
                .raw("<p class=\"actions\"><button>Enter it</button></p></form>");
        return desk.page(
                asked,
                Shell.Head.of(Section.REQUESTS, "For what came by telephone, letter or mail.")
                        .called("Enter a request")
                        .below(Section.REQUESTS.path(), "Requests"),
                new Html()
                        .raw("<section class=\"panel\" aria-label=\"The request\">")
                        .add(Parts.body(form))
                        .raw("</section>"));
    }

    Reply enter(Asked asked) {
        Entries sent = asked.sent();
        Kind kind = Kind.parse(sent.text("kind"))
                .orElseThrow(() -> new CannotRun("what is asked was not chosen", "choose it"));
        String use = sent.text("use");
        String language = sent.text("language");
        if (!desk.company().notice().languages().contains(language)) {
            throw new CannotRun("the notice has no such language", "choose one of it");
        }
        if (!use.isEmpty() && !desk.company().notice().uses().containsKey(use)) {
            throw new CannotRun("the notice has no such use", "choose one of it");
        }
        try {
            List<String> uses = use.isEmpty() ? AskCheck.implied(desk.company().notice(), kind) : List.of(use);
            Ask ask = new Ask(kind, kind.namesUse() ? uses : List.of());
            Typed typed = new Typed(sent.text("name"), sent.text("address"), sent.text("words"), Map.of());
            StoredRequest stored = desk.staff()
                    .enter(
                            ask,
                            typed,
                            language,
                            received(sent.text("received")),
                            RequestActs.actor(asked, "entered a request"));
            desk.inboxes().changed();
            return Reply.SeeOther.to(Done.ENTERED.at(RequestPage.address(stored)));
        } catch (IllegalArgumentException e) {
            // our own words, without what was typed
            throw new CannotRun(String.valueOf(e.getMessage()), "mend it and enter it again", e);
        }
    }

    /** The begin of the day, where the controller is; today: now. */
    private Instant received(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            LocalDate today = desk.company().today();
            if (day.isAfter(today) || day.isBefore(today.minusYears(1))) {
                throw new CannotRun("a request was received in the past year", "name the day on which it came");
            }
            return day.equals(today)
                    ? desk.company().now()
                    : day.atStartOfDay(desk.company().zone()).toInstant();
        } catch (DateTimeParseException e) {
            throw new CannotRun("the day of receipt is missing", "name it", e);
        }
    }
}
