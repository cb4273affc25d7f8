package dev.kept.server.console;

import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.core.source.Problem;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Trouble;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Changed;
import dev.kept.server.request.Hears;
import dev.kept.server.request.Lookup;
import dev.kept.server.request.Messages;
import dev.kept.server.request.Rectifying;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames;
import dev.kept.server.signin.Acts;
import java.io.BufferedReader;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What staff do about one request. Each act is in the ledger by role and in the private log by name, in the transaction of what it did. */
final class RequestActs {

    private final Desk desk;

    RequestActs(Desk desk) {
        this.desk = desk;
    }

    static StoredRequest request(Desk desk, Asked asked) {
        return desk.requests().byNumber(asked.parts().getFirst()).orElseThrow(() -> new Refused(Trouble.NOT_FOUND));
    }

    static Actor actor(Asked asked, String said) {
        String cut = said.length() > Actor.MOST_CHARACTERS ? said.substring(0, Actor.MOST_CHARACTERS) : said;
        return Actor.staff(
                asked.caller().role(), asked.caller().name(), asked.caller().account(), cut);
    }

    private Reply act(Asked asked, Done done, BiConsumer<StoredRequest, Entries> act) {
        Entries sent = asked.sent();
        StoredRequest stored = request(desk, asked);
        try {
            act.accept(stored, sent);
        } catch (Changed e) {
            throw new CannotRun(
                    "somebody else, or Kept itself, was faster: the request has changed", "look at it again");
        } catch (IllegalArgumentException e) {
            throw new CannotRun(
                    "what was written is missing or too long",
                    "say it in 1 to " + Messages.MOST_CHARACTERS + " characters");
        }
        desk.inboxes().changed();
        return Reply.SeeOther.to(done.at(RequestPage.address(stored)));
    }

    Reply prove(Asked asked) {
        return act(asked, Done.PROVEN, (stored, sent) -> {
            Identity.Way way = Identity.Way.parse(sent.text("way"))
                    .filter(Identity.Way::byStaff)
                    .orElseThrow(() -> new CannotRun("no way was chosen", "choose how it was established who asks"));
            String checked = sent.text("checked");
            if (checked.isEmpty() || checked.length() > Actor.MOST_CHARACTERS) {
                throw new CannotRun(
                        "what was checked is not said", "say it in at most " + Actor.MOST_CHARACTERS + " characters");
            }
            Lookup.Known known = Lookup.byNames(
                    desk.liveStores(),
                    PersonNames.read(new BufferedReader(new StringReader(sent.text("person"))))
                            .getFirst());
            desk.staff().prove(stored, way, known, actor(asked, checked));
        });
    }

    Reply approve(Asked asked) {
        return act(asked, Done.CARRIED, (stored, sent) -> {
            if (stored.request().ask().kind() == Kind.OBJECTION) {
                desk.staff().uphold(stored, sent.text("text"), actor(asked, "upheld an objection"));
            } else {
                desk.staff().approve(stored, actor(asked, "approved a request"));
            }
        });
    }

    Reply answer(Asked asked) {
        return act(
                asked,
                Done.ANSWERED,
                (stored, sent) -> desk.staff().answer(stored, sent.text("text"), actor(asked, "answered a request")));
    }

    Reply answerInPart(Asked asked) {
        return act(
                asked,
                Done.ANSWERED,
                (stored, sent) -> desk.staff()
                        .answerInPart(stored, sent.text("text"), actor(asked, "answered a request in part")));
    }

    Reply correct(Asked asked) {
        return act(asked, Done.CORRECTED, (stored, sent) -> {
            LiveStore store = desk.company().stores().stream()
                    .filter(bound -> bound.store().name().equals(sent.text("store")))
                    .findFirst()
                    .map(bound -> LiveStore.open(desk.company().home(), bound))
                    .orElseThrow(() -> new CannotRun("no store was chosen", "choose the one that is wrong"));
            Rectifying.Rectified done = desk.rectifying()
                    .correct(stored, store, sent.text("set"), false, actor(asked, "corrected for a request"));
            if (!done.done()) {
                throw new CannotRun(
                        "nothing was changed: "
                                + done.problems().stream().map(Problem::message).collect(Collectors.joining("; ")),
                        done.problems().getFirst().attempt());
            }
        });
    }

    Reply lift(Asked asked) {
        return act(asked, Done.ENDS, (stored, sent) -> {
            LocalDate on;
            try {
                on = LocalDate.parse(sent.text("on"));
            } catch (DateTimeParseException e) {
                throw new CannotRun("the day on which it ends is not said", "name one", e);
            }
            Hears hears = hears(sent);
            desk.staff()
                    .liftRestriction(
                            stored, on, sent.text("text"), hears, actor(asked, how(sent, "ends a restriction")));
        });
    }

    /** How she hears of it; where it is otherwise than by a letter, how is said. */
    private static Hears hears(Entries sent) {
        Hears hears = Hears.parse(sent.text("told"))
                .orElseThrow(() -> new CannotRun("how she is told is not chosen", "choose it"));
        if (hears == Hears.OTHERWISE && sent.text("how").isEmpty()) {
            throw new CannotRun("how she was told is not said", "say when, and by which way");
        }
        return hears;
    }

    private static String how(Entries sent, String otherwise) {
        return sent.text("how").isEmpty() ? otherwise : sent.text("how");
    }

    Reply refuse(Asked asked) {
        return act(asked, Done.REFUSED, (stored, sent) -> {
            RefusalGround ground = RefusalGround.parse(sent.text("ground"))
                    .orElseThrow(() -> new CannotRun("no ground was chosen", "the list is closed: choose one of it"));
            desk.staff().refuse(stored, ground, sent.text("text"), actor(asked, "refused a request"));
        });
    }

    Reply extend(Asked asked) {
        return act(asked, Done.EXTENDED, (stored, sent) -> {
            Extension.Reason why = switch (sent.text("why")) {
                case "complexity" -> Extension.Reason.COMPLEXITY;
                case "number-of-requests" -> Extension.Reason.NUMBER_OF_REQUESTS;
                default -> throw new CannotRun("no reason was chosen", "the law knows two: choose one");
            };
            int months = sent.text("months").equals("2") ? 2 : 1;
            Hears hears = hears(sent);
            desk.staff()
                    .extend(
                            stored,
                            why,
                            months,
                            sent.text("text"),
                            hears,
                            actor(asked, how(sent, "extended a request")));
        });
    }

    Reply askBack(Asked asked) {
        return act(asked, Done.ASKED, (stored, sent) -> {
            Stage.Question question;
            try {
                question = Stage.Question.valueOf(sent.text("question").toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new CannotRun("what is asked about was not chosen", "choose it", e);
            }
            desk.staff().askBack(stored, question, sent.text("text"), actor(asked, "asked back"));
        });
    }

    Reply clarify(Asked asked) {
        return act(
                asked,
                Done.WENT_ON,
                (stored, sent) -> desk.staff().clarify(stored, actor(asked, "found the answer elsewhere")));
    }

    Reply hold(Asked asked) {
        return act(asked, Done.HELD, (stored, sent) -> {
            LocalDate review;
            try {
                review = LocalDate.parse(sent.text("review"));
            } catch (DateTimeParseException e) {
                throw new CannotRun("the review has no day", "name one", e);
            }
            if (!review.isAfter(desk.company().today())) {
                throw new CannotRun("the day of the review is over", "name a day that is still to come");
            }
            desk.staff().hold(stored, review, sent.text("text"), actor(asked, "held a request"));
        });
    }

    Reply release(Asked asked) {
        return act(
                asked,
                Done.WENT_ON,
                (stored, sent) -> desk.staff().release(stored, actor(asked, "released a request")));
    }

    Reply retry(Asked asked) {
        return act(
                asked,
                Done.RETRIED,
                (stored, sent) -> desk.staff().retry(stored, actor(asked, "tried a request again")));
    }

    Reply doneByHand(Asked asked) {
        return act(
                asked,
                Done.WENT_ON,
                (stored, sent) -> desk.staff()
                        .doneByHand(stored, sent.text("store"), actor(asked, "did a store's part by hand")));
    }

    Reply note(Asked asked) {
        return act(asked, Done.NOTED, (stored, sent) -> {
            Acts.Noted act = desk.acts()
                    .act(
                            asked.caller(),
                            "request-noted",
                            "noted something about a request",
                            Map.of("request", stored.id().toString()));
            desk.company().office().staffDesk(request -> act.writes()).note(stored, sent.text("text"));
        });
    }

    Reply join(Asked asked) {
        return act(asked, Done.WENT_ON, (stored, sent) -> {
            StoredRequest into = desk.requests()
                    .byNumber(sent.text("into"))
                    .orElseThrow(() -> new CannotRun(
                            "there is no request of this number", "type it as the other request's page shows it"));
            desk.staff().join(stored, into, actor(asked, "joined a duplicate"));
        });
    }

    Reply reopen(Asked asked) {
        return act(
                asked,
                Done.REOPENED,
                (stored, sent) -> desk.staff().reopen(stored, actor(asked, "reopened a request")));
    }
}
