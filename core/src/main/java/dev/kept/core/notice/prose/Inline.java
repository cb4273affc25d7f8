package dev.kept.core.notice.prose;

import dev.kept.core.source.Place;
import java.util.List;

/** A piece of a sentence. */
public sealed interface Inline {

    /** Words as written. */
    record Text(String text) implements Inline {}

    /**
     * A value taken from the rules.
     *
     * @param expression what was asked for: {@code keeps.longest}
     * @param text the value in the language's words
     * @param states the paths of the rules that the value spells out
     */
    record Value(String expression, String text, List<String> states, Place place) implements Inline {
        public Value {
            states = List.copyOf(states);
        }
    }

    record Strong(List<Inline> content) implements Inline {
        public Strong {
            content = List.copyOf(content);
        }
    }

    record Emphasis(List<Inline> content) implements Inline {
        public Emphasis {
            content = List.copyOf(content);
        }
    }

    record Code(String text) implements Inline {}

    /** A link; its destination is a whole address, {@code mailto:}, a path from the site's root, or {@code #path}. */
    record Link(String destination, List<Inline> content, Place place) implements Inline {
        public Link {
            content = List.copyOf(content);
        }
    }

    /** The end of a line in the file; {@code hard} where the reader sees it too. */
    record LineBreak(boolean hard) implements Inline {}

    /** The pieces this one consists of. */
    default List<Inline> parts() {
        return switch (this) {
            case Strong strong -> strong.content();
            case Emphasis emphasis -> emphasis.content();
            case Link link -> link.content();
            case Text text -> List.of();
            case Value value -> List.of();
            case Code code -> List.of();
            case LineBreak lineBreak -> List.of();
        };
    }
}
