package dev.kept.stores.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to start and stop the server of a directory: one holder on the machine. The operating system takes it from
 * a process that dies.
 *
 * <p>A process loses such a lock when it closes any channel of the file, so within a process a second holder waits
 * before it opens one.
 */
final class DirectoryLock implements AutoCloseable {

    private static final ConcurrentMap<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();
    private static final long POLL_MILLIS = 20;

    private final ReentrantLock withinProcess;
    private final FileChannel channel;

    private DirectoryLock(ReentrantLock withinProcess, FileChannel channel) {
        this.withinProcess = withinProcess;
        this.channel = channel;
    }

    /** @throws EmbeddedPostgresException where others hold the lock for longer than the limit */
    static DirectoryLock acquire(Path file, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        ReentrantLock withinProcess = WITHIN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        try {
            if (!withinProcess.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw held(file);
            }
            try {
                return new DirectoryLock(withinProcess, lock(file, deadline));
            } catch (IOException | InterruptedException | RuntimeException e) {
                withinProcess.unlock();
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the lock", e);
        }
    }

    private static FileChannel lock(Path file, long deadline) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (!tryLock(channel)) {
                if (System.nanoTime() - deadline > 0) {
                    throw held(file);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return channel;
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static EmbeddedPostgresException held(Path file) {
        return new EmbeddedPostgresException(
                "another process has been starting or stopping the database of `%s` for too long"
                        .formatted(file.getParent()),
                "end that process, then run the command again");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            withinProcess.unlock();
        }
    }
}
