package dev.kept.server.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What was sent and fits its {@link Shape}: fields by name, of the body or of the query. Prints as nothing. */
final class Given {

    private final JsonNode object;

    Given(JsonNode object) {
        this.object = object;
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(object.get(name));
    }

    Optional<String> word(String name) {
        return field(name).map(JsonNode::stringValue);
    }

    /** Without blanks around it; empty where it is not there. */
    String text(String name) {
        return word(name).map(String::strip).orElse("");
    }

    LocalDate day(String name) {
        return LocalDate.parse(text(name));
    }

    Optional<Instant> moment(String name) {
        return word(name).map(text -> OffsetDateTime.parse(text).toInstant());
    }

    int whole(String name, int otherwise) {
        return field(name).map(JsonNode::intValue).orElse(otherwise);
    }

    boolean yes(String name) {
        return field(name).map(JsonNode::booleanValue).orElse(false);
    }

    List<String> words(String name) {
        List<String> words = new ArrayList<>();
        field(name).ifPresent(list -> list.forEach(item -> words.add(item.stringValue())));
        return words;
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        field(name)
                .ifPresent(map -> map.properties()
                        .forEach(entry -> texts.put(
                                entry.getKey(), entry.getValue().stringValue().strip())));
        return texts;
    }

    /** A field as JSON text. */
    String json(String name) {
        return Json.text(object.get(name));
    }

    @Override
    public String toString() {
        return "what was sent";
    }
}
