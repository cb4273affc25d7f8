package dev.kept.server.confirm;

import dev.kept.core.html.Html;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wording;
import dev.kept.server.contact.Asking;
import dev.kept.server.contact.ContactCheck;
import dev.kept.server.contact.ContactCheck.Standing;
import dev.kept.server.contact.Contacts;
import dev.kept.server.http.Frame;
import dev.kept.server.http.Languages;
import dev.kept.server.http.Look;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Room;
import dev.kept.server.http.Trouble;
import dev.kept.server.http.Visit;
import java.util.Map;
import java.util.Optional;

/** Where the letter to the notice's own address leads: who reads it says so by a button. Of nobody else is anything there. */
public final class ContactRoom implements Room {

    private final Contacts contacts;
    private final Look look;

    public ContactRoom(Premises premises) {
        this.contacts = new Contacts(premises.home());
        this.look = premises.look();
    }

    @Override
    public String name() {
        return "contact";
    }

    @Override
    public Optional<Reply> answer(Visit visit) {
        if (!visit.path().startsWith(Asking.ANSWER)) {
            return Optional.empty();
        }
        String token = visit.path().substring(Asking.ANSWER.length());
        return switch (visit.method()) {
            case GET ->
                Optional.of(contacts.find(token)
                        .filter(check -> contacts.open(check) || check.standing() == Standing.ANSWERED)
                        .<Reply>map(check -> Reply.Page.ok(page(visit, check)))
                        .orElseGet(() -> Reply.Problem.of(Trouble.NOT_FOUND)));
            case POST -> Optional.of(answered(visit, token));
            case PUT, PATCH, DELETE -> Optional.empty();
        };
    }

    private Reply answered(Visit visit, String token) {
        visit.form(); // one that was on our page
        boolean before = contacts.find(token)
                .filter(check -> check.standing() == Standing.ANSWERED)
                .isPresent();
        return before || contacts.answer(token) ? Reply.SeeOther.to(visit.path()) : Reply.Problem.of(Trouble.NOT_FOUND);
    }

    private String page(Visit visit, ContactCheck check) {
        String language = Languages.choose(visit.languages(), look.languages());
        Wording words = look.words().in(language, Area.CONTACT);
        boolean over = check.standing() == Standing.ANSWERED;
        Html main = ButtonPage.begin(
                over ? words.say("thanks") : words.say("title"),
                over ? words.say("noted") : words.say("lead", Map.of("company", look.company())));
        if (!over) {
            ButtonPage.button(main, visit, words.say("promise"), words.say("button"));
        }
        return Frame.of(look, language)
                .skip(words.say("skip"))
                .page(over ? words.say("thanks") : words.say("title"), main);
    }
}
