package dev.kept.server.api;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a value in JSON looks like: what is sent is held against it, and the API's description (OpenAPI 3.1, JSON Schema 2020-12) is written from
 * it, so that the two are one.
 */
sealed interface Shape {

    /** Its JSON Schema. */
    Map<String, Object> schema();

    /** Notes what does not fit; nothing of the value is repeated. */
    void check(JsonNode given, String at, Flaws flaws);

    /** One or several lines. */
    enum Lines {
        ONE,
        SEVERAL
    }

    static Shape line(int least, int most) {
        return new Text(least, most, Lines.ONE);
    }

    static Shape text(int least, int most) {
        return new Text(least, most, Lines.SEVERAL);
    }

    static Shape choice(List<String> words) {
        return new Choice(words);
    }

    static Shape words(Enum<?>... constants) {
        return new Choice(Arrays.stream(constants)
                .map(constant ->
                        constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .toList());
    }

    static Shape id() {
        return new Written(Form.UUID);
    }

    static Shape day() {
        return new Written(Form.DATE);
    }

    static Shape moment() {
        return new Written(Form.DATE_TIME);
    }

    static Shape whole(long least, long most) {
        return new Whole(least, most);
    }

    /** A number of things. */
    static Shape count() {
        return new Whole(0, Long.MAX_VALUE >> 10);
    }

    static Shape list(Shape of, int most) {
        return new Listed(of, most);
    }

    static Shape map(Shape of, int most) {
        return new Mapped(of, most);
    }

    static Thing thing(Field... fields) {
        return new Thing(List.of(fields));
    }

    /** A text; lengths are counted as Java and JavaScript do, in UTF-16 code units. */
    record Text(int least, int most, Lines lines) implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = ordered("type", "string");
            if (least > 0) {
                schema.put("minLength", least);
                schema.put("pattern", "\\S");
            }
            schema.put("maxLength", most);
            return schema;
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            if (!given.isString()) {
                flaws.type(at, "a text");
                return;
            }
            String text = given.stringValue();
            if (text.length() > most) {
                flaws.add(at, "has more than " + most + " characters", "say it in fewer");
            } else if (least > 0 && text.isBlank()) {
                flaws.add(at, "is empty", "");
            } else if (!plain(text, lines)) {
                flaws.add(at, "has a character that no text has here", "leave control characters out");
            }
        }

        /** Whether it has no control characters and no half of a surrogate pair. */
        static boolean plain(String text, Lines lines) {
            return text.chars().noneMatch(c -> Character.isISOControl(c) && !(lines == Lines.SEVERAL && breaks(c)))
                    && paired(text);
        }

        private static boolean breaks(int c) {
            return c == '\n' || c == '\r' || c == '\t';
        }

        private static boolean paired(String text) {
            return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        }
    }

    /** One of a closed list of words. */
    record Choice(List<String> of) implements Shape {
        public Choice {
            of = List.copyOf(of);
        }

        @Override
        public Map<String, Object> schema() {
            return ordered("enum", of);
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            if (!given.isString() || !of.contains(given.stringValue())) {
                String attempt = given.isString()
                        ? dev.kept.core.source.Spelling.nearest(given.stringValue(), of)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse("write " + dev.kept.core.source.Spelling.oneOf(of))
                        : "write " + dev.kept.core.source.Spelling.oneOf(of);
                flaws.add(at, "is none of the words that are known here", attempt);
            }
        }
    }

    /** How a text with a form of its own is written. */
    enum Form {
        UUID("uuid", "an id", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        DATE("date", "a day", "\\d{4}-\\d{2}-\\d{2}"),
        /** RFC 3339, section 5.6. */
        DATE_TIME(
                "date-time",
                "a moment",
                "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

        private final String format;
        private final String said;
        private final Pattern pattern;

        Form(String format, String said, String pattern) {
            this.format = format;
            this.said = said;
            this.pattern = Pattern.compile(pattern);
        }

        private boolean fits(String text) {
            if (!pattern.matcher(text).matches()) {
                return false;
            }
            try {
                Object read = switch (this) {
                    case UUID -> java.util.UUID.fromString(text);
                    case DATE -> LocalDate.parse(text);
                    case DATE_TIME -> OffsetDateTime.parse(text);
                };
                return read != null;
            } catch (DateTimeException | IllegalArgumentException e) {
                return false;
            }
        }

        private String example() {
            return switch (this) {
                case UUID -> "write it as the answer that told it did";
                case DATE -> "write it as in 2027-03-01";
                case DATE_TIME -> "write it as in 2027-03-01T12:00:00Z";
            };
        }
    }

    /** A text of a form. */
    record Written(Form form) implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = ordered("type", "string");
            schema.put("format", form.format);
            return schema;
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            if (!given.isString() || !form.fits(given.stringValue())) {
                flaws.add(at, "is not " + form.said, form.example());
            }
        }
    }

    /** A whole number. */
    record Whole(long least, long most) implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = ordered("type", "integer");
            schema.put("minimum", least);
            schema.put("maximum", most);
            return schema;
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            boolean whole = given.isIntegralNumber() && given.canConvertToLong();
            if (!whole || given.longValue() < least || given.longValue() > most) {
                flaws.add(at, "is no whole number from " + least + " to " + most, "");
            }
        }
    }

    /** Yes or no. */
    record Flag() implements Shape {
        @Override
        public Map<String, Object> schema() {
            return ordered("type", "boolean");
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            if (!given.isBoolean()) {
                flaws.type(at, "true or false");
            }
        }
    }

    /** Any object: what is in it is read elsewhere. Its texts are texts all the same. */
    record Anything() implements Shape {
        @Override
        public Map<String, Object> schema() {
            return ordered("type", "object");
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            if (!given.isObject()) {
                flaws.type(at, "an object");
            } else if (!plain(given)) {
                flaws.add(at, "has a character that no text has here", "leave control characters out");
            }
        }

        private static boolean plain(JsonNode node) {
            boolean own = !node.isString() || Text.plain(node.stringValue(), Lines.SEVERAL);
            boolean names =
                    !node.isObject() || node.propertyNames().stream().allMatch(name -> Text.plain(name, Lines.ONE));
            return own && names && node.values().stream().allMatch(Anything::plain);
        }
    }

    /** Some of one shape. */
    record Listed(Shape of, int most) implements Shape {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = ordered("type", "array");
            schema.put("items", of.schema());
            schema.put("maxItems", most);
            return schema;
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            if (!given.isArray()) {
                flaws.type(at, "a list");
            } else if (given.size() > most) {
                flaws.add(at, "has more than " + most + " entries", "");
            } else {
                for (int i = 0; i < given.size(); i++) {
                    of.check(given.get(i), at + "/" + i, flaws);
                }
            }
        }
    }

    /** Values of one shape by names that the caller chooses. */
    record Mapped(Shape of, int most) implements Shape {
        private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9 ._-]{0,99}");

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = ordered("type", "object");
            schema.put("additionalProperties", of.schema());
            schema.put("maxProperties", most);
            return schema;
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            if (!given.isObject()) {
                flaws.type(at, "an object");
                return;
            }
            if (given.size() > most) {
                flaws.add(at, "has more than " + most + " fields", "");
                return;
            }
            given.properties().forEach(entry -> {
                if (NAME.matcher(entry.getKey()).matches()) {
                    of.check(entry.getValue(), at + "/" + Flaws.token(entry.getKey()), flaws);
                } else {
                    flaws.add(at, "has a field whose name is none", "begin it with a letter");
                }
            });
        }
    }

    /** A field of an object. */
    record Field(String name, Shape shape, boolean required, String says) {
        static Field must(String name, Shape shape, String says) {
            return new Field(name, shape, true, says);
        }

        static Field may(String name, Shape shape, String says) {
            return new Field(name, shape, false, says);
        }
    }

    /** An object with these fields and no others. */
    record Thing(List<Field> fields) implements Shape {
        public Thing {
            fields = List.copyOf(fields);
        }

        Thing and(Field... more) {
            List<Field> all = new ArrayList<>(fields);
            all.addAll(List.of(more));
            return new Thing(all);
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> properties = new LinkedHashMap<>();
            for (Field field : fields) {
                Map<String, Object> property = new LinkedHashMap<>(field.shape().schema());
                if (!field.says().isEmpty()) {
                    property.put("description", field.says());
                }
                properties.put(field.name(), property);
            }
            Map<String, Object> schema = ordered("type", "object");
            schema.put("properties", properties);
            List<String> required =
                    fields.stream().filter(Field::required).map(Field::name).toList();
            if (!required.isEmpty()) {
                schema.put("required", required);
            }
            schema.put("additionalProperties", false);
            return schema;
        }

        @Override
        public void check(JsonNode given, String at, Flaws flaws) {
            if (!given.isObject()) {
                flaws.type(at, "an object");
                return;
            }
            List<String> known = fields.stream().map(Field::name).toList();
            given.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !known.contains(name))
                    .forEach(name -> flaws.unknown(at, name, known));
            for (Field field : fields) {
                String where = at + "/" + Flaws.token(field.name());
                JsonNode value = given.get(field.name());
                if (value != null) {
                    field.shape().check(value, where, flaws);
                } else if (field.required()) {
                    flaws.add(where, "is missing", "");
                }
            }
        }
    }

    private static Map<String, Object> ordered(String name, Object value) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(name, value);
        return schema;
    }
}
