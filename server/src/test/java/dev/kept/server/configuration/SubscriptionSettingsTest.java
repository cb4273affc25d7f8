package dev.kept.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section {@code subscriptions:} of {@code kept.yaml}. */
class SubscriptionSettingsTest {

    @TempDir
    private Path folder;

    private SubscriptionSettings read(String text) throws IOException {
        Files.writeString(folder.resolve("notice.yaml"), "notice: mill\n");
        Files.writeString(folder.resolve("kept.yaml"), "subscriptions:\n  pager: {" + text + "}\n");
        return Settings.of(PrivacyFolder.read(folder)).subscriptions();
    }

    @Test
    void an_endpoint_is_told_of_what_is_named_or_of_everything() throws IOException {
        assertThat(read("webhook: https://hooks.mill.example/secret, secrets: ['${PAGER}'], events: [request.overdue]")
                        .subscriptions()
                        .get("pager"))
                .satisfies(pager -> {
                    assertThat(pager.topics()).containsExactly(Topic.REQUEST_OVERDUE);
                    assertThat(pager.shown()).isEqualTo("https://hooks.mill.example");
                });
        assertThat(read("webhook: https://hooks.mill.example/, secrets: ['${PAGER}']")
                        .subscriptions()
                        .get("pager")
                        .topics())
                .containsExactly(Topic.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook: http://hooks.mill.example/, secrets: ['${PAGER}'] | is not an address for messages",
                "webhook: https://user:word@hooks.mill.example/, secrets: ['${PAGER}'] | is not an address for messages",
                "webhook: 'javascript:alert(1)', secrets: ['${PAGER}'] | is not an address for messages",
                "webhook: https://hooks.mill.example/, secrets: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw] | a secret does not stand in a file",
                "webhook: https://hooks.mill.example/ | secrets",
                "secrets: ['${PAGER}'] | webhook",
                "webhook: https://hooks.mill.example/, secrets: ['${PAGER}'], events: [request.overdu] | is no event",
                "webhook: https://hooks.mill.example/, secrets: ['${PAGER}'], events: [] | told of nothing",
                "mail: pager@mill.example | mail"
            })
    void what_does_not_fit_is_said_and_no_secret_is_repeated(String text, String said) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("MfKQ9r8");
    }

    @Test
    void a_name_is_a_plain_word() throws IOException {
        Files.writeString(folder.resolve("notice.yaml"), "notice: mill\n");
        Files.writeString(
                folder.resolve("kept.yaml"),
                "subscriptions: {'../Pager': {webhook: https://hooks.mill.example/, secrets: ['${PAGER}']}}\n");
        PrivacyFolder read = PrivacyFolder.read(folder);

        assertThatThrownBy(() -> Settings.of(read)).hasMessageContaining("small letters");
    }
}
