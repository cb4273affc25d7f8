package dev.kept.stores.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that can be unpacked.
 *
 * @param version such as {@code 18.6.0}
 * @param archives opens an archive by its name
 */
public record Release(String version, Archives archives) {

    /** The one that Kept carries on its class path. */
    public static final Release CARRIED =
            new Release(carriedVersion(), name -> Release.class.getResourceAsStream("/" + name));

    /** Where archives are. */
    @FunctionalInterface
    public interface Archives {
        /** Null where there is none of that name. */
        @Nullable
        InputStream open(String name) throws IOException;
    }

    int majorVersion() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /**
     * The archive for this machine.
     *
     * @throws EmbeddedPostgresException where there is none
     */
    InputStream open() throws IOException {
        String name = archiveName();
        InputStream archive = archives.open(name);
        if (archive == null) {
            throw new EmbeddedPostgresException(
                    "this build of kept carries no postgresql for this machine (`%s` is missing)".formatted(name),
                    "build kept on this machine, or give the jdbc url of a postgresql of your own");
        }
        return archive;
    }

    /** The archive's name as the project that packs the binaries chose it. */
    private static String archiveName() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-%s-%s%s.txz".formatted(system, machine, usesMusl() ? "-alpine_linux" : "");
    }

    /** Alpine and its kind have another C library, hence another archive. */
    private static boolean usesMusl() throws IOException {
        Path lib = Path.of("/lib");
        if (!Files.isDirectory(lib)) {
            return false;
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("ld-musl-"));
        }
    }

    private static String carriedVersion() {
        Properties properties = new Properties();
        try (InputStream stream = Release.class.getResourceAsStream("postgres.properties")) {
            properties.load(Objects.requireNonNull(stream, "postgres.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
