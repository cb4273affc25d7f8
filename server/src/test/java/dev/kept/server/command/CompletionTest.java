package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of `kept completion`, read by a real bash and a real fish. */
class CompletionTest {

    private static final long MOST_SECONDS = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "kept era, erase",
        "kept comp, completion",
        "kept check --sa, --sarif",
        "kept erase --op, --operator",
        "kept ledger ver, verify",
        "./kept doc, doctor"
    })
    void bash_completes_commands_and_options(String typed, String completed) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "kept: completion in bash: are skipped: there is no bash");
        Said script = Company.run("completion", "bash");
        assertThat(script.exit()).isZero();
        Path file = Files.writeString(folder.resolve("completion.sh"), script.out());
        String line = "source " + file + "; COMP_WORDS=(" + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                + " COMP_LINE='" + typed + "'; COMP_POINT=${#COMP_LINE};"
                + " $(complete -p kept | sed 's/.* -F \\([^ ]*\\) .*/\\1/') kept; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", line)
                .redirectError(ProcessBuilder.Redirect.DISCARD) // `compopt` finds no line being typed
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().map(String::strip)).containsExactly(completed);
    }

    @ParameterizedTest
    @CsvSource({
        "kept era, erase",
        "kept comp, completion",
        "kept check --sa, --sarif",
        "kept erase --op, --operator",
        "kept ledger ver, verify",
        "kept completion fi, fish"
    })
    void fish_completes_commands_and_options(String typed, String completed) throws IOException, InterruptedException {
        Optional<Path> fish = Stream.of("/usr/bin/fish", "/usr/local/bin/fish", "/opt/homebrew/bin/fish")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(fish.isPresent(), "kept: completion in fish: are skipped: there is no fish");
        Path file = Files.writeString(
                folder.resolve("kept.fish"), Company.run("completion", "fish").out());
        Process asked = new ProcessBuilder(
                        fish.orElseThrow().toString(),
                        "--no-config",
                        "-c",
                        "source " + file + "; complete -C '" + typed + "'")
                .redirectErrorStream(true)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().map(line -> line.split("\t")[0])).containsExactly(completed);
    }

    @Test
    void every_command_is_in_it_and_an_unknown_shell_is_refused() {
        String script = Company.run("completion", "zsh").out();
        assertThat(script).contains("bashcompinit");
        List<String> commands = Stream.of(Company.run().out().split("\n"))
                .map(line -> line.replaceFirst("^ {2}([a-z-]+) .*", "$1"))
                .filter(word -> word.matches("[a-z-]+"))
                .toList();
        assertThat(commands).contains("check", "doctor", "serve").hasSizeGreaterThan(15);
        String offered = script.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("local commands=\"check"))
                .findFirst()
                .orElseThrow();
        assertThat(offered.replaceAll("local commands=|\"", "").split(" ")).containsAll(commands);
        assertThat(Company.run("completion", "fish").out().lines())
                .anyMatch(line -> line.contains("-a 'doctor'"))
                .anyMatch(line -> line.contains("'__fish_seen_subcommand_from ledger; and "))
                .allMatch(line -> line.startsWith("complete -c kept ") || line.startsWith("# "));
        assertThat(Company.run("completion", "csh").exit()).isEqualTo(2);
    }
}
