package dev.kept.server.ledger;

import dev.kept.core.ledger.CanonicalJson;
import dev.kept.core.ledger.Flaw;
import dev.kept.core.ledger.LedgerEntry;
import dev.kept.server.ledger.Ledger.Given;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A ledger on a database of its own. */
final class Log implements AutoCloseable {

    static final String ORIGIN = "larkfield.example/ledger";

    private final TestDatabase database = TestCluster.shared().freshDatabase();
    private final State state;
    private final Ledger ledger;
    private Instant now = Instant.parse("2027-03-01T10:00:00Z");

    Log() {
        InstantSource clock = () -> now;
        this.state = State.open(database.jdbcUrl(), database.user(), database.password(), clock);
        this.ledger = new Ledger(state, ORIGIN);
    }

    void now(Instant instant) {
        now = instant;
    }

    Instant now() {
        return now;
    }

    State state() {
        return state;
    }

    Ledger ledger() {
        return ledger;
    }

    Connection connect() throws SQLException {
        return database.dataSource().getConnection();
    }

    static LedgerEntry entry(int number) {
        return new LedgerEntry(
                Instant.EPOCH.plusSeconds(number),
                "consent",
                number % 3 == 0 ? Optional.empty() : Optional.of(new UUID(7, number)),
                CanonicalJson.write(Map.of("number", number, "use", "uses.größe")));
    }

    /** Entries in one transaction. */
    Log append(int many) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            List<LedgerEntry> entries = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                entries.add(entry(i));
            }
            Ledger.append(connection, entries);
            connection.commit();
        }
        return this;
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> rows(String sql) {
        return state.database()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    List<Flaw> flaws(Given... against) {
        List<Flaw> flaws = new ArrayList<>();
        ledger.verify(List.of(against), List.of(), flaws::add, Ledger.Progress.NONE);
        return flaws;
    }

    @Override
    public void close() {
        state.close();
        database.close();
    }
}
