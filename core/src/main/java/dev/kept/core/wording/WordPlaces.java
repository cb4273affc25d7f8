package dev.kept.core.wording;

import com.ibm.icu.text.MessageFormat;
import dev.kept.core.source.Element;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether words have the places for values that the English ones have: else a date is left out, or a brace is read by people. */
final class WordPlaces {

    /** Optional words have no English ones. */
    private static final Set<String> OF_EITHER = Set.of("first", "second");

    private WordPlaces() {}

    static void check(Area area, String key, String text, Element value) {
        String english = BuiltIn.english(area).get(key);
        Set<String> wanted = english == null ? OF_EITHER : Placeholders.of(english);
        Set<String> written = Placeholders.of(text);
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(written);
        Set<String> others = new TreeSet<>(written);
        others.removeAll(wanted);
        if (!missing.isEmpty()) {
            value.error(
                    "words-place-missing",
                    "`" + key + "` leaves out " + named(missing),
                    "put it where the value belongs");
        }
        if (!others.isEmpty() || Placeholders.odd(text)) {
            value.error(
                    "words-place-unknown",
                    others.isEmpty()
                            ? "`" + key + "` has a brace that belongs to no place"
                            : "`" + key + "` has no " + named(others),
                    wanted.isEmpty()
                            ? "there is no place in it; take the braces out"
                            : "its places are " + named(wanted));
        } else if (area == Area.NOTICE && !wanted.isEmpty() && !readable(text)) {
            value.error(
                    "words-pattern",
                    "`" + key + "` is no pattern of ICU's MessageFormat",
                    "write an apostrophe before a brace as `’`");
        }
    }

    /** An apostrophe before a brace quotes it; all places must be left. */
    private static boolean readable(String text) {
        try {
            return Set.copyOf(new MessageFormat(text).getArgumentNames()).equals(Placeholders.of(text));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String named(Set<String> places) {
        return places.stream().map(name -> "`{" + name + "}`").collect(Collectors.joining(", "));
    }
}
