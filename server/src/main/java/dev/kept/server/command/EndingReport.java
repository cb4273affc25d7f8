package dev.kept.server.command;

import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.server.run.Ended;
import dev.kept.server.run.EndingPreview;
import dev.kept.server.run.Found;
import dev.kept.server.run.LiveStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** The answer to the end of uses for a person: where it is noted, what went, what is left to people. */
final class EndingReport {

    private final Output output;
    private final ErasureReport forgotten;
    private final SortedSet<String> uses;

    EndingReport(Output output, SortedSet<String> uses) {
        this.output = output;
        this.forgotten = new ErasureReport(output);
        this.uses = uses;
    }

    void print(Found found, Ended ended) {
        forgotten.met(found);
        written(ended.written(), "noted in");
        word(ended.kept());
        Reports.changed(output, ended.swept());
        byHand(ended.byHand(), "To be done by hand, until then only Kept obeys it:");
        output.line("");
        output.line(
                ended.done()
                        ? output.green("Done") + ": " + named()
                                + " has ended for this person, and what only that needed is forgotten."
                        : output.yellow(ended.byHand().isEmpty() ? "Not done" : "Left to people") + ": " + named()
                                + " has ended for Kept; give the same command again once the rest is done.");
        output.line(output.faint("runs " + ended.run() + ", " + ended.swept().run()));
    }

    void printDry(LiveStore store, Found found, EndingPreview preview) {
        forgotten.met(found);
        written(preview.written(), "would be noted in");
        word(preview.kept());
        Reports.dryRun(output, false, store, preview.plan(), preview.look());
        byHand(preview.byHand(), "Would be left to people, unless the row goes:");
    }

    private String named() {
        return uses.stream()
                .map(use -> "`" + use + "`")
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    private void written(Map<String, Long> written, String how) {
        written.forEach((column, rows) -> output.line(how + " `" + column + "`, " + Output.count(rows, "row")));
    }

    private void word(SortedSet<String> kept) {
        kept.forEach(use -> output.line("`" + use + "` ends by Kept's own word, which stands"));
    }

    private void byHand(List<ByHand> tasks, String title) {
        if (!tasks.isEmpty()) {
            output.line("");
            output.line(title);
            tasks.forEach(task -> output.line("  " + task.task() + " (" + Output.count(task.rows(), "row") + ")"));
        }
    }

    Map<String, Object> document(LiveStore store, Found found, Ended ended) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("store", store.name());
        document.put("state", ended.done() ? "done" : ended.byHand().isEmpty() ? "failed" : "by-hand");
        document.put("run", ended.run().toString());
        said(document, ended.written(), ended.kept(), ended.byHand());
        document.put("persons", ErasureReport.persons(found));
        document.put("met", found.met());
        document.put("swept", Reports.document(store, ended.swept()));
        document.put("stays", ErasureReport.stays(ended.swept().stays()));
        return document;
    }

    Map<String, Object> dry(LiveStore store, Found found, EndingPreview preview) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("store", store.name());
        document.put("state", "dry-run");
        document.put("asOf", preview.plan().asOf().instant().toString());
        said(document, preview.written(), preview.kept(), preview.byHand());
        document.put("persons", ErasureReport.persons(found));
        document.put("met", found.met());
        document.put("tables", Reports.tables(preview.look()));
        document.put("stays", ErasureReport.stays(preview.stays()));
        return document;
    }

    private void said(
            Map<String, Object> document, Map<String, Long> written, SortedSet<String> kept, List<ByHand> byHand) {
        document.put("uses", List.copyOf(uses));
        document.put("written", written);
        document.put("kept", List.copyOf(kept));
        document.put(
                "byHand",
                byHand.stream()
                        .map(task -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("use", task.use());
                            one.put("table", task.table().toString());
                            one.put("columns", task.columns());
                            one.put("reason", task.reason().word());
                            one.put("rows", task.rows());
                            one.put("task", task.task());
                            return one;
                        })
                        .toList());
    }
}
