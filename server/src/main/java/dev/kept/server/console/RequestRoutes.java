package dev.kept.server.console;

import dev.kept.server.signin.Action;
import java.util.List;

/** The addresses of requests. */
final class RequestRoutes {

    private RequestRoutes() {}

    static List<Route> of(Desk desk) {
        EnterPage enter = new EnterPage(desk);
        RequestActs acts = new RequestActs(desk);
        Route entering = Route.get("/requests/new", Action.ENTER_REQUEST, enter::show);
        Route page = Route.get("/requests/*", Action.SEE_REQUESTS, new RequestPage(desk)::show);
        return List.of(
                Route.get("/requests", Action.SEE_REQUESTS, new InboxPage(desk)::show),
                entering,
                Route.post("/requests/new", Action.ENTER_REQUEST, enter::enter).of("", entering),
                Route.post("/requests/several", Action.SEE_REQUESTS, new SeveralActs(desk)::act),
                page,
                act(page, "prove", Action.PROVE_IDENTITY, acts::prove),
                act(page, "approve", Action.APPROVE_REQUEST, acts::approve),
                act(page, "correct", Action.APPROVE_REQUEST, acts::correct),
                act(page, "letter", Action.APPROVE_REQUEST, new LetterPage(desk)::write),
                act(page, "lift", Action.APPROVE_REQUEST, acts::lift),
                act(page, "answer", Action.APPROVE_REQUEST, acts::answer),
                act(page, "answer-in-part", Action.APPROVE_REQUEST, acts::answerInPart),
                act(page, "refuse", Action.REFUSE_REQUEST, acts::refuse),
                act(page, "extend", Action.EXTEND_REQUEST, acts::extend),
                act(page, "ask", Action.ASK_BACK, acts::askBack),
                act(page, "go-on", Action.ASK_BACK, acts::clarify),
                act(page, "hold", Action.HOLD_REQUEST, acts::hold),
                act(page, "release", Action.HOLD_REQUEST, acts::release),
                act(page, "retry", Action.RETRY_REQUEST, acts::retry),
                act(page, "by-hand", Action.RETRY_REQUEST, acts::doneByHand),
                act(page, "note", Action.NOTE, acts::note),
                act(page, "join", Action.APPROVE_REQUEST, acts::join),
                act(page, "reopen", Action.APPROVE_REQUEST, acts::reopen),
                act(page, "plan", Action.APPROVE_REQUEST, new PlanAhead(desk)::look));
    }

    /** What is done about one request; its form is called as it is. */
    private static Route act(Route page, String name, Action action, Route.Handler handler) {
        return Route.post(page.path() + "/" + name, action, handler).of(name, page);
    }
}
