package dev.kept.core.notice.page;

import com.ibm.icu.text.CaseMap;
import com.ibm.icu.util.ULocale;
import dev.kept.core.html.Html;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.prose.Block;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.source.Sha256;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The notice in one language as one file of HTML: no script, nothing loaded from anywhere, and a Content Security Policy that says so.
 * Made for screens light and dark, small and wide, for paper, and for those who have it read to them (WCAG 2.2).
 */
public final class NoticePage {

    private static final String TEXT = "text";
    private static final String CONTENTS = "contents";

    private final Prose prose;
    private final Edition edition;
    private final Margin margin;
    private final Phrases phrases;
    private final BlockMarkup blocks;
    private final List<Section> sections;
    private final Html html = new Html();

    private NoticePage(Notice notice, Prose prose, SentenceIds ids, Edition edition, Margin margin) {
        this.prose = prose;
        this.edition = edition;
        this.margin = margin;
        this.phrases = prose.phrases();
        this.blocks = new BlockMarkup(ids, new Facts(notice, phrases, ids), margin, phrases);
        this.sections = Section.of(prose, ids);
    }

    /** @param margin what stands beside the sentences besides what the rules say of them */
    public static String of(Notice notice, Prose prose, Edition edition, Margin margin) {
        return new NoticePage(notice, prose, SentenceIds.of(prose), edition, margin).page();
    }

    /** The notice alone. */
    public static String of(Notice notice, Prose prose, Edition edition) {
        return of(notice, prose, edition, Margin.NONE);
    }

    /** The policy that such pages carry, for a server that sends it as the header {@code Content-Security-Policy}. */
    public static String policy(Margin margin) {
        return "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(Sha256.bytes(style(margin)))
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String style(Margin margin) {
        return PageStyle.CSS + margin.style();
    }

    private String page() {
        html.page(prose.language()).raw(">\n<head>\n");
        head();
        html.raw("</head>\n<body>\n<a class=\"skip\" href=\"#" + TEXT + "\">")
                .text(phrases.page("skip"))
                .raw("</a>\n<div class=\"page\">\n");
        header();
        contents();
        html.raw("<main id=\"" + TEXT + "\" tabindex=\"-1\">\n").add(margin.top());
        sections.forEach(this::chapter);
        html.add(margin.bottom()).raw("</main>\n");
        foot();
        html.raw("</div>\n</body>\n</html>\n");
        return html.toString();
    }

    private void head() {
        html.raw("<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\"")
                .attribute("content", policy(margin))
                .raw(">\n")
                .element("title", title())
                .raw("\n");
        Optional<Edition.Translation> own = edition.in(prose.language());
        own.ifPresent(page -> link("privacy-policy", "", page.page()));
        for (Edition.Translation other : edition.translations()) {
            html.raw("<link rel=\"alternate\"")
                    .attribute("hreflang", other.language())
                    .attribute("href", other.page())
                    .raw(">\n");
        }
        own.flatMap(Edition.Translation::markdown).ifPresent(file -> link("alternate", "text/markdown", file));
        own.flatMap(Edition.Translation::text).ifPresent(file -> link("alternate", "text/plain", file));
        edition.data().ifPresent(file -> link("alternate", "application/ld+json", file));
        html.raw("<style>" + style(margin) + "</style>\n");
    }

    private void link(String relation, String type, String address) {
        html.raw("<link").attribute("rel", relation);
        if (!type.isEmpty()) {
            html.attribute("type", type);
        }
        html.attribute("href", address).raw(">\n");
    }

    private String title() {
        return prose.title().map(sentence -> sentence.plain()).orElse(prose.file());
    }

    private void header() {
        html.raw("<header>\n");
        languages();
        prose.title().ifPresent(title -> {
            html.raw("<h1>");
            BlockMarkup.inlines(title.flowing(), html);
            html.raw("</h1>\n");
        });
        html.raw("<p class=\"edition\">").text(edition()).raw("</p>\n</header>\n");
    }

    private String edition() {
        return edition.version()
                .map(version -> phrases.page(
                        "version", Map.of("version", version.label(), "date", phrases.date(version.inForce()))))
                .orElse(phrases.page("draft"));
    }

    /** Each language by its own name, in itself. */
    private void languages() {
        if (edition.translations().size() < 2) {
            return;
        }
        html.raw("<nav class=\"languages\"")
                .attribute("aria-label", phrases.page("languages"))
                .raw("><ul>");
        for (Edition.Translation other : edition.translations()) {
            html.raw("<li><a")
                    .attribute("href", other.page())
                    .attribute("hreflang", other.language())
                    .attribute("lang", other.language());
            if (other.language().equals(prose.language())) {
                html.raw(" aria-current=\"page\"");
            }
            html.raw(">").text(nameOf(other.language())).raw("</a></li>");
        }
        html.raw("</ul></nav>\n");
    }

    private static String nameOf(String language) {
        ULocale locale = ULocale.forLanguageTag(language);
        return CaseMap.toTitle()
                .wholeString()
                .noLowercase()
                .apply(locale.toLocale(), null, locale.getDisplayName(locale));
    }

    private void contents() {
        if (sections.stream()
                .allMatch(section ->
                        section.heading().isEmpty() && section.parts().isEmpty())) {
            return;
        }
        html.raw("<nav class=\"contents\" aria-labelledby=\"" + CONTENTS + "\">\n<h2 id=\"" + CONTENTS + "\">")
                .text(phrases.page("contents"))
                .raw("</h2>\n");
        contents(sections);
        html.raw("</nav>\n");
    }

    /** Parts before the first chapter stand beside the chapters. */
    private void contents(List<Section> listed) {
        List<Section> headed = listed.stream()
                .flatMap(section -> section.heading().isPresent() ? Stream.of(section) : section.parts().stream())
                .toList();
        if (headed.isEmpty()) {
            return;
        }
        html.raw("<ol>");
        for (Section section : headed) {
            html.raw("<li><a")
                    .attribute("href", "#" + section.id())
                    .raw(">")
                    .text(section.heading()
                            .map(heading -> heading.sentence().plain())
                            .orElse(section.id()))
                    .raw("</a>");
            contents(section.parts());
            html.raw("</li>");
        }
        html.raw("</ol>\n");
    }

    private void chapter(Section chapter) {
        if (chapter.heading().isPresent()) {
            html.raw("<section").attribute("aria-labelledby", chapter.id()).raw(">\n");
        }
        part(chapter);
        chapter.parts().forEach(this::part);
        if (chapter.heading().isPresent()) {
            html.raw("</section>\n");
        }
    }

    private void part(Section part) {
        part.heading().ifPresent(heading -> blocks.heading(heading, part.id(), html));
        blocks.blocks(part.blocks().stream().filter(block -> !isTitle(block)).toList(), html);
    }

    /** It stands in the page's head already. */
    private boolean isTitle(Block block) {
        return block instanceof Block.Heading heading
                && prose.title()
                        .filter(title -> title.equals(heading.sentence()))
                        .isPresent();
    }

    private void foot() {
        html.raw("<footer>\n").element("p", edition());
        edition.version()
                .ifPresent(version -> html.raw("<p class=\"hash\">")
                        .text(phrases.page("hash", Map.of("hash", version.hash())))
                        .raw("</p>\n"));
        formats();
        if (!edition.earlier().isEmpty()) {
            html.element("h2", phrases.page("earlier")).raw("<ul>");
            for (Edition.Earlier earlier : edition.earlier()) {
                html.raw("<li><a")
                        .attribute("href", earlier.page())
                        .raw(">")
                        .text(phrases.page(
                                "version", Map.of("version", earlier.label(), "date", phrases.date(earlier.inForce()))))
                        .raw("</a></li>");
            }
            html.raw("</ul>\n");
        }
        html.raw("</footer>\n");
    }

    private void formats() {
        Optional<Edition.Translation> own = edition.in(prose.language());
        Html list = new Html();
        own.flatMap(Edition.Translation::text).ifPresent(file -> format(list, file, "text/plain", "text"));
        own.flatMap(Edition.Translation::markdown).ifPresent(file -> format(list, file, "text/markdown", "markdown"));
        edition.data().ifPresent(file -> format(list, file, "application/ld+json", "data"));
        if (!list.isEmpty()) {
            html.raw("<div class=\"formats\">")
                    .element("p", phrases.page("formats"))
                    .raw("<ul>")
                    .add(list)
                    .raw("</ul></div>\n");
        }
    }

    private void format(Html list, String file, String type, String word) {
        list.raw("<li><a")
                .attribute("href", file)
                .attribute("type", type)
                .raw(">")
                .text(phrases.page(word))
                .raw("</a></li>");
    }
}
