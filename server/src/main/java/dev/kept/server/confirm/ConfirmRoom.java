package dev.kept.server.confirm;

import com.ibm.icu.util.ULocale;
import dev.kept.core.html.Html;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Dates;
import dev.kept.core.wording.Wording;
import dev.kept.server.http.Frame;
import dev.kept.server.http.Languages;
import dev.kept.server.http.Look;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Room;
import dev.kept.server.http.Trouble;
import dev.kept.server.http.Visit;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Informing;
import dev.kept.server.inform.Told;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Where a recipient's link leads. The page asks before it counts: programs follow links in mails before people do. It says what was done and nothing of the
 * person.
 */
public final class ConfirmRoom implements Room {

    private final Informed informed;
    private final Look look;
    private final ZoneId zone;

    public ConfirmRoom(Premises premises) {
        this.informed = new Informed(premises.home().state());
        this.look = premises.look();
        this.zone =
                premises.home().checked().notice().orElseThrow().controller().zone();
    }

    @Override
    public String name() {
        return "told";
    }

    @Override
    public Optional<Reply> answer(Visit visit) {
        if (!visit.path().startsWith(Informing.CONFIRM)) {
            return Optional.empty();
        }
        String token = visit.path().substring(Informing.CONFIRM.length());
        return switch (visit.method()) {
            case GET ->
                Optional.of(informed.find(token)
                        .<Reply>map(told -> Reply.Page.ok(page(visit, told)))
                        .orElseGet(() -> Reply.Problem.of(Trouble.NOT_FOUND)));
            case POST -> Optional.of(confirm(visit, token));
            case PUT, PATCH, DELETE -> Optional.empty();
        };
    }

    private Reply confirm(Visit visit, String token) {
        visit.form(); // one that was on our page
        return switch (informed.confirm(token)) {
            case CONFIRMED, ALREADY -> Reply.SeeOther.to(visit.path());
            case UNKNOWN -> Reply.Problem.of(Trouble.NOT_FOUND);
        };
    }

    private String page(Visit visit, Told told) {
        String language = Languages.choose(visit.languages(), look.languages());
        Wording words = look.words().in(language, Area.CONFIRM);
        boolean over = told.endedAt().isPresent();
        Html main = ButtonPage.begin(
                over ? words.say("thanks") : words.say("title"),
                over ? words.say("noted") : words.say("lead", Map.of("company", look.company())));
        facts(main, told, words, language);
        if (!over) {
            ButtonPage.button(main, visit, words.say("promise"), words.say("button"));
        }
        return Frame.of(look, language)
                .skip(words.say("skip"))
                .page(over ? words.say("thanks") : words.say("title"), main);
    }

    private void facts(Html main, Told told, Wording words, String language) {
        LocalDate since = LocalDate.ofInstant(told.toldAt().orElse(told.madeAt()), zone);
        main.raw("<dl class=\"facts card\">");
        fact(main, words.say("recipient"), told.recipient());
        fact(main, words.say("what"), words.say("done." + told.done()));
        fact(main, words.say("since"), Dates.day(since, ULocale.forLanguageTag(language)));
        main.raw("</dl>\n");
    }

    private static void fact(Html main, String name, String value) {
        main.raw("<div>").element("dt", name).element("dd", value).raw("</div>");
    }
}
