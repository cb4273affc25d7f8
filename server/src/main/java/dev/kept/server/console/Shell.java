package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.http.Asset;
import dev.kept.server.http.Look;
import dev.kept.server.http.Reply;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is around every page: the navigation with what waits, who is signed in, the page's head. */
final class Shell {

    private final Look look;
    private final Asset style;
    private final Asset icon;

    Shell(Look look, Asset style, Asset icon) {
        this.look = look;
        this.style = style;
        this.icon = icon;
    }

    /**
     * A page.
     *
     * @param title in the browser's window and as the page's heading
     * @param lead one sentence below it; may be empty
     * @param above what leads back: where the page is about one of several things
     * @param beside what stands beside the heading: buttons
     */
    record Head(Section section, String title, String lead, Optional<Link> above, Html beside) {
        static Head of(Section section, String lead) {
            return new Head(section, section.title(), lead, Optional.empty(), new Html());
        }

        Head called(String other) {
            return new Head(section, other, lead, above, beside);
        }

        Head below(String address, String text) {
            return new Head(section, title, lead, Optional.of(new Link(address, text)), beside);
        }

        Head beside(Html html) {
            return new Head(section, title, lead, above, html);
        }
    }

    record Link(String address, String text) {}

    Reply.Page page(Asked asked, Head head, Counts counts, Html main) {
        return page(200, asked, head, counts, main);
    }

    Reply.Page page(int status, Asked asked, Head head, Counts counts, Html main) {
        Html html = begin((asked.tried().isPresent() ? "Not done: " : "") + head.title(), new Html())
                .raw(
                        "<body>\n<a class=\"skip\" href=\"#main\">Skip to the page</a>\n<div class=\"app\">\n<header class=\"side\">");
        // On a narrow screen the same navigation folds away; which of the two is there the style sheet decides.
        html.raw("<details class=\"menu\"><summary>")
                .add(mark())
                .raw("<span>")
                .text(head.section().title())
                .raw("</span><span class=\"hidden\">, menu</span></summary>");
        html.add(navigation(asked, head.section(), counts, false))
                .add(who(asked))
                .raw("</details>");
        html.raw("<div class=\"wide-nav\">")
                .add(brand())
                .add(navigation(asked, head.section(), counts, true))
                .raw("</div>");
        html.raw("<div class=\"wide-nav who-box\">").add(who(asked)).raw("</div></header>\n");
        html.raw("<main id=\"main\" class=\"content\" tabindex=\"-1\">\n")
                .add(top(head))
                .add(main);
        return new Reply.Page(
                status, html.raw("\n</main>\n</div>\n</body>\n</html>\n").toString(), List.of());
    }

    /** A page for who is not signed in. */
    Reply.Page alone(int status, String title, Html main) {
        return alone(status, title, new Html(), main);
    }

    /** The same that goes on to another site by itself. */
    Reply.Page leading(String title, String address, Html main) {
        Html onward = new Html()
                .raw("<meta http-equiv=\"refresh\"")
                .attribute("content", "0; url=" + address)
                .raw(">\n");
        return alone(200, title, onward, main);
    }

    private Reply.Page alone(int status, String title, Html more, Html main) {
        Html html = begin(title, more)
                .raw("<body class=\"alone\">\n<main id=\"main\">")
                .add(brand())
                .element("h1", title)
                .add(main)
                .raw("</main>\n</body>\n</html>\n");
        return new Reply.Page(status, html.toString(), List.of());
    }

    private Html begin(String title, Html more) {
        return new Html()
                .raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw(
                        "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
                .element("title", title + " – " + look.company() + " – Kept")
                .raw("\n<link rel=\"stylesheet\"")
                .attribute("href", style.address())
                .raw(">\n<link rel=\"icon\" type=\"image/svg+xml\"")
                .attribute("href", icon.address())
                .raw(">\n")
                .add(more)
                .raw("</head>\n");
    }

    private static Html mark() {
        return new Html().raw("<span class=\"mark\" aria-hidden=\"true\">K</span>");
    }

    private Html brand() {
        return new Html()
                .raw("<div class=\"brand\">")
                .add(mark())
                .raw("<span>")
                .text(look.company())
                .raw("<small>Kept console</small></span></div>");
    }

    private static Html top(Head head) {
        Html html = new Html();
        head.above()
                .ifPresent(link -> html.raw("<nav class=\"crumb\" aria-label=\"Where you are\"><a")
                        .attribute("href", link.address())
                        .raw(">")
                        .text(link.text())
                        .raw("</a></nav>"));
        html.raw("<div class=\"top\"><div class=\"say\">").element("h1", head.title());
        if (!head.lead().isEmpty()) {
            html.element("p", head.lead());
        }
        html.raw("</div>");
        if (!head.beside().isEmpty()) {
            html.raw("<div class=\"actions\">").add(head.beside()).raw("</div>");
        }
        return html.raw("</div>\n");
    }

    private static Html navigation(Asked asked, Section here, Counts counts, boolean keys) {
        Map<Section.Group, Html> groups = new EnumMap<>(Section.Group.class);
        for (Section section : Section.values()) {
            if (asked.may(section.action())) {
                groups.computeIfAbsent(section.group(), group -> new Html()).add(link(section, here, counts, keys));
            }
        }
        Html html = new Html().raw("<nav class=\"nav\" aria-label=\"Console\">");
        groups.forEach((group, links) ->
                html.element("h2", group.title()).raw("<ul>").add(links).raw("</ul>"));
        return html.raw("</nav>");
    }

    private static Html link(Section section, Section here, Counts counts, boolean keys) {
        Html html = new Html().raw("<li><a").attribute("href", section.path());
        if (keys) {
            html.attribute("accesskey", String.valueOf(section.key()));
        }
        if (section == here) {
            html.raw(" aria-current=\"page\"");
        }
        html.raw("><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"" + section.icon() + "\"/></svg>")
                .text(section.title());
        counts.of(section)
                .ifPresent(count -> html.raw("<span class=\"count" + (count.bad() ? " bad" : "") + "\">")
                        .text(Parts.number(count.number()))
                        .raw("<span class=\"hidden\"> " + count.what() + "</span></span>"));
        return html.raw("</a></li>");
    }

    private static Html who(Asked asked) {
        return new Html()
                .raw("<div class=\"who\"><span class=\"name\">")
                .text(asked.caller().name())
                .raw("</span><span class=\"soft small\">")
                .text(asked.caller().role().replace("+", ", "))
                .raw("</span>")
                .add(asked.form(Console.ROOT + "/sign-out"))
                .raw("<button class=\"second small\">Sign out</button></form></div>");
    }
}
