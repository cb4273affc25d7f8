package dev.kept.server.centre;

import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Glossary;
import dev.kept.core.notice.prose.Inline;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import java.util.List;
import java.util.Optional;

/**
 * A use in the notice's own words.
 *
 * @param title what it is called there
 * @param sentence that states it; empty where the title is all there is
 */
record UseWords(Use use, String title, String sentence) {

    static UseWords of(Use use, Prose prose) {
        Optional<Sentence> stated = prose.stating(use.path()).stream()
                .filter(sentence -> sentence.anchors().stream()
                        .anyMatch(anchor -> anchor.path().equals(use.path())))
                .findFirst();
        String sentence = stated.map(Sentence::plain).orElse("");
        String title = stated.flatMap(UseWords::label)
                .or(() -> word(prose.glossary(), use.path()))
                .orElseGet(() -> use.id().replace('-', ' '));
        String rest =
                sentence.startsWith(title) ? sentence.substring(title.length()).strip() : sentence;
        return new UseWords(use, ended(title), rest);
    }

    /** What stands in bold at the begin of the sentence. */
    private static Optional<String> label(Sentence sentence) {
        return sentence.content().stream()
                .findFirst()
                .filter(Inline.Strong.class::isInstance)
                .map(first -> plain(((Inline.Strong) first).content()).strip())
                .filter(text -> !text.isEmpty());
    }

    private static String plain(List<Inline> content) {
        return new Sentence(Sentence.Kind.STATEMENT, List.of(), content, dev.kept.core.source.Place.of("")).plain();
    }

    private static Optional<String> word(Glossary glossary, String path) {
        return glossary.word(path);
    }

    private static String ended(String title) {
        return title.replaceFirst("[.:。：]$", "");
    }
}
