package dev.kept.server.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;

/** Kept's own database, migrated to what this version needs. */
public final class State implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 4;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int MOST_CACHED_STATEMENTS = 200;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final InstantSource clock;

    private State(HikariDataSource pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
        this.jdbi = Jdbi.create(pool);
        // JDBI would print bound arguments, and with them persons' keys.
        jdbi.configure(
                StatementExceptions.class, e -> e.setMessageRendering(StatementExceptions.MessageRendering.NONE));
        jdbi.registerArrayType(String.class, "text");
        jdbi.configure(SqlStatements.class, s -> s.setQueryTimeout(60));
    }

    /** Opens and migrates the database at a JDBC URL; {@code clock} dates what is written. */
    public static State open(String jdbcUrl, String user, String password, InstantSource clock) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("kept-state");
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        config.addDataSourceProperty("ApplicationName", "kept state");
        config.addDataSourceProperty("prepareThreshold", 1);
        config.addDataSourceProperty("preparedStatementCacheQueries", MOST_CACHED_STATEMENTS);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .schemas("kept")
                    .defaultSchema("kept")
                    .locations("classpath:dev/kept/server/state")
                    .load()
                    .migrate();
            return new State(pool, clock);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    public Runs runs() {
        return new Runs(jdbi, clock);
    }

    public Journal journal() {
        return new Journal(jdbi, clock);
    }

    public PrivateLog privateLog() {
        return new PrivateLog(jdbi, clock);
    }

    public PersonFacts personFacts() {
        return new PersonFacts(jdbi, clock);
    }

    public Holds holds() {
        return new Holds(jdbi, clock);
    }

    @Override
    public void close() {
        pool.close();
    }
}
