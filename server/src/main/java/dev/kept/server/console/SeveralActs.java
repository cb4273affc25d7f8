package dev.kept.server.console;

import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.wording.Area;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Trouble;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Changed;
import dev.kept.server.request.Hears;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Action;
import java.util.List;

/** The same act for several requests, each by itself: what cannot be done to one keeps none of the others. */
final class SeveralActs {

    private final Desk desk;

    SeveralActs(Desk desk) {
        this.desk = desk;
    }

    /** What is done with each, and what one must be allowed. */
    private enum Act {
        APPROVE(Action.APPROVE_REQUEST),
        EXTEND(Action.EXTEND_REQUEST),
        RETRY(Action.RETRY_REQUEST);

        private final Action action;

        Act(Action action) {
            this.action = action;
        }
    }

    Reply act(Asked asked) {
        Entries sent = asked.sent();
        Act act = switch (sent.text("act")) {
            case "approve" -> Act.APPROVE;
            case "extend" -> Act.EXTEND;
            case "retry" -> Act.RETRY;
            default -> throw new CannotRun("no act was chosen", "choose one from the list");
        };
        if (!asked.may(act.action)) {
            throw new Refused(Trouble.FORBIDDEN);
        }
        List<String> numbers = sent.all("request");
        if (numbers.isEmpty() || numbers.size() > InboxPage.PAGE) {
            throw new CannotRun("no request was chosen, or too many were", "choose from 1 to " + InboxPage.PAGE);
        }
        long done = numbers.stream()
                .distinct()
                .flatMap(number -> desk.requests().byNumber(number).stream())
                .filter(stored -> done(act, stored, asked))
                .count();
        desk.inboxes().changed();
        return Reply.SeeOther.to(
                (done == numbers.stream().distinct().count() ? Done.SOME : Done.PARTLY).at(Section.REQUESTS.path()));
    }

    private boolean done(Act act, StoredRequest stored, Asked asked) {
        try {
            switch (act) {
                case APPROVE -> desk.staff().approve(stored, actor(asked, "approved a request"));
                case EXTEND ->
                    desk.staff()
                            .extend(
                                    stored,
                                    Extension.Reason.NUMBER_OF_REQUESTS,
                                    1,
                                    many(stored),
                                    Hears.LETTER,
                                    actor(asked, "extended a request"));
                case RETRY -> desk.staff().retry(stored, actor(asked, "tried a request again"));
            }
            return true;
        } catch (NotAllowed | Changed e) {
            return false;
        }
    }

    /** Why it takes longer, in her language. */
    private String many(StoredRequest stored) {
        return desk.company()
                .home()
                .wordings()
                .in(stored.language(), Area.LETTERS)
                .say("reason.many");
    }

    private static Actor actor(Asked asked, String said) {
        return RequestActs.actor(asked, said);
    }
}
