package dev.kept.core.constraint;

/**
 * What a personal key is replaced by: {@code prefix}, random hexadecimal digits, {@code suffix}. A key that looks so has been replaced.
 *
 * @param digits how many hexadecimal digits
 */
public record NewKey(String prefix, int digits, String suffix) {

    /** What fits a text key without constraints. */
    public static final NewKey USUAL = new NewKey("erased-", 32, "");

    public boolean replaced(String key) {
        return key.length() == prefix.length() + digits + suffix.length()
                && key.startsWith(prefix)
                && key.endsWith(suffix);
    }

    /**
     * @param random at least {@link #digits} hexadecimal digits in lower case; the rest is left
     */
    public String of(String random) {
        return prefix + random.substring(0, digits) + suffix;
    }
}
