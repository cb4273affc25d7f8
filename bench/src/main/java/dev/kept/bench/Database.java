package dev.kept.bench;

import dev.kept.core.datamap.BoundStore;
import dev.kept.server.configuration.DatabaseAddress;
import dev.kept.server.configuration.Home;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.EmbeddedOptions;
import dev.kept.stores.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A durable embedded PostgreSQL for one benchmark, with the store and Kept's state in it; removed at the end. */
final class Database implements AutoCloseable {

    private static final String STORE = "bench_store";
    private static final String STATE = "bench_state";

    private final Path directory;
    private final EmbeddedPostgres postgres;

    private Database(Path directory, EmbeddedPostgres postgres) {
        this.directory = directory;
        this.postgres = postgres;
    }

    static Database open() throws Exception {
        Path directory = Place.root()
                .resolve("bench/target/database-" + ProcessHandle.current().pid());
        EmbeddedPostgres postgres = EmbeddedPostgres.open(directory, EmbeddedOptions.defaults());
        postgres.createDatabase(STORE);
        postgres.createDatabase(STATE);
        return new Database(directory, postgres);
    }

    DataSource source() {
        return source(port());
    }

    /** Where the server is reached without anything between. */
    int port() {
        return URI.create(postgres.jdbcUrl(STORE).substring("jdbc:".length())).getPort();
    }

    /** The store by another way. */
    DataSource source(int port) {
        return Home.source(new DatabaseAddress(
                postgres.jdbcUrl(STORE).replace(":" + port() + "/", ":" + port + "/"),
                Optional.of(postgres.user()),
                Optional.of(new String(postgres.password().reveal()))));
    }

    LiveStore store(String map) {
        return store(map, source());
    }

    LiveStore store(String map, DataSource source) {
        var catalogue = LiveStore.catalogue(source);
        BoundStore bound = Bound.of(map, catalogue);
        return new LiveStore(bound, catalogue, source);
    }

    State state() {
        return State.open(
                postgres.jdbcUrl(STATE),
                postgres.user(),
                new String(postgres.password().reveal()),
                InstantSource.system());
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
