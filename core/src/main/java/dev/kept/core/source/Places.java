package dev.kept.core.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the elements of a file stand, by their path of keys: {@code [tables, customers, columns, email]}. */
public final class Places {

    private final String file;
    private final List<Standing> standing;

    /** Made when first asked for: in a file without problems no place is. */
    private @Nullable Map<List<String>, Place> byPath;

    /** An element's path and its place. */
    public record Standing(List<String> path, Place place) {}

    /** @param standing where several have the same path, the first counts */
    public Places(String file, List<Standing> standing) {
        this.file = file;
        this.standing = List.copyOf(standing);
    }

    public static Places none(String file) {
        return new Places(file, List.of());
    }

    public String file() {
        return file;
    }

    /** The place of an element, or of the nearest element around it that stands in the file. */
    public Place at(String... path) {
        List<String> keys = List.of(path);
        for (int length = keys.size(); length > 0; length--) {
            Place place = byPath().get(keys.subList(0, length));
            if (place != null) {
                return place;
            }
        }
        return Place.of(file);
    }

    private synchronized Map<List<String>, Place> byPath() {
        Map<List<String>, Place> known = byPath;
        if (known == null) {
            known = new HashMap<>();
            for (Standing one : standing) {
                known.putIfAbsent(one.path(), one.place());
            }
            byPath = known;
        }
        return known;
    }
}
