package dev.kept.core;

import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The documents that tests read. */
public final class Documents {

    private Documents() {}

    /** A document without problems. */
    public static SourceText good(String name) {
        return resource("reading/good/" + name, name);
    }

    public static SourceText resource(String path, String name) {
        try (InputStream stream = Documents.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalArgumentException("no test document `" + path + "`");
            }
            return new SourceText(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
