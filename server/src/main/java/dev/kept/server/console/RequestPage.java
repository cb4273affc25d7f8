package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Pause;
import dev.kept.core.rights.request.Request;
import dev.kept.server.console.Parts.Fact;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.http.Reply;
import dev.kept.server.request.Messages;
import dev.kept.server.request.Requests.Happened;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import dev.kept.server.signin.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One request: what is asked, why the clock stands where it stands, what each store does, what happened, and what can be done now. */
final class RequestPage {

    private final Desk desk;

    RequestPage(Desk desk) {
        this.desk = desk;
    }

    static String address(StoredRequest stored) {
        return Section.REQUESTS.path() + "/" + stored.number();
    }

    Reply show(Asked asked) {
        StoredRequest stored = RequestActs.request(desk, asked);
        Request request = stored.request();
        Deadline deadline =
                request.deadline(desk.requests().terms(), desk.company().now());
        Html left = new Html().raw("<div>").add(facts(stored)).add(clock(request, deadline));
        if (asked.may(Action.SEE_PERSONS)) {
            left.add(person(stored));
        }
        left.add(new StoresPart(desk).of(asked, stored));
        if (asked.may(Action.SEE_PERSONS)) {
            left.add(messages(stored));
        }
        LettersPart sent = new LettersPart(desk);
        left.add(sent.recipients(stored)).add(sent.letters(stored));
        left.add(timeline(stored)).raw("</div>");
        Html right = new Html()
                .raw("<div>")
                .add(new RequestForms(desk, asked, stored).all())
                .raw("</div>");
        Shell.Head head = Shell.Head.of(Section.REQUESTS, "")
                .called(title(stored))
                .below(Section.REQUESTS.path(), "Requests")
                .beside(new Html()
                        .raw("<a class=\"button second small only-narrow\" href=\"#acts\">What can be done</a>")
                        .add(InboxPage.pill(request.stage().word()))
                        .add(
                                request.open()
                                        ? InboxPage.due(
                                                desk,
                                                deadline.due(),
                                                deadline.alarm(desk.company().today()),
                                                deadline.reading())
                                        : new Html()));
        return desk.page(
                asked,
                head,
                new Html().raw("<div class=\"columns\">").add(left).add(right).raw("</div>"));
    }

    private static String title(StoredRequest stored) {
        String kind = InboxPage.words(stored.request().ask().kind().word());
        return kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " " + stored.number();
    }

    private Html facts(StoredRequest stored) {
        Request request = stored.request();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Number", Parts.code(stored.number())));
        facts.add(Fact.of("Kind", InboxPage.words(request.ask().kind().word())));
        if (!request.ask().uses().isEmpty()) {
            facts.add(Fact.of("About", String.join(", ", request.ask().uses())));
        }
        facts.add(Fact.of("Came by", stored.channel().word()));
        desk.details()
                .reference(stored.id())
                .ifPresent(reference -> facts.add(new Fact("Called elsewhere", Parts.code(reference))));
        facts.add(new Fact(
                "Received", Parts.time(stored.firstReceivedAt(), desk.company().zone())));
        facts.add(Fact.of("Language", stored.language()));
        facts.add(new Fact(
                "Who asks",
                request.identity()
                        .map(identity -> new Html()
                                .text("established by "
                                        + InboxPage.words(identity.way().word()) + ", ")
                                .add(Parts.time(identity.at(), desk.company().zone())))
                        .orElseGet(() -> unknown(stored))));
        return Parts.panel("The request", "", Parts.body(Parts.facts(facts)));
    }

    private Html unknown(StoredRequest stored) {
        Html html = Parts.pill(Tone.WARN, "not established");
        int tries = desk.details().withoutLink(stored.id());
        return tries == 0
                ? html
                : html.raw(" ")
                        .add(Parts.pill(Tone.BAD, "no link sent yet"))
                        .raw(" <span class=\"soft small\">")
                        .text("not every store answers; tried " + Parts.counted(tries, "time"))
                        .raw("</span>");
    }

    /** Why the clock stands where it stands, step by step. */
    private Html clock(Request request, Deadline deadline) {
        String promised = desk.requests()
                .terms()
                .promised()
                .map(span -> "the notice promises " + span + ", the law one month")
                .orElse("the law gives one month");
        Html list = new Html().raw("<ul class=\"timeline\">");
        list.element(
                "li",
                "Counted from " + Parts.day(deadline.received()) + ": " + promised + ", so first due on "
                        + Parts.day(deadline.first()) + ".");
        for (Pause pause : request.pauses()) {
            String until = pause.until()
                    .map(end ->
                            "to " + Parts.day(Deadline.day(end, desk.requests().terms())))
                    .orElse("and stands now");
            list.element(
                    "li",
                    "The clock stood for a question about "
                            + (pause.question().name().equals("IDENTITY") ? "who asks" : "what is meant") + ", from "
                            + Parts.day(
                                    Deadline.day(pause.from(), desk.requests().terms())) + " " + until + ".");
        }
        if (deadline.pausedDays() > 0) {
            list.element("li", "That moves the last day by " + Parts.counted(deadline.pausedDays(), "whole day") + ".");
        }
        request.extension()
                .ifPresent(told -> list.element(
                        "li",
                        "Extended by " + Parts.counted(told.months(), "month") + " for "
                                + InboxPage.words(told.reason()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-')) + "; the person was told on "
                                + Parts.day(
                                        Deadline.day(told.at(), desk.requests().terms())) + "."));
        boolean late = deadline.alarm(desk.company().today()) == Deadline.Alarm.OVERDUE;
        String now = switch (deadline.reading()) {
            case RUNS ->
                late
                        ? "It has run out: the last day to answer was " + Parts.day(deadline.due()) + "."
                        : "It runs: the last day to answer is " + Parts.day(deadline.due()) + ".";
            case STANDS ->
                "It stands while the question is open; if it were answered today, the last day would be "
                        + Parts.day(deadline.due()) + ".";
            case EXTENDED -> "It runs, extended: the last day to answer is " + Parts.day(deadline.due()) + ".";
            case STOPPED ->
                "It has stopped: the request is at its end. The last day was " + Parts.day(deadline.due()) + ".";
        };
        list.raw("<li class=\"now\">").text(now).raw("</li>");
        if (request.open()
                && request.extension().isEmpty()
                && !deadline.extendBy().isBefore(desk.company().today())) {
            list.raw("<li class=\"soft\">")
                    .text("The person can be told of an extension until " + Parts.day(deadline.extendBy()) + ".")
                    .raw("</li>");
        }
        return Parts.panel("The clock", "", Parts.body(list.raw("</ul>")));
    }

    private Html person(StoredRequest stored) {
        List<Fact> facts = new ArrayList<>();
        Optional<Typed> typed = desk.details().typed(stored.id());
        typed.ifPresent(said -> {
            facts.add(Fact.of("Name, as typed", said.name().isEmpty() ? "–" : said.name()));
            facts.add(Fact.of("Address, as typed", said.address().isEmpty() ? "–" : said.address()));
            said.details().forEach((what, value) -> facts.add(Fact.of(InboxPage.words(what), value)));
        });
        facts.add(Fact.of(
                "Address on file", desk.details().addressOnFile(stored.id()).orElse("none found")));
        desk.details()
                .persons(stored.id())
                .forEach((store, kinds) -> kinds.forEach((kind, keys) -> facts.add(new Fact(
                        "In " + store,
                        new Html()
                                .text(kind + " ")
                                .element(
                                        "code",
                                        keys.stream()
                                                .map(key -> String.join(", ", key))
                                                .reduce((a, b) -> a + "; " + b)
                                                .orElse(""))))));
        Html body = Parts.facts(facts);
        typed.filter(said -> !said.words().isBlank())
                .ifPresent(said ->
                        body.raw("<p class=\"words\">").text(said.words()).raw("</p>"));
        return Parts.panel(
                "The person",
                "Nothing that was typed is believed; answers go to the address on file.",
                Parts.body(body));
    }

    private Html messages(StoredRequest stored) {
        List<Messages.Message> messages = desk.messages().of(stored.id());
        if (messages.isEmpty()) {
            return Parts.panel("Messages and notes", "", Parts.empty("Nothing was written yet."));
        }
        Html list = new Html().raw("<ul class=\"timeline\">");
        for (Messages.Message message : messages) {
            String who = switch (message.author()) {
                case PERSON -> "The person";
                case STAFF -> message.internal() ? "Note among staff" : "Staff";
                case KEPT -> "Kept";
            };
            list.raw("<li><b>")
                    .text(who)
                    .raw("</b> ")
                    .add(Parts.time(message.at(), desk.company().zone()));
            list.raw("<p class=\"words\">").text(message.text()).raw("</p></li>");
        }
        return Parts.panel("Messages and notes", "", Parts.body(list.raw("</ul>")));
    }

    private Html timeline(StoredRequest stored) {
        Html list = new Html()
                .raw("<ul class=\"timeline\"><li>Received <time>")
                .add(Parts.time(stored.firstReceivedAt(), desk.company().zone()))
                .raw("</time></li>");
        for (Happened happened : desk.requests().events(stored.id())) {
            list.raw("<li>")
                    .text(said(happened.event()))
                    .raw(" <span class=\"soft small\">by ")
                    .text(happened.role())
                    .raw("</span> ")
                    .add(Parts.time(happened.at(), desk.company().zone()))
                    .raw("</li>");
        }
        return Parts.panel("What happened", "As the ledger has it.", Parts.body(list.raw("</ul>")));
    }

    static String said(Event event) {
        return switch (event) {
            case Event.Prove e ->
                "It was established who asks, by "
                        + InboxPage.words(e.identity().way().word());
            case Event.Review e ->
                "Given to a person: "
                        + InboxPage.words(
                                e.why().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            case Event.CarryOut e -> "Begun to be carried out";
            case Event.Fail e -> "A store did not do its part";
            case Event.Retry e -> "Tried again";
            case Event.AskBack e ->
                "The person was asked about "
                        + switch (e.question()) {
                            case IDENTITY -> "who asks";
                            case SCOPE -> "what is meant";
                            case OTHER -> "something else";
                        };
            case Event.Clarify e -> "The question was answered";
            case Event.Extend e -> "Extended by " + Parts.counted(e.months(), "month") + ", and the person told";
            case Event.Untold e -> "The person could not be told of the extension: it does not count";
            case Event.Hold e -> "Put on hold, to be reviewed on " + Parts.day(e.reviewOn());
            case Event.Release e -> "Released";
            case Event.Answer e -> "Answered";
            case Event.AnswerInPart e -> "Answered in part";
            case Event.Refuse e ->
                "Refused: " + InboxPage.words(e.ground().word()) + " ("
                        + e.ground().article() + ")";
            case Event.Withdraw e -> "Taken back by the person";
            case Event.Expire e -> "Expired: nobody proved who asked";
            case Event.Join e -> "Joined with another that asks the same";
            case Event.Reopen e -> "Reopened";
        };
    }
}
