package dev.kept.core.notice.prose;

import com.ibm.icu.text.DisplayOptions.GrammaticalCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * In which form a value is wanted: {@code {{keeps.longest | dative}}}, {@code {{collects from you | or}}}.
 *
 * @param grammaticalCase of a period, where the language has cases
 * @param alternatives whether a list is joined by "or"
 * @param asIs whether the value keeps its small letter even where a sentence begins
 */
record Form(Optional<GrammaticalCase> grammaticalCase, boolean alternatives, boolean asIs) {

    static final Form PLAIN = new Form(Optional.empty(), false, false);

    static Optional<Form> parse(String word) {
        return switch (word) {
            case "or" -> Optional.of(new Form(Optional.empty(), true, false));
            case "as-is" -> Optional.of(new Form(Optional.empty(), false, true));
            default ->
                GrammaticalCase.VALUES.stream()
                        .filter(known -> known != GrammaticalCase.UNDEFINED)
                        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
                        .map(known -> new Form(Optional.of(known), false, false))
                        .findFirst();
        };
    }

    static List<String> words() {
        List<String> words = new ArrayList<>(List.of("or", "as-is"));
        GrammaticalCase.VALUES.stream()
                .filter(known -> known != GrammaticalCase.UNDEFINED)
                .forEach(known -> words.add(known.name().toLowerCase(Locale.ROOT)));
        return words;
    }

    String list(Phrases phrases, List<String> items) {
        return alternatives ? phrases.or(items) : phrases.and(items);
    }
}
