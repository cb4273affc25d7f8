package dev.kept.server.centre;

import com.ibm.icu.text.CaseMap;
import com.ibm.icu.util.ULocale;
import dev.kept.core.html.Html;
import dev.kept.server.http.Asset;
import dev.kept.server.http.Frame;
import dev.kept.server.http.Reply;
import java.util.List;
import java.util.Map;

/** The page around what the centre shows: its parts, the languages, who is responsible. */
final class CentrePage {

    static final Asset STYLE = Asset.css("centre", CentreStyle.CSS);

    private final Guest guest;
    private final List<String> languages;
    private final String rest;

    /**
     * @param languages the centre has
     * @param rest of the path, after the language: the same page in another language has it, too
     */
    CentrePage(Guest guest, List<String> languages, String rest) {
        this.guest = guest;
        this.languages = languages;
        this.rest = rest;
    }

    Reply.Page page(String title, Html main) {
        return page(200, title, main);
    }

    Reply.Page page(int status, String title, Html main) {
        String html = Frame.of(guest.premises().look(), guest.language())
                .style(STYLE)
                .home(guest.path(""))
                .skip(guest.say("skip"))
                .beside(languages())
                .beside(parts())
                .foot(foot())
                .page(title, main);
        return new Reply.Page(status, html, List.of());
    }

    private Html parts() {
        Html html = new Html()
                .raw("<nav class=\"links parts\"")
                .attribute("aria-label", guest.say("sections"))
                .raw("><ul>");
        part(html, "nav.notice", "/notice/" + guest.prose().language(), false);
        part(html, "nav.ask", guest.path("/ask"), rest.startsWith("/ask"));
        part(html, "nav.choices", guest.path("/choices"), rest.startsWith("/choices"));
        part(html, "nav.requests", guest.path("/requests"), rest.startsWith("/requests"));
        return html.raw("</ul></nav>");
    }

    private void part(Html html, String words, String address, boolean here) {
        html.raw("<li><a").attribute("href", address);
        if (here) {
            html.raw(" aria-current=\"true\"");
        }
        html.raw(">").text(guest.say(words)).raw("</a></li>");
    }

    /** Each by its own name. */
    private Html languages() {
        Html html = new Html();
        if (languages.size() < 2) {
            return html;
        }
        html.raw("<nav class=\"links tongues\"")
                .attribute("aria-label", guest.say("languages"))
                .raw("><ul>");
        for (String language : languages) {
            html.raw("<li><a")
                    .attribute("href", Centre.ROOT + "/" + language + rest)
                    .attribute("hreflang", language)
                    .attribute("lang", language);
            if (language.equals(guest.language())) {
                html.raw(" aria-current=\"true\"");
            }
            html.raw(">").text(nameOf(language)).raw("</a></li>");
        }
        return html.raw("</ul></nav>");
    }

    private static String nameOf(String language) {
        ULocale locale = ULocale.forLanguageTag(language);
        return CaseMap.toTitle()
                .wholeString()
                .noLowercase()
                .apply(locale.toLocale(), null, locale.getDisplayName(locale));
    }

    private Html foot() {
        String mail = guest.notice().contact().email();
        Html html = new Html()
                .element(
                        "p",
                        guest.words()
                                .say(
                                        "foot.who",
                                        Map.of(
                                                "company",
                                                guest.notice().controller().name())));
        if (!mail.isEmpty()) {
            html.raw("<p>")
                    .text(guest.say("foot.mail"))
                    .raw(" <a")
                    .attribute("href", "mailto:" + mail)
                    .raw(">")
                    .text(mail)
                    .raw("</a></p>");
        }
        return html.raw("<p>")
                .text(guest.say("foot.post"))
                // its letters may run the other way than the page's
                .raw(" <bdi>")
                .text(guest.notice().contact().post())
                .raw("</bdi></p>");
    }
}
