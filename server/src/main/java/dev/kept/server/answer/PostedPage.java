package dev.kept.server.answer;

import com.ibm.icu.util.ULocale;
import dev.kept.core.html.Html;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Dates;
import dev.kept.core.wording.Wording;
import dev.kept.core.wording.Wordings;
import dev.kept.server.answer.PostedLetter.Evidence;
import dev.kept.server.configuration.Logo;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A letter on A4 (ISO 216), its address where the window of a DL or C6/5 envelope is (DIN 5008, form B). One file, without scripts and without a request to
 * anybody.
 */
final class PostedPage {

    private static final String STYLE = """
            @page{size:A4;margin:25mm 20mm 20mm 25mm}@page:first{margin-top:0}
            *{box-sizing:border-box}
            body{margin:0;color:#1b1b1b;font:11pt/1.5 "Source Sans 3","Helvetica Neue",Arial,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
            .sheet{position:relative;overflow-wrap:anywhere}
            .head{position:absolute;top:15mm;left:0;right:0;height:22mm;display:flex;justify-content:space-between;align-items:flex-start;gap:10mm}
            .head img{max-height:18mm;max-width:70mm}.head b{font-size:15pt;letter-spacing:-.01em}
            .head address{font-style:normal;font-size:8.5pt;line-height:1.45;text-align:right;color:#555}
            .window{position:absolute;top:45mm;left:-5mm;width:85mm;height:45mm;padding-left:5mm;overflow:hidden}
            .back{height:7mm;font-size:6.5pt;color:#555;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;border-bottom:.2mm solid #bbb;line-height:6.5mm;margin-bottom:3.5mm}
            .to{line-height:1.35}
            .facts{position:absolute;top:50mm;right:0;width:65mm;font-size:9.5pt;margin:0;display:grid;grid-template-columns:auto 1fr;gap:1mm 4mm}
            .facts dt{color:#555}.facts dd{margin:0}
            .body{padding-top:103mm}
            h1{font-size:12.5pt;line-height:1.3;margin:0 0 6mm}
            p{margin:0 0 4mm;orphans:3;widows:3}
            .evidence{margin-top:10mm;padding-top:3mm;border-top:.3mm solid #bbb;font-size:8.5pt;line-height:1.45;color:#444;break-inside:avoid}
            .evidence code{font:8pt/1.4 "DejaVu Sans Mono",Menlo,Consolas,monospace;color:#1b1b1b}
            .evidence p{margin:0 0 1.5mm}
            .fold{position:absolute;left:-20mm;width:5mm;border-top:.2mm solid #999}.fold.a{top:105mm}.fold.b{top:210mm}
            @media screen{html{background:#e9ecef}.sheet{width:210mm;max-width:100%;min-height:297mm;margin:8mm auto;padding:0 20mm 20mm 25mm;background:#fff;box-shadow:0 1mm 4mm #0002}
            .head{left:25mm;right:20mm}.window{left:20mm}.facts{right:20mm}.fold{left:5mm}}
            @media screen and (max-width:210mm){.sheet{margin:0;padding:6mm;min-height:0}.head,.window,.facts{position:static;width:auto;height:auto;margin-bottom:8mm;padding:0}.body{padding-top:0}.fold{display:none}}
            """;

    private PostedPage() {}

    static String of(PostedLetter letter, Evidence evidence, Wordings wordings) {
        Wording words = wordings.in(letter.language(), Area.POSTED);
        Html html = new Html().page(letter.language());
        html.raw("><head><meta charset=\"utf-8\">");
        html.raw("<meta name=\"viewport\" content=\"width=device-width\">").element("title", letter.subject());
        html.raw("<style>\n" + STYLE + "</style></head>\n<body><main class=\"sheet\">\n");
        head(html, letter);
        window(html, letter);
        facts(html, letter, words);
        html.raw("<span class=\"fold a\"></span><span class=\"fold b\"></span>\n<div class=\"body\">");
        html.element("h1", letter.subject()).raw("\n");
        for (String paragraph : letter.text().split("\n{2,}", -1)) {
            paragraph(html, paragraph);
        }
        evidence(html, letter, evidence, words);
        return html.raw("</div></main></body></html>\n").toString();
    }

    private static void head(Html html, PostedLetter letter) {
        html.raw("<div class=\"head\"><div>");
        if (letter.from().logo().isPresent()) {
            Logo logo = letter.from().logo().get();
            String data = "data:" + logo.mediaType() + ";base64,"
                    + Base64.getEncoder().encodeToString(logo.content());
            html.raw("<img")
                    .attribute("alt", letter.from().name())
                    .attribute("src", data)
                    .raw(">");
        } else {
            html.element("b", letter.from().name());
        }
        html.raw("</div><address>").text(letter.from().name()).raw("<br>");
        html.text(letter.from().post()).raw("<br>").text(letter.from().email()).raw("</address></div>\n");
    }

    private static void window(Html html, PostedLetter letter) {
        html.raw("<div class=\"window\"><div class=\"back\">")
                .text(letter.from().name() + " · " + letter.from().post())
                .raw("</div><div class=\"to\">");
        letter.to().forEach(line -> html.text(line).raw("<br>"));
        html.raw("</div></div>\n");
    }

    private static void facts(Html html, PostedLetter letter, Wording words) {
        String date = Dates.day(letter.date(), ULocale.forLanguageTag(letter.language()));
        html.raw("<dl class=\"facts\">").element("dt", words.say("date")).element("dd", date);
        html.element("dt", words.say("request")).element("dd", letter.number());
        html.element("dt", words.say("contact"))
                .element("dd", letter.from().email())
                .raw("</dl>\n");
    }

    private static void paragraph(Html html, String paragraph) {
        html.raw("<p>");
        List<String> lines = paragraph.strip().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            html.raw(i == 0 ? "" : "<br>").text(lines.get(i));
        }
        html.raw("</p>\n");
    }

    private static void evidence(Html html, PostedLetter letter, Evidence evidence, Wording words) {
        html.raw("<section class=\"evidence\">")
                .raw("<p>")
                .element("b", words.say("evidence"))
                .raw("</p><p>");
        html.text(words.say("entry", Map.of("entry", Long.toString(evidence.entry()), "ledger", evidence.ledger())));
        html.raw("</p><p>").element("code", letter.commitment()).raw("</p><p>").text(words.say("how"));
        html.raw("</p><p>").element("code", letter.salt()).raw("</p></section>\n");
    }
}
