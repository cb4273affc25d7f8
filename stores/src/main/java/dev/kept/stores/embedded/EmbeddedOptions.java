package dev.kept.stores.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How an embedded PostgreSQL is run. Options take effect when the server is started; a process that finds it running
 * takes it as it is.
 *
 * @param durability what the cluster survives
 * @param maxConnections connections the server accepts at once, from 10 to 1000
 * @param binaries a folder in which the unpacked binaries are kept instead of {@code .kept/postgres}, to be shared by
 *     several clusters of one user
 * @param release which PostgreSQL it is
 * @param freeSpace tells how much room the disk has left
 * @param timeLimit longest wait for the directory's lock, for the server's start (crash recovery included) and for its
 *     end, each
 */
public record EmbeddedOptions(
        Durability durability,
        int maxConnections,
        Optional<Path> binaries,
        Release release,
        FreeSpace freeSpace,
        Duration timeLimit) {

    private static final int DEFAULT_CONNECTIONS = 40;
    private static final int LEAST_CONNECTIONS = 10;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(5);

    public EmbeddedOptions {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(binaries, "binaries");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(freeSpace, "freeSpace");
        Objects.requireNonNull(timeLimit, "timeLimit");
        if (maxConnections < LEAST_CONNECTIONS || maxConnections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("`maxConnections` is %d, not between %d and %d"
                    .formatted(maxConnections, LEAST_CONNECTIONS, MOST_CONNECTIONS));
        }
        if (!timeLimit.isPositive()) {
            throw new IllegalArgumentException("`timeLimit` is not positive");
        }
    }

    /** Durable, 40 connections, everything inside the directory, five minutes for each wait. */
    public static EmbeddedOptions defaults() {
        return new EmbeddedOptions(
                Durability.FULL,
                DEFAULT_CONNECTIONS,
                Optional.empty(),
                Release.CARRIED,
                FreeSpace.ofDisk(),
                DEFAULT_TIME_LIMIT);
    }

    public EmbeddedOptions withDurability(Durability other) {
        return new EmbeddedOptions(other, maxConnections, binaries, release, freeSpace, timeLimit);
    }

    public EmbeddedOptions withMaxConnections(int connections) {
        return new EmbeddedOptions(durability, connections, binaries, release, freeSpace, timeLimit);
    }

    public EmbeddedOptions withBinaries(Path folder) {
        return new EmbeddedOptions(durability, maxConnections, Optional.of(folder), release, freeSpace, timeLimit);
    }

    public EmbeddedOptions withRelease(Release other) {
        return new EmbeddedOptions(durability, maxConnections, binaries, other, freeSpace, timeLimit);
    }

    public EmbeddedOptions withFreeSpace(FreeSpace probe) {
        return new EmbeddedOptions(durability, maxConnections, binaries, release, probe, timeLimit);
    }

    public EmbeddedOptions withTimeLimit(Duration limit) {
        return new EmbeddedOptions(durability, maxConnections, binaries, release, freeSpace, limit);
    }
}
