package dev.kept.server.centre;

import dev.kept.core.html.Html;
import dev.kept.server.http.Reply;
import dev.kept.server.request.StoredRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was asked in this browser, and the way to what was asked elsewhere. */
final class RequestList {

    /** The most that are listed. */
    private static final int MOST = 30;

    private final Guest guest;
    private final CentrePage page;

    RequestList(Guest guest, CentrePage page) {
        this.guest = guest;
        this.page = page;
    }

    Reply.Page list(Map<String, String> errors, String number, String address) {
        List<Seen> asked = asked();
        Html main = new Html()
                .add(FormMarkup.summary(guest, errors))
                .element("h1", guest.say("requests.title"))
                .raw("<p class=\"lead\">")
                .text(guest.say(asked.isEmpty() ? "requests.none" : "requests.lead"))
                .raw("</p>\n");
        if (!asked.isEmpty()) {
            main.raw("<ul class=\"rows\">");
            asked.forEach(seen -> row(main, seen));
            main.raw("</ul>\n");
        }
        main.raw("<p class=\"actions\"><a class=\"button\"")
                .attribute("href", guest.path("/ask"))
                .raw(">")
                .text(guest.say("requests.new"))
                .raw("</a></p>\n");
        find(main, errors, number, address);
        if (!asked.isEmpty()) {
            leave(main);
        }
        return page.page(errors.isEmpty() ? 200 : 422, guest.say("requests.title"), main);
    }

    /** @param proven whether it counts as the person's now */
    private record Seen(StoredRequest stored, boolean proven) {}

    private List<Seen> asked() {
        return guest.browser()
                .map(browser -> guest.desk().visits().of(browser).stream()
                        .limit(MOST)
                        .flatMap(
                                visit -> guest
                                        .requests()
                                        .find(visit.request())
                                        .map(stored -> new Seen(stored, visit.proven()))
                                        .stream())
                        .toList())
                .orElse(List.of());
    }

    private void row(Html main, Seen seen) {
        StoredRequest stored = seen.stored();
        Shown shown = Shown.of(guest, stored, seen.proven());
        main.raw("<li><a class=\"row\"")
                .attribute("href", guest.path("/requests/" + stored.number()))
                .raw("><b>")
                .text(guest.say("kind." + stored.request().ask().kind().word()))
                .raw("</b><span>")
                .text(shown.label() + " · " + guest.day(stored.firstReceivedAt()) + " · ")
                .raw("<span class=\"number\">")
                .text(stored.number())
                .raw("</span></span></a></li>\n");
    }

    private void find(Html main, Map<String, String> errors, String number, String address) {
        main.raw("<div class=\"column\">")
                .element("h2", guest.say("requests.find"))
                .element("p", guest.say("requests.find.about"));
        FormMarkup form = new FormMarkup(guest, guest.path("/requests/find"), errors);
        form.line(
                new FormMarkup.Line(
                        "number",
                        guest.say("requests.number"),
                        Optional.of(guest.say("confirm.code.hint")),
                        "text",
                        "off",
                        false),
                number);
        form.line(
                new FormMarkup.Line("address", guest.say("form.address"), Optional.empty(), "email", "email", false),
                address);
        main.add(form.end(guest.say("requests.find.send"), "second")).raw("</div>\n");
    }

    private void leave(Html main) {
        main.raw("<div class=\"quiet\"><h2>")
                .text(guest.say("requests.leave"))
                .raw("</h2>")
                .element("p", guest.say("requests.leave.about"))
                .add(new FormMarkup(guest, guest.path("/requests/leave"), Map.of())
                        .end(guest.say("requests.leave"), "second"))
                .raw("</div>");
    }

    /** The same for a number that is nobody's, and for one of another browser. */
    Reply unknown() {
        Html main = new Html()
                .raw("<div class=\"column\">")
                .element("h1", guest.say("requests.unknown"))
                .raw("</div>");
        find(main, Map.of(), "", "");
        return page.page(404, guest.say("requests.unknown"), main);
    }

    Reply.Page found() {
        Html main = new Html()
                .raw("<div class=\"column\">")
                .element("h1", guest.say("requests.find"))
                .raw("<p class=\"lead\">")
                .text(guest.say("requests.find.done"))
                .raw("</p></div>");
        return page.page(guest.say("requests.find"), main);
    }
}
