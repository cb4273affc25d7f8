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

    private static String archiveName() throws IOException {
        return archiveName(System.getProperty("os.name"), System.getProperty("os.arch"), usesMusl());
    }

    /** The archive's name as the project that packs the binaries chose it; another machine's is never taken for this one's. */
    static String archiveName(String system, String machine, boolean musl) {
        String name = system.toLowerCase(Locale.ROOT).replace(' ', '-');
        String processor = switch (machine) {
            case "aarch64" -> "arm_64";
            case "amd64", "x86_64" -> "x86_64";
            default -> machine;
        };
        return "postgres-%s-%s%s.txz"
                .formatted(name.startsWith("mac") ? "darwin" : name, processor, musl ? "-alpine_linux" : "");
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
