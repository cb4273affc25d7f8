package dev.kept.server.inform;

import dev.kept.core.rights.request.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** What happened, as CloudEvents 1.0 writes it in JSON (structured mode). */
record Event(UUID id, String type, String source, Instant at, Map<String, Object> data) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** {@code dev.kept.recipient.erasure}: the data was erased with the one who tells. */
    static String type(Kind done) {
        return "dev.kept.recipient." + done.word();
    }

    byte[] json() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id.toString());
        event.put("source", source);
        event.put("type", type);
        event.put("time", at.toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return MAPPER.writeValueAsString(event).getBytes(StandardCharsets.UTF_8);
    }
}
