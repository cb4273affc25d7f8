package dev.kept.server.http;

import dev.kept.core.html.Html;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wording;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A page that says why a request is not done, in the reader's language; the same for everybody. */
final class TroublePage {

    private TroublePage() {}

    static String of(Look look, String accepted, Trouble trouble, Optional<Duration> after) {
        String language = Languages.choose(accepted, look.languages());
        Wording words = look.words().in(language, Area.TROUBLE);
        String title = words.say(trouble.word());
        Html main = new Html()
                .raw("<div class=\"column\">")
                .element("h1", title)
                .element("p", words.say(trouble.word() + ".try"));
        after.ifPresent(time -> main.element("p", waiting(words, time)));
        main.raw("<p><a href=\"/\">").text(words.say("home")).raw("</a></p></div>");
        return Frame.of(look, language).skip(words.say("skip")).page(title, main);
    }

    private static String waiting(Wording words, Duration time) {
        long minutes = Math.max(1, (time.toSeconds() + 59) / 60);
        return words.say("after", Map.of("minutes", Long.toString(minutes)));
    }
}
