package dev.kept.server.command;

import dev.kept.core.lifecycle.Ground;
import dev.kept.core.lifecycle.Plan;
import dev.kept.server.run.Found;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.look.LookResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answer to an erasure: what went, and each thing that stays with its ground and its end. */
final class ErasureReport {

    private final Output output;

    ErasureReport(Output output) {
        this.output = output;
    }

    /** @param findable whether what stays can still be found by the person's own finders (Art. 11 GDPR) */
    void print(LiveStore store, Found found, Outcome outcome, boolean findable) {
        met(found);
        Reports.changed(output, outcome);
        left(store, outcome, findable);
    }

    /** What a run did that erased several persons: what was changed is counted for all of them. */
    void together(LiveStore store, Outcome outcome, int persons) {
        output.line(output.bold("store `" + store.name() + "`, " + Output.count(persons, "person") + " in one run"));
        Reports.changed(output, outcome);
    }

    /** The answer to one of several. */
    void printOne(LiveStore store, Found found, Outcome outcome, boolean findable) {
        met(found);
        left(store, outcome, findable);
    }

    private void left(LiveStore store, Outcome outcome, boolean findable) {
        stays(outcome.stays(), "What stays, and why:");
        output.line("");
        output.line(
                switch (outcome.state()) {
                    case DONE ->
                        outcome.stays().isEmpty()
                                ? output.green("Done") + ": one look found nothing left of this person in `"
                                        + store.name() + "`."
                                : output.green("Done") + ": everything that may go is gone; "
                                        + (outcome.standing()
                                                ? "the request stands for what stays, and every sweep applies it."
                                                : "what stays is not known to be this person's any more, and goes when its own time has come.");
                    case INCOMPLETE ->
                        output.yellow("Incomplete") + ": of some rows it is not known whether their use has ended.";
                    case RUNNING, WAITING, FAILED, ABANDONED -> "The run ended as " + outcome.state() + ".";
                });
        if (!findable) {
            output.line(
                    "What stays can no longer be found by what the person is known by: her own row, which would lead to it, is gone"
                            + " or says nothing of her any more (Art. 11 GDPR).");
        }
        output.line(output.faint("run " + outcome.run()));
    }

    void printDry(LiveStore store, Found found, Plan plan, LookResult look, List<Stay> stays) {
        met(found);
        Reports.dryRun(output, false, store, plan, look);
        stays(stays, "What would stay, and why:");
    }

    void met(Found found) {
        found.keys().forEach((kind, keys) -> {
            int others = found.further().getOrDefault(kind, List.of()).size();
            if (keys.size() - others > 1) {
                output.line("found as " + (keys.size() - others) + " rows of `" + kind
                        + "`, which by the map are one person's");
            }
            if (others > 0) {
                output.line("also found as " + Output.count(others, "row") + " of `" + kind
                        + "`, by other addresses of the rows named");
            }
        });
        found.met()
                .forEach((kind, finder) ->
                        output.line("also found as `" + kind + "`, by the `" + finder + "` of the rows named"));
    }

    private void stays(List<Stay> stays, String title) {
        if (stays.isEmpty()) {
            return;
        }
        output.line("");
        output.line(title);
        List<List<String>> lines = new ArrayList<>();
        for (Stay stay : stays) {
            lines.add(List.of(
                    stay.table().toString(),
                    Output.count(stay.rows() + stay.unknown(), "row"),
                    stay.use().isEmpty() ? "" : "for `" + stay.use() + "`",
                    stay.ground(),
                    until(stay)));
        }
        int[] widths = new int[5];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        for (List<String> line : lines.stream().distinct().toList()) {
            StringBuilder text = new StringBuilder(" ");
            for (int i = 0; i < widths.length; i++) {
                text.append(' ').append(String.format(Locale.ROOT, "%-" + Math.max(1, widths[i]) + "s", line.get(i)));
                text.append(i < widths.length - 1 ? " " : "");
            }
            output.line(text.toString().stripTrailing());
        }
    }

    private static String until(Stay stay) {
        return stay.until().map(date -> "until " + date).orElseGet(() -> switch (Ground.parse(stay.ground())
                .orElse(Ground.NOT_KNOWN_ENDED)) {
            case FROZEN -> "until the hold or restriction is lifted";
            case AWAITS_REVIEW -> "until somebody has decided";
            case NEEDED_BY_WHAT_STAYS, DATES_WHAT_STAYS -> "as long as that stays";
            case NOT_KNOWN_ENDED -> "not known";
            case LEGAL_OBLIGATION, CONTRACT_OPEN, RIGHTS_OF_OTHERS, ANOTHER_USE -> "no date is sure yet";
        });
    }

    static Map<String, Object> document(LiveStore store, Found found, Outcome outcome, boolean findable) {
        Map<String, Object> document = new LinkedHashMap<>(Reports.document(store, outcome));
        document.put("met", found.met());
        document.put("persons", persons(found));
        document.put("stays", stays(outcome.stays()));
        document.put("findable", findable);
        document.put("standing", outcome.standing());
        return document;
    }

    static Map<String, Object> dry(LiveStore store, Found found, Plan plan, LookResult look, List<Stay> stays) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("store", store.name());
        document.put("state", "dry-run");
        document.put("asOf", plan.asOf().instant().toString());
        document.put("met", found.met());
        document.put("persons", persons(found));
        document.put("tables", Reports.tables(look));
        document.put("stays", stays(stays));
        return document;
    }

    static List<Map<String, Object>> stays(List<Stay> stays) {
        List<Map<String, Object>> json = new ArrayList<>();
        for (Stay stay : stays) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("table", stay.table().toString());
            one.put("use", stay.use());
            one.put("role", stay.role());
            one.put("rows", stay.rows());
            one.put("unknown", stay.unknown());
            one.put("ground", stay.ground());
            stay.until().ifPresent(date -> one.put("until", date.toString()));
            json.add(one);
        }
        return json;
    }

    /** How many rows of each kind she is. */
    static Map<String, Integer> persons(Found found) {
        Map<String, Integer> persons = new LinkedHashMap<>();
        found.keys().forEach((kind, keys) -> persons.put(kind, keys.size()));
        return persons;
    }

    /** Whether the answer is whole: what is unknown, or broke off, leaves it incomplete. */
    static int exit(RunState state) {
        return state == RunState.DONE ? ExitCode.OK : ExitCode.PROBLEMS;
    }
}
