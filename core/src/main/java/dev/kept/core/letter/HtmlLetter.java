package dev.kept.core.letter;

import dev.kept.core.html.Html;
import java.util.List;

/**
 * A letter as HTML: simple enough for any mail program, without scripts, images and requests to anybody. The style stands in its head, where
 * programs that do not know it pass it over.
 */
final class HtmlLetter {

    private static final String STYLE = """
            body{margin:0;padding:24px 12px;background:#f3f5f7;color:#1c2733;font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei",sans-serif}
            .letter{max-width:560px;margin:0 auto;padding:28px 32px;background:#fff;border:1px solid #dde3e9;border-radius:12px;overflow-wrap:anywhere}
            p,ul,ol{margin:0 0 16px}h2{margin:0 0 12px;font-size:20px;line-height:1.3}
            li{margin:0 0 6px}a{color:#0b5c8a}
            .way a{display:inline-block;padding:12px 20px;border-radius:8px;background:#0b5c8a;color:#fff;font-weight:600;text-decoration:none}
            .code{font:600 28px/1.4 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.12em}
            blockquote{margin:0 0 16px;padding:8px 16px;border-inline-start:4px solid #c3ced8}
            .letter>p:last-child,blockquote p:last-child{margin:0}
            hr{border:0;border-top:1px solid #dde3e9;margin:20px 0}
            @media (prefers-color-scheme:dark){body{background:#12181e;color:#e6ecf1}.letter{background:#1b232b;border-color:#323d48}a{color:#7cc4ee}.way a{background:#7cc4ee;color:#0c1a24}blockquote{border-color:#475462}hr{border-color:#323d48}}
            """;

    private final Filled filled;
    private final Html html = new Html();

    private HtmlLetter(Filled filled) {
        this.filled = filled;
    }

    static String of(String language, String title, List<Part> parts, Filled filled) {
        HtmlLetter letter = new HtmlLetter(filled);
        letter.html.page(language).raw("><head><meta charset=\"utf-8\">");
        letter.html.raw("<meta name=\"viewport\" content=\"width=device-width\">");
        letter.html.raw("<meta name=\"color-scheme\" content=\"light dark\">");
        // numbers and dates are not to become links of the mail program's own
        letter.html.raw("<meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">");
        letter.html
                .element("title", title)
                .raw("<style>\n" + STYLE + "</style></head>\n<body><div class=\"letter\">\n");
        parts.forEach(letter::part);
        return letter.html.raw("</div></body></html>\n").toString();
    }

    private void part(Part part) {
        switch (part) {
            case Part.Paragraph(List<Span> spans) -> paragraph(spans);
            case Part.Heading(List<Span> spans) -> {
                html.raw("<h2>");
                spans.forEach(this::span);
                html.raw("</h2>\n");
            }
            case Part.Items items -> items(items);
            case Part.Quote(List<Part> quoted) -> {
                html.raw("<blockquote>\n");
                quoted.forEach(this::part);
                html.raw("</blockquote>\n");
            }
            case Part.Line line -> html.raw("<hr>\n");
        }
    }

    /** A paragraph that is nothing but a link is the way on; one that is nothing but a value may be a code. */
    private void paragraph(List<Span> spans) {
        boolean way = spans.size() == 1 && spans.getFirst() instanceof Span.Link;
        boolean code = spans.size() == 1 && spans.getFirst() instanceof Span.Place(String slot) && slot.equals("code");
        html.raw(way ? "<p class=\"way\">" : code ? "<p class=\"code\">" : "<p>");
        spans.forEach(this::span);
        html.raw("</p>\n");
    }

    private void items(Part.Items items) {
        String tag = items.numbered() ? "ol" : "ul";
        html.raw("<" + tag + ">\n");
        for (List<Part> item : items.items()) {
            html.raw("<li>");
            item.forEach(this::part);
            html.raw("</li>\n");
        }
        html.raw("</" + tag + ">\n");
    }

    private void span(Span span) {
        switch (span) {
            case Span.Words(String words) -> html.text(words);
            case Span.Place(String slot) -> lines(filled.text(slot));
            case Span.Strong(List<Span> inner) -> within("strong", inner);
            case Span.Emphasis(List<Span> inner) -> within("em", inner);
            case Span.Link(String slot, List<Span> inner) -> {
                html.raw("<a")
                        .attribute("href", filled.address(slot).toString())
                        .raw(">");
                inner.forEach(this::span);
                html.raw("</a>");
            }
            case Span.Break broken -> html.raw("<br>\n");
        }
    }

    private void within(String tag, List<Span> inner) {
        html.raw("<" + tag + ">");
        inner.forEach(this::span);
        html.raw("</" + tag + ">");
    }

    private void lines(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                html.raw("<br>\n");
            }
            html.text(lines.get(i));
        }
    }
}
