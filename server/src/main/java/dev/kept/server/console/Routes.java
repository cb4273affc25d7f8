package dev.kept.server.console;

import dev.kept.server.signin.Action;
import java.util.ArrayList;
import java.util.List;

/** Every address of the console with the right it asks for: the list that tests go through role by role. */
final class Routes {

    private Routes() {}

    static List<Route> of(Desk desk) {
        SweepPages sweeps = new SweepPages(desk);
        HoldPages holds = new HoldPages(desk);
        DoubtPages doubts = new DoubtPages(desk);
        LedgerPages ledger = new LedgerPages(desk);
        KeyPages keys = new KeyPages(desk);
        ContactPanel contact = new ContactPanel(desk);
        RecipientPages recipients = new RecipientPages(desk);
        Route holding = Route.get("/holds", Action.SEE_HOLDS, holds::list);
        Route promises = Route.get("/promises", Action.SEE_PROMISES, new PromisesPage(desk)::show);
        Route granting = Route.get("/keys", Action.SEE_KEYS, keys::list);
        Route recipient = Route.get("/recipients/*", Action.SEE_REQUESTS, recipients::one);
        Route doubt = Route.get("/doubts/*", Action.SEE_DOUBTS, doubts::one);
        List<Route> routes = new ArrayList<>(List.of(
                Route.get("", Action.SEE_OVERVIEW, new OverviewPage(desk)::show),
                Route.get("/map", Action.SEE_MAP, new MapPage(desk)::show),
                Route.get("/retention", Action.SEE_SCHEDULE, new RetentionPage(desk)::show),
                Route.get("/sweeps", Action.SEE_SWEEPS, sweeps::list),
                Route.post("/sweeps/ahead/*", Action.LOOK_AHEAD, sweeps::look),
                Route.post("/sweeps/begin/*", Action.START_SWEEP, sweeps::begin),
                Route.get("/sweeps/*", Action.SEE_SWEEPS, sweeps::one),
                Route.post("/sweeps/*/approve", Action.APPROVE_SWEEP, sweeps::approve),
                holding,
                Route.post("/holds", Action.OPEN_HOLD, holds::open).of("", holding),
                Route.post("/holds/*/lift", Action.LIFT_HOLD, holds::lift),
                Route.get("/doubts", Action.SEE_DOUBTS, doubts::list),
                doubt,
                Route.post("/doubts/*/erase", Action.DECIDE_DOUBT, doubts::erase)
                        .of("", doubt),
                Route.post("/doubts/*/leave", Action.DECIDE_DOUBT, doubts::leave)
                        .of("", doubt),
                promises,
                Route.post("/promises/contact/ask", Action.CHECK_CONTACT, contact::ask),
                Route.post("/promises/contact/arrived", Action.CHECK_CONTACT, contact::arrived)
                        .of("", promises),
                Route.get("/ledger", Action.SEE_LEDGER, ledger::show),
                Route.post("/ledger/verify", Action.VERIFY_LEDGER, ledger::verify),
                Route.get("/settings", Action.SEE_SETTINGS, new SettingsPage(desk)::show),
                granting,
                Route.post("/keys", Action.GRANT_KEY, keys::grant).of("", granting),
                Route.post("/keys/*/revoke", Action.REVOKE_KEY, keys::revoke),
                Route.get("/recipients", Action.SEE_REQUESTS, recipients::list),
                recipient,
                Route.post("/recipients/*/told", Action.TELL_RECIPIENT, recipients::close)
                        .of("", recipient)));
        routes.addAll(RequestRoutes.of(desk));
        return List.copyOf(routes);
    }
}
