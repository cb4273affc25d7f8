package dev.kept.server.state;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Canonical JSON (RFC 8785) of strings, whole numbers, booleans, lists and maps, as Kept's own database holds it. */
public final class CanonicalJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CanonicalJson() {}

    public static String write(Map<String, ?> entry) {
        return dev.kept.core.ledger.CanonicalJson.write(entry);
    }

    /** An object of texts. */
    public static Map<String, String> texts(String json) {
        return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
    }

    static Map<String, Long> readCounts(String json) {
        return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Long>>() {});
    }

    public static Map<String, Object> read(String json) {
        return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
