package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.session.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the store's errors: names, never values. */
class StoreErrorsTest {

    private final TestDatabase database = TestCluster.shared().freshDatabase();

    @BeforeEach
    void create() {
        database.execute("""
                CREATE TABLE t (id int PRIMARY KEY, v text, state text NOT NULL DEFAULT 'P0001');
                CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '% may not go', old.v USING ERRCODE = old.state, DETAIL = old.v; END $$;
                CREATE TRIGGER guard BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION guard();
                """);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private StoreException error(String statement) {
        SQLException error = catchThrowableOfType(SQLException.class, () -> {
            try (Connection connection = database.connect();
                    Statement run = connection.createStatement()) {
                run.execute(statement);
            }
        });
        return StoreException.of(error);
    }

    @ParameterizedTest
    @CsvSource({"P0001", "42501", "42703", "23505", "22000"})
    void what_a_trigger_says_of_a_row_is_not_repeated_but_the_trigger_is_named(String state) {
        database.execute("INSERT INTO t VALUES (1, 'anna@example.org', '" + state + "')");

        assertThat(error("DELETE FROM t").getMessage())
                .contains(state, "in function `guard`")
                .doesNotContain("anna");
    }

    @Test
    void a_full_disk_is_said_to_be_one_and_what_to_do() {
        database.execute("INSERT INTO t VALUES (1, 'anna@example.org', '53100')");

        StoreException full = error("DELETE FROM t");

        assertThat(full.getMessage()).contains("disk", "full", "53100");
        assertThat(full.attempt()).contains("free some room");
    }

    @Test
    void what_the_server_says_of_a_statement_is() {
        assertThat(error("SELECT nothing FROM t").getMessage()).contains("nothing", "42703");
    }
}
