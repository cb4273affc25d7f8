package dev.kept.core.source;

import dev.kept.core.source.YamlWriter.Mapping;
import dev.kept.core.source.YamlWriter.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Adds entries to YAML that people wrote: every other character, comments and layout included, stays as it is. */
public final class YamlInsertion {

    private static final int INDENT = 2;

    private YamlInsertion() {}

    /**
     * Appends an entry to a mapping.
     *
     * @param path which keys lead to it
     * @return the text with the entry; empty where there is no such mapping
     */
    public static Optional<String> append(String text, List<Predicate<String>> path, String key, Value value) {
        return append(text, path, new Mapping().put(key, value));
    }

    /** Appends several entries; their comments are left out where all stands on one line. */
    public static Optional<String> append(String text, List<Predicate<String>> path, Mapping entries) {
        Optional<MappingNode> root = root(text);
        return root.flatMap(mapping -> find(mapping, path))
                .map(mapping -> mapping.getFlowStyle() == FlowStyle.FLOW
                        ? inside(text, mapping, entries)
                        : below(text, mapping, entries))
                .or(() -> root.flatMap(mapping -> intoNothing(text, mapping, path, entries)));
    }

    /** The entries of a key that has no value yet, be it {@code key:} or {@code key: null}. */
    private static Optional<String> intoNothing(
            String text, MappingNode root, List<Predicate<String>> path, Mapping entries) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        return find(root, path.subList(0, path.size() - 1))
                .flatMap(parent -> parent.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode key
                                && path.getLast().test(key.getValue()))
                        .filter(entry -> entry.getValueNode().getTag().equals(Tag.NULL))
                        .findFirst()
                        .map(entry -> filled(text, parent, entry, entries)));
    }

    private static String filled(String text, MappingNode parent, NodeTuple entry, Mapping entries) {
        Node nothing = entry.getValueNode();
        String before = text.substring(0, offset(text, nothing.getStartMark()));
        String after = text.substring(offset(text, nothing.getEndMark()));
        if (parent.getFlowStyle() == FlowStyle.FLOW) {
            return before + (before.endsWith(":") ? " {" : "{") + YamlWriter.entriesOnOneLine(entries) + "}" + after;
        }
        int line = after.indexOf('\n');
        int at = line < 0 ? after.length() : line;
        return before + after.substring(0, at) + "\n" + lines(entries, column(entry) + INDENT) + after.substring(at);
    }

    private static int column(NodeTuple entry) {
        return entry.getKeyNode().getStartMark().map(Mark::getColumn).orElse(0);
    }

    private static String lines(Mapping entries, int columns) {
        return YamlWriter.write(List.of(), entries.block())
                .strip()
                .lines()
                .map(content -> content.isEmpty() ? content : " ".repeat(columns) + content)
                .collect(Collectors.joining("\n"));
    }

    private static Optional<MappingNode> root(String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setCodePointLimit(SourceText.MAX_CHARACTERS)
                    .build();
            return new Compose(settings)
                    .composeString(text)
                    .filter(MappingNode.class::isInstance)
                    .map(MappingNode.class::cast);
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    private static Optional<MappingNode> find(MappingNode root, List<Predicate<String>> path) {
        Optional<MappingNode> found = Optional.of(root);
        for (Predicate<String> step : path) {
            found = found.flatMap(mapping -> mapping.getValue().stream()
                    .filter(entry -> entry.getKeyNode() instanceof ScalarNode key && step.test(key.getValue()))
                    .map(NodeTuple::getValueNode)
                    .filter(MappingNode.class::isInstance)
                    .map(MappingNode.class::cast)
                    .findFirst());
        }
        return found;
    }

    /** Before the closing brace. */
    private static String inside(String text, MappingNode mapping, Mapping entries) {
        int at = offset(text, mapping.getEndMark()) - 1;
        while (Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        String entry = YamlWriter.entriesOnOneLine(entries);
        boolean first = mapping.getValue().isEmpty() || text.charAt(at - 1) == ',';
        return text.substring(0, at) + (first ? entry : ", " + entry) + text.substring(at);
    }

    /** On lines of its own, after the last entry's line. */
    private static String below(String text, MappingNode mapping, Mapping entries) {
        int at = end(text, mapping);
        int line = text.indexOf('\n', at);
        at = line < 0 ? text.length() : line;
        String entry = lines(entries, column(mapping.getValue().getFirst()));
        return text.substring(0, at) + "\n" + entry + text.substring(at);
    }

    /** Where a node's last character stands, blank lines and comments after it left out. */
    private static int end(String text, Node node) {
        if (node instanceof MappingNode mapping
                && mapping.getFlowStyle() != FlowStyle.FLOW
                && !mapping.getValue().isEmpty()) {
            NodeTuple last = mapping.getValue().getLast();
            return Math.max(end(text, last.getKeyNode()), end(text, last.getValueNode()));
        }
        if (node instanceof SequenceNode list
                && list.getFlowStyle() != FlowStyle.FLOW
                && !list.getValue().isEmpty()) {
            return end(text, list.getValue().getLast());
        }
        int at = offset(text, node.getEndMark());
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static int offset(String text, Optional<Mark> mark) {
        return mark.map(m -> text.offsetByCodePoints(0, m.getIndex())).orElse(text.length());
    }
}
