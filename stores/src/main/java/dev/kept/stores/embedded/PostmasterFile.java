package dev.kept.stores.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says of a server that runs, or once ran: PostgreSQL's {@code miscadmin.h}, lock file
 * lines 1 to 8.
 *
 * @param processId the postmaster's process id
 * @param data the data directory it serves
 * @param started when it started, to the second
 * @param port the port it listens on
 * @param ready whether it has said that it accepts connections
 */
record PostmasterFile(long processId, Path data, Instant started, int port, boolean ready) {

    static final String NAME = "postmaster.pid";

    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** Clocks are set and start times are rounded; a machine does not restart within this time. */
    private static final Duration TOLERANCE = Duration.ofSeconds(20);

    /** Empty where there is no such file, or one that its server has not finished writing. */
    static Optional<PostmasterFile> read(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve(NAME));
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            boolean ready =
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return Optional.of(new PostmasterFile(
                    Long.parseLong(lines.get(0).strip()),
                    Path.of(lines.get(1)),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                    Integer.parseInt(lines.get(PORT_LINE).strip()),
                    ready));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the process of this number is the server that wrote the file, and not one that got its number after a
     * crash or a restart of the machine.
     */
    boolean isAlive() {
        return ProcessHandle.of(processId)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie(process))
                .map(ProcessHandle::info)
                .filter(info -> info.command().map(PostmasterFile::isPostgres).orElse(true))
                .filter(info -> info.startInstant().map(this::isStart).orElse(true))
                .isPresent();
    }

    /**
     * A dead process whose parent has not asked how it died; in a container without an init process that may be for
     * ever. Linux's proc(5), {@code /proc/[pid]/stat}: the state follows the name in parentheses.
     */
    private static boolean isZombie(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isPostgres(String command) {
        return Path.of(command).endsWith("postgres");
    }

    private boolean isStart(Instant instant) {
        return Duration.between(instant, started).abs().compareTo(TOLERANCE) <= 0;
    }
}
