package dev.kept.core.notice.prose;

import java.util.List;
import java.util.stream.Stream;

/** A block of the prose, in the order of the page. */
public sealed interface Block {

    /** A heading; level 1 is the page's title. */
    record Heading(int level, Sentence sentence) implements Block {}

    /** A paragraph; each sentence in it states rules of its own. */
    record Paragraph(List<Sentence> sentences) implements Block {
        public Paragraph {
            sentences = List.copyOf(sentences);
        }
    }

    /** A section in short: a quotation right after its heading. */
    record InShort(List<Sentence> sentences) implements Block {
        public InShort {
            sentences = List.copyOf(sentences);
        }
    }

    /** A list of items, each of blocks. */
    record Items(boolean numbered, List<List<Block>> items) implements Block {
        public Items {
            items = items.stream().map(List::copyOf).toList();
        }
    }

    /** All sentences in it, in order. */
    default Stream<Sentence> sentencesWithin() {
        return switch (this) {
            case Heading heading -> Stream.of(heading.sentence());
            case Paragraph paragraph -> paragraph.sentences().stream();
            case InShort inShort -> inShort.sentences().stream();
            case Items items -> items.items().stream().flatMap(List::stream).flatMap(Block::sentencesWithin);
        };
    }
}
