package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.request.Details.StorePart;
import dev.kept.server.request.StoredRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stores of a request: how far each is, what it did and what stays there, and what the request would do before it runs. */
record StoresPart(Desk desk) {

    Html of(Asked asked, StoredRequest stored) {
        List<StorePart> parts = desk.details().stores(stored.id());
        Html body = new Html();
        if (parts.isEmpty()) {
            body.add(Parts.empty("No store has begun."));
        } else {
            List<Row> rows = new ArrayList<>();
            List<Row> staying = new ArrayList<>();
            parts.forEach(part -> {
                rows.add(Row.of(
                        Parts.text(part.store()),
                        state(part),
                        result(part),
                        Parts.text(part.problem().orElse(""))));
                staying.addAll(staying(part.store(), part.result().get("stays")));
            });
            body.add(Parts.table(
                    "Stores",
                    List.of(Column.of("Store"), Column.of("State"), Column.of("What was done"), Column.of("Problem")),
                    rows));
            body.add(stays("What stays, and on which ground", staying));
        }
        body.add(new PlanAhead(desk).shown(asked, stored));
        return Parts.panel(
                "Stores", "It is answered only when every store says so, or a person decides otherwise.", body);
    }

    private static Html state(StorePart part) {
        Tone tone = switch (part.state()) {
            case DONE, ABSENT -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case BY_HAND -> Tone.WARN;
            case WAITING -> Tone.CALM;
        };
        Html html = Parts.pill(
                tone,
                InboxPage.words(part.state().name().toLowerCase(Locale.ROOT).replace('_', '-')));
        part.dueOn()
                .ifPresent(day -> html.raw(" <span class=\"soft small\">until ")
                        .text(Parts.day(day))
                        .raw("</span>"));
        return html;
    }

    /** {@code orders: 2 deleted, 1 cleared}. */
    private static Html result(StorePart part) {
        Html html = new Html().raw("<ul>");
        each(part.result().get("changed"), (table, counts) -> {
            List<String> said = new ArrayList<>();
            if (counts instanceof Map<?, ?> all) {
                all.forEach((what, count) -> {
                    if (!number(count).equals("0")) {
                        said.add(number(count) + " " + what);
                    }
                });
            }
            html.element("li", table + ": " + String.join(", ", said));
        });
        each(
                part.result().get("written"),
                (column, count) -> html.element("li", column + ": " + number(count) + " written"));
        return html.raw("</ul>");
    }

    private interface Each {
        void take(String name, @Nullable Object value);
    }

    private static void each(@Nullable Object map, Each each) {
        if (map instanceof Map<?, ?> all) {
            all.forEach((name, value) -> each.take(String.valueOf(name), value));
        }
    }

    /** What stays in a store, a row each. */
    static List<Row> staying(String store, @Nullable Object stays) {
        List<Row> rows = new ArrayList<>();
        for (Object one : stays instanceof List<?> all ? all : List.of()) {
            if (one instanceof Map<?, ?> of) {
                Object until = of.get("until");
                rows.add(Row.of(
                        Parts.code(String.valueOf(of.get("table"))),
                        Parts.text(store),
                        Parts.text(String.valueOf(of.get("use"))),
                        Parts.text(number(of.get("rows"))),
                        Parts.text(InboxPage.words(String.valueOf(of.get("ground")))),
                        Parts.text(
                                until == null ? "no day is sure" : Parts.day(LocalDate.parse(String.valueOf(until))))));
            }
        }
        return rows;
    }

    /** Nothing where nothing stays. */
    static Html stays(String caption, List<Row> rows) {
        return rows.isEmpty()
                ? new Html()
                : new Html()
                        .raw("<p class=\"body soft\">")
                        .text(caption)
                        .raw("</p>")
                        .add(Parts.table(
                                caption,
                                List.of(
                                        Column.of("Table"),
                                        Column.of("Store"),
                                        Column.of("Use"),
                                        Column.number("Rows"),
                                        Column.of("Ground"),
                                        Column.of("Until")),
                                rows));
    }

    static String number(@Nullable Object count) {
        return count instanceof Number number ? Parts.number(number.longValue()) : "0";
    }
}
