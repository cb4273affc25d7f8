package dev.kept.core.letter;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Text of whatever origin without what acts on those who read it: control characters, among them the line ends by which headers are injected
 * (RFC 5322 section 2.2), what turns the direction of writing around (Unicode TR 36, section 2.6) and invisible marks.
 */
public final class Plain {

    private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\u0085\u2028\u2029\u000b\f]");
    private static final Pattern DIRECTION =
            Pattern.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n]]");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern MANY_LINES = Pattern.compile("\n{3,}");

    private Plain() {}

    /** On one line. */
    public static String line(String text) {
        return BLANKS.matcher(lines(text)).replaceAll(" ").strip();
    }

    /** Lines end in {@code \n}. */
    public static String lines(String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8); // lone surrogates
        String ended = LINE_END.matcher(whole).replaceAll("\n");
        String visible = DIRECTION.matcher(ended).replaceAll("");
        String calm = CONTROL.matcher(visible).replaceAll(" ");
        return MANY_LINES
                .matcher(Normalizer.normalize(calm, Normalizer.Form.NFC))
                .replaceAll("\n\n")
                .strip();
    }
}
