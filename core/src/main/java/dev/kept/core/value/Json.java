package dev.kept.core.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** A JSON document: maps, lists, strings, numbers, booleans and JSON's own null (which is not SQL's NULL). */
public record Json(@Nullable Object tree) {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setAllowDuplicateKeys(true)
            .setTagConstructors(Map.of(Tag.FLOAT, node -> new BigDecimal(((ScalarNode) node).getValue())))
            .build();

    /** Reads JSON, which is YAML too. */
    public static Json parse(String text) {
        try {
            return new Json(new Load(SETTINGS).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("a value is no JSON", e);
        }
    }

    /** Without the member at this path of keys; the same document where there is none. */
    public Json without(List<String> path) {
        return has(tree, path) ? new Json(without(tree, path)) : this;
    }

    private static boolean has(@Nullable Object tree, List<String> path) {
        if (!(tree instanceof Map<?, ?> map) || !map.containsKey(path.getFirst())) {
            return false;
        }
        return path.size() == 1 || has(map.get(path.getFirst()), path.subList(1, path.size()));
    }

    private static Map<String, @Nullable Object> without(@Nullable Object tree, List<String> path) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(tree)).forEach((key, value) -> rest.put((String) key, value));
        if (path.size() == 1) {
            rest.remove(path.getFirst());
        } else {
            rest.put(path.getFirst(), without(rest.get(path.getFirst()), path.subList(1, path.size())));
        }
        return rest;
    }

    /** As PostgreSQL prints {@code jsonb}: shorter keys first, one space after commas and colons. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        print(tree, text);
        return text.toString();
    }

    /** For people: in the order of its maps, two blanks a level, lists of plain values on one line. */
    public String pretty() {
        StringBuilder text = new StringBuilder();
        pretty(tree, "\n", text);
        return text.toString();
    }

    private static void pretty(@Nullable Object value, String line, StringBuilder text) {
        String deeper = line + "  ";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            String before = "{" + deeper;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(before);
                quote(String.valueOf(entry.getKey()), text);
                text.append(": ");
                pretty(entry.getValue(), deeper, text);
                before = "," + deeper;
            }
            text.append(line).append('}');
        } else if (value instanceof List<?> list
                && list.stream().anyMatch(item -> item instanceof Map || item instanceof List)) {
            String before = "[" + deeper;
            for (Object item : list) {
                text.append(before);
                pretty(item, deeper, text);
                before = "," + deeper;
            }
            text.append(line).append(']');
        } else {
            print(value, text);
        }
    }

    private static void print(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("null");
            case Map<?, ?> map -> printMap(map, text);
            case List<?> list -> {
                text.append('[');
                for (int i = 0; i < list.size(); i++) {
                    text.append(i == 0 ? "" : ", ");
                    print(list.get(i), text);
                }
                text.append(']');
            }
            case String string -> quote(string, text);
            case BigDecimal number -> text.append(number.toPlainString());
            default -> text.append(value);
        }
    }

    private static void printMap(Map<?, ?> map, StringBuilder text) {
        List<String> keys = new ArrayList<>();
        map.keySet().forEach(key -> keys.add(String.valueOf(key)));
        keys.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        text.append('{');
        for (int i = 0; i < keys.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            quote(keys.get(i), text);
            text.append(": ");
            print(map.get(keys.get(i)), text);
        }
        text.append('}');
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        text.append('"');
    }
}
