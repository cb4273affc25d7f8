package dev.kept.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script `kept` in a folder of its own, with a JDK and a Maven that only write down how they were called. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class LauncherTest {
    private static final String FAKE_JAVA = """
            #!/bin/sh
            for argument in "$@"; do
                case $argument in -XX:AOTCacheOutput=*) echo cache >"${argument#*=}" ;; esac
            done
            printf 'java'; printf ' <%s>' "$@"; echo
            """;

    /** Builds what the launcher looks for; where a pipe `hold` lies beside the POM, waits for a line in it first. */
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            for argument in "$@"; do
                case $argument in */pom.xml) root=${argument%/pom.xml} ;; esac
            done
            echo "$$ $*" >>"$root/maven.calls"
            echo '[INFO] Building Kept: core 0.1.0-SNAPSHOT'
            if [ -p "$root/hold" ]; then read -r line <"$root/hold"; fi
            if [ -e "$root/broken" ]; then echo '[ERROR] cannot find symbol'; exit 1; fi
            for module in core stores server bench; do
                mkdir -p "$root/$module/target"
                echo jar >"$root/$module/target/kept-$module.jar"
                if [ -e "$root/dated" ]; then pwd >>"$root/$module/target/kept-$module.jar"; echo "$TZ" >>"$root/$module/target/kept-$module.jar"; fi
                echo "$root/core/target/kept-core.jar" >"$root/$module/target/kept.classpath"
            done
            if [ -e "$root/report" ]; then
                mkdir -p "$root/core/target/surefire-reports"
                cp "$root/report" "$root/core/target/surefire-reports/TEST-core.xml"
            fi
            """;

    @TempDir
    private Path folder;

    private Path root;
    private Path jdk;

    @BeforeEach
    void lay_out_a_clone() throws IOException {
        root = Files.createDirectories(folder.toRealPath().resolve("a clone"));
        jdk = folder.resolve("jdk-25");
        executable(root.resolve("kept"), Files.readString(Path.of("..", "kept")));
        executable(jdk.resolve("bin/java"), FAKE_JAVA);
        executable(jdk.resolve("bin/javac"), FAKE_JAVA);
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.1\"\n");
        executable(folder.resolve("mvn"), FAKE_MAVEN);
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        for (String module : List.of("core", "stores", "server", "bench")) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
        }
    }

    @Test
    void first_call_builds_and_the_second_does_not() throws Exception {
        Run first = run("check", "a folder");
        assertThat(first.err()).contains("kept: building", "  core", "kept: preparing a quick start");
        assertThat(first.code()).isZero();
        Run second = run("check", "a folder");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("<dev.kept.server.Main> <check> <a folder>");
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void change_of_a_source_builds_again() throws Exception {
        run("check");
        Files.setLastModifiedTime(root.resolve("server/target/kept.stamp"), FileTime.from(Instant.EPOCH));
        assertThat(run("check").err()).contains("kept: building");
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void missing_jar_builds_again() throws Exception {
        run("check");
        Files.delete(root.resolve("core/target/kept-core.jar"));
        assertThat(run("check").err()).contains("kept: building");
    }

    @Test
    void short_commands_start_with_c1_and_long_ones_with_the_whole_jit() throws Exception {
        assertThat(run("check").out()).contains("-XX:TieredStopAtLevel=1", "-XX:AOTCache=");
        assertThat(run("sweep").out()).contains("-XX:TieredStopAtLevel=1", "-XX:AOTCache=");
    }

    @Test
    void failed_build_shows_the_errors_and_its_log_and_leaves_no_lock() throws Exception {
        Files.createFile(root.resolve("broken"));
        Run run = run("check");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("[ERROR] cannot find symbol", "error: the build failed", "build.log", "try: ");
        assertThat(root.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void works_through_links_and_from_any_folder() throws Exception {
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), root.resolve("kept"));
        Files.createSymbolicLink(links.resolve("two"), Path.of("one"));
        Run run = finish(start(links, Map.of(), "./two", "plan"));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("<-Dkept.home=" + root + ">", "<plan>");
    }

    @Test
    void offline_is_passed_on() throws Exception {
        finish(start(root, Map.of("KEPT_OFFLINE", "1"), "./kept", "check"));
        assertThat(mavenCalls()).singleElement().asString().contains(" -o ");
    }

    @Test
    void two_builds_of_what_is_committed_are_compared_byte_by_byte() throws Exception {
        executable(root.resolve(".ci/build-twice"), Files.readString(Path.of("..", ".ci", "build-twice")));
        String commit = "git add -A && git -c user.name=x -c user.email=x@example.org commit -q -m x";
        assertThat(finish(start(root, Map.of(), "sh", "-c", "git init -q . && " + commit))
                        .code())
                .isZero();
        Run same = run("build", "--twice");
        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.out().lines()).hasSize(4).allMatch(line -> line.matches("[0-9a-f]{64} .*kept-[a-z]+\\.jar"));
        Files.createFile(root.resolve("dated"));
        assertThat(run("build", "--twice").err()).contains("what is not committed is not built", "are the same");
        finish(start(root, Map.of(), "sh", "-c", commit));
        Run other = run("build", "--twice");
        assertThat(other.code()).as(other.err()).isEqualTo(1);
        assertThat(other.err()).contains("error: the builds differ", "kept-core.jar", "try: ");
        Files.createFile(root.resolve("broken"));
        finish(start(root, Map.of(), "sh", "-c", commit));
        Run broken = run("build", "--twice");
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err()).contains("[ERROR] cannot find symbol", "try: ");
    }

    @Test
    void no_jdk_says_what_to_do() throws Exception {
        Map<String, String> environment = Map.of(
                "KEPT_JAVA_HOME",
                "",
                "JAVA_HOME",
                "",
                "KEPT_JDK_FOLDERS",
                folder.resolve("none").toString());
        Run run = finish(start(root, environment, "./kept", "check"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("error: no JDK 25 or newer was found", "try: install one");
    }

    @Test
    void jdk_named_by_the_user_but_too_old_is_refused() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Run run = run("check");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("error: `KEPT_JAVA_HOME` is not a JDK 25 or newer");
    }

    @Test
    void too_old_java_home_is_passed_over() throws Exception {
        Path old = folder.resolve("jdk-17");
        executable(old.resolve("bin/java"), FAKE_JAVA);
        executable(old.resolve("bin/javac"), FAKE_JAVA);
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Map<String, String> environment =
                Map.of("KEPT_JAVA_HOME", "", "JAVA_HOME", old.toString(), "KEPT_JDK_FOLDERS", old + " " + jdk);
        assertThat(finish(start(root, environment, "./kept", "check")).code()).isZero();
    }

    @Test
    void two_launchers_build_once() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("hold").toString())
                        .start()
                        .waitFor())
                .isZero();
        Process first = start(root, Map.of(), "./kept", "check");
        awaitLine(first, "  core");
        Process second = start(root, Map.of(), "./kept", "plan");
        awaitLine(second, "waiting for another build");
        Files.writeString(root.resolve("hold"), "go\n");
        assertThat(finish(first).code()).isZero();
        assertThat(finish(second).out()).contains("<plan>");
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void interrupted_build_ends_maven_and_gives_the_lock_back() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("hold").toString())
                        .start()
                        .waitFor())
                .isZero();
        Process launcher = start(root, Map.of(), "./kept", "check");
        awaitLine(launcher, "  core");
        long maven = Long.parseLong(mavenCalls().getFirst().replaceFirst(" .*", ""));
        launcher.toHandle().destroy();
        assertThat(finish(launcher).code()).isEqualTo(143);
        ProcessHandle.of(maven).ifPresent(process -> process.onExit().join());
        assertThat(Files.exists(root.resolve("target/build.lock"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(root.resolve("server/target/kept.stamp")).doesNotExist();
    }

    @Test
    void lock_of_a_dead_process_is_taken_over() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createDirectories(root.resolve("target"));
        Files.createSymbolicLink(root.resolve("target/build.lock"), Path.of(Long.toString(ended.pid())));
        assertThat(run("check").code()).isZero();
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void test_sums_the_reports_and_fails_with_them() throws Exception {
        report("<testsuite name=\"a\" time=\"0.1\" tests=\"7\" errors=\"1\" skipped=\"2\" failures=\"1\">");
        Run run = run("test");
        assertThat(run.out()).endsWith("3 passed, 2 failed, 2 skipped\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(mavenCalls()).singleElement().asString().contains(" verify ");
    }

    @Test
    void test_that_ran_nothing_fails() throws Exception {
        Run run = run("test");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("error: no test ran");
    }

    @Test
    void test_passes_its_arguments_on_and_leaves_a_build_that_runs() throws Exception {
        report("<testsuite name=\"a\" time=\"0.1\" tests=\"7\" errors=\"0\" skipped=\"0\" failures=\"0\">");
        assertThat(run("test", "-Dtest=One").code()).isZero();
        assertThat(run("check").err()).doesNotContain("building");
        assertThat(mavenCalls()).singleElement().asString().contains("-Dtest=One");
    }

    private void report(String element) throws IOException {
        Files.writeString(root.resolve("report"), "<?xml version=\"1.0\"?>\n" + element + "\n</testsuite>\n");
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(root.resolve("maven.calls"));
    }

    private Run run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("./kept"));
        command.addAll(List.of(arguments));
        return finish(start(root, Map.of(), command.toArray(String[]::new)));
    }

    private Process start(Path directory, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KEPT_"));
        builder.environment().put("KEPT_JAVA_HOME", jdk.toString());
        builder.environment().put("KEPT_MAVEN", folder.resolve("mvn").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void awaitLine(Process process, String part) throws IOException {
        BufferedReader err = process.errorReader(UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.contains(part)) {
                return;
            }
        }
        throw new AssertionError("the launcher ended without the line `" + part + "`");
    }

    private static Run finish(Process process) throws Exception {
        String err = process.errorReader(UTF_8).readAllAsString();
        String out = process.inputReader(UTF_8).readAllAsString();
        return new Run(process.waitFor(), out, err);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Run(int code, String out, String err) {}
}
