package dev.kept.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.check.FolderCheck;
import dev.kept.core.source.SourceText;
import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No field that takes an address takes one that runs, reads or names something else than what the field is for. */
class HostileAddressesTest {

    /** Each with {@code ADDRESS} where the address stands, and with one that is good there. */
    private static final List<List<String>> FIELDS = List.of(
            List.of("serve: {address: ADDRESS}", "https://privacy.mill.example"),
            List.of(
                    "sign-in: {issuer: ADDRESS, client-id: kept, client-secret: '${S}', roles: {officer: [a]}}",
                    "https://id.mill.example"),
            List.of("recipients: {mailer: {webhook: ADDRESS, secrets: ['${S}']}}", "https://hooks.mill.example/x"),
            List.of("subscriptions: {pager: {webhook: ADDRESS, secrets: ['${S}']}}", "https://hooks.mill.example/x"),
            List.of("mail: {smtp: ADDRESS, from: a@mill.example}", "smtps://mail.mill.example"),
            List.of(
                    "mail: {smtp: 'smtps://mail.mill.example', from: a@mill.example,"
                            + " bounces: {imap: ADDRESS, address: b@mill.example, user: u, password: '${S}', folder: INBOX}}",
                    "imaps://mail.mill.example"));

    @TempDir
    private Path folder;

    private void read(String field, String address) throws IOException {
        Files.writeString(folder.resolve("notice.yaml"), "notice: mill\n");
        Files.writeString(
                folder.resolve("kept.yaml"),
                field.replace("ADDRESS", "\"" + address.replace("\"", "\\\"") + "\"") + "\n");
        Settings.of(PrivacyFolder.read(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)//https://mill.example",
                " javascript:alert(1)",
                "javascript://mill.example/%0aalert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:msgbox(1)",
                "file:///etc/passwd",
                "gopher://127.0.0.1:25/x",
                "//mill.example",
                "https://user:word@mill.example",
                "https://mill.example/\\u0000",
                "../../etc/passwd",
                "${7*7}"
            })
    void none_takes_what_is_no_address_of_its_kind(String address) {
        for (List<String> field : FIELDS) {
            assertThatThrownBy(() -> read(field.getFirst(), address))
                    .as("%s as %s", address, field.getFirst())
                    .isInstanceOf(CannotRun.class);
        }
    }

    @Test
    void each_takes_one_that_is_good_there() {
        for (List<String> field : FIELDS) {
            assertThatCode(() -> read(field.getFirst(), field.getLast()))
                    .as(field.getFirst())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//mill.example"})
    void the_form_that_a_notice_names_is_a_page_on_the_web(String address) {
        String rules = "notice: mill\nrights: {form: \"" + address + "\", access: {}}\n";

        assertThat(FolderCheck.check(List.of(new SourceText("notice.yaml", rules)), List.of())
                        .problems())
                .anyMatch(problem -> problem.path().equals("rights.form"));
    }
}
