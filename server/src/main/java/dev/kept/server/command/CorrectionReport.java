package dev.kept.server.command;

import dev.kept.core.notice.Share;
import dev.kept.core.source.Problem;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.Corrected.Earlier;
import dev.kept.server.run.LiveStore;
import dev.kept.stores.postgres.correct.Found;
import dev.kept.stores.postgres.correct.Found.Counted;
import dev.kept.stores.postgres.correct.Found.Left;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of a correction: tables, columns and counts, never a value. */
final class CorrectionReport {

    private static final int NAME_WIDTH = 44;

    private CorrectionReport() {}

    /** The request cannot be read. */
    static void refused(Output output, boolean json, List<Problem> problems) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("state", "refused");
            document.put("problems", Output.json(problems));
            output.json(document);
            return;
        }
        problems.forEach(output::problem);
        output.line("Nothing was changed.");
    }

    static void print(Output output, boolean json, LiveStore store, Corrected corrected, CorrectionTold told) {
        if (json) {
            output.json(document(store, corrected, told));
            return;
        }
        corrected.earlier().forEach(earlier -> output.line(words(earlier)));
        if (corrected.state() == Corrected.State.REFUSED) {
            refused(output, false, corrected.problems());
            return;
        }
        changes(output, corrected);
        left(output, corrected.found());
        if (!corrected.recipients().isEmpty()) {
            output.line("");
            output.line("Recipients that may have been given this, and must be told (Art. 19):");
            corrected
                    .recipients()
                    .forEach(share -> output.line("  " + share.id() + "  " + kind(share)
                            + told.words(share.id()).map(words -> "  " + words).orElse("")));
            told.advice().ifPresent(advice -> output.line("try: " + advice));
        }
        corrected.run().ifPresent(run -> output.line(output.faint("run " + run)));
    }

    private static void changes(Output output, Corrected corrected) {
        switch (corrected.state()) {
            case DONE -> output.line(output.green("Corrected") + ":");
            case DRY_RUN -> output.line("Nothing stands against it. A correction would change:");
            case NOTHING -> output.line("Nothing had to be changed: every value stands there already.");
            case REFUSED -> {}
        }
        corrected
                .found()
                .changes()
                .forEach(one -> output.line(row(one.table() + "." + one.column(), one.rows())
                        + switch (one.why()) {
                            case NAMED -> "";
                            case EVERYWHERE -> "  held the old value";
                            case FOLLOWS -> "  follows: it refers to what changed";
                        }));
        if (corrected.found().already() > 0 && corrected.state() != Corrected.State.NOTHING) {
            output.line("  " + Output.count(corrected.found().already(), "value") + " stood there already");
        }
    }

    private static void left(Output output, Found found) {
        if (found.left().isEmpty()) {
            return;
        }
        output.line("");
        output.line("The old value still stands, but for case and blanks, in:");
        found.left()
                .forEach(one -> output.line(row(one.table() + "." + one.column(), one.rows())
                        + (one.reason().isEmpty() ? "" : "  stays: " + one.reason())));
        if (found.left().stream().anyMatch(one -> one.reason().isEmpty())) {
            output.line("try: name these columns in a second correction, or give `--everywhere`");
        }
    }

    private static String row(String name, long rows) {
        return String.format(Locale.ROOT, "  %-" + NAME_WIDTH + "s %s", name, Output.count(rows, "row"));
    }

    private static String words(Earlier earlier) {
        return "An earlier correction broke off, run " + earlier.run() + ": "
                + switch (earlier.fate()) {
                    case CARRIED_OUT -> "it was carried out.";
                    case NOT_CARRIED_OUT -> "it was not carried out; give it again.";
                    case UNKNOWN ->
                        "whether it was carried out cannot be told any more; look, and give it again if it is missing.";
                };
    }

    private static Map<String, Object> document(LiveStore store, Corrected corrected, CorrectionTold told) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("store", store.name());
        document.put("state", word(corrected.state()));
        corrected.run().ifPresent(run -> document.put("run", run.toString()));
        document.put("problems", Output.json(corrected.problems()));
        if (corrected.state() != Corrected.State.REFUSED) {
            document.put("changed", changed(corrected.found().changes()));
            document.put("already", corrected.found().already());
            document.put("left", leftover(corrected.found().left()));
            List<Map<String, Object>> recipients = new ArrayList<>();
            for (Share share : corrected.recipients()) {
                Map<String, Object> one = new LinkedHashMap<>(Map.of("share", share.path(), "kind", kind(share)));
                told.json(share.id()).ifPresent(one::putAll);
                recipients.add(one);
            }
            document.put("recipients", recipients);
        }
        List<Map<String, Object>> earlier = new ArrayList<>();
        for (Earlier one : corrected.earlier()) {
            earlier.add(Map.of("run", one.run().toString(), "fate", word(one.fate())));
        }
        document.put("earlier", earlier);
        return document;
    }

    private static List<Map<String, Object>> changed(List<Counted> changes) {
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Counted one : changes) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("table", one.table().toString());
            json.put("column", one.column());
            json.put("rows", one.rows());
            json.put("why", word(one.why()));
            changed.add(json);
        }
        return changed;
    }

    private static List<Map<String, Object>> leftover(List<Left> left) {
        List<Map<String, Object>> leftover = new ArrayList<>();
        for (Left one : left) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("table", one.table().toString());
            json.put("column", one.column());
            json.put("rows", one.rows());
            json.put("stays", one.reason());
            leftover.add(json);
        }
        return leftover;
    }

    private static String kind(Share share) {
        return word(share.kind());
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
