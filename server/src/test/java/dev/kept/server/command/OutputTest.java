package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class OutputTest {

    private static final Problem LONG = Problem.error(
            "unknown-key",
            Place.of("notice.yaml"),
            "",
            "the file knows no `\u001b[31mred\u0007\u009b` among these many words, which do not fit a line",
            "write what it knows");

    @Test
    void what_files_say_does_not_steer_the_terminal() {
        assertThat(shown(LONG, false, 0))
                .contains("`\\u001b[31mred\\u0007\\u009b`")
                .doesNotContain("\u001b", "\u0007", "\u009b");
    }

    @Test
    void lines_are_as_wide_as_the_terminal_and_whole_where_there_is_none() {
        assertThat(shown(LONG, false, 40).lines())
                .allMatch(line -> line.length() <= 40)
                .hasSizeGreaterThan(3);
        assertThat(shown(LONG, false, 0).lines()).hasSize(2);
    }

    @Test
    void colours_change_no_word() {
        assertThat(shown(LONG, true, 40).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(shown(LONG, false, 40));
        assertThat(shown(LONG, true, 40)).contains("\u001b[");
    }

    private static String shown(Problem problem, boolean colours, int columns) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        new Output(writer, colours, columns).problem(problem);
        writer.flush();
        return out.toString();
    }
}
