package dev.kept.server.centre;

import dev.kept.core.html.Html;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.http.Reply;
import java.util.List;

/** What rests on a person's consent or on the company's interests, in the notice's words, and how to end it. */
final class ChoicesPage {

    private final Guest guest;
    private final Offer offer;
    private final Html main = new Html();

    private ChoicesPage(Guest guest) {
        this.guest = guest;
        this.offer = new Offer(guest.notice());
    }

    static Reply of(Guest guest, CentrePage page) {
        return page.page(guest.say("choices.title"), new ChoicesPage(guest).main());
    }

    private Html main() {
        main.element("h1", guest.say("choices.title"))
                .raw("<p class=\"lead\">")
                .text(guest.say("choices.lead"))
                .raw("</p>\n");
        boolean nothing = true;
        if (offer.has(Kind.MARKETING_OBJECTION)) {
            nothing = false;
            marketing();
        }
        nothing &= !uses(Kind.WITHDRAWAL, "choices.consents", "choices.take-back");
        nothing &= !uses(Kind.OBJECTION, "choices.interests", "choices.object");
        if (nothing) {
            main.element("p", guest.say("choices.none"));
        }
        return main;
    }

    private void marketing() {
        main.element("h2", guest.say("choices.marketing"))
                .element("p", guest.say("choices.marketing.about"))
                .raw("<p class=\"actions\"><a class=\"button\"")
                .attribute("href", guest.path("/ask/" + Kind.MARKETING_OBJECTION.word()))
                .raw(">")
                .text(guest.say("kind.marketing-objection"))
                .raw("</a></p>\n");
    }

    private boolean uses(Kind kind, String title, String action) {
        List<Use> uses = offer.uses(kind);
        if (!offer.has(kind)) {
            return false;
        }
        main.element("h2", guest.say(title)).raw("<ul class=\"uses\">");
        for (Use use : uses) {
            UseWords words = UseWords.of(use, guest.prose());
            main.raw("<li><div>").element("h3", words.title());
            if (!words.sentence().isEmpty()) {
                main.element("p", words.sentence());
            }
            main.raw("</div><a class=\"button second\"")
                    .attribute("href", guest.path("/ask/" + kind.word()) + "?use=" + use.id())
                    .raw(">")
                    .text(guest.say(action))
                    .raw("<span class=\"hidden\">: ")
                    .text(words.title())
                    .raw("</span></a></li>\n");
        }
        main.raw("</ul>\n");
        return true;
    }
}
