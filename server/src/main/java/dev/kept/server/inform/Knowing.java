package dev.kept.server.inform;

import dev.kept.server.state.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What lies sealed of an informing: what a reminder has to say again.
 *
 * @param person what the recipient knows her by, by category
 * @param token of the confirmation
 */
record Knowing(String number, String day, List<String> data, Map<String, String> person, String token) {

    byte[] bytes() {
        return CanonicalJson.write(Map.of("number", number, "day", day, "data", data, "person", person, "token", token))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Knowing of(byte[] bytes) {
        Map<String, Object> read = CanonicalJson.read(new String(bytes, StandardCharsets.UTF_8));
        Map<String, String> person = new LinkedHashMap<>();
        if (read.get("person") instanceof Map<?, ?> known) {
            known.forEach((category, value) -> person.put(category.toString(), value.toString()));
        }
        List<String> data = read.get("data") instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
        return new Knowing(text(read, "number"), text(read, "day"), data, person, text(read, "token"));
    }

    private static String text(Map<String, Object> read, String key) {
        return Objects.requireNonNull(read.get(key)).toString();
    }

    @Override
    public String toString() {
        return "what a recipient is told";
    }
}
