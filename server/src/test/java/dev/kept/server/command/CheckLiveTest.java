package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.source.SourceText;
import dev.kept.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckLiveTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int check(String database, String... options) throws IOException {
        Files.createDirectories(folder.resolve("stores"));
        Files.writeString(folder.resolve("notice.yaml"), """
                notice: shop
                languages: [en]
                controller: {name: Shop, email: privacy@shop.example, zone: UTC}
                collects: {email: {from: you}}
                uses: {account: {basis: contract, data: [email], ends: [{after: account.opened, for: 1 year}]}}
                """);
        Files.writeString(
                folder.resolve("stores/shop.yaml"),
                "store: shop\ndatabase: " + database + "\ntables: {t: not-personal}\n");
        String[] arguments = new String[options.length + 2];
        arguments[0] = "check";
        arguments[1] = folder.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://127.0.0.1:1/shop?user=me&password=s3cret, does not answer",
        "jdbc:postgresql://me:s3cret@127.0.0.1:1/shop, user and password before the host",
        "jdbc:mysql://127.0.0.1/shop?password=s3cret, no JDBC URL of PostgreSQL"
    })
    void a_database_that_cannot_be_reached_ends_in_one_sentence_without_the_secret(String database, String sentence)
            throws IOException {
        assertThat(check(database, "--live")).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(err.toString())
                .contains("error: ", sentence, "try: ")
                .doesNotContain("s3cret")
                .hasLineCount(2);
        assertThat(out.toString()).doesNotContain("s3cret");
    }

    @Test
    void an_unknown_store_is_said_with_the_known_ones() throws IOException {
        assertThat(check("jdbc:postgresql://127.0.0.1:1/shop", "--live", "--store", "crm"))
                .isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(err.toString()).contains("there is no map of a store `crm`", "[shop]");
    }

    @Test
    void a_store_is_named_only_for_a_live_check() throws IOException {
        assertThat(check("jdbc:postgresql://127.0.0.1:1/shop", "--store", "shop"))
                .isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(err.toString()).contains("`--store` goes with `--live`");
    }

    @Test
    void a_file_that_cannot_be_read_does_not_hide_what_is_wrong_in_the_others() throws IOException {
        check("jdbc:postgresql://127.0.0.1:1/shop");
        Files.write(folder.resolve("stores/crm.yaml"), new byte[] {'a', (byte) 0xff});
        Files.writeString(folder.resolve("stores/large.yaml"), "#".repeat(SourceText.MAX_CHARACTERS + 1));
        Files.createSymbolicLink(folder.resolve("stores/gone.yaml"), Path.of("nowhere"));

        assertThat(check("jdbc:postgresql://127.0.0.1:1/shop")).isEqualTo(ExitCode.PROBLEMS);

        assertThat(out.toString())
                .contains(
                        "`stores/crm.yaml` is not UTF-8",
                        "`stores/large.yaml` is larger",
                        "`stores/gone.yaml` is no file")
                .contains("[prose-missing]", "[catalogue-missing]");
    }

    @Test
    void a_notice_that_is_a_link_to_nothing_is_said_to_be_one() throws IOException {
        Files.createSymbolicLink(folder.resolve("notice.yaml"), Path.of("nowhere"));

        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("check", folder.toString());

        assertThat(exit).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(err.toString()).contains("a link that leads to no file");
    }

    @Test
    void of_very_many_problems_the_first_are_shown_and_the_others_counted() throws IOException {
        check("jdbc:postgresql://127.0.0.1:1/shop");
        StringBuilder map = new StringBuilder("store: shop\ndatabase: x\ntables:\n");
        for (int i = 0; i < 1_000; i++) {
            map.append("  t").append(i).append(": {nonsense: 1}\n");
        }
        Files.writeString(folder.resolve("stores/shop.yaml"), map.toString());
        out.getBuffer().setLength(0);

        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("check", folder.toString());

        assertThat(exit).isEqualTo(ExitCode.PROBLEMS);
        assertThat(out.toString()).contains(" more: correct these first", "1,002 errors");
        assertThat(out.toString().lines().count()).isLessThan(700);
    }
}
