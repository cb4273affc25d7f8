package dev.kept.server.access;

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
    private final Words words;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();

    PagePart(OutputStream target, Contents contents) {
        this.out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        this.html = new Html(out);
        this.contents = contents;
        this.words = contents.words();
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
                .text(words.say("why.link"))
                .raw("</a></p><ol class=\"records\">");
    }

    private void reasons(SeenTable table) throws IOException {
        html.raw("<h3 id=\"" + anchor() + "w\">")
                .text(words.say("why.title", Map.of("records", Words.title(table.name()))))
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
        html.text(words.joined(alike.stream().map(PagePart::label).toList())).raw("</h4><dl>");
        what(alike);
        if (first.secret()) {
            item("secret", words.say("secret.why"));
        }
        if (data(alike)) {
            uses(first);
            item(
                    "from",
                    words.capital(words.joined(
                            first.sources().stream().map(words::source).toList())));
            recipients(first);
        } else {
            item("why", words.say("context"));
        }
        if (table.shared()) {
            item("whose", words.say("whose.shared"));
        } else if (first.othersToo() && data(alike)) {
            item("whose", words.say("whose.others"));
        }
        html.raw("</dl></div>");
    }

    private void what(List<SeenColumn> alike) throws IOException {
        List<String> categories = alike.stream()
                .flatMap(column -> column.categories().stream())
                .distinct()
                .map(words::category)
                .toList();
        if (!categories.isEmpty()) {
            item("what", words.capital(words.joined(categories)));
        }
    }

    private void uses(SeenColumn column) throws IOException {
        html.raw("<div>").element("dt", words.say("why")).raw("<dd><ul>");
        for (String id : column.uses()) {
            Use use = contents.notice().uses().get(id);
            if (use != null) {
                html.raw("<li><strong>").text(words.capital(words.use(use))).raw("</strong><br>");
                html.raw("<span>").text(basis(use)).raw(" ");
                html.text(words.say("use.until", Map.of("until", words.ends(use))))
                        .raw("</span></li>");
            }
        }
        html.raw("</ul></dd></div>");
    }

    private String basis(Use use) {
        String basis = words.basis(use);
        return words.ground(use)
                .map(ground -> words.say("use.ground", Map.of("basis", basis, "ground", ground)))
                .orElseGet(() -> words.say("use.basis", Map.of("basis", basis)));
    }

    private void recipients(SeenColumn column) throws IOException {
        List<String> names = column.recipients().stream()
                .flatMap(id -> Optional.ofNullable(contents.notice().shares().get(id)).stream())
                .map(words::recipient)
                .toList();
        item("recipients", names.isEmpty() ? words.say("recipients.none") : words.capital(words.joined(names)));
    }

    /** @param name key of what it is called */
    private void item(String name, String text) throws IOException {
        html.raw("<div>").element("dt", words.say(name)).raw("<dd>").text(text).raw("</dd></div>");
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
                                    column,
                                    text,
                                    words.moments(),
                                    contents.notice().controller().zone()),
                            Optional.of(held.columns().get(i)).filter(until -> !until.equals(whole)));
                case Cell.Withheld withheld -> {
                    html.raw("<div><dt>").text(label(column));
                    html.raw("</dt><dd class=\"soft\">")
                            .text(words.say("withheld"))
                            .raw("</dd></div>");
                }
                case Cell.Nothing nothing -> {}
                case Cell.NotHers notHers -> {}
            }
        }
        html.raw("</dl><p class=\"until\">")
                .text(words.say("held", Map.of("until", words.until(whole))))
                .raw("</p>");
        if (row.held()) {
            html.raw("<p class=\"until\">").text(words.say("hold")).raw("</p>");
        }
        html.raw("</li>");
    }

    private void field(SeenColumn column, String text, Optional<Until> own) throws IOException {
        html.raw("<div><dt>").text(label(column)).raw("</dt><dd dir=\"auto\">");
        if (text.isEmpty()) {
            html.raw("<span class=\"soft\">").text(words.say("blank")).raw("</span>");
        } else if (text.length() <= MOST_CHARACTERS) {
            html.text(text);
        } else {
            int cut =
                    Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
            html.text(text.substring(0, cut))
                    .raw("… <span class=\"soft\" dir=\"" + (words.rightToLeft() ? "rtl" : "ltr") + "\">");
            html.text(words.say("cut", Map.of("first", words.number(cut), "all", words.number(text.length()))))
                    .raw("</span>");
        }
        html.raw("</dd>");
        if (own.isPresent()) {
            html.raw("<dd class=\"own\">")
                    .text(words.say("held.own", Map.of("until", words.until(own.get()))))
                    .raw("</dd>");
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
        html.text(words.say(
                rows > MOST_ROWS ? "records.first" : "records.all",
                Map.of("first", words.number(MOST_ROWS), "count", words.number(rows), "file", csv)));
        html.raw("</p>");
        reasons(table);
        html.raw("<p><a href=\"#top\">").text(words.say("back")).raw("</a></p></section>");
        sections.add(new Section(anchor(), title, rows));
    }

    void end() throws IOException {
        out.flush();
    }
}
