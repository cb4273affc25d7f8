package dev.kept.core.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the elements of a file stand, by their path of keys: {@code [tables, customers, columns, email]}. */
public record Places(String file, Map<List<String>, Place> byPath) {

    public Places {
        byPath = Map.copyOf(byPath);
    }

    public static Places none(String file) {
        return new Places(file, Map.of());
    }

    /** The place of an element, or of the nearest element around it that stands in the file. */
    public Place at(String... path) {
        List<String> keys = List.of(path);
        for (int length = keys.size(); length > 0; length--) {
            Optional<Place> place = Optional.ofNullable(byPath.get(keys.subList(0, length)));
            if (place.isPresent()) {
                return place.get();
            }
        }
        return Place.of(file);
    }
}
