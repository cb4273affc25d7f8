package dev.kept.server.api;

import dev.kept.core.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Where a page of a list ended, as an opaque word. It belongs to one list with its filters, and says nothing but where that list goes on. */
final class Cursor {

    private static final int LIST_BYTES = 8;

    private Cursor() {}

    /** @param list what it is a list of, filters included */
    static String of(String list, String... place) {
        String all = mark(list) + "|" + String.join("|", place);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.getBytes(StandardCharsets.UTF_8));
    }

    /** The place in the list; nothing where it is of another list, or none. */
    static Optional<List<String>> read(String list, String cursor, int parts) {
        try {
            String all = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> read = Arrays.asList(all.split("\\|", -1));
            return read.size() == parts + 1 && read.getFirst().equals(mark(list))
                    ? Optional.of(read.subList(1, read.size()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String mark(String list) {
        return HexFormat.of().formatHex(Sha256.bytes("list\n" + list), 0, LIST_BYTES);
    }
}
