package dev.kept.server.centre;

import dev.kept.core.html.Html;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Visits;
import java.util.Map;
import java.util.Optional;

/**
 * A one-time link. To open it shows a button: programs that look through mail open links, too, and must not use them up. What is wrong with a link
 * that does not work is not said: the same page for one that never was, one of another browser, and one that was used.
 */
final class OpenPages {

    private static final String TOKEN = "[A-Za-z0-9_-]{1,100}";

    private final Guest guest;
    private final CentrePage page;
    private final Centre.Door door;

    OpenPages(Guest guest, CentrePage page, Centre.Door door) {
        this.guest = guest;
        this.page = page;
        this.door = door;
    }

    Optional<Reply> answer(String[] parts) {
        if (parts.length != 2 || !parts[1].matches(TOKEN)) {
            return Optional.empty();
        }
        Optional<Reply> refused = door.refused(guest.visit(), Centre.What.TRY, "");
        if (refused.isPresent()) {
            return refused;
        }
        return Optional.of(guest.visit().method() == Method.GET ? look(parts[1]) : open(parts[1]));
    }

    private Reply look(String token) {
        Optional<StoredRequest> found = guest.desk().look(token, guest.browser().orElseGet(Visits::secret));
        if (found.isEmpty()) {
            return bad();
        }
        StoredRequest stored = found.get();
        String kind = guest.say("kind." + stored.request().ask().kind().word());
        Html main = new Html()
                .raw("<div class=\"column\">")
                .element("h1", guest.say("open.title"))
                .raw("<p class=\"lead\">")
                .text(guest.words().say("open.about", Map.of("number", stored.number(), "kind", kind)))
                .raw("</p>")
                .add(new FormMarkup(guest, guest.path("/open/" + token), Map.of()).end(guest.say("open.yes")))
                .raw("<p class=\"soft\">")
                .text(guest.say("open.no"))
                .raw("</p></div>");
        return page.page(guest.say("open.title"), main);
    }

    private Reply open(String token) {
        guest.visit().form();
        // a link that staff's request brought is good in whichever browser opens it first
        return Optional.of(guest.browser().orElseGet(Visits::secret))
                .flatMap(browser -> guest.desk()
                        .open(token, browser)
                        .<Reply>map(stored -> Reply.SeeOther.to(guest.path("/requests/" + stored.number()))
                                .with(Guest.cookie(guest.desk().renewed(browser)))))
                .orElseGet(this::bad);
    }

    private Reply bad() {
        Html main = new Html()
                .raw("<div class=\"column\">")
                .element("h1", guest.say("open.bad"))
                .raw("<p class=\"lead\">")
                .text(guest.say("open.bad.about"))
                .raw("</p><p class=\"actions\"><a class=\"button\"")
                .attribute("href", guest.path("/requests"))
                .raw(">")
                .text(guest.say("open.bad.go"))
                .raw("</a></p></div>");
        return page.page(404, guest.say("open.bad"), main);
    }
}
