package dev.kept.server.centre;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wording;
import dev.kept.core.wording.Wordings;
import dev.kept.server.http.Cookie;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Shelf;
import dev.kept.server.http.Visit;
import dev.kept.server.request.Desk;
import dev.kept.server.request.Details;
import dev.kept.server.request.Requests;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Visits;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Whom a page is made for: the visit, the language, the notice as it is now. */
final class Guest {

    /** The browser's secret, by which it sees what it asked. */
    static final String COOKIE = "kept-requests";

    static final String SECRET = "[A-Za-z0-9_-]{43}";

    private final Visit visit;
    private final String language;
    private final Wording words;
    private final Premises premises;
    private final Shelf.Volume volume;
    private final Requests requests;
    private final Desk desk;

    Guest(Visit visit, String language, Premises premises) {
        this.visit = visit;
        this.language = language;
        this.words = premises.look().words().in(language, Area.CENTRE);
        this.premises = premises;
        this.volume = premises.notice().get();
        this.requests = new Requests(premises.home().state(), notice());
        this.desk = new Desk(premises.home().state(), requests);
    }

    Visit visit() {
        return visit;
    }

    /** BCP 47, as it stands in the path. */
    String language() {
        return language;
    }

    Wording words() {
        return words;
    }

    String say(String key) {
        return words.say(key);
    }

    Premises premises() {
        return premises;
    }

    Notice notice() {
        return volume.published().notice();
    }

    /** The notice in this language; where it has none, the original. */
    Prose prose() {
        return volume.in(language)
                .orElseGet(() -> volume.texts().stream()
                        .filter(text -> Wordings.fallbacks(text.language()).contains(language))
                        .findFirst()
                        .orElse(volume.texts().getFirst()));
    }

    Phrases phrases() {
        return prose().phrases();
    }

    Requests requests() {
        return requests;
    }

    Desk desk() {
        return desk;
    }

    /**
     * Whether something is asked of a browser that has proven nothing: only where no letter can ask it, since no store has the address. Else it might be
     * read by somebody who typed another's.
     */
    boolean asks(StoredRequest stored) {
        Details details = new Details(premises.home().state());
        return stored.request().asksUnproven()
                && stored.request().ask().kind() != Kind.QUESTION
                && !details.soughtStill(stored.id())
                && details.addressOnFile(stored.id()).isEmpty();
    }

    /** Whether what staff did is hidden from a browser: as long as nobody proved who asks, it could show that an address is known. */
    boolean hides(StoredRequest stored, boolean hers) {
        return !hers
                && stored.request().open()
                && stored.request().identity().isEmpty()
                && stored.request().ask().kind() != Kind.QUESTION
                && !asks(stored);
    }

    Instant now() {
        return premises.home().clock().instant();
    }

    /** The day of an instant where the controller is, in words. */
    String day(Instant instant) {
        return day(Deadline.day(instant, requests.terms()));
    }

    String day(LocalDate date) {
        return phrases().date(date);
    }

    /** The browser's secret, where it has asked before. */
    Optional<String> browser() {
        return visit.cookie(COOKIE).filter(secret -> secret.matches(SECRET));
    }

    /** The cookie that makes the browser known again for as long as it sees what it asked. */
    static Cookie cookie(String secret) {
        return Cookie.lasting(COOKIE, secret, Cookie.Crossing.LAX, Visits.LASTS);
    }

    /** A path of the centre in this language: {@code /requests}. */
    String path(String rest) {
        return Centre.ROOT + "/" + language + rest;
    }
}
