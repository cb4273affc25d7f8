package dev.kept.core.wording;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places for values: names in braces. */
final class Placeholders {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z-]*)}");

    private Placeholders() {}

    static Set<String> of(String words) {
        Set<String> names = new TreeSet<>();
        PLACE.matcher(words).results().map(place -> place.group(1)).forEach(names::add);
        return names;
    }

    /** Braces that are no place: nothing would be put there. */
    static boolean odd(String words) {
        String rest = PLACE.matcher(words).replaceAll("");
        return rest.contains("{") || rest.contains("}");
    }

    /** In one go, so that braces in a value are text. */
    static String fill(String words, Map<String, String> values) {
        return PLACE.matcher(words).replaceAll(place -> Matcher.quoteReplacement(value(place, values)));
    }

    private static String value(MatchResult place, Map<String, String> values) {
        return values.getOrDefault(place.group(1), place.group());
    }
}
