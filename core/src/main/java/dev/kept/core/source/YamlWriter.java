package dev.kept.core.source;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Writes YAML that people read and compare: blocks on lines of their own, lines that are never wrapped, quotes where they are needed.
 *
 * <p>What it writes, {@link YamlReader} reads back as it was.
 */
public final class YamlWriter {

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setSplitLines(false)
            .setWidth(Integer.MAX_VALUE)
            .setMaxSimpleKeyLength(1024)
            .setBestLineBreak("\n")
            .setDumpComments(true)
            .build();

    private YamlWriter() {}

    /** The lines of {@code header} as comments, and the value. */
    public static String write(List<String> header, Value value) {
        StringBuilder text = new StringBuilder();
        header.forEach(line -> text.append("# ").append(line).append('\n'));
        text.append(new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(value.node).iterator()));
        return text.toString();
    }

    /** Entries as they stand within the braces of a mapping on one line. */
    static String entriesOnOneLine(Mapping entries) {
        Node flow = flow(entries.line().node);
        String text = new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(flow).iterator())
                .strip();
        return text.substring(1, text.length() - 1);
    }

    private static Node flow(Node node) {
        return switch (node) {
            case MappingNode mapping ->
                new MappingNode(
                        mapping.getTag(),
                        mapping.getValue().stream()
                                .map(entry -> new NodeTuple(flow(entry.getKeyNode()), flow(entry.getValueNode())))
                                .toList(),
                        FlowStyle.FLOW);
            case SequenceNode list ->
                new SequenceNode(
                        list.getTag(),
                        list.getValue().stream().map(YamlWriter::flow).toList(),
                        FlowStyle.FLOW);
            // between commas an empty place would be written with a tag
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.NULL) -> new ScalarNode(Tag.NULL, "null", ScalarStyle.PLAIN);
            case ScalarNode scalar -> new ScalarNode(scalar.getTag(), scalar.getValue(), ScalarStyle.PLAIN);
            default -> node;
        };
    }

    /** A value to write. */
    public static final class Value {
        private final Node node;

        private Value(Node node) {
            this.node = node;
        }
    }

    /** A text; of several lines, as a block if it can be. */
    public static Value text(String text) {
        boolean block = text.contains("\n") && text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
        return new Value(new ScalarNode(Tag.STR, text, block ? ScalarStyle.LITERAL : ScalarStyle.PLAIN));
    }

    /** A place left empty, for somebody to write something there. */
    public static Value nothing() {
        return new Value(new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN));
    }

    public static Value number(long number) {
        return new Value(new ScalarNode(Tag.INT, Long.toString(number), ScalarStyle.PLAIN));
    }

    public static Value number(BigDecimal number) {
        String written = number.toPlainString();
        return new Value(new ScalarNode(written.contains(".") ? Tag.FLOAT : Tag.INT, written, ScalarStyle.PLAIN));
    }

    public static Value flag(boolean flag) {
        return new Value(new ScalarNode(Tag.BOOL, Boolean.toString(flag), ScalarStyle.PLAIN));
    }

    /** A list on one line. */
    public static Value line(List<Value> items) {
        return list(FlowStyle.FLOW, items);
    }

    /** A list of texts on one line. */
    public static Value line(Collection<String> texts) {
        return list(FlowStyle.FLOW, texts.stream().map(YamlWriter::text).toList());
    }

    /** A list on one line, with {@code null} as its last item where wanted. */
    public static Value line(Collection<String> texts, boolean orNull) {
        List<Value> items = new ArrayList<>(texts.stream().map(YamlWriter::text).toList());
        if (orNull) {
            items.add(new Value(new ScalarNode(Tag.NULL, "null", ScalarStyle.PLAIN)));
        }
        return list(FlowStyle.FLOW, items);
    }

    /** A list with a line for each item. */
    public static Value lines(List<Value> items) {
        return list(FlowStyle.BLOCK, items);
    }

    /** A text, or a list of texts on one line. */
    public static Value words(List<String> texts) {
        return texts.size() == 1 ? text(texts.getFirst()) : line(texts);
    }

    private static Value list(FlowStyle style, List<Value> items) {
        return new Value(
                new SequenceNode(Tag.SEQ, items.stream().map(item -> item.node).toList(), style));
    }

    /** A mapping under construction; entries that say nothing are left out. */
    public static final class Mapping {
        private final Map<String, Value> entries = new LinkedHashMap<>();
        private final Map<String, List<String>> comments = new HashMap<>();

        public Mapping put(String key, Value value) {
            entries.put(key, value);
            return this;
        }

        /** An entry with lines of comment above it, which are left out where all stands on one line. */
        public Mapping comment(String key, List<String> lines, Value value) {
            comments.put(key, List.copyOf(lines));
            return put(key, value);
        }

        public Mapping text(String key, Optional<String> text) {
            text.ifPresent(value -> entries.put(key, YamlWriter.text(value)));
            return this;
        }

        /** Left out where there are none. */
        public Mapping words(String key, List<String> texts) {
            if (!texts.isEmpty()) {
                entries.put(key, YamlWriter.words(texts));
            }
            return this;
        }

        /** Left out where there are none; a list even of one. */
        public Mapping list(String key, List<String> texts) {
            if (!texts.isEmpty()) {
                entries.put(key, YamlWriter.line(texts));
            }
            return this;
        }

        /** Left out where there are none; each item on a line of its own. */
        public Mapping items(String key, List<Value> items) {
            if (!items.isEmpty()) {
                entries.put(key, lines(items));
            }
            return this;
        }

        /** Left out where it is false. */
        public Mapping flag(String key, boolean flag) {
            if (flag) {
                entries.put(key, YamlWriter.flag(true));
            }
            return this;
        }

        /** Left out where it is empty; each entry on a line of its own. */
        public Mapping block(String key, Mapping mapping) {
            if (!mapping.entries.isEmpty()) {
                entries.put(key, mapping.block());
            }
            return this;
        }

        public boolean isEmpty() {
            return entries.isEmpty();
        }

        /** On one line. */
        public Value line() {
            return value(FlowStyle.FLOW);
        }

        /** Each entry on a line of its own. */
        public Value block() {
            return value(entries.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }

        private Value value(FlowStyle style) {
            return new Value(new MappingNode(
                    Tag.MAP,
                    entries.entrySet().stream()
                            .map(entry -> new NodeTuple(
                                    YamlWriter.key(
                                            entry.getKey(),
                                            style == FlowStyle.BLOCK
                                                    ? comments.getOrDefault(entry.getKey(), List.of())
                                                    : List.of()),
                                    entry.getValue().node))
                            .toList(),
                    style));
        }
    }

    private static Node key(String key, List<String> comments) {
        Node node = new ScalarNode(Tag.STR, key, ScalarStyle.PLAIN);
        if (!comments.isEmpty()) {
            node.setBlockComments(comments.stream()
                    .map(line -> new CommentLine(Optional.empty(), Optional.empty(), " " + line, CommentType.BLOCK))
                    .toList());
        }
        return node;
    }
}
