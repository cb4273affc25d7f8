package dev.kept.server.intake;

import dev.kept.core.source.Place;
import java.util.Map;

/**
 * A request as it is written in a file, before anything of it is believed. It prints as where it stands.
 *
 * @param fields by name; uses of the notice parted by blanks
 */
record Written(Place place, Map<String, String> fields) {

    Written {
        fields = Map.copyOf(fields);
    }

    /** A field without blanks around it; empty where it is not there. */
    String field(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    @Override
    public String toString() {
        return "a request at " + place;
    }
}
