package dev.kept.core.rights.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.letter.Letters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsForLettersTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void letters_have_words_for_every_kind(Kind kind) {
        assertThat(Letters.knows("asked." + kind.word())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(RefusalGround.class)
    void letters_have_words_for_every_ground(RefusalGround ground) {
        assertThat(Letters.knows("ground." + ground.word())).isTrue();
    }
}
