package dev.kept.core.live;

import dev.kept.core.binding.Binder;
import dev.kept.core.check.MapFile;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.UseBounds;
import dev.kept.core.notice.Notice;
import dev.kept.core.source.Place;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares a map with the live schema it speaks of: every problem at once, each at its place in the map or in the catalogue file. */
public final class LiveCheck {

    private final MapFile map;
    private final LiveSchema live;
    private final List<Problem> problems = new ArrayList<>();

    private LiveCheck(MapFile map, LiveSchema live) {
        this.map = map;
        this.live = live;
    }

    /**
     * The map tied to a live schema, as every run works on it: undeclared and missing tables and columns and uses that may never end there are
     * errors, and then there is no value.
     */
    public static Reading<BoundStore> tie(Notice notice, Store store, Places places, Catalogue live) {
        Reading<BoundStore> draft = draft(notice, store, places, live);
        return draft.failed() ? new Reading<>(Optional.empty(), draft.problems(), places) : draft;
    }

    /**
     * The map tied to a live schema as far as it knows it: a store also where tables or columns are undeclared, or a use may never end there. Not to be
     * worked with, only to be looked at.
     */
    public static Reading<BoundStore> known(Notice notice, Store store, Places places, Catalogue live) {
        return draft(notice, store, places, live);
    }

    private static Reading<BoundStore> draft(Notice notice, Store store, Places places, Catalogue live) {
        Reading<BoundStore> bound = Binder.draft(notice, store, live, places);
        List<Problem> problems = new ArrayList<>(bound.problems());
        bound.value().ifPresent(tied -> problems.addAll(UseBounds.check(tied, places)));
        return new Reading<>(bound.value(), problems, places);
    }

    /**
     * What {@link #tie} finds, and besides: where the catalogue file has aged, constraints that nothing forgotten would fit, privileges the role
     * lacks, rows it would not see, triggers that write, foreign keys without an index, and rows kept outside tables. A use none of whose
     * clauses has an event that is never absent is an error here.
     *
     * @param asOf the time plans are made for
     */
    public static List<Problem> check(Notice notice, MapFile map, LiveSchema live, AsOf asOf) {
        LiveCheck check = new LiveCheck(map, live);
        Reading<BoundStore> tied = draft(notice, map.store(), map.places(), live.catalogue());
        tied.problems().forEach(problem -> check.problems.add(asInTheDatabase(problem)));
        map.catalogue()
                .ifPresent(committed -> check.problems.addAll(
                        CatalogueDrift.between(map.store(), map.cataloguePlaces(), committed, live.catalogue())));
        tied.value().ifPresent(store -> check.plan(store, asOf));
        live.leftOut().forEach(check::leftOut);
        return check.problems;
    }

    /** Rows that may never end stay, and are reported: no run is refused for it, but the map is not right. */
    private static Problem asInTheDatabase(Problem problem) {
        return problem.code().equals(UseBounds.REST_ON_NULLABLE)
                ? Problem.error(problem.code(), problem.place(), problem.path(), problem.message(), problem.attempt())
                : problem;
    }

    private void plan(BoundStore store, AsOf asOf) {
        Plan plan = Planner.plan(store, asOf, Facts.NONE, new Scope.Everybody());
        plan.refusals().forEach(refusal -> problems.add(placed(store, refusal)));
        plan.warnings().stream()
                .filter(warning -> !warning.code().equals("row-security"))
                .forEach(warning -> problems.add(placed(store, warning)));
        plan.tables().forEach(this::indexes);
        problems.addAll(MissingPrivileges.of(store, plan, live, map.places()));
    }

    private void indexes(TablePlan table) {
        table.cost()
                .scans()
                .forEach(scan -> problems.add(Problem.advice(
                        "index-missing",
                        at(scan.link().from()),
                        path(scan.link().from()),
                        "every deleted row of `" + table.table() + "` costs a scan of `"
                                + scan.link().from() + "`, as `"
                                + String.join(", ", scan.link().columns()) + "` has no index",
                        scan.createIndex())));
    }

    private void leftOut(LeftOut leftOut) {
        boolean rows = leftOut.kind() == LeftOut.Kind.INHERITING_TABLE;
        problems.add(new Problem(
                rows ? Problem.Severity.ERROR : Problem.Severity.ADVICE,
                "rows-elsewhere",
                at(leftOut.name()),
                path(leftOut.name()),
                "`" + leftOut.name() + "` is " + (rows ? "an " : "a ")
                        + leftOut.kind().word() + ", which Kept does not treat",
                switch (leftOut.kind()) {
                    case MATERIALIZED_VIEW -> "refresh it after a sweep: it holds copies until then";
                    case FOREIGN_TABLE -> "map the database it comes from as a store of its own";
                    case INHERITING_TABLE -> "make it a partition, or a table of its own (`NO INHERIT`), and map it";
                }));
    }

    /** A plan's problem, which knows the table only, at the table's place. */
    private Problem placed(BoundStore store, Problem problem) {
        Place place = store.tables().keySet().stream()
                .filter(table ->
                        problem.path().equals(path(table)) || problem.path().startsWith(path(table) + "."))
                .max(Comparator.comparingInt(table -> table.toString().length()))
                .map(this::at)
                .orElse(problem.place());
        return new Problem(
                problem.severity(), problem.code(), place, problem.path(), problem.message(), problem.attempt());
    }

    private Place at(TableName table) {
        return map.places().at("tables", table.toString());
    }

    private String path(TableName table) {
        return "stores." + map.store().name() + "." + table;
    }
}
