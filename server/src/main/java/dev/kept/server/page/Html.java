package dev.kept.server.page;

import java.io.IOException;
import java.io.Writer;

/** Writes HTML too long to be held whole; whatever is not markup of ours goes through {@link #text}. */
public final class Html {

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
        out.write(dev.kept.core.html.Html.escaped(text));
        return this;
    }

    public Html element(String tag, String text) throws IOException {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">");
    }
}
