package dev.kept.core.ledger;

/** What keys and logs are called: not empty, without Unicode spaces, control characters and {@code +} (C2SP signed-note, "Format"). */
public final class KeyName {

    /** Longer names are refused. */
    public static final int MOST_CHARACTERS = 255;

    private KeyName() {}

    /** Whether it can be one. */
    public static boolean fits(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_CHARACTERS
                && name.codePoints().allMatch(c -> c != '+' && !space(c) && !Character.isISOControl(c) && !loose(c));
    }

    private static boolean space(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Half of a pair, which UTF-8 cannot write. */
    private static boolean loose(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    static String check(String name) {
        if (!fits(name)) {
            throw new MalformedLog("a key's name is not empty and has no spaces and no `+`");
        }
        return name;
    }
}
