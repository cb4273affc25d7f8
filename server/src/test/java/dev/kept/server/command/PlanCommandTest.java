package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.source.Sha256;
import dev.kept.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int plan(String table) {
        String notice = Path.of("../examples/larkfield/privacy").toString();
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("plan", "--notice", notice, "--table", table);
    }

    @Test
    void a_table_the_map_does_not_know_is_said_with_what_was_meant() {
        assertThat(plan("shop.order")).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(err.toString()).contains("no table `shop.order`", "did you mean `shop.orders`?");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.orders", "\"shop\".\"orders\""})
    void a_table_is_named_as_in_the_map_or_as_in_sql(String table) {
        assertThat(plan(table)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("shop.orders");
    }

    @Test
    void the_page_says_every_table_and_column_and_leads_nowhere_outside(@TempDir Path folder) throws IOException {
        String notice = Path.of("../examples/larkfield/privacy").toString();
        Path file = folder.resolve("made").resolve("schedule.html");
        assertThat(Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .execute("plan", "--notice", notice, "--html", file.toString()))
                .isEqualTo(ExitCode.OK);
        String page = Files.readString(file).replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
        for (String line : out.toString()
                .lines()
                .filter(line -> line.startsWith("shop.") || line.startsWith("crm."))
                .toList()) {
            assertThat(page).contains("id=\"t-" + line.split(" ")[0] + "\"");
        }
        assertThat(page)
                .contains(
                        "<code>email</code>",
                        "30 days after you close your account or 2 years after you were last active")
                .contains("Permitted by law, German Civil Code §§195 and 199", "Interest: keeping the shop up")
                .doesNotContain("<script", "http://", "https://", "src=", " style=");
        Set<String> ids = found(page, " id=\"([^\"]*)\"");
        assertThat(ids).containsAll(found(page, "href=\"#([^\"]*)\""));
        String style = page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
        assertThat(page).contains("sha256-" + Base64.getEncoder().encodeToString(Sha256.bytes(style)));
    }

    private static Set<String> found(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
