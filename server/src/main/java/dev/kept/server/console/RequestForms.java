package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.console.Parts.Choice;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Details.StorePart;
import dev.kept.server.request.Details.StoreState;
import dev.kept.server.request.Hears;
import dev.kept.server.request.Lifting;
import dev.kept.server.request.Messages;
import dev.kept.server.request.StaffDesk;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Action;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be done about a request now, by who looks at it: only what the rules of requests allow at its stage is offered. */
final class RequestForms {

    private final Desk desk;
    private final Asked asked;
    private final StoredRequest stored;
    private final Instant now;
    private boolean first = true;

    RequestForms(Desk desk, Asked asked, StoredRequest stored) {
        this.desk = desk;
        this.asked = asked;
        this.stored = stored;
        this.now = desk.company().now();
    }

    Html all() {
        Html forms = new Html();
        forms.add(approve())
                .add(correct())
                .add(prove())
                .add(answer())
                .add(retry())
                .add(byHand());
        forms.add(askBack())
                .add(goOn())
                .add(extend())
                .add(refuse())
                .add(hold())
                .add(release())
                .add(inPart());
        forms.add(note()).add(join()).add(lift()).add(letter()).add(reopen());
        return forms.isEmpty()
                ? Parts.panel("What can be done", "", Parts.empty("Nothing, by your role or at this stage."))
                : Parts.panel("What can be done", "", forms);
    }

    /** Whether an event could happen to the request now. */
    private boolean possible(Event event) {
        try {
            stored.request().after(event, now, desk.requests().terms());
            return true;
        } catch (NotAllowed e) {
            return false;
        }
    }

    /** A form that folds away: open is the first, or the one that was sent and not carried out. */
    private Html fold(Action action, boolean possible, String title, String path, Html fields, String button) {
        if (!asked.may(action) || !possible) {
            return new Html();
        }
        boolean open = asked.tried().map(tried -> tried.form().equals(path)).orElse(first);
        first = false;
        return new Html()
                .raw("<details class=\"fold\"" + (open ? " open" : "") + "><summary>")
                .text(title)
                .raw("</summary>")
                .add(asked.form(RequestPage.address(stored) + "/" + path, path))
                .add(fields)
                .raw("<p class=\"actions field\"><button>")
                .text(button)
                .raw("</button></p></form></details>");
    }

    private static Html said(String text) {
        return new Html().raw("<p class=\"soft\">").text(text).raw("</p>");
    }

    private Html words(String form, String name, String label, String hint) {
        return asked.fields(form).area(name, label, hint, Messages.MOST_CHARACTERS);
    }

    private Html approve() {
        boolean waits = stored.request().stage() instanceof Stage.InReview
                && !StaffDesk.inWords(kind())
                && !StaffDesk.corrects(kind())
                && !desk.details().nothingHeld(stored);
        boolean objects = kind() == Kind.OBJECTION;
        Html fields = said("It is carried out in every store, and answered when all of them say so.");
        return fold(
                Action.APPROVE_REQUEST,
                waits && possible(new Event.CarryOut()),
                objects ? "Uphold the objection" : "Approve",
                "approve",
                objects ? fields.add(words("approve", "text", "Why it is upheld", "the person reads this")) : fields,
                objects ? "Uphold" : "Approve");
    }

    private Kind kind() {
        return stored.request().ask().kind();
    }

    /** What is right goes into the stores first; then it is answered in words. */
    private Html correct() {
        List<Choice> stores = desk.details().persons(stored.id()).keySet().stream()
                .map(store -> new Choice(store, store))
                .toList();
        Html fields = asked.fields("correct")
                .select("store", "Store", stores, "")
                .add(
                        words(
                                "correct",
                                "set",
                                "What is right",
                                "as `kept correct` reads it, in her own rows only and kept nowhere: set: {customers: {full_name: …}}"));
        boolean waits = stored.request().stage() instanceof Stage.InReview && StaffDesk.corrects(kind());
        return fold(
                Action.APPROVE_REQUEST, waits && !stores.isEmpty(), "Correct", "correct", fields, "Correct her data");
    }

    /** Where no mail reaches her, or she wants paper. */
    private Html letter() {
        boolean may = stored.request().identity().isPresent() || !kind().touchesData();
        Html fields = asked.fields("letter")
                .area("to", "Address", "up to six lines", 600)
                .add(asked.fields("letter").field("subject", "Subject", "", "text", "required maxlength=\"150\""))
                .add(words(
                        "letter",
                        "text",
                        "The letter",
                        "paragraphs with an empty line between; kept nowhere but on paper"));
        return fold(Action.APPROVE_REQUEST, may, "Write a letter", "letter", fields, "Make the page to print");
    }

    /** She is told first, and then it ends (Art. 18(3)). */
    private Html lift() {
        boolean binds = kind() == Kind.RESTRICTION && stored.request().stage() instanceof Stage.Answered;
        Html fields = asked.fields("lift")
                .field(
                        "on",
                        "It ends on",
                        "by letter: from "
                                + Parts.day(
                                        Lifting.earliest(now, desk.requests().terms()))
                                + ", since it may come back for days; otherwise a later day than today",
                        "date",
                        "required")
                .add(told("lift"))
                .add(words("lift", "text", "Why", "the person reads this, before it ends"));
        return fold(Action.APPROVE_REQUEST, binds, "End the restriction", "lift", fields, "Tell the person");
    }

    /** By a letter, or otherwise, and then how. */
    private Html told(String form) {
        return new Html()
                .add(asked.fields(form)
                        .select(
                                "told",
                                "How she is told",
                                List.of(
                                        new Choice(Hears.LETTER.word(), "by a letter to the address on file"),
                                        new Choice(Hears.OTHERWISE.word(), "otherwise, as said below")),
                                Hears.LETTER.word()))
                .add(asked.fields(form)
                        .field(
                                "how",
                                "How she was told, where no letter goes",
                                "when, and by which way; only the private log has it",
                                "text",
                                "maxlength=\"" + Actor.MOST_CHARACTERS + "\" autocomplete=\"off\""));
    }

    private Html prove() {
        List<Choice> ways = Arrays.stream(Identity.Way.values())
                .filter(Identity.Way::byStaff)
                .map(way -> new Choice(way.word(), InboxPage.words(way.word())))
                .toList();
        Html fields = asked.fields("prove")
                .select("way", "How it was established", ways, "called-back")
                .add(asked.fields("prove")
                        .beginning("person", "email: ")
                        .field(
                                "person",
                                "Who she is in the stores",
                                "as in email: anna@example.org",
                                "text",
                                "required maxlength=\"1000\" autocomplete=\"off\""))
                .add(asked.fields("prove")
                        .area(
                                "checked",
                                "What was checked",
                                "no copies, no numbers of documents",
                                Actor.MOST_CHARACTERS));
        Event event = new Event.Prove(new Identity(Identity.Way.LINK, now, Optional.empty()));
        return fold(Action.PROVE_IDENTITY, possible(event), "Establish who asks", "prove", fields, "It is her");
    }

    private Html answer() {
        boolean nothingHeld = desk.details().nothingHeld(stored);
        boolean inWords = (StaffDesk.inWords(kind()) || StaffDesk.corrects(kind()) || nothingHeld)
                && (possible(new Event.Answer())
                        || (stored.request().stage() instanceof Stage.InReview && possible(new Event.CarryOut()))
                        || (nothingHeld && possible(new Event.Retry())));
        return fold(
                Action.APPROVE_REQUEST,
                inWords,
                "Answer in words",
                "answer",
                (nothingHeld ? said("No store knows the person.") : new Html())
                        .add(words("answer", "text", "The answer", answerHint())),
                "Answer");
    }

    /** A plain question is answered by mail, to an address that perhaps only was typed. */
    private String answerHint() {
        if (kind() != Kind.QUESTION) {
            return "the person reads this";
        }
        return desk.details().addressOnFile(stored.id()).isPresent()
                ? "goes by mail to the address on file"
                : "goes by mail to the address that was typed, which proves nothing: nothing that is held of anybody in it";
    }

    private Html retry() {
        return fold(
                Action.RETRY_REQUEST,
                possible(new Event.Retry()),
                "Retry",
                "retry",
                said("Stores that failed are asked again."),
                "Retry");
    }

    private Html byHand() {
        List<Choice> stores = desk.details().stores(stored.id()).stream()
                .filter(part -> part.state() == StoreState.BY_HAND)
                .map(StorePart::store)
                .map(store -> new Choice(store, store))
                .toList();
        return fold(
                Action.RETRY_REQUEST,
                !stores.isEmpty(),
                "Done by hand",
                "by-hand",
                asked.fields("by-hand").select("store", "In which store", stores, ""),
                "It was done");
    }

    private Html askBack() {
        Html fields = asked.fields("ask")
                .select(
                        "question",
                        "About",
                        List.of(
                                new Choice("identity", "who asks (the clock stands)"),
                                new Choice("scope", "what is meant (the clock stands)"),
                                new Choice("other", "something else (the clock runs on)")),
                        stored.request().identity().isPresent() ? "scope" : "identity")
                .add(
                        words(
                                "ask",
                                "text",
                                "The question",
                                stored.request().identity().isPresent()
                                        ? "the person reads this"
                                        : "goes by letter to the address on file; where there is none, whoever asked reads it without a proof: nothing of the person in it"));
        return fold(
                Action.ASK_BACK,
                possible(new Event.AskBack(Stage.Question.OTHER)),
                "Ask the person",
                "ask",
                fields,
                "Ask");
    }

    private Html goOn() {
        return fold(
                Action.ASK_BACK,
                possible(new Event.Clarify()),
                "Go on",
                "go-on",
                said("The question was answered elsewhere."),
                "Go on");
    }

    private Html extend() {
        Html fields = asked.fields("extend")
                .select(
                        "why",
                        "Because of",
                        List.of(
                                new Choice("complexity", "its complexity"),
                                new Choice("number-of-requests", "the number of requests")),
                        "")
                .add(asked.fields("extend")
                        .select(
                                "months",
                                "By",
                                List.of(new Choice("1", "one month"), new Choice("2", "two months")),
                                "1"))
                .add(told("extend"))
                .add(words("extend", "text", "The reason", "the person reads this"));
        return fold(
                Action.EXTEND_REQUEST,
                possible(new Event.Extend(Extension.Reason.COMPLEXITY, 1)),
                "Extend the time",
                "extend",
                fields,
                "Extend, and tell the person");
    }

    private Html refuse() {
        List<Choice> grounds = RefusalGround.of(stored.request().ask().kind()).stream()
                .filter(ground -> possible(new Event.Refuse(ground)))
                .map(ground -> new Choice(ground.word(), InboxPage.words(ground.word()) + " – " + ground.article()))
                .toList();
        Html fields = asked.fields("refuse")
                .select("ground", "Ground", grounds, "")
                .add(words("refuse", "text", "The reason", "the person reads this, with where to complain"));
        boolean possible = !grounds.isEmpty() && !desk.details().onlyAnswered(stored);
        return fold(Action.REFUSE_REQUEST, possible, "Refuse", "refuse", fields, "Refuse, and tell the person");
    }

    private Html hold() {
        Html fields = asked.fields("hold")
                .field("review", "Somebody looks again on", "", "date", "required")
                .add(words("hold", "text", "Why", "a note among staff"));
        boolean possible = possible(new Event.Hold(desk.company().today().plusDays(1)));
        return fold(Action.HOLD_REQUEST, possible, "Put on hold", "hold", fields, "Hold");
    }

    private Html release() {
        return fold(
                Action.HOLD_REQUEST,
                possible(new Event.Release()),
                "Release",
                "release",
                said("It goes on from where it was."),
                "Release");
    }

    private Html inPart() {
        return fold(
                Action.APPROVE_REQUEST,
                possible(new Event.AnswerInPart()),
                "Answer although a store failed",
                "answer-in-part",
                words("answer-in-part", "text", "What is missing, and why", "the person reads this"),
                "Answer in part");
    }

    private Html note() {
        return fold(
                Action.NOTE,
                true,
                "Note",
                "note",
                words(
                        "note",
                        "text",
                        "Note",
                        "among staff: not on her pages, but part of what she gets who asks what is held about her"),
                "Keep the note");
    }

    private Html join() {
        boolean possible = possible(new Event.Join(new java.util.UUID(0, 0)))
                && !desk.details().onlyAnswered(stored);
        Html fields = asked.fields("join")
                .field(
                        "into",
                        "Number of the other request",
                        "of the same kind, and open",
                        "text",
                        "required maxlength=\"20\" autocomplete=\"off\"");
        return fold(Action.APPROVE_REQUEST, possible, "Join with another", "join", fields, "Join");
    }

    private Html reopen() {
        return fold(
                Action.APPROVE_REQUEST,
                possible(new Event.Reopen()) && desk.details().reopens(stored),
                "Reopen",
                "reopen",
                said("It begins anew: who asks has to be established again, and the time counts from today."),
                "Reopen");
    }
}
