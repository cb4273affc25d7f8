package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notice in a language that Kept does not bring along, from the first refusal to a file in which nothing is missing. */
class WordsCommandTest {

    @TempDir
    private Path privacy = Path.of("");

    private StringWriter said = new StringWriter();
    private final StringWriter wrong = new StringWriter();

    @BeforeEach
    void copy() throws IOException {
        Path larkfield = Path.of("../examples/larkfield/privacy");
        String rules = Files.readString(larkfield.resolve("notice.yaml"));
        Files.writeString(privacy.resolve("notice.yaml"), rules.replace("languages: [en, de, zh]", "languages: [fi]"));
        String english = Files.readString(larkfield.resolve("notice.en.md"));
        Files.writeString(privacy.resolve("notice.fi.md"), english.replace("locale: en-GB", "locale: fi"));
    }

    private int kept(String... arguments) {
        said = new StringWriter();
        return Main.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(wrong))
                .execute(arguments);
    }

    private String words() throws IOException {
        return Files.readString(privacy.resolve("words/fi.yaml"));
    }

    @Test
    void a_notice_in_a_language_without_words_does_not_pass() {
        assertThat(kept("check", privacy.toString())).isEqualTo(ExitCode.PROBLEMS);
        assertThat(said.toString())
                .contains("words/fi.yaml", "mail/ready.fi.md", "kept words fi")
                .doesNotContain("[word-missing]");
    }

    @Test
    void what_is_written_has_every_key_and_still_does_not_pass_until_it_is_translated() throws IOException {
        assertThat(kept("words", "fi", privacy.toString())).isZero();
        assertThat(said.toString()).contains("words/fi.yaml", "mail/ready.fi.md", "mail/staff-deadlines.fi.md");
        assertThat(words())
                .contains(
                        "centre:\n",
                        "  # Ask about your data\n  nav.ask:\n",
                        "  # Your data at {company}\n  start.title:\n");

        assertThat(kept("check", privacy.toString())).isEqualTo(ExitCode.PROBLEMS);
        assertThat(said.toString())
                .contains("`centre` lacks 234 of 234 words in `fi`", "words/fi.yaml:", "start.title, start.lead")
                .contains("mail/ready.fi.md", "this letter is still to be translated into `fi`");
    }

    @Test
    void what_was_translated_is_never_touched_and_what_is_missing_is_added() throws IOException {
        kept("words", "fi", privacy.toString());
        String mine =
                "# mine\ncentre:\n    # why not\n    skip: \"Siirry tekstiin\"\n    nav: {start: Alku}\ntrouble: {home: Etusivulle}\n";
        Files.writeString(privacy.resolve("words/fi.yaml"), mine);
        Files.writeString(privacy.resolve("mail/ready.fi.md"), "Subject: Valmis");

        assertThat(kept("words", "fi", privacy.toString())).isZero();

        assertThat(words())
                .startsWith(
                        "# mine\ncentre:\n    # why not\n    skip: \"Siirry tekstiin\"\n    nav: {start: Alku}\n    # Languages\n    languages:\n")
                .contains("trouble: {home: Etusivulle, ", "report:\n")
                .doesNotContain("nav.start:");
        assertThat(Files.readString(privacy.resolve("mail/ready.fi.md"))).isEqualTo("Subject: Valmis");
        assertThat(kept("words", "fi", privacy.toString())).isZero();
        assertThat(said.toString()).contains("Nothing is missing");
    }

    @Test
    void a_file_with_errors_is_left_as_it_is() throws IOException {
        Files.createDirectories(privacy.resolve("words"));
        Files.writeString(privacy.resolve("words/fi.yaml"), "centre: [\n");

        assertThat(kept("words", "fi", privacy.toString())).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(words()).isEqualTo("centre: [\n");
        assertThat(kept("words", "../../fi", privacy.toString())).isEqualTo(ExitCode.CANNOT_RUN);
    }

    @Test
    void of_a_language_that_kept_brings_along_the_words_are_shown() {
        assertThat(kept("words", "de", privacy.toString())).isZero();
        assertThat(said.toString()).contains("nav.ask: Anfrage stellen");
        assertThat(privacy.resolve("words")).doesNotExist();
    }

    @Test
    void a_language_is_the_same_in_any_case() {
        assertThat(kept("words", "DE", privacy.toString())).isZero();
        assertThat(said.toString()).contains("nav.ask: Anfrage stellen");

        assertThat(kept("words", "FI", privacy.toString())).isZero();
        assertThat(said.toString())
                .contains("words/fi.yaml", "mail/ready.fi.md")
                .doesNotContain("FI");
    }
}
