package dev.kept.stores.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Where things lie in a {@code .kept/} directory, which belongs to one user of the operating system.
 *
 * @param root the directory itself, as a real path
 */
record Layout(Path root) {

    /** Characters that the shell command lines built inside {@code initdb} and {@code pg_ctl} would take apart. */
    private static final String FORBIDDEN_IN_PATHS = "\"$`\\\n\r";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /**
     * Creates what is missing of the folders and refuses what belongs to somebody else.
     *
     * @throws EmbeddedPostgresException where the directory is another user's, or cannot be used
     */
    static Layout prepare(Path directory) {
        requireUnix();
        Path absolute = directory.toAbsolutePath().normalize();
        requirePlainPath(absolute);
        try {
            Path parent = absolute.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            requireOwn(createDirectory(absolute));
            Layout layout = new Layout(absolute.toRealPath());
            requirePlainPath(layout.root);
            requireOwn(createDirectory(layout.database()));
            requireOwn(createDirectory(layout.users()));
            layout.hideFromVersionControl();
            return layout;
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "the directory `%s` cannot be used (%s)".formatted(directory, e.getMessage()),
                    "choose a directory in which you may create files",
                    e);
        }
    }

    Path binaries() {
        return root.resolve("postgres");
    }

    Path database() {
        return root.resolve("database");
    }

    Path data() {
        return database().resolve("data");
    }

    Path password() {
        return database().resolve("password");
    }

    Path log() {
        return database().resolve("server.log");
    }

    Path lock() {
        return database().resolve("lock");
    }

    Path users() {
        return database().resolve("users");
    }

    /** The password must not be committed along with the notice. */
    private void hideFromVersionControl() throws IOException {
        Path ignore = root.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            Files.writeString(ignore, "*\n");
        }
    }

    /** The user id of this process. */
    static long uid() {
        return new UnixSystem().getUid();
    }

    /** The user name of this process; empty where its user id has none, as in some containers. */
    static Optional<String> userName() {
        return Optional.ofNullable(new UnixSystem().getUsername());
    }

    static long ownerOf(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
    }

    /** Creates a directory that only its owner may enter, or leaves the one that is there. */
    static Path createDirectory(Path directory) throws IOException {
        try {
            return Files.createDirectory(directory, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            return directory;
        }
    }

    private static void requireOwn(Path directory) throws IOException {
        long owner = ownerOf(directory);
        if (owner != uid()) {
            String name = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName();
            throw new EmbeddedPostgresException(
                    "the directory `%s` belongs to the user `%s`, and you are `%s`"
                            .formatted(directory, name, userName().orElseGet(() -> Long.toString(uid()))),
                    "run the command as `%s`, or use a directory of your own".formatted(name));
        }
    }

    private static void requireUnix() {
        if (System.getProperty("os.name").startsWith("Windows")) {
            throw new EmbeddedPostgresException(
                    "the embedded postgresql runs on linux and macos only",
                    "give the jdbc url of a postgresql of your own");
        }
    }

    private static void requirePlainPath(Path path) {
        String text = path.toString();
        text.chars()
                .filter(character -> FORBIDDEN_IN_PATHS.indexOf(character) >= 0)
                .findFirst()
                .ifPresent(character -> {
                    String shown = character == '\n' || character == '\r' ? "line break" : "`" + (char) character + "`";
                    throw new EmbeddedPostgresException(
                            "the path `%s` contains a %s, which the tools of postgresql cannot take"
                                    .formatted(text.replaceAll("\\R", " "), shown),
                            "use a directory whose path has no quotes, dollar signs, backslashes or line breaks");
                });
    }
}
