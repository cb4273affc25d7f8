package dev.kept.server.console;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.html.Html;
import dev.kept.server.configuration.Home;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Fact;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Trouble;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.signin.Action;
import dev.kept.server.state.Doubts.Doubt;
import dev.kept.server.state.RunState;
import dev.kept.server.suppression.DecidedAlready;
import dev.kept.server.suppression.Deciding;
import dev.kept.server.suppression.Deciding.Decider;
import dev.kept.server.suppression.DoubtsDocument;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Persons who may be those who were erased, or not: those that wait, and a decision about one. Who she is sees only who may. */
final class DoubtPages {

    private static final String LEAD =
            "Persons who may be those who were erased, or not. Kept does not guess: somebody looks, and decides.";

    private final Desk desk;

    DoubtPages(Desk desk) {
        this.desk = desk;
    }

    Reply list(Asked asked) {
        long all = desk.state().doubts().count();
        List<Doubt> open = desk.state().doubts().open(Optional.empty(), DoubtsDocument.MOST);
        Html waiting = open.isEmpty()
                ? Parts.empty("Nobody is doubtful.")
                : Parts.table(
                        "To be decided about",
                        List.of(Column.of("Found"), Column.of("Store"), Column.of("Who"), Column.of("Why")),
                        open.stream().map(this::row).toList());
        if (all > open.size()) {
            waiting.raw("<p class=\"body soft\">")
                    .text("The oldest " + Parts.number(open.size()) + " are shown.")
                    .raw("</p>");
        }
        return desk.page(
                asked,
                Shell.Head.of(Section.DOUBTS, LEAD),
                Parts.panel("To be decided", Parts.counted(all, "person"), waiting));
    }

    private Row row(Doubt doubt) {
        return Row.of(
                new Html()
                        .raw("<a class=\"row-link\"")
                        .attribute("href", address(doubt))
                        .raw(">")
                        .add(Parts.time(doubt.foundAt(), desk.company().zone()))
                        .raw("</a>"),
                Parts.text(doubt.store()),
                Parts.text("a " + doubt.kind()),
                Parts.text(DoubtsDocument.why(doubt)));
    }

    private static String address(Doubt doubt) {
        return Section.DOUBTS.path() + "/" + doubt.id();
    }

    private Doubt doubt(Asked asked) {
        return desk.state().doubts().find(asked.id()).orElseThrow(() -> new Refused(Trouble.NOT_FOUND));
    }

    Reply one(Asked asked) {
        Doubt doubt = doubt(asked);
        Html key = asked.may(Action.SEE_DOUBTFUL)
                ? Parts.code(String.join(", ", doubt.key()))
                : Parts.text("not shown to this role");
        List<Fact> facts = new ArrayList<>(List.of(
                Fact.of("Store", doubt.store()),
                Fact.of("Who", "a " + doubt.kind()),
                new Fact("By her key", key),
                Fact.of("Why it is doubtful", DoubtsDocument.why(doubt)),
                new Fact("Found", Parts.time(doubt.foundAt(), desk.company().zone()))));
        doubt.erasing()
                .ifPresent(since -> facts.add(new Fact(
                        "Her erasure began", Parts.time(since, desk.company().zone()))));
        Html main = Parts.panel(
                "Who may be back",
                "In a store that was restored her data is neither used nor swept until somebody has decided.",
                Parts.body(Parts.facts(facts)));
        if (asked.may(Action.DECIDE_DOUBT)) {
            main.add(Parts.panel(
                    "Decide",
                    doubt.erasing().isPresent()
                            ? "Somebody decided that it is she, and began to erase her: what is gone does not come back, so that she cannot be left alone any more. What is left of her waits for what is not known, or for the store."
                            : "Whoever was erased and came back with a backup is erased again; whoever came back by herself, or only resembles her, is left alone.",
                    Parts.body(form(asked, doubt))));
        }
        return desk.page(
                asked,
                Shell.Head.of(Section.DOUBTS, "")
                        .called("Is it she who was erased?")
                        .below(Section.DOUBTS.path(), "Doubts"),
                main);
    }

    /** One form with two ways to send it; with one, where her erasure has begun. */
    private static Html form(Asked asked, Doubt doubt) {
        boolean begun = doubt.erasing().isPresent();
        return asked.form(address(doubt) + (begun ? "/erase" : "/leave"), "")
                .add(asked.fields()
                        .area(
                                "checked",
                                "What was looked at",
                                "only the private log has it, for two years",
                                Operator.MAX_CHARACTERS))
                .raw("<p class=\"actions\">")
                .raw(begun ? "" : "<button class=\"second\">It is not: leave her alone</button>")
                .raw("<button class=\"danger\"")
                .attribute("formaction", address(doubt) + "/erase")
                .raw(begun ? ">Erase what is left of her</button></p>" : ">It is she: erase her again</button></p>")
                .raw("<p class=\"soft small\">An erasure cannot be taken back.</p></form>");
    }

    Reply leave(Asked asked) {
        Decider by = decider(asked);
        Doubt doubt = doubt(asked);
        try {
            deciding().leave(doubt, by);
        } catch (DecidedAlready e) {
            throw late(e);
        }
        return Reply.SeeOther.to(Done.LEFT.at(Section.DOUBTS.path()));
    }

    Reply erase(Asked asked) {
        Decider by = decider(asked);
        Doubt doubt = doubt(asked);
        Home home = desk.company().home();
        BoundStore store = desk.company().store(doubt.store());
        LiveStore live = LiveStore.evenIsolated(home, store);
        try {
            Outcome outcome = deciding().erase(doubt, live, by);
            if (outcome.state() != RunState.DONE) {
                return Reply.SeeOther.to(Done.ERASED_IN_PART.at(address(doubt)));
            }
        } catch (DecidedAlready e) {
            throw late(e);
        }
        return Reply.SeeOther.to(Done.ERASED.at(Section.DOUBTS.path()));
    }

    private Deciding deciding() {
        return new Deciding(desk.state(), FaultPoints.NONE);
    }

    private static CannotRun late(DecidedAlready why) {
        return new CannotRun(String.valueOf(why.getMessage()), "look at those that still wait", why);
    }

    private static Decider decider(Asked asked) {
        String checked = asked.sent().text("checked");
        if (checked.isBlank() || checked.length() > Operator.MAX_CHARACTERS) {
            throw new CannotRun(
                    "what was looked at is not said", "say it in at most " + Operator.MAX_CHARACTERS + " characters");
        }
        Operator operator = new Operator(asked.caller().name(), asked.caller().account(), checked);
        return Decider.of(operator, asked.caller().role());
    }
}
