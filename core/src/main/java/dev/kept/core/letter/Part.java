package dev.kept.core.letter;

import java.util.List;

/** A block of a template. */
sealed interface Part {

    record Paragraph(List<Span> spans) implements Part {
        public Paragraph {
            spans = List.copyOf(spans);
        }
    }

    record Heading(List<Span> spans) implements Part {
        public Heading {
            spans = List.copyOf(spans);
        }
    }

    record Items(boolean numbered, List<List<Part>> items) implements Part {
        public Items {
            items = items.stream().map(List::copyOf).toList();
        }
    }

    record Quote(List<Part> parts) implements Part {
        public Quote {
            parts = List.copyOf(parts);
        }
    }

    record Line() implements Part {}
}
