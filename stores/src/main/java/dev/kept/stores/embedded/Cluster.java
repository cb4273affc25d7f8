package dev.kept.stores.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The data directory of a {@code .kept/} directory and its password. The caller holds the {@link DirectoryLock}.
 *
 * @param layout where things lie
 * @param binaries the programs
 * @param account as whom they run
 * @param options how the cluster is run
 */
record Cluster(Layout layout, Binaries binaries, ServerAccount account, EmbeddedOptions options) {

    /** The superuser that owns the cluster. */
    static final String USER = "kept";

    private static final String FRESH = "data.new-";

    /** PostgreSQL carries its own C.UTF-8 from this version on. */
    private static final int BUILTIN_LOCALE_SINCE = 17;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_READS_AND_WRITES =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Makes sure that there is an initialised data directory; it appears whole or not at all.
     *
     * @throws EmbeddedPostgresException where {@code initdb} fails, or another major version left the data
     */
    Password initialised() throws IOException {
        sweepUnfinished();
        if (Files.isDirectory(layout.data())) {
            requireSameMajorVersion();
            return readPassword();
        }
        Password password = readOrCreatePassword();
        Path fresh = layout.database().resolve(FRESH + ProcessHandle.current().pid());
        Path passwordCopy = layout.database().resolve(FRESH + "password");
        try {
            Layout.createDirectory(fresh);
            createPrivateFile(passwordCopy);
            Files.writeString(passwordCopy, password.reveal());
            account.own(fresh);
            account.own(passwordCopy);
            initialise(fresh, passwordCopy);
            Files.move(fresh, layout.data(), StandardCopyOption.ATOMIC_MOVE);
            FileTree.forceOne(layout.database());
        } finally {
            Files.deleteIfExists(passwordCopy);
            FileTree.delete(fresh);
        }
        return password;
    }

    private void initialise(Path fresh, Path passwordFile) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions",
                "--data-checksums"));
        if (options.release().majorVersion() >= BUILTIN_LOCALE_SINCE) {
            words.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        if (options.durability() == Durability.NONE) {
            words.add("--no-sync");
        }
        Command.Outcome outcome = Command.run(account.command(words), layout.database(), options.timeLimit());
        if (!outcome.succeeded()) {
            throw new EmbeddedPostgresException(
                    "the database of `%s` could not be initialised".formatted(layout.root()),
                    "read what `initdb` says below, then run the command again",
                    outcome.lines(),
                    null);
        }
    }

    /** What a process left that died while it initialised. */
    private void sweepUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(layout.database())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith(FRESH)) {
                    FileTree.deleteQuietly(file);
                }
            }
        }
    }

    private void requireSameMajorVersion() throws IOException {
        String major = Files.readString(layout.data().resolve("PG_VERSION")).strip();
        if (!major.equals(Integer.toString(options.release().majorVersion()))) {
            throw new EmbeddedPostgresException(
                    "the database of `%s` was made by postgresql %s, and this kept carries %s"
                            .formatted(layout.root(), major, options.release().version()),
                    "run the version of kept that made it, or move the data over with `pg_dump`");
        }
    }

    /** A password whose cluster was never finished serves the next one. */
    private Password readOrCreatePassword() throws IOException {
        if (!Files.exists(layout.password())) {
            Path fresh = layout.database().resolve(FRESH + "own-password");
            createPrivateFile(fresh);
            Files.writeString(fresh, Password.random().reveal());
            FileTree.forceOne(fresh);
            Files.move(fresh, layout.password(), StandardCopyOption.ATOMIC_MOVE);
            FileTree.forceOne(layout.database());
        }
        return readPassword();
    }

    private Password readPassword() throws IOException {
        if (!Files.isReadable(layout.password())) {
            throw new EmbeddedPostgresException(
                    "the password file `%s` is missing".formatted(layout.password()),
                    "restore the file from where it went: nothing else opens this database");
        }
        Files.setPosixFilePermissions(layout.password(), PosixFilePermissions.fromString("rw-------"));
        return new Password(Files.readString(layout.password()).strip());
    }

    /** Creates a file that only its owner may read, or leaves the one that is there. */
    static void createPrivateFile(Path file) throws IOException {
        try {
            Files.createFile(file, OWNER_READS_AND_WRITES);
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
