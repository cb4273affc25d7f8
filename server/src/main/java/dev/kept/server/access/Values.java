package dev.kept.server.access;

import dev.kept.core.rights.SeenColumn;
import dev.kept.core.rights.Shape;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.json.JsonMapper;

/** Values as people read them. */
final class Values {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Values() {}

    /** A value as plain text: a JSON string without its quotes, anything else as it is. */
    static String plain(SeenColumn column, String value) {
        return column.shape() == Shape.JSON && value.startsWith("\"") ? MAPPER.readValue(value, String.class) : value;
    }

    /** A value for the page: times as people write them, in this zone. */
    static String shown(SeenColumn column, String value, Moments moments, ZoneId zone) {
        if (column.shape() != Shape.TIME) {
            return plain(column, value);
        }
        try {
            return switch (column.type().replaceAll("\\(\\d+\\)", "")) {
                case "date" -> moments.date(LocalDate.parse(value));
                case "timestamp without time zone" -> moments.second(LocalDateTime.parse(value));
                default ->
                    moments.second(
                            OffsetDateTime.parse(value).atZoneSameInstant(zone).toLocalDateTime());
            };
        } catch (DateTimeParseException beyond) {
            return value;
        }
    }
}
