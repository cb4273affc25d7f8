package dev.kept.stores.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs of this machine's kind, from the archive on the class path.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path home) {

    /** The version on the class path, such as {@code 18.6.0}. */
    static final String VERSION = readVersion();

    private static final int BUFFER_BYTES = 256 * 1024;

    /** An unpacking that took longer than this was killed. */
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    static int majorVersion() {
        return Integer.parseInt(VERSION.substring(0, VERSION.indexOf('.')));
    }

    /**
     * Unpacks the archive into a folder named for its version, once: the folder appears whole or not at all. The caller
     * holds the directory's lock.
     */
    static Binaries unpackedIn(Path folder) throws IOException {
        Path home = folder.resolve(VERSION);
        if (!Files.isDirectory(home)) {
            Files.createDirectories(folder);
            sweepAbandoned(folder);
            Path fresh = Files.createTempDirectory(folder, "." + VERSION + "-");
            try {
                unpack(fresh);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                FileTree.force(fresh);
                moveUnlessThere(fresh, home);
            } finally {
                FileTree.delete(fresh);
            }
        }
        return new Binaries(home);
    }

    private static void sweepAbandoned(Path folder) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                boolean unfinished = file.getFileName().toString().startsWith("." + VERSION + "-");
                if (unfinished && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    FileTree.deleteQuietly(file);
                }
            }
        }
    }

    /** Another process may have unpacked the same version into a shared folder meanwhile; either copy serves. */
    private static void moveUnlessThere(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void unpack(Path target) throws IOException {
        try (InputStream archive = open(archiveName());
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(archive), BUFFER_BYTES))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, target);
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive names `%s`, outside its folder".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (!path.toString().endsWith(".a")) {
            Files.copy(content, path);
            boolean executable = (entry.getMode() & 0111) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static InputStream open(String name) {
        InputStream archive = Binaries.class.getResourceAsStream("/" + name);
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

    private static String readVersion() {
        Properties properties = new Properties();
        try (InputStream stream = Binaries.class.getResourceAsStream("postgres.properties")) {
            properties.load(Objects.requireNonNull(stream, "postgres.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
