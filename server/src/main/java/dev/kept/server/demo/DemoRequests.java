package dev.kept.server.demo;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.configuration.Home;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Hears;
import dev.kept.server.request.Lookup;
import dev.kept.server.request.Office;
import dev.kept.server.request.StaffDesk;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import dev.kept.server.request.Visits;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** People of the demo ask, and are at different points of being answered. */
final class DemoRequests {

    private static final Actor OFFICER = Actor.staff("officer", "Olga Ritter", "called back at the number on file");
    private static final int MOST_STEPS = 6;

    private final Home home;
    private final Office office;
    private final StaffDesk staff;
    private final LiveStore store;
    private final List<String> customers;
    private final Consumer<String> say;

    private DemoRequests(Home home, LiveStore store, List<String> customers, Consumer<String> say) {
        this.home = home;
        this.office = new Office(home);
        this.staff = office.staffDesk();
        this.store = store;
        this.customers = customers;
        this.say = say;
    }

    /**
     * Lets them ask.
     *
     * @return an address that the shop has and nobody has asked with; empty in a very small shop
     */
    static Optional<String> play(Home home, Consumer<String> say) throws SQLException {
        LiveStore store = LiveStore.open(home, home.store(Optional.empty()));
        List<String> customers = customers(store);
        if (customers.size() < 10) {
            return Optional.empty();
        }
        new DemoRequests(home, store, customers, say).all();
        return Optional.of(customers.getLast());
    }

    private static List<String> customers(LiveStore store) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = store.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT c.email FROM shop.customers c
                        WHERE c.deleted_at IS NULL AND c.email IS NOT NULL
                          AND (SELECT count(*) FROM shop.customers o WHERE lower(btrim(o.email)) = lower(btrim(c.email))) = 1
                          AND EXISTS (SELECT FROM shop.orders o WHERE o.customer_id = c.id AND o.placed_at > now() - interval '1 year')
                        ORDER BY c.id LIMIT 10""")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void all() {
        office.desk()
                .receive(Ask.of(Kind.ACCESS), new Typed("", customers.get(0), "", Map.of()), "en", Visits.secret());
        StoredRequest access = proven(1, Ask.of(Kind.ACCESS), "de", 3);
        StoredRequest withdrawn = proven(2, new Ask(Kind.WITHDRAWAL, List.of("newsletter")), "en", 1);
        StoredRequest erasure = proven(3, Ask.of(Kind.ERASURE), "en", 23);
        StoredRequest wrong = proven(4, Ask.of(Kind.RECTIFICATION), "en", 18);
        StoredRequest objection = proven(5, new Ask(Kind.OBJECTION, List.of("fraud")), "zh", 9);
        StoredRequest copy = proven(6, Ask.of(Kind.PORTABILITY), "en", 27);
        StoredRequest restriction = proven(7, Ask.of(Kind.RESTRICTION), "en", 2);
        staff.enter(
                Ask.of(Kind.QUESTION),
                new Typed("Mara Lind", "", "Why do I get a catalogue by post?", Map.of()),
                "en",
                received(29),
                OFFICER);
        office.staffDesk()
                .extend(copy, Extension.Reason.COMPLEXITY, 1, "Your orders lie in two systems.", Hears.LETTER, OFFICER);
        work();
        staff.askBack(again(wrong), Stage.Question.SCOPE, "Which of your two addresses has the wrong street?", OFFICER);
        staff.note(again(erasure), "Has an open return: look at it before saying yes.");
        StoredRequest refused = proven(8, Ask.of(Kind.ERASURE), "en", 12);
        work();
        staff.refuse(
                again(refused),
                RefusalGround.UNFOUNDED_OR_EXCESSIVE,
                "This is the fourth request for the same within a week; the first is being worked on.",
                OFFICER);
        for (StoredRequest one : List.of(access, withdrawn, erasure, wrong, objection, restriction)) {
            StoredRequest now = again(one);
            say.accept("request " + now.number() + ", "
                    + now.request().ask().kind().word() + ": "
                    + now.request().stage().word() + ", due on "
                    + now.request()
                            .deadline(office.requests().terms(), home.clock().instant())
                            .due());
        }
    }

    private StoredRequest again(StoredRequest stored) {
        return office.requests().find(stored.id()).orElseThrow();
    }

    private Instant received(int daysAgo) {
        return home.clock().instant().minus(Duration.ofDays(daysAgo));
    }

    /** Somebody who was called back. */
    private StoredRequest proven(int customer, Ask ask, String language, int daysAgo) {
        StoredRequest entered = staff.enter(ask, new Typed("", "", "", Map.of()), language, received(daysAgo), OFFICER);
        Lookup.Known known = Lookup.byNames(List.of(store), new Named(1, Map.of("email", customers.get(customer))));
        return staff.prove(entered, Identity.Way.CALLED_BACK, known, OFFICER);
    }

    private void work() {
        for (int i = 0; i < MOST_STEPS && office.due(); i++) {
            office.work(home, say);
        }
    }
}
