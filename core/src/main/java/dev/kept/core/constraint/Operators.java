package dev.kept.core.constraint;

import dev.kept.core.constraint.Value.Blanks;
import dev.kept.core.constraint.Value.Known;
import dev.kept.core.constraint.Value.Now;
import dev.kept.core.constraint.Value.Text;
import dev.kept.core.value.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's own operators on known values. All are strict: NULL in, NULL out. */
final class Operators {
    private static final Set<String> KNOWN = Set.of(
            "=", "<>", "!=", "<", "<=", ">", ">=", "~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*", "+", "-", "*",
            "/", "%", "||", "^@", "->", "->>", "?");

    /** Before this day no check is made. */
    private static final LocalDate WRITTEN = LocalDate.of(2026, 1, 1);

    private Operators() {}

    static Value apply(String operator, Value of) {
        if (of.equals(Value.NULL)) {
            return operator.equals("-") ? Value.NULL : Value.UNCLEAR;
        }
        return operator.equals("-") && of instanceof Known(BigDecimal number)
                ? new Known(number.negate())
                : Value.UNCLEAR;
    }

    static Value apply(String operator, Value left, Value right) {
        if (!KNOWN.contains(operator)) {
            return Value.UNCLEAR;
        }
        if (left.equals(Value.NULL) || right.equals(Value.NULL)) {
            return Value.NULL;
        }
        if (!(left instanceof Known(Object a)) || !(right instanceof Known(Object b)) || a == null || b == null) {
            return Value.UNCLEAR;
        }
        return switch (operator) {
            case "=" -> equality(a, b, true);
            case "<>", "!=" -> equality(a, b, false);
            case "<", "<=", ">", ">=" -> order(operator, a, b);
            case "~~", "!~~", "~~*", "!~~*" -> like(operator, a, b);
            case "~", "!~", "~*", "!~*" -> matches(operator, a, b);
            case "||" -> a instanceof String x && b instanceof String y ? new Known(x + y) : Value.UNCLEAR;
            case "^@" -> a instanceof String x && b instanceof String y ? Value.of(x.startsWith(y)) : Value.UNCLEAR;
            case "->", "->>", "?" -> member(operator, a, b);
            default -> arithmetic(operator, a, b);
        };
    }

    private static Value equality(Object a, Object b, boolean equal) {
        if (a instanceof Text x && b instanceof Text y) {
            return x.equals(y) ? Value.of(equal) : Value.UNCLEAR;
        }
        if (a instanceof Text || b instanceof Text || a instanceof Json || b instanceof Json) {
            return Value.UNCLEAR;
        }
        if ((a instanceof String || a instanceof Blanks) && (b instanceof String || b instanceof Blanks)) {
            boolean trimmed = a instanceof Blanks || b instanceof Blanks;
            return Value.of(text(a, trimmed).equals(text(b, trimmed)) == equal);
        }
        if ((a instanceof Boolean && b instanceof Boolean) || (a instanceof UUID && b instanceof UUID)) {
            return Value.of(a.equals(b) == equal);
        }
        OptionalInt order = compare(a, b);
        return order.isEmpty() ? Value.UNCLEAR : Value.of((order.getAsInt() == 0) == equal);
    }

    private static String text(Object text, boolean trimmed) {
        String plain = text instanceof Blanks(String inner) ? inner : text.toString();
        return trimmed ? plain.replaceAll(" +$", "") : plain;
    }

    private static Value order(String operator, Object a, Object b) {
        OptionalInt compared = compare(a, b);
        if (compared.isEmpty()) {
            return Value.UNCLEAR;
        }
        int order = compared.getAsInt();
        return Value.of(
                switch (operator) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                });
    }

    /** Empty where the order is not known: of texts it is the collation's, of dates and instants the session's zone decides. */
    private static OptionalInt compare(Object a, Object b) {
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return OptionalInt.of(x.compareTo(y));
        }
        if (a instanceof LocalDate x && b instanceof LocalDate y) {
            return OptionalInt.of(x.compareTo(y));
        }
        if (a instanceof Instant x && b instanceof Instant y) {
            return OptionalInt.of(x.compareTo(y));
        }
        LocalDateTime x = local(a);
        LocalDateTime y = local(b);
        if (x != null && y != null) {
            return OptionalInt.of(x.compareTo(y));
        }
        if (b instanceof Now && longAgo(a)) {
            return OptionalInt.of(-1);
        }
        return a instanceof Now && longAgo(b) ? OptionalInt.of(1) : OptionalInt.empty();
    }

    private static @Nullable LocalDateTime local(Object value) {
        return switch (value) {
            case LocalDate date when date.equals(LocalDate.MAX) -> LocalDateTime.MAX;
            case LocalDate date -> date.atStartOfDay();
            case LocalDateTime time -> time;
            default -> null;
        };
    }

    private static boolean longAgo(Object value) {
        LocalDateTime local = local(value);
        return local != null
                ? local.isBefore(WRITTEN.atStartOfDay())
                : value instanceof Instant instant && instant.isBefore(Instant.parse(WRITTEN + "T00:00:00Z"));
    }

    private static Value like(String operator, Object a, Object b) {
        if (!(a instanceof String text) || !(b instanceof String pattern)) {
            return Value.UNCLEAR;
        }
        boolean matches =
                Patterns.like(pattern, operator.endsWith("*")).matcher(text).matches();
        return Value.of(matches != operator.startsWith("!"));
    }

    private static Value matches(String operator, Object a, Object b) {
        if (!(a instanceof String text) || !(b instanceof String pattern)) {
            return Value.UNCLEAR;
        }
        return Patterns.posix(pattern, operator.endsWith("*"))
                .map(compiled -> Value.of(compiled.matcher(text).find() != operator.startsWith("!")))
                .orElse(Value.UNCLEAR);
    }

    private static Value member(String operator, Object a, Object b) {
        if (!(a instanceof Json(Object tree)) || !(b instanceof String key) || !(tree instanceof Map<?, ?> map)) {
            return Value.UNCLEAR;
        }
        if (operator.equals("?")) {
            return Value.of(map.containsKey(key));
        }
        if (!map.containsKey(key)) {
            return Value.NULL;
        }
        Object member = map.get(key);
        if (operator.equals("->")) {
            return new Known(new Json(member));
        }
        return member == null
                ? Value.NULL
                : new Known(member instanceof String text ? text : new Json(member).toString());
    }

    private static Value arithmetic(String operator, Object a, Object b) {
        if (!(a instanceof BigDecimal x) || !(b instanceof BigDecimal y)) {
            return Value.UNCLEAR;
        }
        return switch (operator) {
            case "+" -> new Known(x.add(y));
            case "-" -> new Known(x.subtract(y));
            case "*" -> new Known(x.multiply(y));
            case "%" -> y.signum() == 0 ? Value.UNCLEAR : new Known(x.remainder(y));
            default -> divided(x, y);
        };
    }

    /** Whether a division is one of whole numbers does not show here: where that matters, nothing is said. */
    private static Value divided(BigDecimal x, BigDecimal y) {
        if (y.signum() == 0 || x.remainder(y).signum() != 0) {
            return Value.UNCLEAR;
        }
        return new Known(x.divide(y, MathContext.DECIMAL128));
    }
}
