package dev.kept.server.http;

import dev.kept.core.html.Html;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole page of HTML around its main part: head, the company's name or logo, what stands beside it, and the foot. It holds no script and no
 * style: both would be refused by the policy it is sent with.
 */
public final class Frame {

    private final Look look;
    private final String language;
    private final List<Asset> styles = new ArrayList<>();
    private final Html beside = new Html();
    private final Html foot = new Html();
    private String home = "/";
    private String skip = "Skip to the text";
    private String kind = "";

    private Frame(Look look, String language) {
        this.look = look;
        this.language = language;
        styles.add(look.style());
    }

    public static Frame of(Look look, String language) {
        return new Frame(look, language);
    }

    /** Another style sheet after the shared one. */
    public Frame style(Asset another) {
        styles.add(another);
        return this;
    }

    /** Where the company's name leads. */
    public Frame home(String path) {
        home = path;
        return this;
    }

    /** The words of the link that leads past the head. */
    public Frame skip(String words) {
        skip = words;
        return this;
    }

    /** A class of the body, by which a style sheet tells kinds of pages. */
    public Frame kind(String word) {
        kind = word;
        return this;
    }

    /** Stands in the head, beside the company's name: navigation, languages. */
    public Frame beside(Html html) {
        beside.add(html);
        return this;
    }

    public Frame foot(Html html) {
        foot.add(html);
        return this;
    }

    /** The page; the title stands before the company's name in the browser's. */
    public String page(String title, Html main) {
        Html html = new Html().page(language);
        html.raw(">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=\"robots\" content=\"noindex\">\n")
                .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .element("title", title + " – " + look.company());
        styles.forEach(style -> html.raw("\n<link rel=\"stylesheet\"")
                .attribute("href", style.address())
                .raw(">"));
        html.raw("\n</head>\n<body");
        if (!kind.isEmpty()) {
            html.attribute("class", kind);
        }
        html.raw(">\n<a class=\"skip\" href=\"#main\">")
                .text(skip)
                .raw("</a>\n<header class=\"head\"><div class=\"wide\">");
        company(html);
        return html.add(beside)
                .raw("</div></header>\n<main id=\"main\" tabindex=\"-1\">\n")
                .add(main)
                .raw("\n</main>\n<footer class=\"foot\"><div class=\"wide\">")
                .add(foot)
                .raw("</div></footer>\n</body>\n</html>\n")
                .toString();
    }

    private void company(Html html) {
        html.raw("<a class=\"company\"").attribute("href", home).raw(">");
        look.logo()
                .ifPresentOrElse(
                        logo -> html.raw("<img")
                                .attribute("src", logo.address())
                                .attribute("alt", look.company())
                                .raw(">"),
                        () -> html.text(look.company()));
        html.raw("</a>");
    }
}
