package dev.kept.core.notice.prose;

import dev.kept.core.source.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a verdict can stand beside: a heading, a list item's or a paragraph's text, or the part of it up to an anchor.
 *
 * @param anchors the rules it states
 */
public record Sentence(Kind kind, List<Anchor> anchors, List<Inline> content, Place place) {

    public Sentence {
        anchors = List.copyOf(anchors);
        content = List.copyOf(content);
    }

    /** What a sentence does; a {@code STATEMENT} names no rule and gets no verdict. */
    public enum Kind {
        PROMISE,
        /** "We may": its verdict is "not exceeded". */
        PERMISSION,
        /** What the person is asked to do. */
        DUTY,
        STATEMENT
    }

    /** A rule the sentence names, and where. */
    public record Anchor(String path, Place place) {}

    /**
     * The rules it states: those it names and, below them, those its values spell out ({@code {{collects}}} lists every
     * category). A duty states none: it asks something of the person.
     */
    public Set<String> states() {
        if (kind != Kind.PROMISE && kind != Kind.PERMISSION) {
            return Set.of();
        }
        Set<String> paths = anchors.stream().map(Anchor::path).collect(Collectors.toCollection(LinkedHashSet::new));
        values().flatMap(value -> value.states().stream())
                .filter(this::isBelowAnAnchor)
                .forEach(paths::add);
        return paths;
    }

    private boolean isBelowAnAnchor(String path) {
        return anchors.stream().anyMatch(anchor -> path.startsWith(anchor.path() + "."));
    }

    /** The values it takes from the rules. */
    public Stream<Inline.Value> values() {
        return inlines().filter(Inline.Value.class::isInstance).map(Inline.Value.class::cast);
    }

    /** All its pieces, each before those within it. */
    Stream<Inline> inlines() {
        return content.stream().flatMap(Sentence::withParts);
    }

    private static Stream<Inline> withParts(Inline inline) {
        return Stream.concat(Stream.of(inline), inline.parts().stream().flatMap(Sentence::withParts));
    }

    /** Its pieces with the ends of the file's lines closed up as the script wants: a space, or nothing. */
    public List<Inline> flowing() {
        return LineEnds.closed(content);
    }

    /** Its text without markup, values filled in. */
    public String plain() {
        PlainText text = new PlainText();
        text.append(content);
        return text.toString();
    }
}
