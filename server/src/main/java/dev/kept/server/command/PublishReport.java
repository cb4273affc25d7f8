package dev.kept.server.command;

import dev.kept.core.notice.version.Change;
import dev.kept.core.notice.version.Change.Weight;
import dev.kept.core.notice.version.Publication;
import dev.kept.core.notice.version.Version;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.StoreEffect;
import dev.kept.server.publish.WhatIf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code kept publish} says. */
final class PublishReport {

    private PublishReport() {}

    static void print(Output output, Candidate candidate, Optional<WhatIf> touched, Optional<Path> frozen) {
        Version version = candidate.publication().version();
        if (!candidate.differs()) {
            output.line("Nothing to publish: the notice is version "
                    + candidate.before().orElseThrow().version().number() + ", as it was published.");
            return;
        }
        candidate
                .before()
                .ifPresentOrElse(
                        before -> output.line(output.bold("Version " + version.number()) + " against version "
                                + before.version().number() + ":"),
                        () -> output.line(output.bold("Version 1") + ", the first."));
        changes(output, version.changes(), Weight.MATERIAL);
        changes(output, version.changes(), Weight.EDITORIAL);
        binding(output, candidate);
        touched.ifPresent(whatIf -> touched(output, whatIf));
        output.line("");
        frozen.ifPresentOrElse(
                folder -> output.line(output.green("Published") + ": version " + version.number() + ", in effect from "
                        + version.effective() + ", in " + String.join(", ", version.languages()) + "; frozen in "
                        + folder
                        + ". Commit it."),
                () -> output.line("Nothing was published. It would take effect on " + version.effective() + "."));
    }

    private static void changes(Output output, List<Change> changes, Weight weight) {
        List<Change> some =
                changes.stream().filter(change -> change.weight() == weight).toList();
        if (some.isEmpty()) {
            return;
        }
        output.line("");
        output.line(weight == Weight.MATERIAL ? output.yellow("Material") + ", so people are told:" : "Editorial:");
        for (Change change : some) {
            output.line("  " + change.path()
                    + change.language().map(language -> " (" + language + ")").orElse("") + "  " + change.said() + "  "
                    + output.faint("[" + change.reason().word() + "]"));
        }
    }

    private static void binding(Output output, Candidate candidate) {
        Version version = candidate.publication().version();
        candidate
                .comparison()
                .perhapsRenamed()
                .forEach((is, was) -> output.line(output.yellow("Perhaps renamed") + ": `" + is + "` is new and `" + was
                        + "` is gone, so from " + version.effective() + " on nothing older serves `" + is
                        + "` and sweeps forget it. If they are the same, say so in next.yaml: renamed: {" + is + ": "
                        + was
                        + "}"));
        if (!version.suspends().isEmpty()) {
            output.line("");
            output.line("Suspended consents: " + String.join(", ", version.suspends()) + ". From " + version.effective()
                    + " on these uses are refused to whoever consented before; the data is kept, the person is asked,"
                    + " and without an answer within " + version.asksWithin() + " the consent ends.");
        }
        version.reachesBack()
                .forEach((path, back) -> output.line("Reaches back: " + path + ", on the ground: " + back.ground()
                        + ". It binds older data once the people were told: write `told: DATE` to "
                        + version.folder() + "/told.yaml then."));
        if (!candidate.comparison().touched().isEmpty()) {
            output.line("To be told: everybody whose data serves "
                    + String.join(", ", candidate.comparison().touched()) + ".");
        }
    }

    private static void touched(Output output, WhatIf whatIf) {
        output.line("");
        output.line(output.bold("On the live stores") + ", as of " + whatIf.asOf() + ":");
        for (StoreEffect store : whatIf.stores()) {
            store.tables()
                    .forEach(rows -> output.line("  " + store.store() + "  " + rows.table() + "  "
                            + (rows.forgotten() > 0
                                    ? Output.count(rows.forgotten(), "row") + " more would be forgotten"
                                    : Output.count(rows.kept(), "row") + " more would be kept")));
            store.consents()
                    .forEach(consent -> output.line("  " + store.store() + "  " + consent.table() + "  "
                            + Output.count(consent.rows(), "consent") + " to `" + consent.use() + "` suspended"));
            store.persons()
                    .forEach(persons -> output.line("  " + store.store() + "  " + persons.table() + "  "
                            + Output.count(persons.all(), "person") + " to be told (" + persons.kind() + "), "
                            + Output.count(persons.reachable(), "letter")
                            + (persons.all() > persons.reachable()
                                    ? "; of " + (persons.all() - persons.reachable()) + " no address is on file"
                                    : "")));
        }
        output.line("  together: " + Output.count(whatIf.forgotten(), "row") + " more forgotten, "
                + Output.count(whatIf.kept(), "row") + " more kept, " + Output.count(whatIf.consents(), "consent")
                + " suspended, " + Output.count(whatIf.letters(), "letter"));
    }

    static Map<String, Object> document(Candidate candidate, Optional<WhatIf> touched, boolean published) {
        Map<String, Object> document =
                new LinkedHashMap<>(candidate.publication().manifest());
        document.put("differs", candidate.differs());
        document.put("material", candidate.comparison().material());
        document.put("frozen", published);
        document.put("tell", candidate.comparison().touched());
        document.put("suspends", candidate.comparison().suspends());
        document.put(
                "changes",
                candidate.comparison().changes().stream()
                        .map(Publication::change)
                        .toList());
        touched.ifPresent(whatIf -> document.put("whatIf", document(whatIf)));
        return document;
    }

    private static Map<String, Object> document(WhatIf whatIf) {
        List<Map<String, Object>> stores = new ArrayList<>();
        for (StoreEffect effect : whatIf.stores()) {
            Map<String, Object> store = new LinkedHashMap<>();
            store.put("store", effect.store());
            store.put(
                    "tables",
                    effect.tables().stream()
                            .map(rows -> Map.of(
                                    "table",
                                    rows.table().toString(),
                                    "forgotten",
                                    rows.forgotten(),
                                    "kept",
                                    rows.kept()))
                            .toList());
            store.put(
                    "consents",
                    effect.consents().stream()
                            .map(one -> Map.of(
                                    "use", one.use(), "table", one.table().toString(), "rows", one.rows()))
                            .toList());
            store.put(
                    "persons",
                    effect.persons().stream()
                            .map(one -> Map.of("kind", one.kind(), "all", one.all(), "reachable", one.reachable()))
                            .toList());
            stores.add(store);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asOf", whatIf.asOf().toString());
        document.put("rowsForgotten", whatIf.forgotten());
        document.put("rowsKept", whatIf.kept());
        document.put("consents", whatIf.consents());
        document.put("letters", whatIf.letters());
        document.put("stores", stores);
        return document;
    }
}
