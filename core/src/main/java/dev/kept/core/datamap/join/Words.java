package dev.kept.core.datamap.join;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words of a table's or column's name, in lower case: {@code customerId}, {@code Customer_ID} and {@code CUSTOMER-ID} alike. */
final class Words {

    private static final Map<String, String> IRREGULAR =
            Map.of("people", "person", "children", "child", "men", "man", "women", "woman", "data", "data");

    /** Plurals of other languages that add to the noun: {@code kunde}, {@code kunden}. */
    private static final Set<String> ENDINGS = Set.of("n", "en", "e", "er", "s", "es");

    /** A noun that short is not told from another by an ending. */
    private static final int SHORTEST_NOUN = 4;

    private Words() {}

    static List<String> of(String name) {
        String apart = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("([\\p{Ll}\\p{N}])(\\p{Lu})", "$1_$2")
                .replaceAll("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1_$2");
        return Arrays.stream(apart.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static String singular(String noun) {
        String irregular = IRREGULAR.get(noun);
        if (irregular != null) {
            return irregular;
        }
        if (noun.endsWith("ies") && noun.length() > SHORTEST_NOUN) {
            return noun.substring(0, noun.length() - 3) + "y";
        }
        if (noun.matches(".*(ss|sh|ch|x|zz)es")) {
            return noun.substring(0, noun.length() - 2);
        }
        boolean plural = noun.endsWith("s") && !noun.matches(".*(ss|us|is)");
        return plural ? noun.substring(0, noun.length() - 1) : noun;
    }

    static boolean plural(String noun) {
        return !singular(noun).equals(noun);
    }

    /** Several words as one noun, in the singular: {@code order_items} and {@code orderitem} alike. */
    static String noun(List<String> words) {
        return words.isEmpty() ? "" : String.join("", words.subList(0, words.size() - 1)) + singular(words.getLast());
    }

    /** The same noun with another ending. */
    static boolean alike(String one, String other) {
        String shorter = one.length() < other.length() ? one : other;
        String longer = one.length() < other.length() ? other : one;
        return shorter.length() >= SHORTEST_NOUN
                && longer.startsWith(shorter)
                && ENDINGS.contains(longer.substring(shorter.length()));
    }
}
