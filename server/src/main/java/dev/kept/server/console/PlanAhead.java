package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Reply;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.run.Grounds;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.server.signin.Action;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.task.Tasks;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an erasure would do in each store, before it runs, and what would stay on which ground: looked at beside the page, with the planner that carries it out. */
final class PlanAhead {

    private static final String UNDER_WAY = "Looking. Load this page again to see what it would do.";

    private final Desk desk;

    PlanAhead(Desk desk) {
        this.desk = desk;
    }

    Html shown(Asked asked, StoredRequest stored) {
        boolean plannable = stored.request().ask().kind() == Kind.ERASURE
                && stored.request().open()
                && stored.request().identity().isPresent();
        Optional<Tasks.Standing> look =
                desk.tasks().standing(Tasks.Kind.PLAN, stored.id().toString());
        if (!plannable && look.isEmpty()) {
            return new Html();
        }
        Html html = new Html();
        boolean busy = look.isPresent() && look.get().ended().isEmpty();
        if (busy) {
            html.add(Parts.empty(UNDER_WAY));
        }
        look.flatMap(Tasks.Standing::problem)
                .ifPresent(problem -> html.raw("<div class=\"body\">")
                        .add(Parts.note(Tone.BAD, problem))
                        .raw("</div>"));
        look.filter(done -> done.result().isPresent()).ifPresent(done -> html.add(found(done)));
        if (plannable && !busy && asked.may(Action.APPROVE_REQUEST)) {
            html.add(asked.form(RequestPage.address(stored) + "/plan"))
                    .raw(
                            "<div class=\"bulk\"><button class=\"second small\">See what it would do</button>"
                                    + "<span class=\"soft small\">Reads the person's rows and changes nothing.</span></div></form>");
        }
        return html;
    }

    private Html found(Tasks.Standing look) {
        Html html = new Html()
                .raw("<p class=\"body soft\">What it would do, as of ")
                .add(Parts.time(look.asked(), desk.company().zone()))
                .raw("</p>");
        List<Row> rows = new ArrayList<>();
        List<Row> stays = new ArrayList<>();
        CanonicalJson.read(look.result().orElse("{}")).forEach((store, parts) -> {
            if (parts instanceof Map<?, ?> map) {
                each(
                        map.get("tables"),
                        (table, counts) -> rows.add(Row.of(
                                Parts.code(table),
                                Parts.text(store),
                                number(counts, "delete"),
                                number(counts, "clear"))));
                each(
                        map.get("stays"),
                        (what, of) -> stays.add(Row.of(
                                Parts.code(String.valueOf(of.get("table"))),
                                Parts.text(String.valueOf(of.get("use"))),
                                number(of, "rows"),
                                Parts.text(InboxPage.words(String.valueOf(of.get("ground")))),
                                Parts.text(String.valueOf(of.get("until"))))));
            }
        });
        html.add(Parts.table(
                "What would be done",
                List.of(Column.of("Table"), Column.of("Store"), Column.number("Deletes"), Column.number("Clears")),
                rows));
        return stays.isEmpty()
                ? html
                : html.raw("<p class=\"body soft\">What stays, and on which ground</p>")
                        .add(Parts.table(
                                "What would stay",
                                List.of(
                                        Column.of("Table"),
                                        Column.of("Use"),
                                        Column.number("Rows"),
                                        Column.of("Ground"),
                                        Column.of("Until")),
                                stays));
    }

    private interface Each {
        void take(String name, Map<?, ?> values);
    }

    private static void each(@Nullable Object map, Each each) {
        if (map instanceof Map<?, ?> all) {
            all.forEach((name, values) -> {
                if (values instanceof Map<?, ?> one) {
                    each.take(String.valueOf(name), one);
                }
            });
        }
    }

    private static Html number(Map<?, ?> counts, String name) {
        return Parts.text(counts.get(name) instanceof Number number ? Parts.number(number.longValue()) : "0");
    }

    Reply look(Asked asked) {
        asked.sent();
        StoredRequest stored = RequestActs.request(desk, asked);
        Map<String, Map<String, List<List<String>>>> persons = desk.details().persons(stored.id());
        if (stored.request().identity().isEmpty()
                || persons.isEmpty()
                || stored.request().ask().kind() != Kind.ERASURE) {
            throw new CannotRun("it is not known who asks, or in no store", "establish it first");
        }
        List<LiveStore> stores = desk.liveStores();
        desk.tasks().begin(Tasks.Kind.PLAN, stored.id().toString(), () -> {
            Map<String, Object> found = new TreeMap<>();
            for (LiveStore store : stores) {
                Map<String, List<List<String>>> keys = persons.get(store.name());
                if (keys != null) {
                    found.put(store.name(), plan(store, keys));
                }
            }
            return CanonicalJson.write(found);
        });
        desk.acts()
                .note(
                        asked.caller(),
                        "request-looked-ahead",
                        "looked at what a request would do",
                        Map.of("request", stored.id().toString()));
        return Reply.SeeOther.to(Done.LOOKING.at(RequestPage.address(stored)));
    }

    private Map<String, Object> plan(LiveStore store, Map<String, List<List<String>>> keys) {
        RunService runs = new RunService(desk.state(), desk.state().clock(), FaultPoints.NONE);
        Plan plan = new Planning(desk.state())
                .erasure(store, desk.company().now(), keys)
                .plan();
        LookResult look;
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept look ahead"))) {
            look = runs.look(store, session, plan);
        } catch (StoreException e) {
            throw new CannotRun(String.valueOf(e.getMessage()), e.attempt(), e);
        }
        Map<String, Object> tables = new TreeMap<>();
        look.tables().forEach((table, found) -> {
            if (found.left() > 0) {
                tables.put(
                        table.toString(),
                        Map.of("delete", found.removable(), "clear", found.outstanding() + found.rekeys()));
            }
        });
        Map<String, Object> stays = new LinkedHashMap<>();
        int number = 0;
        for (Stay stay : Grounds.of(store.bound(), plan, look)) {
            Map<String, Object> one = new TreeMap<>();
            one.put("table", stay.table().toString());
            one.put("use", stay.use());
            one.put("rows", stay.rows() + stay.unknown());
            one.put("ground", stay.ground());
            one.put("until", stay.until().map(Parts::day).orElse("no day is sure"));
            stays.put(String.format(java.util.Locale.ROOT, "%04d", number++), one);
        }
        return Map.of("tables", tables, "stays", stays);
    }
}
