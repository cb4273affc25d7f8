package dev.kept.server.state;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Canonical JSON (RFC 8785) of strings, integers, lists and maps: keys sorted, no white space. Fractions have no place in evidence. */
public final class CanonicalJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CanonicalJson() {}

    public static String write(Map<String, ?> entry) {
        return MAPPER.writeValueAsString(entry);
    }

    static Map<String, Long> readCounts(String json) {
        return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Long>>() {});
    }

    public static Map<String, Object> read(String json) {
        return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
