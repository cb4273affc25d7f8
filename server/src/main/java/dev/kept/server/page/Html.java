package dev.kept.server.page;

import java.io.IOException;
import java.io.Writer;

/** Writes HTML; whatever is not markup of ours goes through {@link #text}. */
public final class Html {

    private static final int CONTROL_PICTURES = 0x2400;

    private final Writer out;

    public Html(Writer out) {
        this.out = out;
    }

    /** Markup as it stands in our source. */
    public Html raw(String markup) throws IOException {
        out.write(markup);
        return this;
    }

    /** Text of whatever origin, in an element or in an attribute's double quotes. */
    public Html text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '"' -> out.write("&quot;");
                case '\'' -> out.write("&#39;");
                case '\n', '\t' -> out.write(c);
                case '\r' -> out.write("&#13;");
                case '\u007f' -> out.write('\u2421');
                default -> out.write(c < ' ' ? (char) (CONTROL_PICTURES + c) : c);
            }
        }
        return this;
    }

    public Html element(String tag, String text) throws IOException {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">");
    }
}
