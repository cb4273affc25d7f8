package dev.kept.core.constraint;

import dev.kept.core.constraint.Value.Blanks;
import dev.kept.core.constraint.Value.Known;
import dev.kept.core.value.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that stand in constraints most often, on known values. */
final class Functions {
    private static final Set<String> KNOWN = Set.of(
            "length",
            "char_length",
            "character_length",
            "octet_length",
            "lower",
            "upper",
            "btrim",
            "ltrim",
            "rtrim",
            "strpos",
            "starts_with",
            "left",
            "right",
            "substr",
            "substring",
            "replace",
            "abs",
            "jsonb_typeof",
            "json_typeof",
            "cardinality",
            "array_length",
            "date_part");

    private Functions() {}

    /** Strict: NULL in, NULL out. */
    static Value apply(String function, List<Value> arguments) {
        if (!KNOWN.contains(function) || arguments.isEmpty()) {
            return Value.UNCLEAR;
        }
        if (arguments.contains(Value.NULL)) {
            return Value.NULL;
        }
        List<Object> known = new ArrayList<>();
        for (Value argument : arguments) {
            if (!(argument instanceof Known(Object value)) || value == null) {
                return Value.UNCLEAR;
            }
            known.add(value);
        }
        return result(function, known).<Value>map(Known::new).orElse(Value.UNCLEAR);
    }

    private static Optional<?> result(String function, List<Object> arguments) {
        return switch (arguments.getFirst()) {
            case String text
            when function.equals("date_part") ->
                arguments.size() == 2 ? part(text, arguments.get(1)) : Optional.empty();
            case String text -> ofText(function, text, arguments);
            case Blanks(String text) ->
                Set.of("length", "char_length", "character_length").contains(function)
                        ? Optional.of(count(text))
                        : Optional.empty();
            case BigDecimal number -> function.equals("abs") ? Optional.of(number.abs()) : Optional.empty();
            case Json(Object tree) when function.endsWith("_typeof") -> Optional.of(typeName(tree));
            case Value.Items items ->
                function.equals("cardinality")
                                || (function.equals("array_length")
                                        && !items.of().isEmpty())
                        ? Optional.of(BigDecimal.valueOf(items.of().size()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static BigDecimal count(String text) {
        return BigDecimal.valueOf(text.codePointCount(0, text.length()));
    }

    private static String typeName(@Nullable Object tree) {
        return switch (tree) {
            case null -> "null";
            case Map<?, ?> map -> "object";
            case List<?> list -> "array";
            case String text -> "string";
            case Boolean truth -> "boolean";
            default -> "number";
        };
    }

    private static Optional<?> ofText(String function, String text, List<Object> arguments) {
        if (arguments.size() == 1) {
            return switch (function) {
                case "length", "char_length", "character_length" -> Optional.of(count(text));
                case "octet_length" -> Optional.of(BigDecimal.valueOf(text.getBytes(StandardCharsets.UTF_8).length));
                case "lower" -> Optional.of(text.toLowerCase(Locale.ROOT));
                case "upper" -> Optional.of(text.toUpperCase(Locale.ROOT));
                case "btrim" -> Optional.of(text.replaceAll("^ +| +$", ""));
                case "ltrim" -> Optional.of(text.replaceAll("^ +", ""));
                case "rtrim" -> Optional.of(text.replaceAll(" +$", ""));
                default -> Optional.empty();
            };
        }
        if (arguments.get(1) instanceof String other) {
            return switch (function) {
                case "strpos" -> Optional.of(BigDecimal.valueOf(text.indexOf(other) + 1));
                case "starts_with" -> Optional.of(text.startsWith(other));
                case "replace" ->
                    arguments.size() == 3 && arguments.get(2) instanceof String by
                            ? Optional.of(text.replace(other, by))
                            : Optional.empty();
                default -> Optional.empty();
            };
        }
        return cut(function, text, arguments);
    }

    /** Parts by position; odd positions are left to the database. */
    private static Optional<?> cut(String function, String text, List<Object> arguments) {
        List<Integer> numbers = new ArrayList<>();
        for (Object argument : arguments.subList(1, arguments.size())) {
            if (!(argument instanceof BigDecimal number) || number.signum() < 0 || number.scale() > 0) {
                return Optional.empty();
            }
            numbers.add(number.min(BigDecimal.valueOf(text.length() + 1L)).intValue());
        }
        int length = text.length();
        int first = numbers.getFirst();
        return switch (function) {
            case "left" -> Optional.of(text.substring(0, Math.min(first, length)));
            case "right" -> Optional.of(text.substring(length - Math.min(first, length)));
            case "substr", "substring" -> {
                if (first < 1) {
                    yield Optional.empty();
                }
                int start = Math.min(first - 1, length);
                int end = numbers.size() > 1 ? Math.min(start + numbers.get(1), length) : length;
                yield Optional.of(text.substring(start, end));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<?> part(String field, Object of) {
        LocalDate date = switch (of) {
            case LocalDate day -> day;
            case LocalDateTime time -> time.toLocalDate();
            default -> LocalDate.MAX;
        };
        if (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)) {
            return Optional.empty();
        }
        return switch (field) {
            case "year" -> Optional.of(BigDecimal.valueOf(date.getYear()));
            case "month" -> Optional.of(BigDecimal.valueOf(date.getMonthValue()));
            case "day" -> Optional.of(BigDecimal.valueOf(date.getDayOfMonth()));
            default -> Optional.empty();
        };
    }
}
