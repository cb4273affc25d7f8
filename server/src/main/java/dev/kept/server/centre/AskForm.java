package dev.kept.server.centre;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.http.Entries;
import dev.kept.server.request.Typed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What was typed into the form of one kind, and what is wrong with it; it stands in the form again where something is. */
record AskForm(Kind kind, String address, String name, String place, String words, String use) {

    static final String ADDRESS = "address";
    static final String NAME = "name";
    static final String PLACE = "place";
    static final String WORDS = "words";
    static final String USE = "use";

    private static final int MOST_PLACE = 300;

    /** Something before and after the one sign, with a dot in the host: whether anybody is there nobody can tell from it. */
    private static final Pattern MAIL =
            Pattern.compile("[^@\\s<>\"(),;:]{1,64}@[^@\\s<>\"(),;:/]{1,250}\\.[^@\\s<>\"(),;:/.]{2,63}");

    static AskForm empty(Kind kind, String use) {
        return new AskForm(kind, "", "", "", "", use);
    }

    static AskForm of(Kind kind, Entries form) {
        return new AskForm(
                kind, form.text(ADDRESS), form.text(NAME), form.text(PLACE), form.text(WORDS), form.text(USE));
    }

    static boolean asksName(Kind kind) {
        return kind == Kind.TESTIMONIAL_CHANGE || kind == Kind.TESTIMONIAL_REMOVAL;
    }

    /** Where words are needed, and not just welcome. */
    static boolean needsWords(Kind kind) {
        return switch (kind) {
            case RECTIFICATION, HUMAN_REVIEW, QUESTION, TESTIMONIAL_CHANGE -> true;
            case ACCESS,
                    ERASURE,
                    PORTABILITY,
                    RESTRICTION,
                    MARKETING_OBJECTION,
                    OBJECTION,
                    WITHDRAWAL,
                    TESTIMONIAL_REMOVAL -> false;
        };
    }

    /** What is wrong, by field, in the order of the form. */
    Map<String, String> errors(Guest guest, List<String> uses) {
        Map<String, String> errors = new LinkedHashMap<>();
        if (!uses.isEmpty() && !uses.contains(use)) {
            errors.put(USE, guest.say("error.uses.missing"));
        }
        if (address.isEmpty()) {
            errors.put(ADDRESS, guest.say("error.address.missing"));
        } else if (address.length() > Typed.MOST_ADDRESS
                || !MAIL.matcher(address).matches()) {
            errors.put(ADDRESS, guest.say("error.address.wrong"));
        }
        check(errors, guest, NAME, name, Typed.MOST_NAME, asksName(kind));
        check(errors, guest, PLACE, place, MOST_PLACE, asksName(kind));
        check(errors, guest, WORDS, words, Typed.MOST_WORDS, needsWords(kind));
        return errors;
    }

    private static void check(
            Map<String, String> errors, Guest guest, String field, String value, int most, boolean needed) {
        if (needed && value.isEmpty()) {
            errors.put(field, guest.say("error." + field + ".missing"));
        } else if (value.length() > most) {
            errors.put(
                    field,
                    guest.words()
                            .say(
                                    "error." + field + ".long",
                                    Map.of("most", guest.phrases().number(most))));
        }
    }

    /** @param implied the uses that it is about without a choice */
    Ask ask(List<String> implied) {
        if (!kind.namesUse()) {
            return Ask.of(kind);
        }
        return new Ask(kind, implied.isEmpty() ? List.of(use) : implied);
    }

    Typed typed() {
        return new Typed(name, address, words, place.isEmpty() ? Map.of() : Map.of(PLACE, place));
    }

    /** The address as it is counted by: the same however it is written. */
    String counted() {
        return address.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "what was typed for a request of kind " + kind.word();
    }
}
