package dev.kept.server.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A package's parts as text, by name. */
public record Unpacked(Map<String, String> parts) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public Unpacked {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    public static Unpacked of(Path file) {
        Map<String, String> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                parts.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Unpacked(parts);
    }

    public String part(String name) {
        String part = parts.get(name);
        if (part == null) {
            throw new AssertionError("the package has no `" + name + "`, only " + parts.keySet());
        }
        return part;
    }

    public JsonNode data() {
        return MAPPER.readTree(part("data.json"));
    }

    /** A table of the data, whichever store it is in. */
    public JsonNode table(String name) {
        for (JsonNode store : data().get("stores")) {
            for (JsonNode table : store.get("tables")) {
                if (table.get("table").asString().equals(name)) {
                    return table;
                }
            }
        }
        throw new AssertionError("the data has no table `" + name + "`");
    }

    /** Everything together, to look for what must not be there. */
    public String all() {
        return String.join("\n", parts.values());
    }
}
