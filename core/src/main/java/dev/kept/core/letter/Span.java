package dev.kept.core.letter;

import java.util.List;

/** A piece of a template's line. */
sealed interface Span {

    record Words(String words) implements Span {}

    /** A place for a value. */
    record Place(String slot) implements Span {}

    record Strong(List<Span> spans) implements Span {
        public Strong {
            spans = List.copyOf(spans);
        }
    }

    record Emphasis(List<Span> spans) implements Span {
        public Emphasis {
            spans = List.copyOf(spans);
        }
    }

    /** @param slot the place that says where it leads: a template has no addresses of its own */
    record Link(String slot, List<Span> spans) implements Span {
        public Link {
            spans = List.copyOf(spans);
        }
    }

    record Break() implements Span {}
}
