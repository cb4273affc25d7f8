package dev.kept.server.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** Incomplete packages, full of a person's data, that killed processes left in a folder. */
final class Leftovers {

    /** The word in an incomplete file's name. */
    static final String WORD = "incomplete";

    private static final Pattern OF_ANY_PACKAGE = Pattern.compile(".+\\.zip\\." + WORD + "-[0-9a-f]{8}");

    private Leftovers() {}

    /** Says that a process is at work on a file, until it closes the file or ends. Where a system has no locks, nobody deletes either. */
    static void claim(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException | OverlappingFileLockException e) {
            // Not every file system has locks.
        }
    }

    /** Deletes those in the folder of {@code target} on which no process is at work; what cannot be deleted stays. */
    static void deleteBeside(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        String own = target.getFileName() + "." + WORD + "-";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> isIncomplete(file, own))) {
            files.forEach(Leftovers::deleteUnlessClaimed);
        } catch (IOException e) {
            // A folder that cannot be listed may still be written to.
        }
    }

    private static boolean isIncomplete(Path file, String own) {
        String name = file.getFileName().toString();
        boolean named = OF_ANY_PACKAGE.matcher(name).matches()
                || (name.startsWith(own) && name.substring(own.length()).matches("[0-9a-f]{8}"));
        return named && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void deleteUnlessClaimed(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // Another's, or somebody is at work on it.
        }
    }
}
