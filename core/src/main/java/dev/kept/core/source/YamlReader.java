package dev.kept.core.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema; JSON is part of it) into {@link Element elements} that know their places.
 *
 * <p>It reads data, no more: one document, text as keys, no tags, and no anchors, since a rule written in one place has one name,
 * and a document without aliases cannot unfold into a larger one.
 */
public final class YamlReader {

    /** The deepest nesting read. */
    public static final int MAX_DEPTH = 32;

    /** The largest number of elements read. */
    public static final int MAX_ELEMENTS = 500_000;

    private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);

    private final Problems problems;
    private final Deque<Element> open = new ArrayDeque<>();
    private Optional<Element> root = Optional.empty();
    private Optional<Key> key = Optional.empty();
    private int documents;
    private int elements;
    private boolean stopped;

    /** A mapping's key that waits for its value. */
    private record Key(String name, Place place) {}

    private YamlReader(Problems problems) {
        this.problems = problems;
    }

    /** The document's root; empty, with problems, where the text is no YAML or is empty. */
    public static Optional<Element> read(SourceText source, Problems problems) {
        if (source.text().length() > SourceText.MAX_CHARACTERS) {
            problems.add(Problem.error(
                    "yaml-too-large",
                    Place.of(source.name()),
                    "",
                    "the file has more than " + SourceText.MAX_CHARACTERS + " characters",
                    "split it"));
            return Optional.empty();
        }
        return new YamlReader(problems).document(source.text());
    }

    private Optional<Element> document(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(problems.file())
                .setSchema(new CoreSchema())
                .setCodePointLimit(SourceText.MAX_CHARACTERS)
                .build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                accept(event);
                if (stopped) {
                    return Optional.empty();
                }
            }
        } catch (MarkedYamlEngineException e) {
            syntax(e.getProblemMark().or(e::getContextMark).map(this::place), said(e));
            return Optional.empty();
        } catch (ReaderException e) {
            syntax(Optional.of(placeOf(text, e.getPosition())), "a character that YAML does not allow");
            return Optional.empty();
        } catch (YamlVersionException e) {
            syntax(Optional.empty(), "a `%YAML` version other than 1.2");
            return Optional.empty();
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            syntax(Optional.empty(), "something no YAML document has");
            return Optional.empty();
        }
        if (root.isEmpty()) {
            problems.add(Problem.error(
                    "yaml-empty",
                    Place.of(problems.file()),
                    "",
                    "the file is empty",
                    "write something into it, or remove it"));
        }
        return root;
    }

    private void syntax(Optional<Place> place, String found) {
        problems.add(Problem.error(
                "yaml-syntax",
                place.orElse(Place.of(problems.file())),
                "",
                "this is not YAML: " + found,
                "look at the indentation, brackets and quotes here and on the line before"));
    }

    /** What the parser says, in one line. */
    private static String said(MarkedYamlEngineException e) {
        String problem = Optional.ofNullable(e.getProblem()).orElse("it cannot be parsed");
        return problem.replaceAll("\\s+", " ").strip();
    }

    private void accept(Event event) {
        switch (event.getEventId()) {
            case DocumentStart -> documentStarts(event);
            case Alias -> alias((AliasEvent) event);
            case Scalar -> scalar((ScalarEvent) event);
            case MappingStart, SequenceStart -> collection((CollectionStartEvent) event);
            case MappingEnd, SequenceEnd -> open.pop();
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
    }

    private void documentStarts(Event event) {
        documents++;
        if (documents > 1) {
            stop(
                    place(event),
                    "yaml-documents",
                    "the file holds several documents",
                    "keep one, without a `---` after it");
        }
    }

    private void alias(AliasEvent event) {
        problems.add(Problem.error(
                "yaml-alias",
                place(event),
                "",
                "`*" + event.getAlias() + "` refers to another place, which is not read here",
                "write the value out"));
        if (awaitsKey()) {
            key = Optional.of(new Key("*" + event.getAlias(), place(event)));
        } else {
            add(Element.Kind.UNREADABLE, "", event);
        }
    }

    private void scalar(ScalarEvent event) {
        plainOnly(event, event.getTag());
        if (awaitsKey()) {
            key = Optional.of(new Key(event.getValue(), place(event)));
        } else {
            add(kind(event), event.getValue(), event);
        }
    }

    private static Element.Kind kind(ScalarEvent event) {
        Tag tag = RESOLVER.resolve(event.getValue(), event.isPlain());
        if (tag.equals(Tag.NULL)) {
            return Element.Kind.NOTHING;
        }
        if (tag.equals(Tag.BOOL)) {
            return Element.Kind.FLAG;
        }
        if (tag.equals(Tag.INT)) {
            return Element.Kind.WHOLE;
        }
        return tag.equals(Tag.FLOAT) ? Element.Kind.DECIMAL : Element.Kind.TEXT;
    }

    private void collection(CollectionStartEvent event) {
        plainOnly(event, event.getTag());
        if (awaitsKey()) {
            stop(place(event), "yaml-key", "a key is not a text", "write a name before the colon");
            return;
        }
        if (open.size() >= MAX_DEPTH) {
            stop(place(event), "yaml-too-deep", "this is nested more than " + MAX_DEPTH + " deep", "nest less");
            return;
        }
        boolean mapping = event instanceof MappingStartEvent;
        open.push(add(mapping ? Element.Kind.MAPPING : Element.Kind.LIST, "", event));
    }

    private void plainOnly(NodeEvent event, Optional<String> tag) {
        if (tag.isPresent()) {
            problems.add(Problem.error(
                    "yaml-tag",
                    place(event),
                    "",
                    "`" + tag.get().replace(Tag.PREFIX, "!!") + "` is a tag, which is not read here",
                    "leave it out"));
        }
        if (event.getAnchor().isPresent()) {
            problems.add(Problem.error(
                    "yaml-alias",
                    place(event),
                    "",
                    "`&" + event.getAnchor().get() + "` is an anchor, which is not read here",
                    "leave it out"));
        }
    }

    private boolean awaitsKey() {
        return key.isEmpty() && !open.isEmpty() && open.peek().kind() == Element.Kind.MAPPING;
    }

    private Element add(Element.Kind kind, String text, Event event) {
        elements++;
        if (elements > MAX_ELEMENTS) {
            stop(place(event), "yaml-too-large", "the file has more than " + MAX_ELEMENTS + " elements", "split it");
        }
        Place place = place(event);
        Element element;
        if (open.isEmpty()) {
            element = new Element(kind, text, place, place, List.of(), problems);
            root = Optional.of(element);
        } else if (key.isPresent()) {
            Key pending = key.get();
            key = Optional.empty();
            element = open.getFirst().addEntry(pending.name(), pending.place(), kind, text, place);
        } else {
            element = open.getFirst().addItem(kind, text, place);
        }
        return element;
    }

    private void stop(Place place, String code, String message, String attempt) {
        problems.add(Problem.error(code, place, "", message, attempt));
        stopped = true;
    }

    private Place place(Event event) {
        return event.getStartMark().map(this::place).orElse(Place.of(problems.file()));
    }

    private Place place(Mark mark) {
        return new Place(problems.file(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of the {@code position}th code point. */
    private Place placeOf(String text, int position) {
        int end = text.offsetByCodePoints(0, Math.clamp(position, 0, text.codePointCount(0, text.length())));
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        int line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new Place(problems.file(), line, end - lineStart + 1);
    }
}
