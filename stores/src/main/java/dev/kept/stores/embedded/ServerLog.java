package dev.kept.stores.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What the server says of itself. One former log is kept beside it, so that the two stay bounded.
 *
 * @param file the log that the server appends to
 */
record ServerLog(Path file) {

    private static final int MOST_LINES = 20;
    private static final int MOST_TAIL_BYTES = 64 * 1024;
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    void prepareFor(ServerAccount account) throws IOException {
        if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Cluster.createPrivateFile(file);
        account.own(file);
    }

    long size() throws IOException {
        return Files.size(file);
    }

    /** The last lines that were written after a size was reached. */
    List<String> tailSince(long size) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            stream.skipNBytes(Math.max(size, size() - MOST_TAIL_BYTES));
            List<String> lines = new String(stream.readNBytes(MOST_TAIL_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
        }
    }
}
