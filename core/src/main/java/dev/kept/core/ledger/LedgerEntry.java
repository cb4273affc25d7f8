package dev.kept.core.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An entry of the log, whose leaf is {@code {"at":…,"entry":{…},"kind":…,"run":…,"v":1}} in canonical JSON (docs/ledger.md).
 *
 * @param at when it was written, to the microsecond
 * @param kind what it speaks of: lower-case letters, digits, {@code -}
 * @param run a random number that several entries of one run share
 * @param json what happened, as canonical JSON; never personal data
 */
public record LedgerEntry(Instant at, String kind, Optional<UUID> run, String json) {

    /** Version of the format. */
    public static final int VERSION = 1;

    /** With what stands around it, a leaf is then no longer than {@link EntryBundle#MOST_BYTES}. */
    public static final int MOST_JSON_BYTES = 65_300;

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    public LedgerEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("an entry's kind is lower-case letters, digits and `-`");
        }
        // at most three bytes a character
        if (json.length() > MOST_JSON_BYTES / 3 && bytes(json).length > MOST_JSON_BYTES) {
            throw new IllegalArgumentException("an entry has at most " + MOST_JSON_BYTES + " bytes");
        }
    }

    /** What is hashed and published. */
    public byte[] leaf() {
        return leaf(at, kind, run, json);
    }

    /** The same of an entry as it was read back, whatever became of it. */
    public static byte[] leaf(Instant at, String kind, Optional<UUID> run, String json) {
        StringBuilder leaf = new StringBuilder(json.length() + 160)
                .append("{\"at\":\"")
                .append(AT.format(at))
                .append("\",\"entry\":")
                .append(json)
                .append(",\"kind\":\"")
                .append(kind)
                .append('"');
        run.ifPresent(id -> leaf.append(",\"run\":\"").append(id).append('"'));
        return bytes(leaf.append(",\"v\":").append(VERSION).append('}').toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
