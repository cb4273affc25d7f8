package dev.kept.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.configuration.MailSettings.Security;
import dev.kept.server.configuration.MailSettings.Server;
import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entry {@code mail} of {@code kept.yaml}. */
class MailSettingsTest {

    @TempDir
    private Path folder;

    private Optional<MailSettings> read(String yaml) throws IOException {
        Files.writeString(folder.resolve("notice.yaml"), "notice: mill\n");
        Files.writeString(folder.resolve("kept.yaml"), yaml);
        return Settings.of(PrivacyFolder.read(folder)).mail();
    }

    @Test
    void a_mail_server_with_its_mailbox_for_bounces_is_read() throws IOException {
        MailSettings mail = read("""
                mail:
                  smtp: smtps://mail.mill.example
                  user: kept
                  password: ${MAIL_PASSWORD}
                  from: privacy@mill.example
                  name: The Mill
                  bounces: {imap: "imap://mail.mill.example:1143", address: bounces@mill.example, user: b, password: "${B}"}
                """).orElseThrow();

        assertThat(mail.smtp()).isEqualTo(new Server("mail.mill.example", 465, Security.TLS));
        assertThat(mail.login().orElseThrow().password()).isEqualTo("${MAIL_PASSWORD}");
        assertThat(mail.from().reveal()).isEqualTo("privacy@mill.example");
        assertThat(mail.bounces().orElseThrow().imap())
                .isEqualTo(new Server("mail.mill.example", 1143, Security.STARTTLS));
        assertThat(mail.toString()).doesNotContain("MAIL_PASSWORD");
    }

    @Test
    void without_an_entry_no_mail_is_sent() throws IOException {
        assertThat(read("brake: 10\n")).isEmpty();
    }

    @Test
    void in_the_open_only_this_machine_is_spoken_to() throws IOException {
        assertThat(read("mail: {smtp: 'smtp://127.0.0.1:25', from: a@b.example}")
                        .orElseThrow()
                        .smtp()
                        .security())
                .isEqualTo(Security.PLAIN);
        assertThat(read("mail: {smtp: 'smtp://localhost.evil.example', from: a@b.example}")
                        .orElseThrow()
                        .smtp()
                        .security())
                .isEqualTo(Security.STARTTLS);
    }

    @Test
    void a_password_in_the_file_is_refused_and_not_repeated() {
        assertThatThrownBy(
                        () -> read("mail: {smtp: 'smtps://m.example', from: a@b.example, user: u, password: hunter2}"))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("a password does not stand in a file")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail: {from: a@b.example}",
                "mail: {smtp: 'smtps://m.example'}",
                "mail: {smtp: 'http://m.example', from: a@b.example}",
                "mail: {smtp: 'smtps://u:p@m.example', from: a@b.example}",
                "mail: {smtp: 'smtps://m.example/path', from: a@b.example}",
                "mail: {smtp: 'smtps://m.example', from: 'a@b.example, c@d.example'}",
                "mail: {smtp: 'smtps://m.example', from: a@b.example, name: \"a\\r\\nBcc: c@d.example\"}",
                "mail: {smtp: 'smtps://m.example', from: a@b.example, password: '${P}'}",
                "mail: {smtp: 'smtps://m.example', from: a@b.example, bounces: {imap: 'imaps://m.example'}}",
                "mail: {smtp: 'smtps://m.example', from: a@b.example, sender: x}"
            })
    void what_is_no_mail_server_is_refused(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("`kept.yaml` cannot be used");
    }
}
