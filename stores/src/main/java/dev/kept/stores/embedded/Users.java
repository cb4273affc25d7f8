package dev.kept.stores.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who uses the server of a directory: a file each, named for the process, locked for as long as the user lives. A file
 * that nobody locks was left by a process that died. Only the holder of the {@link DirectoryLock} looks or registers.
 */
final class Users {

    private static final String PROCESS = processName();
    private static final String PLACE = place();

    private final Path folder;
    private final String ownPrefix;

    /** The folder's path is part of the files' names: a copied directory brings along files that nobody holds. */
    Users(Path folder) {
        this.folder = folder;
        this.ownPrefix = PROCESS + "-" + Integer.toHexString(folder.toString().hashCode()) + "-";
    }

    /** One use of the server by this process. */
    static final class Registration implements AutoCloseable {
        private final Path file;
        private final FileChannel channel;

        private Registration(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                Files.deleteIfExists(file);
            } finally {
                channel.close();
            }
        }
    }

    Registration register() throws IOException {
        Path file = folder.resolve(ownPrefix + UUID.randomUUID());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock();
            channel.write(ByteBuffer.wrap((PLACE + "\n").getBytes(StandardCharsets.UTF_8)));
            return new Registration(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Sweeps what dead processes left, and counts the living users. */
    int countLiving() throws IOException {
        int living = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (isLiving(file)) {
                    living++;
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        return living;
    }

    /**
     * Refuses a directory that is being used from another container: its server cannot be seen from here, and a second
     * one would destroy the data.
     */
    void requireSamePlace() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!isOwn(file)
                        && isLiving(file)
                        && !Files.readString(file).strip().equals(PLACE)) {
                    throw new EmbeddedPostgresException(
                            "the directory `%s` is in use by a process of another container"
                                    .formatted(folder.getParent()),
                            "end that process first, or give the two a postgresql of their own to share");
                }
            }
        }
    }

    /** A file of this very process is not opened: closing the channel would give its lock away. */
    private boolean isLiving(Path file) throws IOException {
        if (isOwn(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean isOwn(Path file) {
        return file.getFileName().toString().startsWith(ownPrefix);
    }

    /** The namespaces, on Linux, in which process ids and loopback addresses mean what they mean here. */
    private static String place() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")) + " "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        } catch (IOException e) {
            return "";
        }
    }

    private static String processName() {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return self.pid() + "-" + started;
    }
}
