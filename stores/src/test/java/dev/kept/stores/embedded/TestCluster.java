package dev.kept.stores.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away PostgreSQL for tests: one server for all tests of a JVM, started when the first asks, gone when the JVM
 * ends; a fresh database for each that asks. Its binaries are unpacked once per build directory.
 */
public final class TestCluster {

    private static final String PREFIX = "kept-test-";
    private static final Object LOCK = new Object();
    private static @Nullable TestCluster shared;
    private static @Nullable TestCluster older;

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private TestCluster(Path directory, EmbeddedOptions options) {
        this.directory = directory;
        this.postgres = EmbeddedPostgres.open(directory, options);
        Runtime.getRuntime().addShutdownHook(new Thread(this::discard, "kept-test-cluster-discard"));
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

    /** A server of the oldest version that Kept works with, which all tests of this JVM share. */
    public static TestCluster older() {
        synchronized (LOCK) {
            TestCluster cluster = older;
            if (cluster == null) {
                cluster = start(options().withRelease(olderRelease()));
                older = cluster;
            }
            return cluster;
        }
    }

    /** The build puts its binaries beside the tests, and says which version: the class path has another. */
    private static Release olderRelease() {
        String version = Objects.requireNonNull(
                System.getProperty("kept.older-postgresql"),
                "-Dkept.older-postgresql=VERSION, as in the parent pom.xml");
        try (Stream<Path> files = Files.list(Path.of("target", "older-postgresql"))) {
            Path jar = files.filter(file -> file.getFileName().toString().endsWith("-" + version + ".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("`target/older-postgresql` has no " + version));
            URLClassLoader archives = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
            return new Release(version, archives::getResourceAsStream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of its own, for a test that crashes it. */
    public static TestCluster start() {
        return start(options());
    }

    private static TestCluster start(EmbeddedOptions options) {
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            sweepAbandoned(temporary);
            return new TestCluster(Files.createTempDirectory(temporary, PREFIX), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends and deletes the clusters that killed test runs left. */
    private static void sweepAbandoned(Path temporary) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path directory : left) {
                sweepIfAbandoned(new Layout(directory));
            }
        }
    }

    private static void sweepIfAbandoned(Layout layout) {
        try {
            if (Layout.ownerOf(layout.root()) == Layout.uid() && isAbandoned(layout)) {
                PostmasterFile.read(layout.data()).ifPresent(TestCluster::kill);
                FileTree.deleteQuietly(layout.root());
            }
        } catch (IOException e) {
            // Another test run sweeps it at the same time.
        }
    }

    /** One that has just been created has no users' folder yet. */
    private static boolean isAbandoned(Layout layout) throws IOException {
        if (!Files.isDirectory(layout.users())) {
            return false;
        }
        try (DirectoryLock lock = DirectoryLock.acquire(layout.lock(), Duration.ofMillis(1))) {
            return new Users(layout.users()).countLiving() == 0;
        } catch (EmbeddedPostgresException busy) {
            return false;
        }
    }

    private static void kill(PostmasterFile server) {
        while (server.isAlive()) {
            ProcessHandle.of(server.processId()).ifPresent(ProcessHandle::destroyForcibly);
            Thread.onSpinWait();
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
            kill(PostmasterFile.read(new Layout(directory).data())
                    .orElseThrow(() -> new IllegalStateException("the server does not run")));
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
