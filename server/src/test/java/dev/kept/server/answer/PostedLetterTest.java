package dev.kept.server.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.wording.Wordings;
import dev.kept.server.answer.PostedLetter.Evidence;
import dev.kept.server.answer.PostedLetter.Sender;
import dev.kept.server.configuration.Logo;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Answers on paper. */
class PostedLetterTest {

    private static final Sender MILL =
            new Sender("The Mill & Söhne", "1 Mill Lane, 12345 Millham", "privacy@mill.example", Optional.empty());
    private static final List<String> ANNA = List.of("Anna Example", "2 River Street", "12345 Millham");

    private static PostedLetter letter(String language, String text) {
        return PostedLetter.of(language, MILL, ANNA, LocalDate.parse("2027-03-01"), "R-17", "Your request", text);
    }

    @Test
    void a_letter_says_to_whom_when_about_what_and_where_the_ledger_speaks_of_it() {
        PostedLetter letter = letter("de", "Guten Tag,\n\nwir haben Ihre Daten gelöscht.\nAlle.");

        String html = letter.html(new Evidence(41, "mill.example/ledger"), Wordings.NONE_OF_ITS_OWN);

        assertThat(html)
                .contains(
                        "<html lang=\"de\"",
                        "Anna Example<br>",
                        "1. März 2027",
                        "R-17",
                        "The Mill &amp; Söhne · 1 Mill Lane")
                .contains("<p>Guten Tag,</p>", "<p>wir haben Ihre Daten gelöscht.<br>Alle.</p>")
                .contains("Eintrag 41 des Protokolls mill.example/ledger", letter.commitment(), letter.salt());
        assertThat(letter("zh", "您好").html(new Evidence(41, "x"), Wordings.NONE_OF_ITS_OWN))
                .contains("第41条", "2027年3月1日");
        assertThat(letter("fr", "Bonjour").html(new Evidence(41, "x"), Wordings.NONE_OF_ITS_OWN))
                .contains("entrée 41 du registre x", "1er mars 2027");
        assertThat(letter("ar", "…").html(new Evidence(41, "x"), Wordings.NONE_OF_ITS_OWN))
                .contains("<html lang=\"ar\" dir=\"rtl\">");
        assertThat(letter("sv", "Hej").html(new Evidence(41, "x"), Wordings.NONE_OF_ITS_OWN))
                .contains("entry 41 of the ledger");
    }

    @Test
    void its_checksum_is_over_what_the_reader_sees_and_hides_it_from_all_others() {
        PostedLetter letter = letter("en", "Yes.");

        assertThat(letter.commitment()).isNotEqualTo(letter("en", "Yes.").commitment());
        PostedLetter again =
                new PostedLetter("en", MILL, ANNA, letter.date(), "R-17", "Your request", "Yes.", letter.salt());
        assertThat(again.commitment()).isEqualTo(letter.commitment());
        assertThat(letter("en", " Yes.\u200b  \r\n\r\n\r\nNo.").text()).isEqualTo("Yes.\n\nNo.");
    }

    @Test
    void the_ledger_is_told_before_it_is_printed() {
        UUID request = UUID.randomUUID();
        TestDatabase database = TestCluster.shared().freshDatabase();
        try (database;
                State state =
                        State.open(database.jdbcUrl(), database.user(), database.password(), InstantSource.system())) {
            Posting posting = new Posting(state.journal(), "mill.example/ledger");
            PostedLetter letter = letter("en", "ZZ-PLANTED");
            assertThat(posting.evidence(request, letter)).isEmpty();
            state.journal().append(null, "check", java.util.Map.of("a", "b"));

            state.apply(List.of(posting.noted(request, letter)));

            assertThat(posting.evidence(request, letter)).contains(new Evidence(1, "mill.example/ledger"));
            assertThat(posting.evidence(request, letter("en", "another"))).isEmpty();
            assertThat(state.journal().of(request).getFirst().json()).doesNotContain("ZZ-PLANTED", "Anna");
        }
    }

    @Test
    void whatever_is_written_in_it_is_text() {
        String attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{1234*7}} ${1234*7} {entry}";
        PostedLetter letter = PostedLetter.of(
                "en",
                new Sender(
                        attack,
                        attack,
                        attack,
                        Optional.of(new Logo(
                                "image/svg+xml", "<svg onload=alert(1)></svg>".getBytes(StandardCharsets.UTF_8)))),
                Collections.nCopies(6, attack + "\r\nsecond"),
                LocalDate.parse("2027-03-01"),
                attack,
                attack,
                attack);

        String html = letter.html(new Evidence(1, attack), Wordings.NONE_OF_ITS_OWN);

        assertThat(html).doesNotContain("<script", "onerror=alert(1)>", "<svg", "8638");
        assertThat(html)
                .containsOnlyOnce("<img")
                .contains("src=\"data:image/svg+xml;base64,")
                .contains("{{1234*7}} ${1234*7} {entry}");
    }

    @Test
    void an_address_fits_its_window_and_a_text_its_letter() {
        assertThatThrownBy(
                        () -> PostedLetter.of("en", MILL, Collections.nCopies(7, "x"), LocalDate.EPOCH, "1", "s", "t"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PostedLetter.of("en", MILL, List.of(" "), LocalDate.EPOCH, "1", "s", "t"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> letter("en", "x".repeat(60_001))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> letter("en", " ")).isInstanceOf(IllegalArgumentException.class);
    }
}
