package dev.kept.server.access;

import dev.kept.core.rights.SeenColumn;
import dev.kept.core.rights.Shape;
import dev.kept.core.rights.Until;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Values as people read them. */
final class Values {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH);

    private Values() {}

    /** A value as plain text: a JSON string without its quotes, anything else as it is. */
    static String plain(SeenColumn column, String value) {
        return column.shape() == Shape.JSON && value.startsWith("\"") ? MAPPER.readValue(value, String.class) : value;
    }

    /** A value for the page: times as people write them, in this zone. */
    static String shown(SeenColumn column, String value, ZoneId zone) {
        if (column.shape() != Shape.TIME) {
            return plain(column, value);
        }
        try {
            return switch (column.type().replaceAll("\\(\\d+\\)", "")) {
                case "date" -> Words.date(LocalDate.parse(value));
                case "timestamp without time zone" -> TIME.format(LocalDateTime.parse(value));
                default -> TIME.format(OffsetDateTime.parse(value).atZoneSameInstant(zone));
            };
        } catch (DateTimeParseException beyond) {
            return value;
        }
    }

    /** Until when, in a few words. */
    static String until(Until until) {
        return switch (until) {
            case Until.Ended ended -> "no longer needed: goes when data is next deleted";
            case Until.On(var date) -> Words.date(date);
            case Until.Pointed pointed -> "as long as a record of yours refers to it";
            case Until.NotYet notYet -> "no date yet: what it waits for has not happened";
            case Until.Unknown unknown -> "not known";
        };
    }
}
