package dev.kept.server.centre;

import dev.kept.core.html.Html;
import dev.kept.server.http.Reply;
import java.util.Map;

/** Where people come in: the four things they can do here. */
final class StartPage {

    private StartPage() {}

    static Reply of(Guest guest, CentrePage page) {
        String title = guest.words()
                .say("start.title", Map.of("company", guest.premises().look().company()));
        Html main = new Html()
                .raw("<div class=\"welcome\">")
                .element("h1", title)
                .raw("<p class=\"lead\">")
                .text(guest.say("start.lead"))
                .raw("</p></div>\n<ul class=\"tiles\">");
        tile(main, guest, "start.ask", guest.path("/ask"), "tile main");
        tile(main, guest, "start.choices", guest.path("/choices"), "tile");
        tile(main, guest, "start.requests", guest.path("/requests"), "tile");
        tile(main, guest, "start.notice", "/notice/" + guest.prose().language(), "tile");
        return page.page(title, main.raw("</ul>"));
    }

    private static void tile(Html main, Guest guest, String words, String address, String kind) {
        main.raw("<li><a")
                .attribute("class", kind)
                .attribute("href", address)
                .raw("><b>")
                .text(guest.say(words))
                .raw("</b><span>")
                .text(guest.say(words + ".about"))
                .raw("</span></a></li>\n");
    }
}
