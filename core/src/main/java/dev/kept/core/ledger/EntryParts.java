package dev.kept.core.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is too long for one entry is said in several that follow each other, each with a member {@code part}: {@code {"number":1,"of":3}}. Members are told
 * apart, and those that are lists or maps are divided; put together again, they are what was said.
 */
public final class EntryParts {

    /** Reserved in entries. */
    public static final String PART = "part";

    /** What {@link #PART} takes at most. */
    private static final int PART_BYTES = 60;

    private static final int ROOM = LedgerEntry.MOST_JSON_BYTES - PART_BYTES;

    /** A member of an entry, or a piece of one. */
    private record Piece(String name, @Nullable Object value) {
        int bytes() {
            Map<String, @Nullable Object> alone = new LinkedHashMap<>();
            alone.put(name, value);
            return CanonicalJson.bytes(alone).length;
        }
    }

    private EntryParts() {}

    /**
     * An entry as canonical JSON, or the several that say the same.
     *
     * @throws IllegalArgumentException for a value without a canonical form, or a single one that is too long
     */
    public static List<String> of(Map<String, ?> entry) {
        String whole = CanonicalJson.write(entry);
        if (whole.length() <= ROOM / 3 || CanonicalJson.bytes(entry).length <= ROOM) {
            return List.of(whole);
        }
        List<Piece> pieces = new ArrayList<>();
        entry.forEach((name, value) -> divide(new Piece(name, value), pieces));
        List<Map<String, @Nullable Object>> packed = pack(pieces);
        List<String> parts = new ArrayList<>();
        for (Map<String, @Nullable Object> members : packed) {
            members.put(PART, Map.of("number", parts.size() + 1, "of", packed.size()));
            parts.add(CanonicalJson.write(members));
        }
        return parts;
    }

    private static void divide(Piece piece, List<Piece> into) {
        if (piece.bytes() <= ROOM) {
            into.add(piece);
            return;
        }
        switch (piece.value()) {
            case List<?> list
            when list.size() > 1 -> {
                int half = list.size() / 2;
                divide(new Piece(piece.name(), list.subList(0, half)), into);
                divide(new Piece(piece.name(), list.subList(half, list.size())), into);
            }
            case Map<?, ?> map
            when map.size() > 1 -> {
                Map<Object, @Nullable Object> first = new LinkedHashMap<>();
                Map<Object, @Nullable Object> second = new LinkedHashMap<>();
                map.forEach((key, value) -> (first.size() < map.size() / 2 ? first : second).put(key, value));
                divide(new Piece(piece.name(), first), into);
                divide(new Piece(piece.name(), second), into);
            }
            case null, default ->
                throw new IllegalArgumentException("a value of an entry is longer than " + ROOM + " bytes");
        }
    }

    private static List<Map<String, @Nullable Object>> pack(List<Piece> pieces) {
        List<Map<String, @Nullable Object>> packed = new ArrayList<>();
        int left = 0;
        for (Piece piece : pieces) {
            int bytes = piece.bytes();
            if (packed.isEmpty() || bytes > left || packed.getLast().containsKey(piece.name())) {
                packed.add(new LinkedHashMap<>());
                left = ROOM;
            }
            packed.getLast().put(piece.name(), piece.value());
            left -= bytes;
        }
        return packed;
    }

    /** Puts the members of parts together again, in their order. */
    public static Map<String, Object> together(List<Map<String, Object>> parts) {
        Map<String, Object> whole = new LinkedHashMap<>();
        parts.forEach(part -> part.forEach((name, value) -> whole.merge(name, value, EntryParts::joined)));
        whole.remove(PART);
        return whole;
    }

    private static Object joined(Object first, Object second) {
        if (first instanceof List<?> one && second instanceof List<?> other) {
            List<@Nullable Object> list = new ArrayList<>(one);
            list.addAll(other);
            return list;
        }
        if (first instanceof Map<?, ?> one && second instanceof Map<?, ?> other) {
            Map<Object, @Nullable Object> map = new LinkedHashMap<>(one);
            map.putAll(other);
            return map;
        }
        return second;
    }
}
