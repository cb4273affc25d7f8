package dev.kept.server.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.kept.core.lifecycle.Facts;
import dev.kept.server.failure.CannotRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.postgresql.ds.PGSimpleDataSource;

/** Kept's own database, migrated to what this version needs. */
public final class State implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 4;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /** How long a statement may take; the server ends it. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

    /** Whatever a server's or a role's default is, what is noted is durable when the note returns. */
    private static final String DURABLE = "select set_config('synchronous_commit', 'on', false)"
            + " where current_setting('synchronous_commit') in ('off', 'local')";

    private static final int MOST_CACHED_STATEMENTS = 200;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final AtomicBoolean journalled = new AtomicBoolean();

    private State(HikariDataSource pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
        this.jdbi = Jdbi.create(pool);
        // JDBI would print bound arguments, and with them persons' keys.
        jdbi.configure(
                StatementExceptions.class, e -> e.setMessageRendering(StatementExceptions.MessageRendering.NONE));
        jdbi.registerArrayType(String.class, "text");
    }

    /**
     * Opens and migrates the database at a JDBC URL; {@code clock} dates what is written.
     *
     * @throws CannotRun where it does not answer, or cannot be migrated
     */
    public static State open(String jdbcUrl, String user, String password, InstantSource clock) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(jdbcUrl);
        } catch (IllegalArgumentException e) {
            // its message repeats the address, and with it a password
            throw new CannotRun(
                    "the address of kept's own database is no JDBC URL of PostgreSQL",
                    "write jdbc:postgresql://host:port/name in `kept.yaml`");
        }
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        source.setApplicationName("kept state");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(CONNECT_TIMEOUT_MILLIS / 1000);
        source.setPrepareThreshold(1);
        source.setPreparedStatementCacheQueries(MOST_CACHED_STATEMENTS);
        return open(source, clock);
    }

    /** The same with connections of a data source, which are pooled here. */
    public static State open(DataSource source, InstantSource clock) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("kept-state");
        config.setDataSource(source);
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        config.setConnectionInitSql("set statement_timeout = " + STATEMENT_TIMEOUT.toMillis() + "; " + DURABLE);
        HikariDataSource pool = connected(config);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .schemas("kept")
                    .defaultSchema("kept")
                    .locations("classpath:dev/kept/server/state")
                    .load()
                    .migrate();
            return new State(pool, clock);
        } catch (FlywayValidateException e) {
            pool.close();
            throw new CannotRun(
                    "kept's own database was made by a version of Kept that was never released: its tables are others than this one's",
                    "open it with the Kept that made it, or give this one an empty database; nothing in it was changed",
                    e);
        } catch (FlywayException e) {
            pool.close();
            throw doesNotOpen(e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The first connection is made at once. */
    private static HikariDataSource connected(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw doesNotOpen(e);
        }
    }

    private static CannotRun doesNotOpen(RuntimeException e) {
        return new CannotRun(
                "kept's own database does not open" + SqlState.of(e),
                "see that it runs, that address, user and password are right, and that the user owns schema `kept`",
                e);
    }

    /** Writes several things that belong together. */
    public void apply(List<StateChange> changes) {
        StateChange.together(pool, changes);
    }

    /** Looks or locks first, and then writes what follows from it; all in one transaction, or nothing where {@code first} throws. */
    public void inTransaction(Function<Handle, List<StateChange>> first) {
        jdbi.useTransaction(handle -> StateChange.apply(handle, first.apply(handle)));
    }

    /** What Kept knows of a store's persons and records, for the planner. */
    public Facts facts(String store) {
        return FactsReading.of(pool, store);
    }

    /** The database itself, for what has tables of its own in it. */
    public Jdbi database() {
        return jdbi;
    }

    public InstantSource clock() {
        return clock;
    }

    public Runs runs() {
        return new Runs(jdbi, pool, clock);
    }

    public RunHistory history() {
        return new RunHistory(jdbi, clock);
    }

    public Journal journal() {
        return new Journal(jdbi, clock, journalled);
    }

    /** Whether something may have been journalled since this was opened. */
    public boolean journalled() {
        return journalled.get();
    }

    public PrivateLog privateLog() {
        return new PrivateLog(jdbi, clock);
    }

    public PersonFacts personFacts() {
        return new PersonFacts(jdbi, pool, clock);
    }

    /** Which versions of the notice the ledger has. */
    public Publications publications() {
        return new Publications(jdbi, pool, journal(), clock);
    }

    /** Pages that are served. */
    public Served served() {
        return new Served(jdbi, clock);
    }

    /** Its connections, for a library that keeps tables of its own in schema {@code kept}. */
    public DataSource source() {
        return pool;
    }

    /** Whether the database answers in a time, however long a connection to it would be waited for. */
    public boolean answers(Duration within) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> answer.complete(answers()));
        return answer.completeOnTimeout(false, within.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private boolean answers() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Hashes of what erased persons were known by. */
    public Suppressions suppressions() {
        return new Suppressions(jdbi, clock);
    }

    /** Stores that are said to be restored from a backup. */
    public DetachedPartitions detachedPartitions() {
        return new DetachedPartitions(jdbi);
    }

    public Restores restores() {
        return new Restores(jdbi, clock);
    }

    /** Persons of whom somebody has to say whether they were erased. */
    public Doubts doubts() {
        return new Doubts(jdbi, clock);
    }

    public Holds holds() {
        return new Holds(jdbi, clock);
    }

    @Override
    public void close() {
        pool.close();
    }
}
