package dev.kept.server.confirm;

import dev.kept.core.html.Html;
import dev.kept.server.http.Visit;

/** A page with one button: what is behind a link counts once it is pressed, since programs follow links before people do. */
final class ButtonPage {

    private ButtonPage() {}

    static Html begin(String title, String lead) {
        return new Html()
                .element("h1", title)
                .raw("<p class=\"lead\">")
                .text(lead)
                .raw("</p>\n");
    }

    /** @param promise what whoever presses it says */
    static void button(Html main, Visit visit, String promise, String button) {
        main.raw("<p class=\"column\">")
                .text(promise)
                .raw("</p>\n<form method=\"post\"")
                .attribute("action", visit.path())
                .raw("><input type=\"hidden\" name=\"token\"")
                .attribute("value", visit.token())
                .raw("><div class=\"actions\"><button>")
                .text(button)
                .raw("</button></div></form>\n");
    }
}
