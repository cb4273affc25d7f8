package dev.kept.core.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How values of a PostgreSQL type are held: {@code Long}, {@code BigDecimal}, {@code Double}, {@code Boolean}, {@code String}, {@code
 * Instant}, {@code LocalDateTime}, {@code LocalDate}, {@code UUID} or {@link Json}. Types not known are held as text.
 *
 * <p>{@code infinity} is the largest value of its type, {@code -infinity} the smallest.
 *
 * @param limit the most characters of a text, the scale of a number; -1 where there is none
 */
public record ValueType(Kind kind, int limit) {

    /** What values are in memory. */
    public enum Kind {
        INTEGER,
        NUMERIC,
        FLOAT,
        BOOLEAN,
        TEXT,
        /** {@code character(n)}: the blanks at the end mean nothing. */
        PADDED_TEXT,
        INSTANT,
        LOCAL,
        DATE,
        UUID,
        JSON,
        OTHER
    }

    private static final Pattern WRITTEN =
            Pattern.compile("(?<name>[^(]*?)\\s*(?:\\((?<first>\\d+)(?:,\\s*(?<second>-?\\d+))?\\))?(?<zone> with.*)?");

    /** The type as {@code format_type} prints it, of a domain its base type. */
    public static ValueType of(String baseType) {
        if (baseType.indexOf('(') < 0) {
            return of(baseType, -1, 0);
        }
        Matcher written = WRITTEN.matcher(baseType);
        if (!written.matches()) {
            return new ValueType(Kind.OTHER, -1);
        }
        String name = written.group("name") + (written.group("zone") == null ? "" : written.group("zone"));
        int first = written.group("first") == null ? -1 : Integer.parseInt(written.group("first"));
        int second = written.group("second") == null ? 0 : Integer.parseInt(written.group("second"));
        return of(name, first, second);
    }

    private static ValueType of(String name, int first, int second) {
        return switch (name) {
            case "smallint", "integer", "bigint" -> new ValueType(Kind.INTEGER, -1);
            case "numeric" -> new ValueType(Kind.NUMERIC, first < 0 ? -1 : Math.max(second, 0));
            case "real", "double precision" -> new ValueType(Kind.FLOAT, -1);
            case "boolean" -> new ValueType(Kind.BOOLEAN, -1);
            case "text", "name", "citext" -> new ValueType(Kind.TEXT, -1);
            case "character varying" -> new ValueType(Kind.TEXT, first);
            case "character" -> new ValueType(Kind.PADDED_TEXT, first < 0 ? 1 : first);
            case "timestamp with time zone" -> new ValueType(Kind.INSTANT, -1);
            case "timestamp without time zone" -> new ValueType(Kind.LOCAL, -1);
            case "date" -> new ValueType(Kind.DATE, -1);
            case "uuid" -> new ValueType(Kind.UUID, -1);
            case "json", "jsonb" -> new ValueType(Kind.JSON, -1);
            default -> new ValueType(Kind.OTHER, -1);
        };
    }

    /**
     * A value of this type from what people or programs write: text as PostgreSQL reads it, or the Java value.
     *
     * @throws IllegalArgumentException where it is none; the message does not repeat the value
     */
    public @Nullable Object read(@Nullable Object given) {
        return read(given, ZoneOffset.UTC);
    }

    /** The same; a time without zone is read in {@code zone}. */
    public @Nullable Object read(@Nullable Object given, ZoneId zone) {
        if (given == null) {
            return null;
        }
        try {
            return readPresent(given, zone);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("a value does not fit the type " + kind, e);
        }
    }

    private Object readPresent(Object given, ZoneId zone) {
        return switch (kind) {
            case INTEGER -> new BigDecimal(given.toString().strip()).longValueExact();
            case NUMERIC -> numeric(new BigDecimal(given.toString().strip()));
            case FLOAT -> given instanceof Number number ? number.doubleValue() : Double.parseDouble(given.toString());
            case BOOLEAN -> given instanceof Boolean ? given : truth(given.toString());
            case TEXT -> fitting(given instanceof String text ? text : text(given));
            case PADDED_TEXT -> fitting((given instanceof String text ? text : text(given)).replaceAll(" +$", ""));
            case INSTANT -> given instanceof Instant ? given : Times.instant(given.toString(), zone);
            case LOCAL -> given instanceof LocalDateTime ? given : Times.local(given.toString());
            case DATE -> given instanceof LocalDate ? given : Times.date(given.toString());
            case UUID -> given instanceof UUID ? given : UUID.fromString(given.toString());
            case JSON -> json(given);
            case OTHER -> given instanceof List<?> list ? array(list) : text(given);
        };
    }

    private BigDecimal numeric(BigDecimal number) {
        return limit < 0 ? number : number.setScale(limit, RoundingMode.HALF_UP);
    }

    private String fitting(String text) {
        if (limit >= 0 && text.codePointCount(0, text.length()) > limit) {
            throw new IllegalArgumentException("a text is longer than " + limit + " characters");
        }
        return text;
    }

    private static Boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "t", "true", "yes", "on", "1" -> true;
            case "f", "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("a value is no boolean");
        };
    }

    private static Json json(Object given) {
        return switch (given) {
            case Json json -> json;
            case Map<?, ?> tree -> new Json(tree);
            case List<?> tree -> new Json(tree);
            default -> Json.parse(given.toString());
        };
    }

    private static String array(List<?> list) {
        StringBuilder text = new StringBuilder("{");
        for (Object item : list) {
            String inner = item == null ? "NULL" : text(item);
            boolean bare = item == null || (inner.matches("[^{}\",\\\\\\s]+") && !inner.equalsIgnoreCase("null"));
            text.append(text.length() > 1 ? "," : "");
            text.append(bare ? inner : "\"" + inner.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        }
        return text.append("}").toString();
    }

    /** The value as PostgreSQL prints it; moments in UTC. */
    public static String text(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case Double number ->
                number == Math.rint(number) && Math.abs(number) < 1e15
                        ? Long.toString(number.longValue())
                        : number.toString();
            case Instant instant -> Times.text(instant);
            case LocalDateTime local -> Times.text(local);
            case LocalDate date -> Times.text(date);
            default -> value.toString();
        };
    }

    /** The value as joins and unique keys compare it: 1, 1.0 and 1.00 are the same. */
    public static Object comparable(Object value) {
        if (!(value instanceof BigDecimal number)) {
            return value;
        }
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 && plain.precision() - plain.scale() <= 18 ? (Object) plain.longValueExact() : plain;
    }

    public static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return comparable(a).equals(comparable(b));
    }
}
