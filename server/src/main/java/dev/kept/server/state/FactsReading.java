package dev.kept.server.state;

import dev.kept.core.datamap.TableName;
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

/** Facts about persons and holds of a store, in one round trip: before a second statement that answers with text the driver waits for the first. */
final class FactsReading {

    private static final String SQL = "select person_kind, person_key, what, use_id, null as held, null as record_key"
            + " from kept.person_fact where store = ? union all"
            + " select null, null, null, null, table_name, record_key from kept.hold where store = ? and lifted_at is null"
            + " order by person_kind, person_key, what, held, record_key";

    private FactsReading() {}

    static Facts of(DataSource source, String store) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, store);
            statement.setString(2, store);
            List<PersonFact> persons = new ArrayList<>();
            List<Hold> held = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                String table = row.getString("held");
                if (table == null) {
                    persons.add(PersonFacts.read(row));
                } else {
                    held.add(new Hold(
                            TableName.parse(table),
                            List.of(Holds.key(row.getArray("record_key").getArray()))));
                }
            }
            return new Facts(persons, held);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }
}
