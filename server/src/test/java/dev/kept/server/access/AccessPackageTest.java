package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.rights.SeenTable;
import dev.kept.server.failure.CannotRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPackageTest {

    @TempDir
    private Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void a_process_that_is_killed_midway_leaves_nothing_that_looks_whole() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StopsMidway.class.getName(),
                        folder.resolve("anna.zip").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("midway");
            assertThat(files()).hasSize(1);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(files()).hasSize(1);
        Path left = files().getFirst();
        assertThat(left.getFileName().toString()).startsWith("anna.zip.incomplete-");
        assertThat(Files.size(left)).isPositive();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(left)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> new ZipFile(left.toFile()).close()).isInstanceOf(ZipException.class);
    }

    @Test
    void a_package_that_is_given_up_leaves_nothing_at_all() throws IOException {
        try (AccessPackage file = AccessPackage.begin(folder.resolve("anna.zip"), StopsMidway.contents())) {
            SeenTable table = StopsMidway.table();
            file.begin(table);
            file.row(StopsMidway.row("once"));
            assertThat(files()).isNotEmpty().noneMatch(path -> path.endsWith("anna.zip"));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_that_came_in_between_is_not_replaced() throws IOException {
        Path target = folder.resolve("anna.zip");
        try (AccessPackage file = AccessPackage.begin(target, StopsMidway.contents())) {
            Files.writeString(target, "somebody else's");
            assertThatThrownBy(file::finish).isInstanceOf(CannotRun.class).hasMessageContaining("is there already");
        }
        assertThat(files()).containsExactly(target);
        assertThat(target).hasContent("somebody else's");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain,plain,false",
                "=1+1,'=1+1,false",
                "-5,'-5,false",
                "-5,-5,true",
                "-0.5e-7,-0.5e-7,true",
                "-Infinity,'-Infinity,true",
                "＝1,'＝1,false",
                "say \"hi\",\"say \"\"hi\"\"\",false",
                "``,\"\",false",
                "+1,'+1,false",
                "@SUM(A1),'@SUM(A1),false",
                "＋1,'＋1,false",
                "` =1+1`,`' =1+1`,false",
                "a;=1+1,\"a;'=1+1\",false",
                "a|@x,a|'@x,false",
                "a;b,\"a;b\",false",
                "=1+1,'=1+1,true",
                "a-b=c,a-b=c,false"
            })
    void fields_are_quoted_and_defused(String text, String field, boolean number) {
        assertThat(CsvPart.field(text, number)).isEqualTo(field);
    }

    @Test
    void formulas_behind_what_cannot_be_seen_and_behind_line_ends_are_defused() {
        assertThat(CsvPart.field("\t=1", false)).isEqualTo("\"'\t'=1\"");
        assertThat(CsvPart.field("\r=1", false)).isEqualTo("\"'\r'=1\"");
        assertThat(CsvPart.field("\ufeff=1", false)).isEqualTo("'\ufeff=1");
        assertThat(CsvPart.field("a\n=cmd|' /C calc'!A0", false)).isEqualTo("\"a\n'=cmd|' /C calc'!A0\"");
        assertThat(CsvPart.field("a\n\u200b@x", false)).isEqualTo("\"a\n'\u200b@x\"");
    }

    @Test
    void a_package_into_a_stream_is_the_same_as_into_a_file_and_leaves_nothing_behind() throws IOException {
        java.io.ByteArrayOutputStream stream = new java.io.ByteArrayOutputStream();
        try (AccessPackage file = AccessPackage.begin(stream, StopsMidway.contents())) {
            file.begin(StopsMidway.table());
            file.row(StopsMidway.row("<script>=1+1"));
            file.end();
            file.finish();
        }
        Path copy = folder.resolve("copy.zip");
        Files.write(copy, stream.toByteArray());

        assertThat(Unpacked.of(copy).parts().keySet())
                .contains("data.json", "data.schema.json", "index.html")
                .allMatch(name -> name.matches("[A-Za-z0-9._-]+|csv/[A-Za-z0-9_-][A-Za-z0-9._-]*"));
        assertThat(Unpacked.of(copy).part("index.html")).doesNotContain("<script");
    }
}
