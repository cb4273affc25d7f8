package dev.kept.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.embedded.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The shell lines of docs/ci.md, run by a shell in a repository with a notice. */
@DisabledOnOs(OS.WINDOWS)
class CiExamplesTest {

    private static final long MOST_SECONDS = 180;

    @TempDir
    private Path folder;

    private Path repository;
    private Harbour harbour;
    private String url = "";

    @BeforeEach
    void a_repository_with_a_notice_and_a_kept_to_be_cloned() throws Exception {
        repository = Files.createDirectories(folder.resolve("repository"));
        Path privacy = repository.resolve("privacy");
        harbour = new Harbour(TestCluster.shared(), privacy, Harbour.SCHEMA).begun();
        assertThat(harbour.kept("map", "shop", "--from", harbour.address(), "--notice", privacy.toString())
                        .exit())
                .isZero();
        url = harbour.shop().jdbcUrl();
        Path map = privacy.resolve("stores/shop.yaml");
        Files.writeString(map, Files.readString(map).replaceFirst("database: .*", "database: \\${SHOP_URL}"));
        Path kept = Files.createDirectories(folder.resolve("bin")).resolve("kept");
        Files.writeString(
                kept,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                        + System.getProperty("java.class.path") + "' dev.kept.server.Main \"$@\"\n");
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rwxr-xr-x"));
        shell(folder.resolve("bin"), "git init -q . && git add kept && " + commit());
        shell(repository, "git init -q . && git add -A && " + commit());
    }

    @AfterEach
    void closed() {
        harbour.close();
    }

    private static String commit() {
        return "git -c user.name=x -c user.email=x@example.org commit -q -m x";
    }

    private record Said(int exit, String text) {}

    private Said shell(Path where, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-e", "-c", script)
                .directory(where.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("RUNNER_TEMP", folder.resolve("runner").toString());
        environment.put("KEPT_REPOSITORY", "file://" + folder.resolve("bin"));
        environment.put("SHOP_URL", url);
        environment.put("SHOP_URL_USER", "keeper");
        environment.put("SHOP_URL_PASSWORD", Harbour.PASSWORD);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }

    /** The blocks of one language in docs/ci.md. */
    private static List<String> blocks(String language) throws IOException {
        Path docs = Path.of("").toAbsolutePath().resolve("../docs/ci.md").normalize();
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(docs));
        List<String> blocks = new ArrayList<>();
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    /** Everything that stands under a key in YAML, wherever it is. */
    private static List<String> values(Object yaml, String key) {
        List<String> values = new ArrayList<>();
        switch (yaml) {
            case Map<?, ?> map ->
                map.forEach((name, value) -> {
                    if (name.equals(key)) {
                        values.add(String.valueOf(value));
                    }
                    values.addAll(values(value, key));
                });
            case List<?> list -> list.forEach(value -> values.addAll(values(value, key)));
            case null, default -> {}
        }
        return values;
    }

    @Test
    void every_line_of_the_workflows_and_of_pre_commit_runs() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String block : blocks("yaml")) {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(block);
            lines.addAll(values(yaml, "run"));
            lines.addAll(values(yaml, "entry"));
        }
        assertThat(lines).hasSize(4);
        for (String line : lines) {
            Said said = shell(repository, line);
            assertThat(said.exit()).as(line + said).isZero();
        }
        assertThat(repository.resolve("kept.sarif")).content().contains("\"version\":\"2.1.0\"");
        assertThat(repository.resolve("kept-live.sarif")).exists();
    }

    @Test
    void the_hook_lets_a_good_change_pass_and_stops_one_that_does_not_check() throws Exception {
        Path hook = repository.resolve(".git/hooks/pre-commit");
        Files.writeString(hook, blocks("sh").getFirst());
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path notice = repository.resolve("privacy/notice.yaml");
        Files.writeString(notice, Files.readString(notice) + "# a word\n");
        Said good = shell(repository, "git add -A && " + commit());
        assertThat(good.exit()).as(good.text()).isZero();
        Files.writeString(notice, Files.readString(notice) + "nonsense: 1\n");
        Said bad = shell(repository, "git add -A && " + commit());
        assertThat(bad.exit()).isNotZero();
        assertThat(bad.text()).contains("[unknown-key]");
        Files.writeString(repository.resolve("other.txt"), "x");
        Said elsewhere = shell(repository, "git reset -q && git add other.txt && " + commit());
        assertThat(elsewhere.exit()).as(elsewhere.text()).isZero();
    }
}
