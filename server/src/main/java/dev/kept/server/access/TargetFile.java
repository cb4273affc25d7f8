package dev.kept.server.access;

import dev.kept.server.failure.CannotRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * The file of a package: for the owner's eyes only, written under a name that says that it is incomplete, on disk before it gets its own
 * name, and never put in another file's place. While it is written its process holds a lock on it; one that nobody holds was left by a
 * process that was killed, and the next that writes to the folder deletes it.
 */
final class TargetFile implements PackageTarget {

    private static final int MOST_ATTEMPTS = 10;

    private final Path target;
    private final Path incomplete;
    private final FileChannel channel;
    private boolean published;

    private TargetFile(Path target, Path incomplete, FileChannel channel) {
        this.target = target;
        this.incomplete = incomplete;
        this.channel = channel;
    }

    /** @throws CannotRun where the name is taken, or nothing can be written there */
    static TargetFile at(Path target) {
        refuseExisting(target);
        Leftovers.deleteBeside(target);
        try {
            for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                Path incomplete = beside(target, Leftovers.WORD);
                FileChannel channel = FileChannel.open(
                        incomplete, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forOwner(target));
                Leftovers.claim(channel);
                if (Files.exists(incomplete, LinkOption.NOFOLLOW_LINKS)) {
                    return new TargetFile(target, incomplete, channel);
                }
                // Another process took it for a leftover before it was claimed.
                channel.close();
            }
            throw new IOException("others delete what is begun");
        } catch (IOException e) {
            throw new CannotRun("`" + target + "` cannot be written", "name a file in a folder you may write to", e);
        }
    }

    private static void refuseExisting(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new CannotRun(
                    "`" + target + "` is there already and is not overwritten", "name another file with --to");
        }
    }

    static Path beside(Path target, String what) {
        return target.toAbsolutePath()
                .resolveSibling(target.getFileName() + "." + what + "-"
                        + UUID.randomUUID().toString().substring(0, 8));
    }

    /** Read and write for the owner alone, where the system knows of owners. */
    static FileAttribute<?>[] forOwner(Path target) {
        return target.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    /** Beside the file, in a folder that has room for it. */
    @Override
    public Spool spool(String part) throws IOException {
        return Spool.at(beside(target, part), forOwner(target));
    }

    /** Gives the file its name, once all of it is on disk. */
    @Override
    public void publish() throws IOException {
        channel.force(true);
        try {
            Files.createLink(target, incomplete);
            Files.delete(incomplete);
        } catch (FileAlreadyExistsException e) {
            refuseExisting(target);
            throw e;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.move(incomplete, target);
        }
        published = true;
        channel.close();
        forceFolder();
    }

    private void forceFolder() {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
            open.force(true);
        } catch (IOException e) {
            // Not every system lets a folder be forced; the file itself is on disk.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!published) {
            Files.deleteIfExists(incomplete);
        }
    }
}
