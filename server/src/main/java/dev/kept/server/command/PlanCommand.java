package dev.kept.server.command;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.source.Spelling;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.own.OwnStore;
import dev.kept.server.schedule.Schedule;
import dev.kept.server.schedule.Schedule.Line;
import dev.kept.server.schedule.SchedulePage;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept plan}: what the notice means for every table and column, in words and as SQL; needs no database. */
@Command(
        name = "plan",
        description = "Say what the notice means for every table and column of a store; needs no database.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(names = "--sql", description = "show the conditions as SQL, too")
    private boolean sql;

    @Option(names = "--table", paramLabel = "TABLE", description = "show this table only")
    private @Nullable String table;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "also write the schedule as a page, for those who have to answer for it")
    private @Nullable Path html;

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        try (Home home = options.open()) {
            BoundStore store =
                    OwnStore.meant(home, options.store()) ? OwnStore.live(home).bound() : home.store(options.store());
            AsOf asOf =
                    new AsOf(home.clock().instant(), store.notice().controller().zone());
            Plan plan = Planner.plan(store, asOf, Facts.NONE, new Scope.Everybody());
            if (table != null && !store.tables().containsKey(TableName.parse(table))) {
                throw new CannotRun(
                        "the map has no table `" + table + "` of persons' data",
                        Spelling.suggest(
                                table,
                                store.tables().keySet().stream()
                                        .map(TableName::toString)
                                        .toList()));
            }
            List<TablePlan> tables = plan.tables()
                    .filter(found -> table == null || found.table().equals(TableName.parse(table)))
                    .toList();
            if (html != null) {
                TextFile.write(html, SchedulePage.of(store, plan, english(home, store)));
            }
            if (options.json()) {
                output.json(document(store, plan, tables));
            } else {
                print(output, store, plan, tables);
            }
            return plan.refusals().isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
        }
    }

    /** The notice's own words, where it has an English text; Kept's own store has none. */
    private Optional<Phrases> english(Home home, BoundStore store) {
        return OwnStore.meant(home, Optional.of(store.store().name()))
                ? Optional.empty()
                : home.prose().stream()
                        .filter(prose -> prose.language().split("-", 2)[0].equals("en"))
                        .map(Prose::phrases)
                        .findFirst();
    }

    private void print(Output output, BoundStore store, Plan plan, List<TablePlan> tables) {
        SqlConditions conditions = new SqlConditions(new SqlTables(store.catalogue()));
        output.line("The schedule of `" + plan.store() + "`, in the order in which tables are treated:");
        for (TablePlan found : tables) {
            output.line("");
            output.line(output.bold(found.table().toString()) + cost(found));
            for (Line line : Schedule.of(store, found)) {
                output.line("  " + line.text());
            }
            if (sql) {
                Row row = Row.outer(found.table());
                output.line(output.faint("  deleted where " + conditions.holds(found.removable(), row)));
                found.clearings()
                        .forEach(clearing -> output.line(output.faint("  cleared "
                                + clearing.columns().stream()
                                        .map(c -> c.column())
                                        .distinct()
                                        .toList() + " where "
                                + conditions.holds(clearing.when(), row))));
            }
            found.cost()
                    .scans()
                    .forEach(scan -> output.line("  " + output.yellow("slow") + ": " + scan.link()
                            + " has no index, so every deleted row costs a scan of "
                            + (scan.rowsScanned() < 0 ? "the table" : Output.count(scan.rowsScanned(), "row"))
                            + "; try: "
                            + scan.createIndex()));
        }
        output.line("");
        plan.warnings().forEach(output::problem);
        plan.refusals().forEach(output::problem);
    }

    private static String cost(TablePlan plan) {
        return plan.cost().rows() < 0
                ? ""
                : "  about " + Output.count(plan.cost().rows(), "row");
    }

    private Map<String, Object> document(BoundStore store, Plan plan, List<TablePlan> tables) {
        SqlConditions conditions = new SqlConditions(new SqlTables(store.catalogue()));
        List<Map<String, Object>> schedule = new ArrayList<>();
        for (TablePlan found : tables) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("table", found.table().toString());
            json.put("rows", found.cost().rows());
            json.put(
                    "schedule",
                    Schedule.of(store, found).stream().map(Line::text).toList());
            if (sql) {
                json.put(
                        "deleted",
                        conditions
                                .holds(found.removable(), Row.outer(found.table()))
                                .toString());
            }
            json.put(
                    "indexes",
                    found.cost().scans().stream()
                            .map(scan -> scan.createIndex())
                            .toList());
            schedule.add(json);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("store", plan.store());
        document.put("asOf", plan.asOf().instant().toString());
        document.put("tables", schedule);
        document.put("warnings", Output.json(plan.warnings()));
        document.put("refusals", Output.json(plan.refusals()));
        return document;
    }
}
