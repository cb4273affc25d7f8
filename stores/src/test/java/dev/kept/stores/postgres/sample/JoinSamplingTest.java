package dev.kept.stores.postgres.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.join.JoinCandidate;
import dev.kept.core.datamap.join.JoinCandidates;
import dev.kept.core.datamap.join.JoinSample;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.catalogue.CatalogueReading;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinSamplingTest {

    private static final TableName CUSTOMERS = new TableName("public", "customers");
    private static final TableName MAILS = new TableName("public", "mails");

    private final TestDatabase database = TestCluster.shared().freshDatabase();

    private Catalogue catalogue() throws SQLException {
        try (Connection connection = database.connect()) {
            return CatalogueReading.read(connection, List.of("public"));
        }
    }

    private static List<JoinCandidate> candidates(Catalogue catalogue) {
        return JoinCandidates.of(catalogue, Map.of(CUSTOMERS, Set.of("email")));
    }

    private List<JoinSample> samples(List<JoinCandidate> candidates) {
        try (Snapshot snapshot = Snapshot.take(
                JdbcStoreConnection.connector(database.dataSource()),
                "kept test",
                Duration.ofMinutes(1),
                System::nanoTime)) {
            return List.copyOf(new JoinSampling(snapshot).of(candidates).values());
        }
    }

    private static Catalogue withRows(Catalogue catalogue, long rows) {
        Map<TableName, CatalogueTable> tables = new LinkedHashMap<>();
        catalogue
                .tables()
                .forEach((name, t) -> tables.put(
                        name,
                        new CatalogueTable(
                                name,
                                t.columns(),
                                t.primaryKey(),
                                t.uniqueKeys(),
                                t.foreignKeys(),
                                t.checks(),
                                t.indexes(),
                                t.triggers(),
                                t.partitioning(),
                                t.rowSecurity(),
                                rows,
                                rows / 50)));
        return new Catalogue(catalogue.product(), tables);
    }

    @Test
    void of_ten_million_rows_a_few_blocks_are_read_and_no_more_than_the_limits_say() throws SQLException {
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, email text);
                CREATE TABLE mails (id int PRIMARY KEY, customer_id int, email text);
                INSERT INTO customers SELECT i, 'p' || i || '@x.example' FROM generate_series(1, 30000) i;
                INSERT INTO mails SELECT i, i, 'P' || i || '@X.example ' FROM generate_series(1, 60000) i;
                """);
        List<JoinCandidate> candidates = candidates(withRows(catalogue(), 10_000_000));

        assertThat(candidates).hasSize(2);
        for (JoinCandidate candidate : candidates) {
            String question = JoinSampling.question(candidate, false).text();
            assertThat(question)
                    .contains(" TABLESAMPLE SYSTEM (0.300000) LIMIT " + JoinSampling.MOST_ROWS)
                    .contains("LIMIT " + JoinSampling.MOST_VALUES)
                    .containsPattern("LIMIT (1\\) AS hit|" + (JoinSampling.MOST_THERE + 1) + "\\))");
        }
        for (JoinSample sample : samples(candidates(catalogue()))) {
            assertThat(sample).isInstanceOf(JoinSample.Counted.class);
            JoinSample.Counted counted = (JoinSample.Counted) sample;
            assertThat(counted.values()).isEqualTo(JoinSampling.MOST_VALUES);
            assertThat(counted.folded()).isPositive();
        }
    }

    @Test
    void where_no_index_helps_a_table_above_the_limit_is_not_looked_through() throws SQLException {
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, email text);
                CREATE TABLE mails (id int PRIMARY KEY, email text);
                INSERT INTO customers SELECT i, 'p' || i FROM generate_series(1, %d) i;
                INSERT INTO mails VALUES (1, 'p1');
                """.formatted(JoinSampling.MOST_THERE + 5));
        List<JoinCandidate> candidates = candidates(catalogue());

        assertThat(samples(candidates))
                .containsExactly(
                        new JoinSample.Unseen("without an index the other table is too large to look through"));

        database.execute("CREATE INDEX ON customers (email)");
        assertThat(samples(candidates(catalogue()))).containsExactly(new JoinSample.Counted(1, 1, 1, 0));
    }

    @Test
    void nothing_is_no_value_and_texts_are_compared_as_people_write_them() throws SQLException {
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, email text);
                CREATE TABLE mails (id int PRIMARY KEY, customer_id int, email text);
                INSERT INTO customers VALUES (1, 'Anna@x.example'), (2, 'bert@x.example');
                INSERT INTO mails VALUES (1, 0, ' anna@X.example'), (2, NULL, ''), (3, 2, 'bert@x.example'), (4, 7, repeat('x', 501));
                """);

        assertThat(samples(candidates(catalogue())))
                .containsExactlyInAnyOrder(new JoinSample.Counted(2, 1, 1, 2), new JoinSample.Counted(2, 1, 2, 1));
        assertThat(candidates(catalogue())).allMatch(c -> c.from().name().equals(MAILS));
    }
}
