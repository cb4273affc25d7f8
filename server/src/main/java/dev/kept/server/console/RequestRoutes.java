package dev.kept.server.console;

import dev.kept.server.signin.Action;
import java.util.List;

/** The addresses of requests. */
final class RequestRoutes {

    private RequestRoutes() {}

    static List<Route> of(Desk desk) {
        EnterPage enter = new EnterPage(desk);
        RequestActs acts = new RequestActs(desk);
        return List.of(
                Route.get("/requests", Action.SEE_REQUESTS, new InboxPage(desk)::show),
                Route.get("/requests/new", Action.ENTER_REQUEST, enter::show),
                Route.post("/requests/new", Action.ENTER_REQUEST, enter::enter),
                Route.post("/requests/several", Action.SEE_REQUESTS, new SeveralActs(desk)::act),
                Route.get("/requests/*", Action.SEE_REQUESTS, new RequestPage(desk)::show),
                Route.post("/requests/*/prove", Action.PROVE_IDENTITY, acts::prove),
                Route.post("/requests/*/approve", Action.APPROVE_REQUEST, acts::approve),
                Route.post("/requests/*/correct", Action.APPROVE_REQUEST, acts::correct),
                Route.post("/requests/*/letter", Action.APPROVE_REQUEST, new LetterPage(desk)::write),
                Route.post("/requests/*/lift", Action.APPROVE_REQUEST, acts::lift),
                Route.post("/requests/*/answer", Action.APPROVE_REQUEST, acts::answer),
                Route.post("/requests/*/answer-in-part", Action.APPROVE_REQUEST, acts::answerInPart),
                Route.post("/requests/*/refuse", Action.REFUSE_REQUEST, acts::refuse),
                Route.post("/requests/*/extend", Action.EXTEND_REQUEST, acts::extend),
                Route.post("/requests/*/ask", Action.ASK_BACK, acts::askBack),
                Route.post("/requests/*/go-on", Action.ASK_BACK, acts::clarify),
                Route.post("/requests/*/hold", Action.HOLD_REQUEST, acts::hold),
                Route.post("/requests/*/release", Action.HOLD_REQUEST, acts::release),
                Route.post("/requests/*/retry", Action.RETRY_REQUEST, acts::retry),
                Route.post("/requests/*/by-hand", Action.RETRY_REQUEST, acts::doneByHand),
                Route.post("/requests/*/note", Action.NOTE, acts::note),
                Route.post("/requests/*/join", Action.APPROVE_REQUEST, acts::join),
                Route.post("/requests/*/reopen", Action.APPROVE_REQUEST, acts::reopen),
                Route.post("/requests/*/plan", Action.APPROVE_REQUEST, new PlanAhead(desk)::look));
    }
}
