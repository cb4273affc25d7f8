package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

    @TempDir
    Path folder;

    @Test
    void a_file_is_replaced_as_a_whole_and_nothing_lies_beside_it() throws IOException {
        Path file = folder.resolve("sub/page.html");
        TextFile.write(file, "a longer text");
        TextFile.write(file, "text");

        assertThat(file).hasContent("text");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_pipe_is_written_to_and_stays_one() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Path got = folder.resolve("got");
        Process reader = new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(got.toFile())
                .start();

        TextFile.write(pipe, "a page");

        assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(got).hasContent("a page");
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(folder.resolve("pipe.part")).doesNotExist();
    }

    @Test
    void a_folder_is_no_file_to_write() {
        assertThatThrownBy(() -> TextFile.write(folder, "text"))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("cannot be written");
    }
}
