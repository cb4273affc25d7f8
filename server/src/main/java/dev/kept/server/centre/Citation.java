package dev.kept.server.centre;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Articles of the GDPR as a language cites them: {@code 17(3)(b)} is "Art. 17 Abs. 3 Buchst. b DSGVO". */
final class Citation {

    private static final Pattern CITED = Pattern.compile("(\\d+)(?:\\((\\d+)\\))?(?:\\(([a-z])\\))?");

    private Citation() {}

    /** @param articles as they are cited in English, without the law: {@code Art. 15(4), 20(4)} */
    static String of(String articles, Guest guest) {
        List<String> each = CITED.matcher(articles)
                .results()
                .map(cited -> one(cited, guest))
                .toList();
        return guest.words().say("cite.law", Map.of("cited", guest.phrases().and(each)));
    }

    private static String one(MatchResult cited, Guest guest) {
        String article = cited.group(1);
        Optional<String> paragraph = Optional.ofNullable(cited.group(2));
        Optional<String> point = Optional.ofNullable(cited.group(3));
        if (paragraph.isEmpty()) {
            return guest.words().say("cite.article", Map.of("article", article));
        }
        Map<String, String> values =
                Map.of("article", article, "paragraph", paragraph.get(), "point", point.orElse(""));
        return guest.words().say(point.isEmpty() ? "cite.paragraph" : "cite.point", values);
    }
}
