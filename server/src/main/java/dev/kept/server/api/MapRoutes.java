package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;
import static dev.kept.server.api.Shape.Field.must;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.picture.TableFacts;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.notice.Use;
import dev.kept.server.schedule.Schedule;
import dev.kept.server.schedule.UseFacts;
import dev.kept.server.signin.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is held where, and when it goes: the data map and the retention schedule, as the notice and the maps say it. No database is asked. */
final class MapRoutes {

    private static final int LONG = 1_000;
    private static final int MANY = 100_000;

    private final Bureau bureau;

    MapRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        "/stores", Action.SEE_MAP, "list-stores", "Stores by their maps.", Answers.MAPPED, this::list),
                Route.get(
                        "/stores/{store}/map",
                        Action.SEE_MAP,
                        "map",
                        "Whose rows each table has, by which way, and which uses need them until when.",
                        Answers.MAP,
                        this::map),
                Route.get(
                        "/stores/{store}/retention",
                        Action.SEE_SCHEDULE,
                        "retention",
                        "When each table and column is cleared, when it goes, and what a request changes, in the words of `kept plan`.",
                        Answers.RETENTION,
                        this::retention));
    }

    static Shape stores() {
        return Shape.thing(must(
                "stores",
                Shape.list(
                        Shape.thing(
                                must("store", Shape.line(1, LONG), ""),
                                must("zone", Shape.line(1, LONG), ""),
                                may("backups-kept-for", Shape.line(1, LONG), ""),
                                must("tables", Shape.count(), "with data of persons")),
                        LONG),
                ""));
    }

    static Shape mapped() {
        Shape.Thing use = Shape.thing(must("use", Shape.line(1, LONG), ""), must("ends", Shape.text(1, MANY), ""));
        Shape.Thing table = Shape.thing(
                must("table", Shape.line(1, LONG), ""),
                must("whose", Shape.list(Shape.text(1, MANY), LONG), ""),
                must("uses", Shape.list(use, LONG), ""),
                must("columns", Shape.count(), ""));
        return Shape.thing(
                must("store", Shape.line(1, LONG), ""),
                must("tables", Shape.list(table, MANY), ""),
                must("without-persons", Shape.list(Shape.line(1, LONG), MANY), "tables"));
    }

    static Shape scheduled() {
        Shape.Thing use = Shape.thing(
                must("use", Shape.line(1, LONG), ""),
                must("basis", Shape.text(1, MANY), "with the law, where one keeps it beyond every use"),
                must("ends", Shape.text(1, MANY), "the earliest counts"),
                must("on-request", Shape.line(1, LONG), ""));
        Shape.Thing table = Shape.thing(
                must("table", Shape.line(1, LONG), ""), must("says", Shape.list(Shape.text(1, MANY), MANY), ""));
        return Shape.thing(
                must("store", Shape.line(1, LONG), ""),
                must("uses", Shape.list(use, LONG), ""),
                must("tables", Shape.list(table, MANY), "in the order in which a sweep treats them"),
                must("problems", Shape.list(Shape.text(1, MANY), MANY), "why no correct plan exists"));
    }

    private BoundStore store(Asked asked) {
        return bureau.home().stores(Optional.empty()).stream()
                .filter(store -> store.store().name().equals(asked.parts().getFirst()))
                .findFirst()
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
    }

    private Answer list(Asked asked) {
        return Answer.ok(Map.of(
                "stores",
                bureau.home().stores(Optional.empty()).stream()
                        .map(MapRoutes::view)
                        .toList()));
    }

    private static Map<String, Object> view(BoundStore store) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("store", store.store().name());
        view.put("zone", store.store().zone().toString());
        store.store().backupsKeptFor().ifPresent(span -> view.put("backups-kept-for", span.toString()));
        view.put("tables", store.tables().size());
        return view;
    }

    private Answer map(Asked asked) {
        BoundStore store = store(asked);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("store", store.store().name());
        view.put(
                "tables",
                store.tables().values().stream()
                        .map(table -> view(store, table))
                        .toList());
        view.put(
                "without-persons",
                store.store().tables().values().stream()
                        .filter(table -> !table.personal())
                        .map(table -> table.name().toString())
                        .toList());
        return Answer.ok(view);
    }

    private static Map<String, Object> view(BoundStore store, BoundTable table) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("table", table.name().toString());
        view.put("whose", TableFacts.owners(table));
        view.put(
                "uses",
                TableFacts.uses(store, table).stream()
                        .map(use -> Map.of("use", use.id(), "ends", TableFacts.ends(use)))
                        .toList());
        view.put("columns", table.columns().size());
        return view;
    }

    private Answer retention(Asked asked) {
        BoundStore store = store(asked);
        Plan plan = Planner.plan(
                store,
                new AsOf(bureau.instant(), store.notice().controller().zone()),
                Facts.NONE,
                new Scope.Everybody());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("store", store.store().name());
        view.put(
                "uses",
                store.notice().uses().values().stream()
                        .filter(Use::concernsPersons)
                        .map(use -> Map.of(
                                "use", use.id(),
                                "basis", UseFacts.basis(use),
                                "ends", TableFacts.ends(use),
                                "on-request", UseFacts.onRequest(use)))
                        .toList());
        view.put(
                "tables",
                plan.tables()
                        .map(table -> Map.of(
                                "table",
                                table.table().toString(),
                                "says",
                                Schedule.of(store, table).stream()
                                        .map(Schedule.Line::text)
                                        .toList()))
                        .toList());
        view.put(
                "problems",
                plan.refusals().stream().map(problem -> problem.message()).toList());
        return Answer.ok(view);
    }
}
