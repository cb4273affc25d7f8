package dev.kept.server.console;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.picture.TableFacts;
import dev.kept.core.html.Html;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.notice.Use;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.http.Reply;
import dev.kept.server.schedule.Schedule;
import dev.kept.server.schedule.UseFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The retention schedule, as {@code kept plan} says it: first the uses with their ends, then each table and column. */
final class RetentionPage {

    private final Desk desk;

    RetentionPage(Desk desk) {
        this.desk = desk;
    }

    Reply show(Asked asked) {
        BoundStore store = desk.company().store(asked.visit().query().text("store"));
        Plan plan = Planner.plan(
                store, new AsOf(desk.company().now(), desk.company().zone()), Facts.NONE, new Scope.Everybody());
        Html main = StoreChoice.of(desk.company(), Section.RETENTION, store);
        main.add(Parts.panel("Uses and their ends", "The earliest end of a use counts.", uses(store)));
        Html tables = new Html();
        plan.tables().forEach(table -> {
            Html sentences = new Html().raw("<ul>");
            Schedule.of(store, table)
                    .forEach(line ->
                            sentences.raw("<li>").add(sentence(line.text())).raw("</li>"));
            tables.raw("<details class=\"fold\" open")
                    .attribute("id", "t-" + table.table())
                    .raw("><summary><code>")
                    .text(table.table().toString())
                    .raw("</code></summary><div>")
                    .add(sentences.raw("</ul>"))
                    .raw("</div></details>");
        });
        main.add(Parts.panel(
                "Tables of " + store.store().name(),
                "In the order in which a sweep treats them: what depends on something goes before it.",
                tables));
        if (!plan.refusals().isEmpty()) {
            main.add(Parts.note(
                    Parts.Tone.BAD,
                    plan.refusals().stream().map(problem -> problem.message()).collect(Collectors.joining("; "))));
        }
        return desk.page(
                asked,
                Shell.Head.of(
                        Section.RETENTION,
                        "What the notice means for every table and column: when it is cleared, when it goes, and what a request changes."),
                main);
    }

    /** {@code cleared: …} with its first word set apart. */
    private static Html sentence(String text) {
        int colon = text.indexOf(": ");
        return colon < 0 || colon > 90
                ? Parts.text(text)
                : new Html()
                        .element(
                                "b", text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1, colon))
                        .text(text.substring(colon));
    }

    private static Html uses(BoundStore store) {
        List<Row> rows = new ArrayList<>();
        for (Use use : store.notice().uses().values()) {
            if (use.concernsPersons()) {
                rows.add(Row.of(
                        Parts.text(use.id()),
                        Parts.text(UseFacts.basis(use)),
                        Parts.text(TableFacts.ends(use)),
                        Parts.text(UseFacts.onRequest(use))));
            }
        }
        return Parts.table(
                "Uses",
                List.of(Column.of("Use"), Column.of("Basis"), Column.of("Ends"), Column.of("On request")),
                rows);
    }
}
