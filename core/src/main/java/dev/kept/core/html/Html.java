package dev.kept.core.html;

import com.ibm.icu.util.ULocale;

/** HTML under construction; whatever is not markup of ours goes through {@link #text}. */
public final class Html {

    private static final int CONTROL_PICTURES = 0x2400;
    private static final char DELETE = '\u007f';
    private static final char PICTURE_OF_DELETE = '\u2421';

    private final StringBuilder markup = new StringBuilder();

    /** Markup as it stands in our source. */
    public Html raw(String ours) {
        markup.append(ours);
        return this;
    }

    /** Text of whatever origin, in an element or in an attribute's double quotes. */
    public Html text(String text) {
        markup.append(escaped(text));
        return this;
    }

    /** An element without attributes that holds nothing but text. */
    public Html element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">");
    }

    /** An attribute within a tag: a blank, its name, its value in quotes. */
    public Html attribute(String name, String value) {
        return raw(" " + name + "=\"").text(value).raw("\"");
    }

    /** The begin of a page in a language (BCP 47), as far as the root's attributes go: which it is, and that it runs from right to left where it does. */
    public Html page(String language) {
        raw("<!doctype html>\n<html").attribute("lang", language);
        return ULocale.forLanguageTag(language).isRightToLeft() ? attribute("dir", "rtl") : this;
    }

    public Html add(Html other) {
        markup.append(other.markup);
        return this;
    }

    public boolean isEmpty() {
        return markup.isEmpty();
    }

    @Override
    public String toString() {
        return markup.toString();
    }

    /** The text as it stands in an element or in an attribute's quotes; control characters, which HTML has no way to write, as their pictures. */
    public static String escaped(String text) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            escape(text.charAt(i), escaped);
        }
        return escaped.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'' && c != DELETE;
    }

    private static void escape(char c, StringBuilder escaped) {
        switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            case '\n', '\t' -> escaped.append(c);
            case '\r' -> escaped.append("&#13;");
            case DELETE -> escaped.append(PICTURE_OF_DELETE);
            default -> escaped.append(c < ' ' ? (char) (CONTROL_PICTURES + c) : c);
        }
    }
}
