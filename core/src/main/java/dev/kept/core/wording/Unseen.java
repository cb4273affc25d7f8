package dev.kept.core.wording;

import java.util.Optional;

/**
 * Characters that words have no use for and that nobody sees: those that steer devices, that end lines, and that show other characters in another
 * order than they stand in (Unicode Standard Annex 9, sections 2.1 to 2.4; Unicode Technical Standard 55). Marks of direction, which Hebrew and
 * Arabic need beside numbers, and joiners are none of them.
 */
final class Unseen {

    private static final int FIRST_EMBEDDING = 0x202A;
    private static final int LAST_OVERRIDE = 0x202E;
    private static final int FIRST_ISOLATE = 0x2066;
    private static final int LAST_ISOLATE = 0x2069;

    private Unseen() {}

    /** The first of them by its code point, {@code U+202E}; the end of a line in a longer text is none. */
    static Optional<String> in(String text) {
        return text.codePoints()
                .filter(character -> character != '\n')
                .filter(Unseen::is)
                .mapToObj("U+%04X"::formatted)
                .findFirst();
    }

    private static boolean is(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR
                || (character >= FIRST_EMBEDDING && character <= LAST_OVERRIDE)
                || (character >= FIRST_ISOLATE && character <= LAST_ISOLATE);
    }
}
