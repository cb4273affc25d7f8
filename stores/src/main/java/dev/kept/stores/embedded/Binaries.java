package dev.kept.stores.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs of this machine's kind, unpacked.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path home) {

    private static final int BUFFER_BYTES = 256 * 1024;

    /** An unpacking that took longer than this was killed. */
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /**
     * Unpacks a release into a folder named for its version, once: the folder appears whole or not at all. The caller
     * holds the directory's lock.
     */
    static Binaries unpackedIn(Path folder, Release release) throws IOException {
        String version = release.version();
        Path home = folder.resolve(version);
        if (!Files.isDirectory(home)) {
            Files.createDirectories(folder);
            sweepAbandoned(folder, version);
            Path fresh = Files.createTempDirectory(folder, "." + version + "-");
            try {
                unpack(release, fresh);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                FileTree.force(fresh);
                moveUnlessThere(fresh, home);
            } finally {
                FileTree.delete(fresh);
            }
        }
        return new Binaries(home);
    }

    private static void sweepAbandoned(Path folder, String version) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                boolean unfinished = file.getFileName().toString().startsWith("." + version + "-");
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

    private static void unpack(Release release, Path target) throws IOException {
        try (InputStream archive = release.open();
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
}
