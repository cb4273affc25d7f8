package dev.kept.core.constraint;

import dev.kept.core.constraint.Value.Any;
import dev.kept.core.constraint.Value.Blanks;
import dev.kept.core.constraint.Value.Known;
import dev.kept.core.constraint.Value.Text;
import dev.kept.core.value.Json;
import dev.kept.core.value.ValueType;
import dev.kept.core.value.ValueType.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values by type, as expressions see them. */
final class TypedValues {
    private static final Set<String> TEXT_TYPES = Set.of("text", "name", "varchar", "character varying");

    private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+)(?:,(-?\\d+))?\\)");

    private final Set<String> enumerations;
    private final Map<String, ValueType> types = new HashMap<>();

    /** @param enumerations the types whose values are compared as texts */
    TypedValues(Set<String> enumerations) {
        this.enumerations = enumerations;
    }

    /**
     * A value of a column from its text.
     *
     * @throws IllegalArgumentException where the text is no value of the type
     */
    Known read(String baseType, String text) {
        if (baseType.endsWith("[]")) {
            return array(text, baseType);
        }
        ValueType type = type(baseType);
        if (type.kind() == Kind.PADDED_TEXT) {
            String trimmed = String.valueOf(type.read(text));
            boolean full = trimmed.codePointCount(0, trimmed.length()) == type.limit();
            return new Known(full ? trimmed : new Blanks(trimmed));
        }
        if (type.kind() == Kind.OTHER || baseType.equals("citext")) {
            return new Known(enumerations.contains(baseType) ? text : new Text(text));
        }
        Object value = plain(type.read(text));
        if (value instanceof BigDecimal number && !inRange(number, baseType)) {
            throw new IllegalArgumentException("a number is out of range");
        }
        return new Known(value);
    }

    private static boolean inRange(BigDecimal number, String type) {
        Matcher numeric = NUMERIC.matcher(type);
        if (numeric.matches()) {
            int scale = numeric.group(2) == null ? 0 : Integer.parseInt(numeric.group(2));
            int whole = number.precision() - number.scale();
            return number.signum() == 0 || whole <= Integer.parseInt(numeric.group(1)) - scale;
        }
        BigDecimal size = number.abs();
        return switch (type) {
            case "smallint" -> size.compareTo(BigDecimal.valueOf(Short.MAX_VALUE)) <= 0;
            case "integer" -> size.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
            default -> true;
        };
    }

    private ValueType type(String name) {
        return types.computeIfAbsent(name, ValueType::of);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Long number -> BigDecimal.valueOf(number);
            case Double number -> BigDecimal.valueOf(number);
            default -> value;
        };
    }

    private Known array(String text, String type) {
        String itemType = type.substring(0, type.length() - 2);
        List<Value> items = new ArrayList<>();
        for (String item : ArrayText.items(text)) {
            items.add(read(itemType, item));
        }
        return new Known(new Value.Items(items));
    }

    /** {@code value::type}. */
    Value cast(Value value, String type) {
        if (!(value instanceof Known(Object known))) {
            return value;
        }
        if (known == null) {
            return value;
        }
        try {
            return cast(known, type);
        } catch (IllegalArgumentException | ArithmeticException wouldFail) {
            return Value.UNCLEAR;
        }
    }

    private Value cast(Object known, String type) {
        if (known instanceof Value.Items items) {
            return type.endsWith("[]")
                    ? new Known(new Value.Items(items.of().stream()
                            .map(item -> cast(item, type.substring(0, type.length() - 2)))
                            .toList()))
                    : Value.UNCLEAR;
        }
        Kind kind = type(type).kind();
        return switch (known) {
            case String text -> fromText(text, type, kind);
            case Blanks(String text) ->
                type.equals("bpchar") || kind == Kind.PADDED_TEXT ? new Known(known) : fromText(text, type, kind);
            case BigDecimal number -> fromNumber(number, type, kind);
            case Boolean truth ->
                kind == Kind.BOOLEAN
                        ? new Known(truth)
                        : TEXT_TYPES.contains(type) ? new Known(truth.toString()) : Value.UNCLEAR;
            case LocalDate date ->
                kind == Kind.DATE
                        ? new Known(date)
                        : kind == Kind.LOCAL ? new Known(date.atStartOfDay()) : Value.UNCLEAR;
            case LocalDateTime time ->
                kind == Kind.LOCAL
                        ? new Known(time)
                        : kind == Kind.DATE ? new Known(time.toLocalDate()) : Value.UNCLEAR;
            case Value.Now now ->
                Set.of(Kind.DATE, Kind.LOCAL, Kind.INSTANT).contains(kind) ? new Known(now) : Value.UNCLEAR;
            case Json json -> kind == Kind.JSON ? new Known(json) : Value.UNCLEAR;
            default -> Value.UNCLEAR;
        };
    }

    private Value fromText(String text, String type, Kind kind) {
        if (type.equals("bpchar")) {
            return new Known(new Blanks(text.replaceAll(" +$", "")));
        }
        int limit = type(type).limit();
        if ((kind == Kind.TEXT || kind == Kind.PADDED_TEXT) && limit >= 0) {
            int end = text.offsetByCodePoints(0, Math.min(limit, text.codePointCount(0, text.length())));
            return read(type, text.substring(0, end));
        }
        return type.equals("varchar") || type.equals("name") ? new Known(text) : read(type, text);
    }

    private Value fromNumber(BigDecimal number, String type, Kind kind) {
        return switch (kind) {
            case INTEGER -> new Known(number.setScale(0, RoundingMode.HALF_UP));
            case NUMERIC -> {
                int scale = type(type).limit();
                yield new Known(scale < 0 ? number : number.setScale(scale, RoundingMode.HALF_UP));
            }
            case FLOAT -> new Known(number);
            case TEXT -> TEXT_TYPES.contains(type) ? new Known(number.toPlainString()) : Value.UNCLEAR;
            case BOOLEAN, PADDED_TEXT, INSTANT, LOCAL, DATE, UUID, JSON, OTHER -> Value.UNCLEAR;
        };
    }

    /** A column nobody knows. */
    static Value any(boolean notNull) {
        return new Any(!notNull);
    }
}
