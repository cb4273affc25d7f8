package dev.kept.stores.embedded;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL of a {@code .kept/} directory, as one process uses it. The first process that opens the directory
 * starts the server, detached; others use the same; closing the last one stops it. What a killed process leaves behind
 * is swept by the next one. Every failure to open is an {@link EmbeddedPostgresException} and leaves nothing half done.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** Below this room on the disk nothing is started, and work stops between transactions. */
    public static final long LEAST_FREE_BYTES = 512L * 1024 * 1024;

    private static final int MOST_DATABASE_NAME_BYTES = 63;
    private static final String DUPLICATE_DATABASE = "42P04";

    private final Layout layout;
    private final EmbeddedOptions options;
    private final ServerAccount.Probe probe;
    private final Thread hook = Thread.ofPlatform().name("kept-database-stop").unstarted(this::closeQuietly);

    private Users.@Nullable Registration registration;
    private @Nullable Server server;
    private volatile @Nullable Login login;

    private EmbeddedPostgres(Layout layout, EmbeddedOptions options, ServerAccount.Probe probe) {
        this.layout = layout;
        this.options = options;
        this.probe = probe;
    }

    /**
     * Opens the PostgreSQL of a directory, which is created where it is missing; unpacks, initialises and starts what
     * is not there yet.
     *
     * @throws EmbeddedPostgresException where it cannot be used
     */
    public static EmbeddedPostgres open(Path directory, EmbeddedOptions options) {
        return open(directory, options, ServerAccount.Probe.ofSystem());
    }

    static EmbeddedPostgres open(Path directory, EmbeddedOptions options, ServerAccount.Probe probe) {
        Layout layout = Layout.prepare(directory);
        EmbeddedPostgres postgres = new EmbeddedPostgres(layout, options, probe);
        postgres.requireRoom();
        postgres.addHook();
        try {
            postgres.enter();
            return postgres;
        } catch (IOException e) {
            postgres.closeQuietly();
            throw new EmbeddedPostgresException(
                    "the database of `%s` cannot be opened (%s)".formatted(directory, e.getMessage()),
                    "see that you may read and write everything in that directory, then run the command again",
                    e);
        } catch (RuntimeException e) {
            postgres.closeQuietly();
            throw e;
        }
    }

    private synchronized void enter() throws IOException {
        try (DirectoryLock lock = DirectoryLock.acquire(layout.lock(), options.timeLimit())) {
            Users users = new Users(layout.users());
            users.requireSamePlace();
            registration = users.register();
            start();
        }
    }

    private void start() throws IOException {
        ServerAccount account = ServerAccount.choose(layout.data(), probe);
        Binaries binaries = Binaries.unpackedIn(options.binaries().orElse(layout.binaries()), options.release());
        account.admitTo(layout, binaries);
        Cluster cluster = new Cluster(layout, binaries, account, options);
        Password password = cluster.initialised();
        Server started = new Server(cluster, password);
        server = started;
        login = new Login(started.running(), password);
    }

    /**
     * Makes sure that the server runs, which somebody may have killed: starts it again where it does not, if possible on
     * its former port.
     *
     * @throws EmbeddedPostgresException where it cannot be started
     */
    public synchronized void ensureRunning() {
        requireOpen();
        requireRoom();
        try (DirectoryLock lock = DirectoryLock.acquire(layout.lock(), options.timeLimit())) {
            start();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "the database of `%s` cannot be started again (%s)".formatted(layout.root(), e.getMessage()),
                    "see that you may read and write everything in that directory, then run the command again",
                    e);
        }
    }

    /** Where a database of this server is found. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s"
                .formatted(Login.HOST, requireOpen().port(), URLEncoder.encode(database, StandardCharsets.UTF_8));
    }

    /** The user to sign in as, who owns the server. */
    public String user() {
        return Cluster.USER;
    }

    /** The password to sign in with. */
    public Password password() {
        return requireOpen().password();
    }

    /** New connections to a database of this server, unpooled. */
    public DataSource dataSource(String database) {
        return requireOpen().dataSource(database);
    }

    /** The version of the PostgreSQL that this Kept carries, such as {@code 18.6.0}. */
    public String version() {
        return options.release().version();
    }

    /**
     * Creates a database unless it is there.
     *
     * @param name at most 63 bytes; any characters but NUL, taken literally
     */
    public void createDatabase(String name) {
        requireDatabaseName(name);
        try (Connection connection =
                requireOpen().dataSource(Login.MAINTENANCE_DATABASE).getConnection()) {
            if (!exists(connection, name)) {
                create(connection, name);
            }
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(
                    "the database `%s` cannot be created (%s)".formatted(name, e.getMessage()),
                    "read the end of `%s`".formatted(layout.log()),
                    e);
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT count(*) FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next() && rows.getInt(1) > 0;
            }
        }
    }

    /** Another process may be as quick. */
    private static void create(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"%s\" TEMPLATE template0".formatted(name.replace("\"", "\"\"")));
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState()) && !exists(connection, name)) {
                throw e;
            }
        }
    }

    private static void requireDatabaseName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MOST_DATABASE_NAME_BYTES || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a database name has 1 to 63 bytes, none of them zero");
        }
    }

    /** Whether the disk has room for another transaction: ask between transactions. */
    public boolean hasRoom() {
        try {
            return options.freeSpace().usableBytes(layout.database()) >= LEAST_FREE_BYTES;
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "the disk of `%s` does not say how much room it has (%s)".formatted(layout.root(), e.getMessage()),
                    "see that the disk is there, then run the command again",
                    e);
        }
    }

    /** @throws EmbeddedPostgresException where {@link #hasRoom()} says no */
    public void requireRoom() {
        if (!hasRoom()) {
            throw new EmbeddedPostgresException(
                    "less than 512 MB are free on the disk of `%s`".formatted(layout.root()),
                    "free some room on that disk, then run the command again");
        }
    }

    /** Leaves the server, and stops it where nobody else uses it. Closing twice is closing once. */
    @Override
    public void close() {
        try {
            leave();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "the database of `%s` cannot be closed (%s)".formatted(layout.root(), e.getMessage()),
                    "nothing is lost: the next command that uses it tidies up",
                    e);
        } finally {
            // Last: a process that is told to end while it closes waits in its hook until it has left.
            removeHook();
        }
    }

    private synchronized void leave() throws IOException {
        Users.Registration own = registration;
        if (own == null) {
            return;
        }
        registration = null;
        login = null;
        try (own;
                DirectoryLock lock = DirectoryLock.acquire(layout.lock(), options.timeLimit())) {
            own.close();
            Server mine = server;
            if (mine != null && new Users(layout.users()).countLiving() == 0) {
                mine.stop();
            }
        }
    }

    private void closeQuietly() {
        try {
            leave();
        } catch (IOException | RuntimeException e) {
            // The process ends, or a worse failure is being told: the next one that opens the directory tidies up.
        }
        removeHook();
    }

    private void addHook() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw new EmbeddedPostgresException("this process is ending", "run the command again", e);
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs, and finds nothing to do.
        }
    }

    private Login requireOpen() {
        Login current = login;
        if (current == null) {
            throw new IllegalStateException("the embedded postgresql is closed");
        }
        return current;
    }
}
