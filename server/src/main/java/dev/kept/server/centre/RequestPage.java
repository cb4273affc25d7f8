package dev.kept.server.centre;

import dev.kept.core.html.Html;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Request;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.answer.KeptAnswer;
import dev.kept.server.centre.RequestPages.Asked;
import dev.kept.server.http.Reply;
import dev.kept.server.request.Details;
import dev.kept.server.request.Messages;
import dev.kept.server.request.Requests;
import dev.kept.server.request.StoredRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One request: where it stands and why, what to do next, what was written, what happened. */
final class RequestPage {

    /** What happened inside the house, and tells a person nothing she could use. */
    private static final Set<String> INSIDE = Set.of("fail", "retry", "join");

    private final Guest guest;
    private final CentrePage page;
    private final Asked asked;
    private final StoredRequest stored;
    private final Request request;
    private final Html main = new Html();

    RequestPage(Guest guest, CentrePage page, Asked asked) {
        this.guest = guest;
        this.page = page;
        this.asked = asked;
        this.stored = asked.stored();
        this.request = guest.hides(stored, asked.proven())
                ? Request.received(
                        stored.id(), stored.request().ask(), stored.request().receivedAt())
                : stored.request();
    }

    private String kind() {
        return guest.say("kind." + request.ask().kind().word());
    }

    private String path(String rest) {
        return guest.path("/requests/" + stored.number() + rest);
    }

    /** @param kept what was typed into the field with the error */
    Reply show(Map<String, String> errors, String kept) {
        main.add(FormMarkup.summary(guest, errors)).element("h1", kind());
        standing();
        if (confirms()) {
            confirm(errors, kept);
        }
        if (asked.proven()) {
            answer();
            stays();
            messages();
            history();
        } else if (guest.asks(stored)) {
            question();
        }
        if (request.open() && writes()) {
            write(errors, kept);
        }
        if (withdraws()) {
            main.raw("<p class=\"quiet\"><a")
                    .attribute("href", path("/withdraw"))
                    .raw(">")
                    .text(guest.say("request.withdraw"))
                    .raw("</a></p>");
        }
        return page.page(errors.isEmpty() ? 200 : 422, kind() + " " + stored.number(), main);
    }

    private boolean plain() {
        return request.ask().kind() == Kind.QUESTION;
    }

    /** Who has to be known for it is asked to prove it; later again, to see what is hers. */
    private boolean confirms() {
        boolean ended = !request.open() && request.identity().isEmpty();
        return !asked.proven() && !plain() && !ended;
    }

    private boolean writes() {
        return asked.proven() || plain() || guest.asks(stored);
    }

    private boolean withdraws() {
        boolean hers = asked.proven() || request.identity().isEmpty();
        return hers && guest.desk().withdrawable(stored);
    }

    private void standing() {
        Shown shown = Shown.of(guest, stored, asked.proven());
        main.raw("<div class=\"standing card\"><p><span")
                .attribute("class", ("state " + shown.look()).strip())
                .raw(">")
                .text(shown.label())
                .raw("</span></p><p class=\"about\">")
                .text(shown.about())
                .raw("</p>");
        if (request.stage() instanceof Stage.Refused) {
            main.element("p", guest.say("request.complain"));
        }
        Deadline deadline = request.deadline(guest.requests().terms(), guest.now());
        main.raw("<dl class=\"facts\">");
        fact("request.number", stored.number());
        fact("request.received", guest.day(stored.firstReceivedAt()));
        request.closedAt()
                .ifPresentOrElse(
                        ended -> fact("request.closed", guest.day(ended)),
                        () -> fact("request.due", guest.day(deadline.due())));
        if (!request.ask().uses().isEmpty()) {
            fact("request.uses", uses());
        }
        main.raw("</dl>");
        Shown.clock(guest, stored, deadline)
                .ifPresent(why -> main.raw("<p class=\"soft small\">").text(why).raw("</p>"));
        main.raw("</div>\n");
    }

    private void fact(String words, String value) {
        main.raw("<div>").element("dt", guest.say(words)).element("dd", value).raw("</div>");
    }

    private String uses() {
        return request.ask().uses().stream()
                .map(id -> Optional.ofNullable(guest.notice().uses().get(id))
                        .map(use -> UseWords.of(use, guest.prose()).title())
                        .orElse(id))
                .collect(Collectors.joining(", "));
    }

    private void confirm(Map<String, String> errors, String kept) {
        boolean first = request.identity().isEmpty();
        main.raw("<section class=\"step\">")
                .element("h2", guest.say(first ? "confirm.title" : "confirm.see"))
                .element("p", guest.say(first ? "confirm.mail" : "confirm.see.about"));
        if (first) {
            code(errors, kept);
            main.raw("<details><summary>")
                    .text(guest.say("confirm.none"))
                    .raw("</summary>")
                    .element("p", guest.say("confirm.none.about"))
                    .add(new FormMarkup(guest, path("/link"), Map.of()).end(guest.say("confirm.again"), "second"))
                    .raw("</details>");
        } else {
            main.add(new FormMarkup(guest, path("/link"), Map.of()).end(guest.say("confirm.see.send")));
            code(errors, kept);
        }
        main.raw("</section>\n");
    }

    private void code(Map<String, String> errors, String kept) {
        FormMarkup form = new FormMarkup(guest, path("/code"), errors);
        form.line(
                new FormMarkup.Line(
                        "code",
                        guest.say("confirm.code"),
                        Optional.of(guest.say("confirm.code.hint")),
                        "text",
                        "one-time-code",
                        false),
                errors.containsKey("code") ? kept : "");
        boolean first = request.identity().isEmpty();
        main.raw("<div class=\"codes\">")
                .add(form.end(guest.say("confirm.send"), first ? "" : "second"))
                .raw("</div>");
    }

    /** What is handed out, or how it can be had again. */
    private void answer() {
        Optional<KeptAnswer> current = guest.desk().current(stored);
        if (current.isPresent()) {
            String until = guest.day(current.get().endsAt());
            main.raw("<section class=\"step\">")
                    .element("h2", guest.say("answer.title"))
                    .element("p", guest.words().say("answer.about", Map.of("date", until)))
                    .raw("<p class=\"actions\"><a class=\"button\"")
                    .attribute("href", path("/answer"))
                    .raw(" download>")
                    .text(guest.say("answer.get"))
                    .raw("</a></p></section>\n");
        } else if (guest.desk().renewable(stored)) {
            main.raw("<section class=\"step\">")
                    .element("h2", guest.say("answer.title"))
                    .element("p", guest.say("answer.gone"))
                    .add(new FormMarkup(guest, path("/renew"), Map.of()).end(guest.say("answer.again")))
                    .raw("</section>\n");
        }
    }

    /** What an erasure left, on which ground, and until when (Art. 12(4), 17(3)). */
    private void stays() {
        main.add(Staying.of(guest, new Details(guest.premises().home().state()).stores(stored.id())));
    }

    /** What staff want to know of who asks, before it is known who that is: their last words to her, and nothing else. */
    private void question() {
        written().stream()
                .filter(message -> message.author() == Messages.Author.STAFF)
                .reduce((first, last) -> last)
                .ifPresent(last -> messages(List.of(last)));
    }

    private List<Messages.Message> written() {
        return guest.desk().messages().of(stored.id()).stream()
                .filter(message -> !message.internal())
                .toList();
    }

    private void messages() {
        messages(written());
    }

    private void messages(List<Messages.Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        main.element("h2", guest.say("request.messages")).raw("<ol class=\"messages\">");
        for (Messages.Message message : messages) {
            boolean own = message.author() == Messages.Author.PERSON;
            main.raw(own ? "<li class=\"you\">" : "<li>")
                    .raw("<p class=\"by\"><b>")
                    .text(
                            own
                                    ? guest.say("request.you")
                                    : guest.premises().look().company())
                    .raw("</b> · ")
                    .text(guest.day(message.at()))
                    .raw("</p><p>")
                    .text(message.text())
                    .raw("</p></li>\n");
        }
        main.raw("</ol>\n");
    }

    private void history() {
        main.element("h2", guest.say("request.history")).raw("<ol class=\"history\">");
        happened(stored.firstReceivedAt(), "receive");
        for (Requests.Happened happened : guest.requests().events(stored.id())) {
            Event event = happened.event();
            if (!INSIDE.contains(event.word())) {
                happened(happened.at(), event.word());
            }
        }
        main.raw("</ol>\n");
    }

    private void happened(Instant at, String event) {
        main.raw("<li><time")
                .attribute(
                        "datetime", Deadline.day(at, guest.requests().terms()).toString())
                .raw(">")
                .text(guest.day(at))
                .raw("</time><span>")
                .text(guest.say("event." + event))
                .raw("</span></li>");
    }

    private void write(Map<String, String> errors, String kept) {
        boolean asked = request.stage() instanceof Stage.Clarifying;
        main.raw("<div class=\"column\">");
        FormMarkup form = new FormMarkup(guest, path("/message"), errors);
        form.text(
                "words",
                guest.say(asked ? "request.answer" : "request.write"),
                Optional.of(guest.say("form.words.hint")),
                false,
                errors.containsKey("words") ? kept : "");
        main.add(form.end(guest.say("request.write.send"), asked ? "" : "second"))
                .raw("</div>\n");
    }

    /** Asks once more before it is taken back. */
    Reply withdraw() {
        if (!withdraws()) {
            return said("request.too-late");
        }
        main.raw("<div class=\"column\">")
                .element("h1", guest.say("request.withdraw.title"))
                .raw("<p class=\"lead\">")
                .text(kind() + " · " + stored.number())
                .raw("</p>")
                .element("p", guest.say("request.withdraw.about"))
                .add(new FormMarkup(guest, path("/withdraw"), Map.of())
                        .end(guest.say("request.withdraw.yes"), "danger"))
                .raw("<p><a")
                .attribute("href", path(""))
                .raw(">")
                .text(guest.say("request.withdraw.no"))
                .raw("</a></p></div>");
        return page.page(guest.say("request.withdraw.title"), main);
    }

    /** The page with a sentence on what was not done. */
    Reply said(String words) {
        main.raw("<p class=\"note warn\" role=\"status\">")
                .text(guest.say(words))
                .raw("</p>");
        return show(Map.of(), "");
    }

    /** The page with a sentence on what was done. */
    Reply told(String words) {
        main.raw("<p class=\"note\" role=\"status\">").text(guest.say(words)).raw("</p>");
        return show(Map.of(), "");
    }
}
