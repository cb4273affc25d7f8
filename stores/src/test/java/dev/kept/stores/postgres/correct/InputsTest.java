package dev.kept.stores.postgres.correct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.rights.CorrectionPlan.Change;
import dev.kept.core.rights.CorrectionPlan.NewValue;
import dev.kept.core.rights.CorrectionPlan.Target;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.catalogue.CatalogueReading;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database says it can read, asked as a server of today is asked, and as one before PostgreSQL 16. */
class InputsTest {

    private static final TableName TABLE = TableName.parse("machines");

    private static NewValue value(String column, String value) {
        Target target = new Target(
                TABLE, column, List.of(), List.of("log"), new Reach.Everything(), Condition.FALSE, Optional.empty());
        return new NewValue(target, Optional.of(value), Place.of(""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_cannot_be_read_is_named_and_the_transaction_goes_on(boolean asked) throws SQLException {
        try (TestDatabase database = TestCluster.shared().freshDatabase()) {
            database.execute("CREATE DOMAIN odd AS int[] CHECK (cardinality(VALUE) % 2 = 1);"
                    + " CREATE TABLE machines (ip inet, \"Odd ones\" odd, span int4range, paid money)");
            try (Connection connection = database.connect()) {
                Catalogue catalogue = CatalogueReading.read(connection, List.of("public"));
                StoreConnection store = JdbcStoreConnection.of(connection);
                store.run(Sql.of("INSERT INTO machines (ip) VALUES ('10.0.0.1')"));
                List<NewValue> values = List.of(
                        value("ip", "10.0.0.300"),
                        value("Odd ones", "{1,2}"),
                        value("span", "[1,5)"),
                        value("paid", "12.50"));

                List<Problem> problems = new Inputs(store, new SqlTables(catalogue), asked)
                        .problems(new Change(TABLE, List.of(), 1, values, Place.of("")));

                assertThat(problems.stream().map(Problem::path)).containsExactly("machines.ip", "machines.Odd ones");
                assertThat(problems.toString()).doesNotContain("300", "{1,2}");
                assertThat(store.run(Sql.of("SELECT count(*) FROM machines")).number(0))
                        .isEqualTo(1);
            }
        }
    }
}
