package dev.kept.server.console;

import dev.kept.core.html.Html;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Pieces of pages: tables, panels, words in a colour, dates. */
final class Parts {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

    private Parts() {}

    /** In what colour a word stands; what it says does not hang on the colour. */
    enum Tone {
        CALM(""),
        GOOD(" good"),
        WARN(" warn"),
        BAD(" bad"),
        PLAIN(" plain");

        private final String kind;

        Tone(String kind) {
            this.kind = kind;
        }

        /** To be added to a class. */
        String kind() {
            return kind;
        }
    }

    static Html pill(Tone tone, String text) {
        return new Html()
                .raw("<span class=\"pill" + tone.kind() + "\">")
                .text(text)
                .raw("</span>");
    }

    static Html note(Tone tone, String text) {
        return new Html()
                .raw("<div class=\"note" + tone.kind() + "\" role=\"status\"><p>")
                .text(text)
                .raw("</p></div>");
    }

    static Html panel(String title, String lead, Html body) {
        Html html = new Html().raw("<section class=\"panel\"><header>").element("h2", title);
        if (!lead.isEmpty()) {
            html.element("p", lead);
        }
        return html.raw("</header>").add(body).raw("</section>\n");
    }

    static Html body(Html inner) {
        return new Html().raw("<div class=\"body\">").add(inner).raw("</div>");
    }

    static Html empty(String text) {
        return new Html().raw("<p class=\"empty\">").text(text).raw("</p>");
    }

    static Html link(String address, String text) {
        return new Html()
                .raw("<a")
                .attribute("href", address)
                .raw(">")
                .text(text)
                .raw("</a>");
    }

    static Html text(String text) {
        return new Html().text(text);
    }

    static Html code(String text) {
        return new Html().element("code", text);
    }

    /** A column of a table. */
    record Column(String title, boolean number, boolean silent) {
        static Column of(String title) {
            return new Column(title, false, false);
        }

        static Column number(String title) {
            return new Column(title, true, false);
        }

        /** Of boxes or buttons that say themselves what they are: its title is heard and not seen. */
        static Column silent(String title) {
            return new Column(title, false, true);
        }
    }

    /** A table whose rows become cards where there is little room; a column's first cell heads its row. */
    static Html table(String caption, List<Column> columns, List<Row> rows) {
        Html html = new Html()
                .raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\"")
                .attribute("aria-label", caption)
                .raw("><table class=\"cards\"><caption class=\"hidden\">")
                .text(caption)
                .raw("</caption><thead><tr>");
        columns.forEach(column -> html.raw("<th scope=\"col\"" + (column.number() ? " class=\"num\"" : "") + ">")
                .raw(column.silent() ? "<span class=\"hidden\">" : "")
                .text(column.title())
                .raw(column.silent() ? "</span></th>" : "</th>"));
        html.raw("</tr></thead><tbody>");
        rows.forEach(row -> {
            html.raw("<tr");
            if (!row.id().isEmpty()) {
                html.attribute("id", row.id());
            }
            html.raw(">");
            for (int i = 0; i < row.cells().size(); i++) {
                Column column = columns.get(i);
                String tag = i == row.heading() ? "th" : "td";
                html.raw("<" + tag + (i == row.heading() ? " scope=\"row\"" : ""));
                if (column.number()) {
                    html.raw(" class=\"num\"");
                }
                if (i != row.heading() && !column.silent()) {
                    html.attribute("data-label", column.title());
                }
                html.raw(">").add(row.cells().get(i)).raw("</" + tag + ">");
            }
            html.raw("</tr>");
        });
        return html.raw("</tbody></table></div>");
    }

    /**
     * @param id by which links lead to it; may be empty
     * @param heading which cell says what the row is
     */
    record Row(String id, int heading, List<Html> cells) {
        Row {
            cells = List.copyOf(cells);
        }

        static Row of(Html... cells) {
            return new Row("", 0, Arrays.asList(cells));
        }

        Row called(String id) {
            return new Row(id, heading, cells);
        }

        Row headedBy(int cell) {
            return new Row(id, cell, cells);
        }
    }

    static Html figure(String number, String what, Tone tone, String address) {
        Html html = new Html();
        if (address.isEmpty()) {
            html.raw("<div class=\"figure" + tone.kind() + "\">");
        } else {
            html.raw("<a class=\"figure" + tone.kind() + "\"")
                    .attribute("href", address)
                    .raw(">");
        }
        return html.element("b", number).element("span", what).raw(address.isEmpty() ? "</div>" : "</a>");
    }

    static Html facts(List<Fact> facts) {
        Html html = new Html().raw("<dl class=\"facts\">");
        facts.forEach(fact ->
                html.element("dt", fact.what()).raw("<dd>").add(fact.value()).raw("</dd>"));
        return html.raw("</dl>");
    }

    record Fact(String what, Html value) {
        static Fact of(String what, String value) {
            return new Fact(what, text(value));
        }
    }

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    static Html time(Instant at, ZoneId zone) {
        return new Html()
                .raw("<time")
                .attribute("datetime", at.toString())
                .raw(">")
                .text(TIME.format(at.atZone(zone)))
                .raw("</time>");
    }

    /** {@code 1 day}, {@code 3 days}. */
    static String counted(long count, String one) {
        return number(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** An entry of a list to choose from. */
    record Choice(String value, String text) {}

    static Html select(String name, String label, List<Choice> choices, String chosen) {
        return Fields.ALONE.select(name, label, choices, chosen);
    }
}
