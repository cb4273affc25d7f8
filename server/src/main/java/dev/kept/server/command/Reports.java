package dev.kept.server.command;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.step.Counts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What commands say of a run: tables of numbers for people, one document for scripts. */
final class Reports {

    private static final int NAME_WIDTH = 34;

    private Reports() {}

    static void dryRun(Output output, boolean json, LiveStore store, Plan plan, LookResult look) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("store", store.name());
            document.put("asOf", plan.asOf().instant().toString());
            document.put("tables", tables(look));
            output.json(document);
            return;
        }
        output.line("A sweep of `" + store.name() + "` as of " + plan.asOf().instant() + " would:");
        output.line("");
        output.line(row("table", "rows", "delete", "clear", "unknown"));
        look.tables()
                .forEach((table, found) -> output.line(row(
                        table.toString(),
                        number(found.rows()),
                        number(found.removable()),
                        number(found.outstanding() + found.rekeys()),
                        number(found.unknown()))));
        output.line("");
        output.line("First pass only: rows that become free when others go are found by the passes after it.");
    }

    /** How many rows a run deleted, cleared or gave a new key. */
    static long changed(Outcome outcome) {
        return outcome.counts().values().stream()
                .mapToLong(rows -> rows.deleted() + rows.cleared() + rows.rekeyed() + rows.released())
                .sum();
    }

    static List<Map<String, Object>> tables(LookResult look) {
        List<Map<String, Object>> tables = new ArrayList<>();
        look.tables().forEach((table, found) -> tables.add(table(table, found)));
        return tables;
    }

    private static Map<String, Object> table(TableName table, TableLook found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", table.toString());
        json.put("rows", found.rows());
        json.put("delete", found.removable());
        json.put("clear", found.outstanding());
        json.put("rekey", found.rekeys());
        json.put("unknown", found.unknown());
        return json;
    }

    static void sweep(Output output, boolean json, LiveStore store, Outcome outcome) {
        if (json) {
            output.json(document(store, outcome));
            return;
        }
        outcome.finishedFirst().forEach(first -> finishedFirst(output, first));
        if (outcome.state() == RunState.WAITING) {
            output.line(output.yellow("The sweep waits for a second person") + ", run " + outcome.run() + ":");
            outcome.brakes().forEach(brake -> output.line("  " + brake));
            outcome.notes().forEach(note -> output.line(output.yellow("note") + ": " + note));
            output.line(
                    outcome.nobodys()
                            ? "try: kept sweep --operator NAME, then, as another operator, kept approve"
                            : "try: kept approve " + outcome.run() + " --operator NAME, then kept sweep");
            return;
        }
        changed(output, outcome);
        outcome.look().ifPresent(look -> unknown(output, look));
        output.line(
                switch (outcome.state()) {
                    case DONE -> output.green("Done") + ": one look over every table found nothing left to forget.";
                    case INCOMPLETE ->
                        output.yellow("Done as far as known")
                                + ": nothing known to have ended is left; what is unknown stays and is not shown as kept.";
                    case FAILED -> output.yellow("Stopped") + ": `kept sweep` goes on where this run stopped.";
                    case RUNNING, WAITING, ABANDONED -> "The run ended as " + outcome.state() + ".";
                });
        output.line(output.faint("run " + outcome.run()));
    }

    /** A run that had broken off: that it had, and what it did in all its attempts. */
    static void finishedFirst(Output output, Outcome run) {
        boolean failed = run.state() == RunState.FAILED;
        output.line(output.yellow(failed ? "First tried again" : "First finished") + ": a run that had broken off, `"
                + run.kind() + "` " + run.run() + ". In all its attempts:");
        changed(output, run);
        run.look().ifPresent(look -> unknown(output, look));
        String stays = run.stays().isEmpty()
                ? "."
                : "; "
                        + Output.count(
                                run.stays().stream()
                                        .mapToLong(stay -> stay.rows() + stay.unknown())
                                        .sum(),
                                "row")
                        + " stay, on grounds that `--json` names.";
        output.line(
                failed
                        ? "It stopped again, and is tried again by the next command."
                        : "It is " + run.state().name().toLowerCase(Locale.ROOT) + stays);
        output.line("");
    }

    /** What a run changed, by table, with what must be said of it. */
    static void changed(Output output, Outcome outcome) {
        outcome.notes().forEach(note -> output.line(output.yellow("note") + ": " + note));
        if (outcome.doubtful() > 0) {
            output.line(
                    output.yellow("count unknown") + ": what became of "
                            + Output.count(outcome.doubtful(), "transaction")
                            + " when a run broke off can no longer be told; the work was done again, its rows are not all counted");
        }
        boolean any = outcome.counts().values().stream().anyMatch(counts -> counts.changed() > 0);
        if (!any) {
            boolean ended = outcome.state() == RunState.DONE || outcome.state() == RunState.INCOMPLETE;
            output.line(ended ? "Nothing had to be forgotten." : "Nothing was changed.");
            return;
        }
        output.line(row("table", "deleted", "clearings", "new key", "released"));
        outcome.counts().forEach((table, counts) -> {
            if (counts.changed() > counts.added()) {
                output.line(row(
                        table.toString(),
                        number(counts.deleted()),
                        number(counts.cleared()),
                        number(counts.rekeyed()),
                        number(counts.released())));
            }
        });
        outcome.counts().forEach((table, counts) -> {
            if (counts.grouped() > 0) {
                output.line("Of the rows deleted in `" + table + "`, "
                        + number(counts.grouped()).strip()
                        + " are counted in groups of many persons; of the others nothing is left.");
            }
            if (counts.added() > 0) {
                output.line(
                        "Added to `" + table + "`: " + Output.count(counts.added(), "group") + ", without persons.");
            }
        });
    }

    private static void unknown(Output output, LookResult look) {
        look.tables().forEach((table, found) -> {
            if (found.unknown() > 0) {
                output.line(output.yellow("unknown") + ": of " + Output.count(found.unknown(), "row") + " of `" + table
                        + "` it is not known whether their uses have ended");
            }
        });
    }

    static Map<String, Object> document(LiveStore store, Outcome outcome) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("store", store.name());
        document.put("run", outcome.run().toString());
        document.put("kind", outcome.kind());
        document.put("state", outcome.state().name().toLowerCase(Locale.ROOT));
        List<Map<String, Object>> tables = new ArrayList<>();
        outcome.counts().forEach((table, counts) -> tables.add(counts(table, counts)));
        document.put("changed", tables);
        document.put("transactionsWithUnknownCount", outcome.doubtful());
        document.put("notes", outcome.notes());
        document.put(
                "finishedFirst",
                outcome.finishedFirst().stream()
                        .map(first -> document(store, first))
                        .toList());
        document.put("brakes", outcome.brakes());
        outcome.look().ifPresent(look -> document.put("look", tables(look)));
        return document;
    }

    private static Map<String, Object> counts(TableName table, Counts counts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", table.toString());
        json.put("deleted", counts.deleted());
        json.put("cleared", counts.cleared());
        json.put("rekeyed", counts.rekeyed());
        json.put("released", counts.released());
        if (counts.grouped() > 0) {
            json.put("grouped", counts.grouped());
        }
        if (counts.added() > 0) {
            json.put("added", counts.added());
        }
        return json;
    }

    private static String row(String name, String... cells) {
        StringBuilder row = new StringBuilder("  ").append(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", name));
        for (String cell : cells) {
            row.append(String.format(Locale.ROOT, "%12s", cell));
        }
        return row.toString().stripTrailing();
    }

    private static String number(long number) {
        return number == 0 ? "–" : String.format(Locale.ROOT, "%,d", number);
    }
}
