package dev.kept.server.publish;

import dev.kept.core.notice.version.Publication;
import dev.kept.core.notice.version.VersionReader;
import dev.kept.core.source.SourceText;
import dev.kept.server.configuration.FolderTree;
import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a version's folder: whole, or not at all. */
public final class Freezing {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Freezing() {}

    /**
     * Freezes a version under {@code published/N}.
     *
     * @return the folder
     * @throws CannotRun where it is there already, or cannot be written
     */
    public static Path freeze(Path privacy, Publication publication) {
        Path folder = privacy.resolve(publication.version().folder());
        Path published = privacy.resolve(VersionReader.FOLDER);
        try {
            Files.createDirectories(published);
            Path begun = Files.createTempDirectory(published, ".version-");
            try {
                for (SourceText file : publication.files()) {
                    write(begun.resolve(file.name()), file.text());
                }
                write(begun.resolve(VersionReader.MANIFEST), MAPPER.writeValueAsString(publication.manifest()) + "\n");
                if (Files.exists(folder)) {
                    throw new FileAlreadyExistsException(folder.toString());
                }
                Files.setPosixFilePermissions(
                        begun, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
                move(begun, folder);
            } finally {
                FolderTree.delete(begun);
            }
            return folder;
        } catch (FileAlreadyExistsException e) {
            throw new CannotRun(
                    "`" + folder + "` is there already: somebody has published at the same time",
                    "kept publish again: it compares with what is there now");
        } catch (IOException e) {
            throw new CannotRun(
                    "version " + publication.version().number() + " cannot be written to `" + published + "`",
                    "see that you may write there and that the disk has room: nothing was published",
                    e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }
}
