package dev.kept.server.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModernClassesTest {

    private static final Path OLD = jarOf(CommandLine.class);
    private static final Path NEW = jarOf(NullMarked.class);

    @TempDir
    private Path folder;

    @Test
    void a_jar_of_old_classes_is_written_anew_and_others_stay() throws IOException {
        assertThat(path()).hasSize(2).first().isEqualTo(folder.resolve("quick").resolve(OLD.getFileName()));
        assertThat(path()).last().isEqualTo(NEW);
    }

    @Test
    void nothing_is_missing_in_it_and_no_class_needs_the_old_verifier() throws IOException {
        try (JarFile before = new JarFile(OLD.toFile());
                JarFile after = new JarFile(path().getFirst().toFile())) {
            assertThat(after.stream().map(JarEntry::getName))
                    .containsExactlyElementsOf(
                            before.stream().map(JarEntry::getName).toList());
            for (JarEntry entry :
                    after.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                try (InputStream in = after.getInputStream(entry)) {
                    assertThat(ClassFile.of().parse(in.readAllBytes()).majorVersion())
                            .as(entry.getName())
                            .isGreaterThanOrEqualTo(ClassFile.JAVA_6_VERSION);
                }
            }
        }
    }

    @Test
    void every_class_in_it_passes_the_verifier() throws Exception {
        URL[] jar = {path().getFirst().toUri().toURL()};
        try (JarFile classes = new JarFile(path().getFirst().toFile());
                URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            List<String> names = classes.stream()
                    .map(JarEntry::getName)
                    .filter(name ->
                            name.endsWith(".class") && !name.contains("META-INF") && !name.contains("module-info"))
                    .filter(name -> !name.contains("groovy"))
                    .map(name -> name.replace('/', '.').replaceFirst("\\.class$", ""))
                    .toList();
            assertThat(names).hasSizeGreaterThan(100);
            for (String name : names) {
                assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
            }
        }
    }

    private List<Path> path() throws IOException {
        Path written = folder.resolve("class.path");
        ModernClasses.main(new String[] {
            OLD + File.pathSeparator + NEW, folder.resolve("quick").toString(), written.toString()
        });
        return List.of(Files.readString(written).strip().split(File.pathSeparator, -1)).stream()
                .map(Path::of)
                .toList();
    }

    private static Path jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
