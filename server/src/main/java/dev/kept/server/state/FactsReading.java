package dev.kept.server.state;

import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.Hold;
import dev.kept.core.lifecycle.Facts.PersonFact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Facts about persons and holds of a store, in one round trip. */
final class FactsReading {

    private FactsReading() {}

    static Facts of(DataSource source, String store) {
        String sql = PersonFacts.OF_STORE + "; " + Holds.OF_STORE;
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, store);
            statement.setString(2, store);
            statement.execute();
            List<PersonFact> persons = new ArrayList<>();
            ResultSet facts = statement.getResultSet();
            while (facts.next()) {
                persons.add(PersonFacts.read(facts));
            }
            statement.getMoreResults();
            List<Hold> held = new ArrayList<>();
            ResultSet holds = statement.getResultSet();
            while (holds.next()) {
                Holds.OpenHold hold = Holds.read(holds);
                held.add(new Hold(hold.table(), List.of(hold.key())));
            }
            return new Facts(persons, held);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }
}
