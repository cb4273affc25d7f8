package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
}
