package dev.kept.server.http;

import dev.kept.core.html.Html;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page that says why a request is not done, in the reader's language; the same for everybody. */
final class TroublePage {

    private static final List<String> LANGUAGES = List.of("en", "de", "zh");

    private static final Map<String, Map<String, String>> WORDS =
            Map.of("en", TroubleWords.ENGLISH, "de", TroubleWords.GERMAN, "zh", TroubleWords.CHINESE);

    private TroublePage() {}

    static String of(Look look, String accepted, Trouble trouble, Optional<Duration> after) {
        String language = Languages.choose(accepted, LANGUAGES);
        Map<String, String> words = WORDS.getOrDefault(language, TroubleWords.ENGLISH);
        String title = words.getOrDefault(trouble.word(), "");
        Html main = new Html()
                .raw("<div class=\"column\">")
                .element("h1", title)
                .element("p", words.getOrDefault(trouble.word() + ".try", ""));
        after.ifPresent(time -> main.element("p", waiting(words, time)));
        main.raw("<p><a href=\"/\">").text(words.getOrDefault("home", "")).raw("</a></p></div>");
        return Frame.of(look, language).skip(words.getOrDefault("skip", "")).page(title, main);
    }

    private static String waiting(Map<String, String> words, Duration time) {
        long minutes = Math.max(1, (time.toSeconds() + 59) / 60);
        return words.getOrDefault("after", "").replace("{minutes}", Long.toString(minutes));
    }
}
