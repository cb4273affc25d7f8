package dev.kept.core.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plain values: how PostgreSQL prints them and when two are the same. */
public final class Values {

    private Values() {}

    /** As PostgreSQL prints it, for the kinds of values that keys and states have. */
    public static String print(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** Whether two values are equal; numbers whatever their type, JSON member by member. */
    public static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(plain(one), plain(other));
    }

    /** The value as joins compare it: numbers as one kind; folded and trimmed where the join says so. */
    static Object joined(Object value, boolean casefold) {
        Object plain = Objects.requireNonNull(plain(value));
        return casefold ? trimmed(plain.toString()).toLowerCase(Locale.ROOT) : plain;
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case Short number -> BigDecimal.valueOf(number);
            case BigDecimal number ->
                number.signum() == 0
                        ? BigDecimal.ZERO
                        : number.stripTrailingZeros()
                                .setScale(
                                        Math.max(0, number.stripTrailingZeros().scale()));
            case Map<?, ?> json -> {
                Map<Object, @Nullable Object> members = new LinkedHashMap<>();
                json.forEach((name, member) -> members.put(name, plain(member)));
                yield members;
            }
            case List<?> json -> {
                List<@Nullable Object> members = new ArrayList<>();
                json.forEach(member -> members.add(plain(member)));
                yield members;
            }
            default -> value;
        };
    }

    /** The document without what stands at the path. */
    static @Nullable Object withoutPath(@Nullable Object document, List<String> path) {
        if (!(document instanceof Map<?, ?> object) || !object.containsKey(path.getFirst())) {
            return document;
        }
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(object);
        if (path.size() == 1) {
            copy.remove(path.getFirst());
        } else {
            copy.put(path.getFirst(), withoutPath(copy.get(path.getFirst()), path.subList(1, path.size())));
        }
        return copy;
    }
}
