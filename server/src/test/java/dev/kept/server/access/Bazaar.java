package dev.kept.server.access;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.source.Places;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Handed;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A small shop in which all that is other people's says {@code ZZ-PLANTED}, with Kept's own state beside it. */
public final class Bazaar implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");
    static final Named ANNA = new Named(1, Map.of("email", "anna@example.org"));
    static final Operator OPERATOR = new Operator("Olga Operator", "showed her passport");

    private final TestDatabase database = TestCluster.shared().freshDatabase();
    private final TestDatabase stateDatabase = TestCluster.shared().freshDatabase();
    private final Notice notice = notice();
    private Instant now = NOW;

    public Bazaar() {
        database.execute(text("bazaar.sql"));
    }

    static Notice notice() {
        return value(NoticeReader.read(new SourceText("notice.yaml", text("notice.yaml"))));
    }

    private static <T> T value(Reading<T> reading) {
        return reading.value().orElseThrow(() -> new AssertionError(reading.problems()));
    }

    static String text(String name) {
        try (InputStream in = Bazaar.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LiveStore store() {
        return store(database.dataSource());
    }

    /** The same, read as another role. */
    LiveStore storeAs(String role, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(role);
        source.setPassword(password);
        LiveStore owners = store();
        return new LiveStore(owners.bound(), owners.catalogue(), source);
    }

    private LiveStore store(DataSource source) {
        Store read = value(MapReader.read(new SourceText("bazaar.yaml", text("bazaar.yaml")), ZoneOffset.UTC));
        BoundStore unbound = new BoundStore(notice, read, new Catalogue("", Map.of()), Map.of());
        return LiveStore.tied(unbound, Places.none("bazaar.yaml"), source);
    }

    public void execute(String script) {
        database.execute(script);
    }

    void executeState(String script) {
        stateDatabase.execute(script);
    }

    void at(Instant instant) {
        now = instant;
    }

    State state() {
        return State.open(
                stateDatabase.jdbcUrl(), stateDatabase.user(), stateDatabase.password(), InstantSource.fixed(now));
    }

    /** What a query on Kept's own state answers, as text. */
    List<String> stateRows(String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = stateDatabase.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    Optional<Handed> hand(Named person, Path target) {
        return hand(List.of(store()), person, target);
    }

    Optional<Handed> hand(List<LiveStore> stores, Named person, Path target) {
        try (State state = state()) {
            return new AccessService(state, InstantSource.fixed(now)).hand(stores, List.of(), person, OPERATOR, target);
        }
    }

    /** Anna's package in a language of these texts. */
    Unpacked unpacked(Path target, Prose prose) {
        try (State state = state()) {
            new AccessService(state, InstantSource.fixed(now))
                    .in(prose.language())
                    .hand(List.of(store()), List.of(prose), ANNA, OPERATOR, target)
                    .orElseThrow();
        }
        return Unpacked.of(target);
    }

    Unpacked unpacked(Path target) {
        hand(ANNA, target).orElseThrow();
        return Unpacked.of(target);
    }

    @Override
    public void close() {
        database.close();
        stateDatabase.close();
    }
}
