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

/** Sections {@code serve:} and {@code look:} of {@code kept.yaml}. */
class ServeSettingsTest {

    @TempDir
    private Path folder;

    private Settings read(String text) throws IOException {
        Files.writeString(folder.resolve("notice.yaml"), "notice: mill\n");
        Files.writeString(folder.resolve("kept.yaml"), text);
        return Settings.of(PrivacyFolder.read(folder));
    }

    @Test
    void an_address_is_taken_as_browsers_write_it() throws IOException {
        Settings settings =
                read("serve: {address: HTTPS://Privacy.Mill.example:443/, proxies: [10.0.0.0/8, '2001:db8::/32']}");

        assertThat(settings.serve().address()).contains("https://privacy.mill.example");
        assertThat(settings.serve().secure()).isTrue();
        assertThat(settings.serve()
                        .proxies()
                        .getFirst()
                        .contains(AddressRange.literal("10.255.0.1").orElseThrow()))
                .isTrue();
        assertThat(settings.serve()
                        .proxies()
                        .getFirst()
                        .contains(AddressRange.literal("11.0.0.1").orElseThrow()))
                .isFalse();
        assertThat(read("serve: {address: 'http://localhost:8480'}").serve().secure())
                .isFalse();
        assertThat(read("brake: 10").serve()).isEqualTo(ServeSettings.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "privacy.mill.example",
        "https://mill.example/privacy",
        "ftp://mill.example",
        "https://user@mill.example",
        "https://mill.example?x",
        "javascript:alert(1)"
    })
    void what_is_no_address_of_a_site_is_said(String address) {
        assertThatThrownBy(() -> read("serve: {address: '" + address + "'}"))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("is not an address of a site");
    }

    @Test
    void all_problems_are_said_at_once() {
        assertThatThrownBy(() -> read("serve: {proxies: [localhost, 10.0.0.0/33], port: 80}\n"
                        + "look: {logo: ../secret.png, colours: {accent: \"#ffdd00\", accent-dark: red}}"))
                .hasMessageContaining("`localhost` is not an address or a range")
                .hasMessageContaining("`10.0.0.0/33`")
                .hasMessageContaining("knows no `port`")
                .hasMessageContaining("`../secret.png` is not the name of")
                .hasMessageContaining("`#ffdd00` has a contrast of 1.3")
                .hasMessageContaining("`red` is not a colour");
    }

    @Test
    void a_logo_is_what_its_name_says_and_lies_in_the_folder() throws IOException {
        Files.writeString(folder.resolve("logo.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n");
        assertThat(read("look: {logo: logo.svg, name: Mill}")
                        .look()
                        .logo()
                        .orElseThrow()
                        .mediaType())
                .isEqualTo("image/svg+xml");
        Files.writeString(folder.resolve("logo.png"), "<html>");
        assertThatThrownBy(() -> read("look: {logo: logo.png}")).hasMessageContaining("is not what its name says");
        Files.write(folder.resolve("large.svg"), new byte[Logo.MOST_BYTES + 1]);
        assertThatThrownBy(() -> read("look: {logo: large.svg}")).hasMessageContaining("is larger than");
        Path outside = Files.createTempFile("kept", ".svg");
        Files.writeString(outside, "<svg></svg>");
        Files.createSymbolicLink(folder.resolve("link.svg"), outside);
        assertThatThrownBy(() -> read("look: {logo: link.svg}"))
                .hasMessageContaining("leads out of the notice's folder");
        assertThatThrownBy(() -> read("look: {logo: none.svg}")).hasMessageContaining("cannot be read");
        Files.delete(outside);
    }

    @Test
    void a_colour_is_lightened_for_the_dark_until_it_can_be_read_there() throws IOException {
        LookSettings look = read("look: {colours: {accent: \"#7a0019\"}}").look();

        assertThat(look.accent().contrast(LookSettings.PAPER)).isGreaterThan(4.5);
        assertThat(look.accentDark().contrast(LookSettings.PAPER_DARK)).isGreaterThan(4.5);
        assertThat(look.accentDark()).isNotEqualTo(look.accent());
    }
}
