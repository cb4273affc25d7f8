package dev.kept.server.access;

import dev.kept.core.notice.Share;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.SeenColumn;
import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenRow.Cell;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Until;
import dev.kept.core.rights.Untils;
import dev.kept.server.page.Html;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records on {@code index.html}, a section a table: the records, at most {@link #MOST_ROWS}, then what is held why. A table without
 * records is only named.
 */
final class PagePart {

    /** The most records of a table on the page; all of them are in the data file. */
    static final int MOST_ROWS = 1_000;

    /** The most characters of one value on the page. */
    static final int MOST_CHARACTERS = 1_000;

    /** A section of the page: what it is called and how many records the table has. */
    record Section(String anchor, String title, long rows) {}

    private final Writer out;
    private final Html html;
    private final Contents contents;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();

    PagePart(OutputStream target, Contents contents) {
        this.out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        this.html = new Html(out);
        this.contents = contents;
    }

    List<Section> sections() {
        return sections;
    }

    /** The titles of tables in which nothing is held. */
    List<String> empty() {
        return empty;
    }

    void row(SeenTable table, SeenRow row, Untils.Held held, long number) throws IOException {
        if (number == 1) {
            begin(table);
        }
        if (number <= MOST_ROWS) {
            record(table, row, held);
        }
    }

    private void begin(SeenTable table) throws IOException {
        html.raw("<section id=\"" + anchor() + "\"><h2>")
                .text(Words.title(table.name()))
                .raw("</h2><p><a href=\"#" + anchor() + "w\">")
                .text("Why we hold this, who may receive it, and until when")
                .raw("</a></p><ol class=\"records\">");
    }

    private void reasons(SeenTable table) throws IOException {
        html.raw("<h3 id=\"" + anchor() + "w\">")
                .text("Why we hold this: " + Words.title(table.name()))
                .raw("</h3><div class=\"why\">");
        for (List<SeenColumn> alike : groups(table)) {
            group(table, alike);
        }
        html.raw("</div>");
    }

    private String anchor() {
        return "t" + (sections.size() + 1);
    }

    /** Columns about which the same is to be said. */
    private static List<List<SeenColumn>> groups(SeenTable table) {
        Map<List<Object>, List<SeenColumn>> groups = new LinkedHashMap<>();
        for (SeenColumn column : table.columns()) {
            List<Object> about = column.sort() == SeenColumn.Sort.DATA
                    ? List.of(column.uses(), column.recipients(), column.sources(), column.secret(), column.othersToo())
                    : List.of(column.secret());
            groups.computeIfAbsent(about, key -> new ArrayList<>()).add(column);
        }
        List<List<SeenColumn>> ordered = new ArrayList<>();
        groups.values().stream().filter(PagePart::data).forEach(ordered::add);
        groups.values().stream().filter(group -> !data(group)).forEach(ordered::add);
        return ordered;
    }

    private static boolean data(List<SeenColumn> group) {
        return group.getFirst().sort() == SeenColumn.Sort.DATA;
    }

    private void group(SeenTable table, List<SeenColumn> alike) throws IOException {
        SeenColumn first = alike.getFirst();
        html.raw("<div class=\"reason\"><h4>");
        html.text(Words.joined(alike.stream().map(PagePart::label).toList())).raw("</h4><dl>");
        what(alike);
        if (first.secret()) {
            item("Not handed out", "We hold this but do not copy it here: in other hands it could harm you.");
        }
        if (data(alike)) {
            uses(first);
            item(
                    "Comes from",
                    Words.capital(Words.joined(first.sources().stream()
                            .map(contents.words()::source)
                            .toList())));
            recipients(first);
        } else {
            item("Why", "Dates, numbers and states that belong to these records, and go with them.");
        }
        if (table.shared()) {
            item("Whose", "Yours as long as a record of yours refers to it; others may refer to it, too.");
        } else if (first.othersToo() && data(alike)) {
            item("Whose", "Perhaps also another person’s: then it can stay longer, as hers or his.");
        }
        html.raw("</dl></div>");
    }

    private void what(List<SeenColumn> alike) throws IOException {
        List<String> words = alike.stream()
                .flatMap(column -> column.categories().stream())
                .distinct()
                .map(contents.words()::category)
                .toList();
        if (!words.isEmpty()) {
            item("What it is", Words.capital(Words.joined(words)));
        }
    }

    private void uses(SeenColumn column) throws IOException {
        html.raw("<div><dt>Why</dt><dd><ul>");
        for (String id : column.uses()) {
            Use use = contents.notice().uses().get(id);
            if (use != null) {
                html.raw("<li><strong>")
                        .text(Words.capital(contents.words().use(use)))
                        .raw("</strong><br>");
                html.raw("<span>Basis: ").text(contents.words().basis(use));
                Optional<String> more = use.interest().or(use::law);
                if (more.isPresent()) {
                    html.raw(" (").text(more.get()).raw(")");
                }
                html.raw(". Until: ").text(contents.words().ends(use)).raw(".</span></li>");
            }
        }
        html.raw("</ul></dd></div>");
    }

    private void recipients(SeenColumn column) throws IOException {
        List<String> names = new ArrayList<>();
        for (String id : column.recipients()) {
            Share share = contents.notice().shares().get(id);
            if (share != null) {
                String name = contents.words().share(share);
                names.add(share.country()
                        .map(country -> name + " (in " + contents.words().country(country)
                                + share.safeguard()
                                        .map(ground -> ", under " + ground)
                                        .orElse("") + ")")
                        .orElse(name));
            }
        }
        item("Who may receive it", names.isEmpty() ? "Nobody" : Words.capital(Words.joined(names)));
    }

    private void item(String name, String text) throws IOException {
        html.raw("<div><dt>").text(name).raw("</dt><dd>").text(text).raw("</dd></div>");
    }

    private static String label(SeenColumn column) {
        return Words.label(column.column(), column.path());
    }

    private void record(SeenTable table, SeenRow row, Untils.Held held) throws IOException {
        html.raw("<li><dl>");
        Until whole = held.whole();
        for (int i = 0; i < table.columns().size(); i++) {
            SeenColumn column = table.columns().get(i);
            switch (row.cells().get(i)) {
                case Cell.Value(String text) ->
                    field(
                            column,
                            Values.shown(
                                    column, text, contents.notice().controller().zone()),
                            Optional.of(held.columns().get(i)).filter(until -> !until.equals(whole)));
                case Cell.Withheld withheld -> {
                    html.raw("<div><dt>").text(label(column));
                    html.raw("</dt><dd class=\"soft\">held, not handed out</dd></div>");
                }
                case Cell.Nothing nothing -> {}
                case Cell.NotHers notHers -> {}
            }
        }
        html.raw("</dl><p class=\"until\">Held until: ")
                .text(Values.until(whole))
                .raw("</p>");
        if (row.held()) {
            html.raw("<p class=\"until\">A legal hold keeps this record until it is lifted.</p>");
        }
        html.raw("</li>");
    }

    private void field(SeenColumn column, String text, Optional<Until> own) throws IOException {
        html.raw("<div><dt>").text(label(column)).raw("</dt><dd dir=\"auto\">");
        if (text.isEmpty()) {
            html.raw("<span class=\"soft\">empty</span>");
        } else if (text.length() <= MOST_CHARACTERS) {
            html.text(text);
        } else {
            int cut =
                    Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
            html.text(text.substring(0, cut)).raw("… <span class=\"soft\" dir=\"ltr\">");
            html.text("the first " + number(cut) + " of " + number(text.length())
                            + " characters; all of them are in data.json")
                    .raw("</span>");
        }
        html.raw("</dd>");
        if (own.isPresent()) {
            html.raw("<dd class=\"own\">until ").text(Values.until(own.get())).raw("</dd>");
        }
        html.raw("</div>");
    }

    /** @param csv where the table's records are, too */
    void end(SeenTable table, long rows, String csv) throws IOException {
        String title = Words.title(table.name());
        if (rows == 0) {
            empty.add(title);
            return;
        }
        html.raw("</ol><p class=\"soft\">");
        html.text(
                rows > MOST_ROWS
                        ? "These are the first " + number(MOST_ROWS) + " of " + number(rows)
                                + " records. All of them are in data.json and in " + csv + "."
                        : (rows == 1 ? "One record" : number(rows) + " records") + ", also in data.json and in " + csv
                                + ".");
        html.raw("</p>");
        reasons(table);
        html.raw("<p><a href=\"#top\">Back to the top</a></p></section>");
        sections.add(new Section(anchor(), title, rows));
    }

    void end() throws IOException {
        out.flush();
    }

    static String number(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number);
    }
}
