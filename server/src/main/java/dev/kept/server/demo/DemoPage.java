package dev.kept.server.demo;

import dev.kept.core.lifecycle.Plan;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demo's summary: one page without scripts or requests, made for screens light and dark, small and wide, and for paper. */
final class DemoPage {

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1d2320;--soft:#56615b;--paper:#fbfaf7;--line:#dcd8cd;--accent:#1f6b4a}
            @media (prefers-color-scheme:dark){:root{--ink:#ecebe6;--soft:#a9b0ab;--paper:#171a18;--line:#363b37;--accent:#7fd0a8}}
            *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
            main{max-width:60rem;margin:0 auto;padding:2rem 1.1rem 4rem}h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2.2rem;font-size:1.2rem;color:var(--accent)}
            h3{margin:1.4rem 0 .2rem;font-size:1rem}p,li{max-width:46rem}.soft{color:var(--soft)}ul{padding-left:1.2rem;margin:.2rem 0}
            .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:right}th:first-child,td:first-child{text-align:left;overflow-wrap:anywhere}
            @media print{body{background:#fff;color:#000}}""";

    private DemoPage() {}

    static Path write(Path directory, LiveStore store, Plan plan, Outcome swept, Outcome again) throws IOException {
        StringBuilder page = new StringBuilder()
                .append(
                        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
                .append("<title>Kept: Larkfield Goods</title><style>")
                .append(STYLE)
                .append("</style></head><body><main>")
                .append("<h1>")
                .append(escaped(store.bound().notice().controller().name()))
                .append(": what the notice did</h1>")
                .append("<p class=\"soft\">As of ")
                .append(escaped(plan.asOf().instant().toString()))
                .append(". Data lives only while a purpose is alive.</p>")
                .append(
                        "<h2>The first sweep</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"rows forgotten\"><table><thead><tr><th scope=\"col\">Table</th><th scope=\"col\">Deleted</th><th scope=\"col\">Cleared</th><th scope=\"col\">New key</th></tr></thead><tbody>");
        swept.counts()
                .forEach((table, counts) -> page.append("<tr><td>")
                        .append(escaped(table.toString()))
                        .append("</td><td>")
                        .append(number(counts.deleted() + counts.released()))
                        .append("</td><td>")
                        .append(number(counts.cleared()))
                        .append("</td><td>")
                        .append(number(counts.rekeyed()))
                        .append("</td></tr>"));
        page.append("</tbody></table></div><h2>The look afterwards</h2><p>")
                .append(again.look()
                        .map(look -> "Left to forget: " + number(look.left()) + ". Not known: " + number(look.unknown())
                                + ".")
                        .orElse("It was not finished."))
                .append("</p><h2>The schedule</h2>");
        plan.tables().forEach(table -> {
            page.append("<h3>").append(escaped(table.table().toString())).append("</h3><ul>");
            Schedule.of(store.bound(), table)
                    .forEach(line ->
                            page.append("<li>").append(escaped(line.text())).append("</li>"));
            page.append("</ul>");
        });
        page.append("</main></body></html>");
        Path file = directory.resolve("demo.html");
        Files.writeString(file, page.toString());
        return file;
    }

    private static String number(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
