package dev.kept.core.notice.prose;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A notice's prose in one language, values filled in.
 *
 * @param file its name, relative to the notice's folder
 * @param language as the file's name says it (BCP 47)
 */
public record Prose(String file, String language, Glossary glossary, List<Block> blocks) {

    public Prose {
        blocks = List.copyOf(blocks);
    }

    /** Every sentence, in the order of the page. */
    public Stream<Sentence> sentences() {
        return blocks.stream().flatMap(Block::sentencesWithin);
    }

    /** The sentences that state a rule. */
    public List<Sentence> stating(String path) {
        return sentences().filter(sentence -> sentence.states().contains(path)).toList();
    }

    /** The page's title. */
    public Optional<Sentence> title() {
        return blocks.stream()
                .filter(Block.Heading.class::isInstance)
                .map(Block.Heading.class::cast)
                .filter(heading -> heading.level() == 1)
                .map(Block.Heading::sentence)
                .findFirst();
    }

    /** The language's words for periods, dates, lists, ends and whatever the glossary names. */
    public Phrases phrases() {
        return new Phrases(glossary);
    }

    /** The whole page without markup, one line a sentence. */
    public String plain() {
        return sentences().map(Sentence::plain).collect(Collectors.joining("\n"));
    }
}
