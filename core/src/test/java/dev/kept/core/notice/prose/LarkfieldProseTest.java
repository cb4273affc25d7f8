package dev.kept.core.notice.prose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example company's notice, whole: the rules and the prose fit each other. */
class LarkfieldProseTest {

    private static final Path PRIVACY = Path.of("..", "examples", "larkfield", "privacy");

    private static SourceText file(String name) {
        try {
            return new SourceText(name, Files.readString(PRIVACY.resolve(name)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Reading<Notice> rules() {
        Reading<Notice> rules = NoticeReader.read(file("notice.yaml"));
        assertThat(rules.problems()).isEmpty();
        return rules;
    }

    private static Reading<List<Prose>> prose() {
        Reading<Notice> rules = rules();
        return ProseCheck.read(List.of(file("notice.en.md")), rules.value().orElseThrow(), rules.places());
    }

    @Test
    void the_prose_states_every_rule_and_leaves_nothing_to_advise() {
        assertThat(prose().problems()).isEmpty();
    }

    @Test
    void it_has_eight_chapters_each_said_in_short() {
        Prose english = prose().value().orElseThrow().getFirst();
        List<String> chapters = english.blocks().stream()
                .filter(block -> block instanceof Block.Heading heading && heading.level() == 2)
                .flatMap(Block::sentencesWithin)
                .map(Sentence::plain)
                .toList();
        assertThat(chapters).hasSize(8);
        assertThat(english.sentences().map(Sentence::plain).filter(text -> text.startsWith("In short:")))
                .hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void its_sentences_say_the_values_of_the_rules() {
        Prose english = prose().value().orElseThrow().getFirst();
        assertThat(english.stating("uses.account.ends").getFirst().plain())
                .endsWith("We keep it until 30 days after you close your account or 2 years after you were last active,"
                        + " whichever comes first.");
        assertThat(english.stating("keeps.longest").getFirst().plain()).contains("for more than 2 years");
        assertThat(english.stating("shares.sale").getFirst().plain()).contains("sell, rent out or trade");
    }
}
