package dev.kept.core.ledger;

import java.util.regex.Pattern;

/** Sizes and indexes in text: ASCII decimals without leading zeroes, below 2^63. */
final class Decimal {

    private static final Pattern WRITTEN = Pattern.compile("0|[1-9][0-9]{0,18}");

    private Decimal() {}

    static long parse(String text) {
        if (WRITTEN.matcher(text).matches()) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException tooLarge) {
                throw new MalformedLog("a number is too large");
            }
        }
        throw new MalformedLog("this is no decimal number");
    }
}
