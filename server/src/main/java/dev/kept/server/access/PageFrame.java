package dev.kept.server.access;

import dev.kept.server.page.Html;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The page around the records: no script, nothing loaded from elsewhere (its policy forbids both), light and dark, small and wide, and on
 * paper.
 */
final class PageFrame {

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1d2320;--soft:#56615b;--paper:#fbfaf7;--card:#fff;--line:#dcd8cd;--accent:#1f6b4a}
            @media (prefers-color-scheme:dark){:root{--ink:#ecebe6;--soft:#a9b0ab;--paper:#171a18;--card:#1f2321;--line:#3a403c;--accent:#7fd0a8}}
            *{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
            body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
            main{max-width:68rem;margin:0 auto;padding:1.5rem 1rem 4rem}
            h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.3rem;margin:0 0 .6rem;color:var(--accent)}h3{font-size:1.05rem;margin:1.25rem 0 .6rem}h4{font-size:1rem;margin:0 0 .3rem}
            p{max-width:46rem}a{color:var(--accent)}a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}.soft{color:var(--soft)}
            section{margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
            .contents{columns:16rem;column-gap:2rem;padding:0;list-style:none}.contents li{break-inside:avoid;padding:.25rem 0}
            .why{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));margin-bottom:1.25rem}
            .reason{border-inline-start:3px solid var(--accent);padding:.1rem 0;padding-inline-start:.8rem}
            dl{margin:0}dt{color:var(--soft);font-size:.85rem}dd{margin:0}.reason dl>div{margin-top:.35rem}.reason ul{margin:0;padding-inline-start:1.1rem}.reason span{font-size:.9rem}
            .records{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}
            .records>li{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.75rem .9rem;content-visibility:auto;contain-intrinsic-size:auto 9rem}
            .records dl{display:grid;gap:.5rem 1.25rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr))}
            .records dd{white-space:pre-wrap;text-align:left}[dir=rtl] .records dd{text-align:right}.records dd.own,.until{color:var(--soft);font-size:.85rem}.until{margin:.6rem 0 0}
            @media print{:root{color-scheme:light;--ink:#000;--soft:#444;--paper:#fff;--card:#fff;--line:#999;--accent:#000}.records>li{break-inside:avoid;content-visibility:visible}}
            """;

    private PageFrame() {}

    /** Up to the records. */
    static void begin(OutputStream target, Contents contents, List<PagePart.Section> sections, List<String> empty)
            throws IOException {
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        Html html = new Html(out);
        Words words = contents.words();
        String title = words.say(
                "title", Map.of("company", contents.notice().controller().name()));
        html.raw(new dev.kept.core.html.Html().page(words.language()).toString())
                .raw("><head><meta charset=\"utf-8\">")
                .raw(
                        "<meta http-equiv=\"Content-Security-Policy\""
                                + " content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .raw("<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"robots\" content=\"noindex\">")
                .element("title", title)
                .raw("<style>" + STYLE + "</style></head><body><main id=\"top\">")
                .element("h1", title);
        introduction(html, contents);
        contents(html, words, sections, empty);
        rights(html, contents);
        out.flush();
    }

    private static void introduction(Html html, Contents contents) throws IOException {
        Words words = contents.words();
        ZoneId zone = contents.notice().controller().zone();
        String time = words.moments().minute(contents.asOf().atZone(zone).toLocalDateTime());
        paragraph(html, words.say("lead", Map.of("time", time, "zone", zone.toString())) + " " + words.say("each"));
        paragraph(html, words.say("files"));
        if (contents.restricted()) {
            html.raw("<p>").element("strong", words.say("restricted")).raw("</p>");
        }
        if (!contents.objected().isEmpty()) {
            String uses =
                    words.joined(contents.objected().stream().map(words::use).toList());
            html.raw("<p>")
                    .element("strong", words.say("objected", Map.of("uses", uses)))
                    .raw("</p>");
        }
    }

    private static void paragraph(Html html, String text) throws IOException {
        html.element("p", text);
    }

    private static void contents(Html html, Words words, List<PagePart.Section> sections, List<String> empty)
            throws IOException {
        html.raw("<nav aria-labelledby=\"contents\"><h2 id=\"contents\">")
                .text(words.say("records"))
                .raw("</h2><ul class=\"contents\">");
        for (PagePart.Section section : sections) {
            html.raw("<li><a href=\"#" + section.anchor() + "\">")
                    .text(section.title())
                    .raw("</a> <span class=\"soft\">")
                    .text(words.number(section.rows()))
                    .raw("</span></li>");
        }
        html.raw("</ul></nav>");
        if (!empty.isEmpty()) {
            html.raw("<p class=\"soft\">").text(words.say("nothing", Map.of("records", words.joined(empty))));
            html.raw("</p>");
        }
    }

    private static void rights(Html html, Contents contents) throws IOException {
        Words words = contents.words();
        String post = words.post();
        Map<String, String> reach = Map.of(
                "company", contents.notice().controller().name(),
                "email", contents.notice().contact().email(),
                "post", post);
        html.raw("<section>").element("h2", words.say("rights"));
        paragraph(html, words.say("rights.can", Map.of("rights", words.rights())));
        paragraph(html, words.say(post.isBlank() ? "rights.write" : "rights.write-or-post", reach));
        html.raw("</section>");
    }

    /** From the records on. */
    static void end(OutputStream target, Contents contents) throws IOException {
        Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        new Html(out)
                .raw("<p class=\"soft\">")
                .text(contents.words()
                        .say("number", Map.of("number", contents.id().toString())))
                .raw("</p></main></body></html>\n");
        out.flush();
    }
}
