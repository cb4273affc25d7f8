package dev.kept.server.answer;

import dev.kept.server.state.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an answer is as a file.
 *
 * @param name letters, digits, {@code . _ -}: what stands in a header and becomes a file on somebody's disk
 * @param mediaType one of those that answers have
 */
public record About(String name, String mediaType) {

    public static final String ZIP = "application/zip";
    public static final String HTML = "text/html; charset=utf-8";
    public static final String TEXT = "text/plain; charset=utf-8";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}(\\.[A-Za-z0-9]{1,8})?");

    public About {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an answer's file name is of letters, digits, `_` and `-`, and an ending");
        }
        if (!Set.of(ZIP, HTML, TEXT).contains(mediaType)) {
            throw new IllegalArgumentException("an answer is a ZIP, HTML or text");
        }
    }

    /** With its length, so that none of it can be changed without notice. */
    record Measured(About about, long size, int chunks) {

        byte[] bytes() {
            return CanonicalJson.write(
                            Map.of("name", about.name(), "type", about.mediaType(), "size", size, "chunks", chunks))
                    .getBytes(StandardCharsets.UTF_8);
        }

        static Measured of(byte[] bytes) {
            Map<String, Object> read = CanonicalJson.read(new String(bytes, StandardCharsets.UTF_8));
            return new Measured(
                    new About(text(read, "name"), text(read, "type")),
                    number(read, "size"),
                    Math.toIntExact(number(read, "chunks")));
        }

        private static String text(Map<String, Object> read, String key) {
            return Objects.requireNonNull(read.get(key)).toString();
        }

        private static long number(Map<String, Object> read, String key) {
            return Long.parseLong(text(read, key));
        }
    }
}
