package dev.kept.server.demo;

import dev.kept.server.page.Html;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.schedule.Schedule;
import dev.kept.stores.postgres.correct.Found.Counted;
import dev.kept.stores.postgres.correct.Found.Left;
import dev.kept.stores.postgres.step.Counts;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demo's summary: one page without scripts or requests, made for screens light and dark, small and wide, and for paper. */
final class DemoPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1d2320;--soft:#56615b;--paper:#fbfaf7;--card:#fff;--line:#dcd8cd;--accent:#1f6b4a}
            @media (prefers-color-scheme:dark){:root{--ink:#ecebe6;--soft:#a9b0ab;--paper:#171a18;--card:#1f2321;--line:#3a403c;--accent:#7fd0a8}}
            *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
            main{max-width:60rem;margin:0 auto;padding:2rem 1.1rem 4rem}h1{font-size:1.7rem;line-height:1.2;margin:0}
            h2{margin:2.6rem 0 .3rem;font-size:1.25rem;color:var(--accent)}p,li{max-width:46rem}.soft{color:var(--soft)}ul{padding-left:1.2rem;margin:.2rem 0}
            .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,11rem),1fr));gap:.8rem;margin:1.5rem 0 0;padding:0;list-style:none}
            .figures li{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.7rem .9rem}.figures b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
            .scroll{overflow-x:auto}.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}.n{text-align:right;white-space:nowrap}td:first-child{overflow-wrap:anywhere}
            details{border-bottom:1px solid var(--line);padding:.45rem 0}summary{cursor:pointer;overflow-wrap:anywhere}details li{overflow-wrap:anywhere}
            @media print{:root{--ink:#000;--soft:#444;--paper:#fff;--card:#fff;--line:#999;--accent:#000}tr{break-inside:avoid}}
            """;

    private final DemoStory story;
    private final Html html;

    private DemoPage(DemoStory story, Html html) {
        this.story = story;
        this.html = html;
    }

    static Path write(Path directory, DemoStory story) throws IOException {
        Path file = directory.resolve("demo.html");
        Files.deleteIfExists(file);
        boolean posix = Files.getFileStore(directory).supportsFileAttributeView(PosixFileAttributeView.class);
        FileAttribute<?>[] owners = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, owners);
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            new DemoPage(story, new Html(out)).page();
        }
        return file;
    }

    private void page() throws IOException {
        String title = story.store().bound().notice().controller().name() + ": what the notice did";
        html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .raw(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .element("title", title)
                .raw("<style>" + STYLE + "</style></head><body><main>")
                .element("h1", title);
        paragraph(
                "soft",
                "As of "
                        + TIME.format(story.plan()
                                .asOf()
                                .instant()
                                .atZone(story.plan().asOf().zone()))
                        + " (" + story.plan().asOf().zone()
                        + "). Data lives only while a purpose is alive; nobody wrote a rule for a table.");
        figures();
        swept();
        person();
        again();
        schedule();
        html.raw("</main></body></html>\n");
    }

    private void figures() throws IOException {
        long deleted = total(story.swept(), counts -> counts.deleted() + counts.released());
        long cleared = total(story.swept(), Counts::cleared);
        html.raw("<ul class=\"figures\">");
        figure(number(story.shop().total()), "rows in " + story.shop().rows().size() + " tables");
        figure(number(deleted), "rows deleted by the first sweep");
        figure(number(cleared), "times a row that stays was emptied of what had ended");
        figure(
                story.again().look().map(look -> Long.toString(look.left())).orElse("?"),
                "left to forget at the last look");
        html.raw("</ul>");
    }

    private static long total(Outcome outcome, java.util.function.ToLongFunction<Counts> what) {
        return outcome.counts().values().stream().mapToLong(what).sum();
    }

    private void figure(String number, String words) throws IOException {
        html.raw("<li>").element("b", number).raw(" ").text(words).raw("</li>");
    }

    private void swept() throws IOException {
        html.element("h2", "The first sweep");
        paragraph(
                "",
                "What had ended was forgotten: rows deleted, or emptied where the rest of the row lives on for another purpose.");
        counts(story.swept());
    }

    private void counts(Outcome outcome) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        outcome.counts().forEach((table, counts) -> {
            if (counts.changed() > 0) {
                rows.add(List.of(
                        table.toString(),
                        number(counts.deleted() + counts.released()),
                        number(counts.cleared()),
                        number(counts.rekeyed())));
            }
        });
        table("rows forgotten, by table", List.of("Table", "Deleted", "Clearings", "New key"), 1, rows);
    }

    private void person() throws IOException {
        if (story.handed().isPresent()) {
            html.element("h2", "One customer asks to see");
            var handed = story.handed().get();
            paragraph(
                    "",
                    number(handed.rows()) + " rows of " + handed.tables()
                            + " tables were handed to her, and nothing of anybody else: "
                            + handed.file().getFileName() + ", beside this page.");
        }
        if (story.corrected().isPresent()) {
            html.element("h2", "She has another name");
            List<List<String>> rows = new ArrayList<>();
            for (Counted one : story.corrected().get().found().changes()) {
                rows.add(List.of(one.table() + "." + one.column(), "corrected", number(one.rows())));
            }
            for (Left one : story.corrected().get().found().left()) {
                rows.add(List.of(
                        one.table() + "." + one.column(),
                        "still holds the old value" + (one.reason().isEmpty() ? "" : ": " + one.reason()),
                        number(one.rows())));
            }
            table("what was corrected", List.of("Column", "State", "Rows"), 2, rows);
        }
        if (story.erased().isPresent()) {
            html.element("h2", "She asks to be forgotten");
            counts(story.erased().get());
            paragraph("", "What stays, on which ground, and until when:");
            List<List<String>> rows = new ArrayList<>();
            for (Stay stay : story.erased().get().stays()) {
                rows.add(List.of(
                        stay.table().toString(),
                        stay.use(),
                        stay.ground().replace('-', ' '),
                        stay.until().map(DATE::format).orElse("–"),
                        number(stay.rows() + stay.unknown())));
            }
            table("what stays", List.of("Table", "Use", "Ground", "Until", "Rows"), 4, rows);
        }
    }

    private void again() throws IOException {
        html.element("h2", "The look afterwards");
        paragraph(
                "",
                story.again()
                        .look()
                        .map(look -> "Every table was looked at again. Left to forget: " + look.left() + ". Not known: "
                                + look.unknown() + (look.unknown() > 0 ? ", which stays and is not called kept." : "."))
                        .orElse("It was not finished."));
    }

    private void schedule() throws IOException {
        html.element("h2", "The schedule");
        paragraph("", "What the notice means for each table.");
        for (var table : story.plan().tables().toList()) {
            html.raw("<details><summary>").text(table.table().toString()).raw("</summary><ul>");
            for (Schedule.Line line : Schedule.of(story.store().bound(), table)) {
                html.element("li", line.text());
            }
            html.raw("</ul></details>");
        }
    }

    /** @param numbers the first column of numbers; those after it are numbers, too */
    private void table(String label, List<String> heads, int numbers, List<List<String>> rows) throws IOException {
        html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .text(label)
                .raw("\"><table><thead><tr>");
        for (int i = 0; i < heads.size(); i++) {
            html.raw(i < numbers ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">")
                    .text(heads.get(i))
                    .raw("</th>");
        }
        html.raw("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.raw("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.raw(i < numbers ? "<td>" : "<td class=\"n\">")
                        .text(row.get(i))
                        .raw("</td>");
            }
            html.raw("</tr>");
        }
        html.raw("</tbody></table></div>");
    }

    private void paragraph(String kind, String text) throws IOException {
        html.raw(kind.isEmpty() ? "<p>" : "<p class=\"" + kind + "\">")
                .text(text)
                .raw("</p>");
    }

    private static String number(long number) {
        return number == 0 ? "–" : String.format(Locale.ROOT, "%,d", number);
    }
}
