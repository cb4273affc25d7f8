package dev.kept.stores.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts and stops the server of a cluster. {@code pg_ctl} gives it a session of its own, so that it survives this
 * process and does not hear the terminal's Ctrl-C. The caller holds the {@link DirectoryLock}.
 *
 * @param cluster what it serves
 * @param password of the cluster's superuser
 */
record Server(Cluster cluster, Password password) {

    private static final int MOST_START_ATTEMPTS = 20;
    private static final long POLL_MILLIS = 100;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(30);

    /** What a server says that lost the race for its port, or whose predecessor's last processes are still ending. */
    private static final List<String> PASSING_TROUBLES = List.of(
            "could not bind", "pre-existing shared memory block", "lock file \"postmaster.pid\" already exists");

    /** The port of the running server, which is started where there is none. */
    int running() throws IOException {
        Optional<PostmasterFile> left = PostmasterFile.read(data());
        if (left.isPresent()) {
            Optional<Integer> port = settled(left.get());
            if (port.isPresent()) {
                return port.get();
            }
        }
        Files.deleteIfExists(data().resolve(PostmasterFile.NAME));
        return start(left.map(PostmasterFile::port));
    }

    /** Ends the server, if it runs: sessions are cut off, transactions roll back, the data is left clean. */
    void stop() throws IOException {
        if (!Files.exists(data().resolve(PostmasterFile.NAME))) {
            return;
        }
        if (!stop("fast") && !stop("immediate") && isAlive()) {
            throw new EmbeddedPostgresException(
                    "the database server of `%s` does not end".formatted(layout().root()),
                    "end the process whose number is the first line of `%s`"
                            .formatted(data().resolve(PostmasterFile.NAME)));
        }
    }

    private boolean stop(String mode) throws IOException {
        return pgCtl("stop", "--mode=" + mode, "--wait", "--timeout=" + STOP_LIMIT.toSeconds())
                .succeeded();
    }

    private boolean isAlive() throws IOException {
        return PostmasterFile.read(data()).filter(PostmasterFile::isAlive).isPresent();
    }

    /** Waits until a server that starts or ends has done so; empty where the file is only a leftover. */
    private Optional<Integer> settled(PostmasterFile first) throws IOException {
        if (!isOurs(first)) {
            return Optional.empty();
        }
        long deadline = System.nanoTime() + cluster.options().timeLimit().toNanos();
        Optional<PostmasterFile> file = Optional.of(first);
        while (file.isPresent() && file.get().isAlive()) {
            if (file.get().ready() && answers(file.get().port())) {
                return Optional.of(file.get().port());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new EmbeddedPostgresException(
                        "the database server of `%s` (process %d) neither answers nor ends"
                                .formatted(layout().root(), file.get().processId()),
                        "end process %d, then run the command again"
                                .formatted(file.get().processId()),
                        log().tailSince(0),
                        null);
            }
            pause();
            file = PostmasterFile.read(data());
        }
        return Optional.empty();
    }

    /** A copied directory brings along the file of the original's server. */
    private boolean isOurs(PostmasterFile file) {
        return file.data().equals(data());
    }

    private boolean answers(int port) {
        try {
            return data().toString().equals(new Login(port, password).ask("SHOW data_directory"));
        } catch (SQLException e) {
            return false;
        }
    }

    private int start(Optional<Integer> formerPort) throws IOException {
        log().prepareFor(cluster.account());
        long deadline = System.nanoTime() + LEFTOVER_LIMIT.toNanos();
        Optional<Integer> wish = formerPort;
        for (int attempt = 1; ; attempt++) {
            int port = freePort(wish);
            wish = Optional.empty();
            ServerSettings.write(data(), port, cluster.options());
            cluster.account().own(data().resolve("postgresql.conf"));
            cluster.account().own(data().resolve("pg_hba.conf"));
            long logStart = log().size();
            Command.Outcome outcome = pgCtl(
                    "start",
                    "--log=" + layout().log(),
                    "--wait",
                    "--timeout=" + cluster.options().timeLimit().toSeconds());
            if (outcome.succeeded()) {
                return port;
            }
            List<String> log = log().tailSince(logStart);
            boolean passing =
                    log.stream().anyMatch(line -> PASSING_TROUBLES.stream().anyMatch(line::contains));
            if (!passing || attempt == MOST_START_ATTEMPTS || System.nanoTime() - deadline > 0) {
                stop();
                throw notStarted(log.isEmpty() ? outcome.lines() : log);
            }
            pause();
        }
    }

    private EmbeddedPostgresException notStarted(List<String> log) {
        return new EmbeddedPostgresException(
                "the database server of `%s` does not start".formatted(layout().root()),
                "read the end of `%s`, shown below, then run the command again".formatted(layout().log()),
                log,
                null);
    }

    private Command.Outcome pgCtl(String verb, String... arguments) throws IOException {
        List<String> words =
                new ArrayList<>(List.of(cluster.binaries().program("pg_ctl").toString(), verb, "--pgdata=" + data()));
        words.addAll(List.of(arguments));
        return Command.run(
                cluster.account().command(words),
                layout().database(),
                cluster.options().timeLimit().plus(STOP_LIMIT));
    }

    /** The former port, if it is still free, so that what was told it stays right. */
    private static int freePort(Optional<Integer> wish) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        if (wish.isPresent()) {
            try (ServerSocket socket = new ServerSocket(wish.get(), 1, loopback)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                return freePort(Optional.empty());
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            return socket.getLocalPort();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the server", e);
        }
    }

    private ServerLog log() {
        return new ServerLog(layout().log());
    }

    private Layout layout() {
        return cluster.layout();
    }

    private Path data() {
        return cluster.layout().data();
    }
}
