package dev.kept.stores.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away PostgreSQL for tests: one server for all tests of a JVM, started when the first asks, gone when the JVM
 * ends; a fresh database for each that asks. Its binaries are unpacked once per build directory.
 */
public final class TestCluster {

    private static final Object LOCK = new Object();
    private static @Nullable TestCluster shared;

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private TestCluster(Path directory) {
        this.directory = directory;
        this.postgres = EmbeddedPostgres.open(directory, options());
        Runtime.getRuntime().addShutdownHook(new Thread(this::discard));
    }

    /** The options of a cluster that is thrown away. */
    public static EmbeddedOptions options() {
        return EmbeddedOptions.defaults()
                .withDurability(Durability.NONE)
                .withMaxConnections(100)
                .withBinaries(Path.of("target", "postgres").toAbsolutePath());
    }

    /** The server that all tests of this JVM share. */
    public static TestCluster shared() {
        synchronized (LOCK) {
            TestCluster cluster = shared;
            if (cluster == null) {
                cluster = start();
                shared = cluster;
            }
            return cluster;
        }
    }

    /** A server of its own, for a test that crashes it. */
    public static TestCluster start() {
        try {
            return new TestCluster(Files.createTempDirectory("kept-test-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new, empty database of this server. */
    public TestDatabase freshDatabase() {
        String name = "test_" + databases.incrementAndGet();
        postgres.createDatabase(name);
        return new TestDatabase(postgres, name);
    }

    /** The server itself. */
    public EmbeddedPostgres postgres() {
        return postgres;
    }

    /** Kills the server as a crash would: no shutdown, no warning. {@link EmbeddedPostgres#ensureRunning} restarts it. */
    public void crash() {
        try {
            PostmasterFile file = PostmasterFile.read(Layout.prepare(directory).data())
                    .orElseThrow(() -> new IllegalStateException("the server does not run"));
            ProcessHandle process = ProcessHandle.of(file.processId()).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and deletes its data. */
    public void discard() {
        postgres.close();
        try {
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
