package dev.kept.server.centre;

import dev.kept.core.html.Html;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Request;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Visits;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Asking: first what, then a form for just that. The answer is the same for everybody, and nothing is looked up for it. */
final class AskPages {

    private final Guest guest;
    private final CentrePage page;
    private final Centre.Door door;
    private final Offer offer;

    AskPages(Guest guest, CentrePage page, Centre.Door door) {
        this.guest = guest;
        this.page = page;
        this.door = door;
        this.offer = new Offer(guest.notice());
    }

    Optional<Reply> answer(String[] parts) {
        boolean acts = guest.visit().method() == Method.POST;
        if (parts.length == 1 && !acts) {
            return Optional.of(kinds());
        }
        Optional<Kind> kind = parts.length == 2 ? Kind.parse(parts[1]).filter(offer::has) : Optional.empty();
        return kind.map(one -> acts ? send(one) : form(AskForm.empty(one, chosen(one)), Map.of()));
    }

    /** A use that a link chose. */
    private String chosen(Kind kind) {
        String use = guest.visit().query().text("use");
        return ids(kind).contains(use) ? use : "";
    }

    private List<String> ids(Kind kind) {
        return offer.uses(kind).stream().map(Use::id).toList();
    }

    private Reply kinds() {
        String within = guest.notice()
                .rights()
                .answeredWithin()
                .map(span -> guest.phrases().span(span))
                .orElse(guest.say("ask.month"));
        Html main = new Html()
                .element("h1", guest.say("ask.title"))
                .raw("<p class=\"lead\">")
                .text(guest.words().say("ask.lead", Map.of("within", within)))
                .raw("</p>\n");
        group(main, "ask.data", offer.of(Offer.DATA));
        group(main, "ask.stop", offer.of(Offer.STOP));
        group(main, "ask.other", offer.of(Offer.OTHER));
        return page.page(guest.say("ask.title"), main);
    }

    private void group(Html main, String title, List<Kind> kinds) {
        if (kinds.isEmpty()) {
            return;
        }
        main.element("h2", guest.say(title)).raw("<ul class=\"rows\">");
        for (Kind kind : kinds) {
            main.raw("<li><a class=\"row\"")
                    .attribute("href", guest.path("/ask/" + kind.word()))
                    .raw("><b>")
                    .text(guest.say("kind." + kind.word()))
                    .raw("</b><span>")
                    .text(guest.say("kind." + kind.word() + ".about"))
                    .raw("</span></a></li>\n");
        }
        main.raw("</ul>\n");
    }

    private Reply send(Kind kind) {
        AskForm form = AskForm.of(kind, guest.visit().form());
        Map<String, String> errors = form.errors(guest, ids(kind));
        if (!errors.isEmpty()) {
            return form(form, errors);
        }
        Optional<Reply> refused = door.refused(guest.visit(), Centre.What.ASK, form.counted());
        if (refused.isPresent()) {
            return refused.get();
        }
        String browser = guest.browser().orElseGet(Visits::secret);
        StoredRequest stored = guest.desk()
                .receive(
                        form.ask(offer.implied(kind)),
                        form.typed(),
                        guest.prose().language(),
                        browser);
        return Reply.SeeOther.to(guest.path("/requests/" + stored.number())).with(Guest.cookie(browser));
    }

    private Reply form(AskForm typed, Map<String, String> errors) {
        Kind kind = typed.kind();
        String title = guest.say("kind." + kind.word());
        Html main = new Html()
                .raw("<div class=\"column\">")
                .add(FormMarkup.summary(guest, errors))
                .element("h1", title)
                .raw("<p class=\"lead\">")
                .text(guest.say("kind." + kind.word() + ".about"))
                .raw("</p>\n")
                .element("p", guest.words().say("form.by", Map.of("date", guest.day(due()))));
        FormMarkup form = new FormMarkup(guest, guest.path("/ask/" + kind.word()), errors);
        fields(form, typed);
        main.add(form.end(guest.say(kind == Kind.QUESTION ? "form.send.question" : "form.send")))
                .raw("<p class=\"soft small\">")
                .text(guest.say("form.after"))
                .raw("</p></div>");
        String shown = errors.isEmpty() ? title : guest.say("error.prefix") + " " + title;
        return page.page(errors.isEmpty() ? 200 : 422, shown, main);
    }

    /** The last day to answer what is asked today: the same for every kind. */
    private LocalDate due() {
        Request today = Request.received(new UUID(0, 0), Ask.of(Kind.ACCESS), guest.now());
        return Deadline.of(today, guest.requests().terms(), guest.now()).due();
    }

    private void fields(FormMarkup form, AskForm typed) {
        Kind kind = typed.kind();
        List<Use> uses = offer.uses(kind);
        if (!uses.isEmpty()) {
            List<UseWords> words =
                    uses.stream().map(use -> UseWords.of(use, guest.prose())).toList();
            String legend = kind == Kind.OBJECTION ? "form.uses.objection" : "form.uses.withdrawal";
            form.choices(AskForm.USE, guest.say(legend), words, typed.use());
        }
        String hint = guest.say(kind == Kind.QUESTION ? "form.address.answer" : "form.address.hint");
        form.line(
                new FormMarkup.Line(
                        AskForm.ADDRESS, guest.say("form.address"), Optional.of(hint), "email", "email", false),
                typed.address());
        form.line(
                new FormMarkup.Line(
                        AskForm.NAME,
                        guest.say("form.name"),
                        Optional.empty(),
                        "text",
                        "name",
                        !AskForm.asksName(kind)),
                typed.name());
        if (AskForm.asksName(kind)) {
            form.line(
                    new FormMarkup.Line(
                            AskForm.PLACE,
                            guest.say("form.place"),
                            Optional.of(guest.say("form.place.hint")),
                            "text",
                            "off",
                            false),
                    typed.place());
        }
        String own = "form.words." + kind.word();
        form.text(
                AskForm.WORDS,
                guest.say(guest.words().has(own) ? own : "form.words"),
                Optional.of(guest.say("form.words.hint")),
                !AskForm.needsWords(kind),
                typed.words());
    }
}
