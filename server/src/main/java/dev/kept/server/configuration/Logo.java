package dev.kept.server.configuration;

import dev.kept.core.source.Element;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A picture of the notice's folder, as it was read. */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record Logo(String mediaType, byte[] content) {

    /** The largest picture that is served with every page. */
    static final int MOST_BYTES = 200_000;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final String NAMES = "[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\\.(svg|png)";

    static Optional<Logo> read(Path folder, Element element) {
        Optional<String> name = element.parsed(
                "bad-file",
                "the name of an SVG or PNG file in the notice's folder",
                "write logo.svg",
                text -> Optional.of(text).filter(one -> one.matches(NAMES)));
        return name.flatMap(file -> {
            try {
                return read(folder, file, element);
            } catch (IOException e) {
                element.error("file-unread", "`" + file + "` cannot be read", "see that it is there and may be read");
                return Optional.empty();
            }
        });
    }

    private static Optional<Logo> read(Path folder, String name, Element element) throws IOException {
        Path file = folder.resolve(name).toRealPath();
        if (!file.startsWith(folder.toRealPath())) {
            element.error(
                    "file-outside", "`" + name + "` leads out of the notice's folder", "put the file itself there");
            return Optional.empty();
        }
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(MOST_BYTES + 1);
        }
        if (content.length > MOST_BYTES) {
            element.error("file-large", "`" + name + "` is larger than " + MOST_BYTES + " bytes", "make it smaller");
            return Optional.empty();
        }
        Optional<String> type = name.endsWith(".png") ? png(content) : svg(content);
        if (type.isEmpty()) {
            element.error("bad-picture", "`" + name + "` is not what its name says", "save it as SVG or PNG again");
        }
        return type.map(mediaType -> new Logo(mediaType, content));
    }

    private static Optional<String> png(byte[] content) {
        return content.length > PNG.length && Arrays.equals(content, 0, PNG.length, PNG, 0, PNG.length)
                ? Optional.of("image/png")
                : Optional.empty();
    }

    private static Optional<String> svg(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8).strip();
        boolean begins = Stream.of("<svg", "<?xml", "<!--", "\ufeff<").anyMatch(text::startsWith);
        return begins && text.contains("<svg") && text.endsWith("</svg>")
                ? Optional.of("image/svg+xml")
                : Optional.empty();
    }
}
