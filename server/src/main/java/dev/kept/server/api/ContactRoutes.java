package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;
import static dev.kept.server.api.Shape.Field.must;

import dev.kept.server.api.Route.Effect;
import dev.kept.server.contact.Asking;
import dev.kept.server.contact.Contacts;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Operator;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The addresses of the notice: what is known of them, and how more becomes known. Sent twice, each counts once. */
final class ContactRoutes {

    private static final int MOST_HOW = 1_000;

    private final Bureau bureau;

    ContactRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        "/contact",
                        Action.SEE_PROMISES,
                        "contact",
                        "Whether somebody answers at the addresses of the notice.",
                        Answers.CONTACT,
                        asked -> answer()),
                Route.post(
                                "/contact/ask",
                                Effect.ADDS,
                                Action.CHECK_CONTACT,
                                "ask-contact",
                                "Writes a letter to the notice's mail address, unless one is under way.",
                                Shape.thing(),
                                this::ask)
                        .answering(Answers.CONTACT),
                Route.post(
                                "/contact/arrived",
                                Effect.ADDS,
                                Action.CHECK_CONTACT,
                                "arrived",
                                "Says that a letter by post arrived at the notice's postal address.",
                                Shape.thing(
                                        must("on", Shape.day(), "when it arrived"),
                                        may(
                                                "how",
                                                Shape.text(0, MOST_HOW),
                                                "how that is known; kept in the private log only")),
                                this::arrived)
                        .answering(Answers.CONTACT));
    }

    private Answer answer() {
        List<Map<String, Object>> addresses = new Contacts(bureau.home())
                .known(bureau.instant()).stream().map(ContactRoutes::view).toList();
        return Answer.ok(Map.of("addresses", addresses));
    }

    private static Map<String, Object> view(Contacts.Known known) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("rule", known.rule());
        view.put("verdict", known.verdict().word());
        view.put("says", known.says());
        if (!known.attempt().isEmpty()) {
            view.put("try", known.attempt());
        }
        return view;
    }

    private Answer ask(Asked asked) {
        try {
            Caller caller = asked.holder().caller();
            Operator operator = new Operator(caller.name(), caller.account(), "wrote to the notice's mail address");
            new Asking(bureau.home()).now(new Asking.By(caller.role(), Optional.of(operator)));
        } catch (CannotRun e) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, e.problem());
        }
        return answer();
    }

    private Answer arrived(Asked asked) {
        try {
            Caller caller = asked.holder().caller();
            new Contacts(bureau.home())
                    .arrived(
                            asked.body().day("on"),
                            caller.role(),
                            new Operator(
                                    caller.name(),
                                    caller.account(),
                                    asked.body().text("how")));
        } catch (CannotRun e) {
            Flaws flaws = new Flaws();
            flaws.add("/on", e.problem(), e.advice());
            throw NotDone.flawed(ProblemType.INVALID_BODY, flaws.all());
        }
        return answer();
    }
}
