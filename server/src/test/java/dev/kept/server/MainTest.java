package dev.kept.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.ExitCode;
import dev.kept.server.failure.CannotRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void kept_alone_says_how_it_is_used() {
        assertThat(execute(Main.commandLine())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: kept", "Exit codes:");
    }

    @Test
    void version_is_one_line() {
        assertThat(execute(Main.commandLine(), "--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("kept ").hasLineCount(1);
    }

    @Test
    void unknown_command_cannot_run_and_says_what_to_try() {
        assertThat(execute(Main.commandLine(), "--no-such-thing")).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(err.toString())
                .contains("error: unknown option: '--no-such-thing'")
                .contains("--");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void failure_with_advice_prints_both_lines() {
        CommandLine line =
                Main.commandLine().addSubcommand(new Failing(new CannotRun("no `notice.yaml`", "kept --help")));
        assertThat(execute(line, "failing")).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(err.toString()).isEqualToNormalizingNewlines("error: no `notice.yaml`\ntry: kept --help\n");
    }

    @Test
    void unforeseen_failure_is_placed_but_its_message_is_withheld() {
        CommandLine line = Main.commandLine()
                .addSubcommand(new Failing(new IllegalStateException("jo@example.org", new RuntimeException("Jo"))));
        assertThat(execute(line, "failing")).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(err.toString())
                .contains("java.lang.IllegalStateException", "MainTest")
                .doesNotContain("Jo", "jo@");
    }

    private int execute(CommandLine line, String... arguments) {
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Command(name = "failing")
    private record Failing(RuntimeException failure) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw failure;
        }
    }
}
