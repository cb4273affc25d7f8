package dev.kept.core.value;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** Dates and times as PostgreSQL reads and prints them (ISO style). */
final class Times {
    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";

    private static final Pattern WITH_OFFSET = Pattern.compile(".*\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?\\s?(Z|[+-]\\d.*)");

    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter OFFSET = new DateTimeFormatterBuilder()
            .append(LOCAL)
            .appendOffset("+HH:mm:ss", "Z")
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter PRINTED = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private Times() {}

    static Instant instant(String written, ZoneId zone) {
        String text = normal(written);
        if (text.equals(INFINITY)) {
            return Instant.MAX;
        }
        if (text.equals(MINUS_INFINITY)) {
            return Instant.MIN;
        }
        boolean hasOffset = WITH_OFFSET.matcher(text).matches();
        Instant read = hasOffset
                ? OffsetDateTime.parse(text.replace(" Z", "Z"), OFFSET).toInstant()
                : local(text).atZone(zone).toInstant();
        return read.truncatedTo(ChronoUnit.MICROS);
    }

    static LocalDateTime local(String written) {
        String text = normal(written);
        if (text.equals(INFINITY)) {
            return LocalDateTime.MAX;
        }
        if (text.equals(MINUS_INFINITY)) {
            return LocalDateTime.MIN;
        }
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay()
                : LocalDateTime.parse(text, LOCAL).truncatedTo(ChronoUnit.MICROS);
    }

    static LocalDate date(String written) {
        String text = normal(written);
        if (text.equals(INFINITY)) {
            return LocalDate.MAX;
        }
        if (text.equals(MINUS_INFINITY)) {
            return LocalDate.MIN;
        }
        return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
    }

    private static String normal(String written) {
        String text = written.strip();
        if (text.length() > 10 && (text.charAt(10) == 'T' || text.charAt(10) == 't')) {
            return text.substring(0, 10) + " " + text.substring(11).replace('z', 'Z');
        }
        return text.toLowerCase(Locale.ROOT).endsWith(INFINITY) ? text.toLowerCase(Locale.ROOT) : text;
    }

    static String text(Instant instant) {
        if (instant.equals(Instant.MAX)) {
            return INFINITY;
        }
        return instant.equals(Instant.MIN) ? MINUS_INFINITY : PRINTED.format(instant.atOffset(ZoneOffset.UTC)) + "+00";
    }

    static String text(LocalDateTime local) {
        if (local.equals(LocalDateTime.MAX)) {
            return INFINITY;
        }
        return local.equals(LocalDateTime.MIN) ? MINUS_INFINITY : PRINTED.format(local);
    }

    static String text(LocalDate date) {
        if (date.equals(LocalDate.MAX)) {
            return INFINITY;
        }
        return date.equals(LocalDate.MIN) ? MINUS_INFINITY : date.toString();
    }
}
