package dev.kept.stores.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestClusterTest {

    @Test
    void each_database_is_empty_and_its_own() throws SQLException {
        try (TestDatabase one = TestCluster.shared().freshDatabase();
                TestDatabase other = TestCluster.shared().freshDatabase()) {
            one.execute("CREATE TABLE t (a int)");
            other.execute("CREATE TABLE t (b int)");
            try (var connection = one.connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SHOW server_version")) {
                rows.next();
                assertThat(Release.CARRIED.version()).startsWith(rows.getString(1));
            }
        }
    }

    @Test
    void crashed_cluster_comes_back() {
        TestCluster cluster = TestCluster.start();
        TestDatabase database = cluster.freshDatabase();
        database.execute("CREATE TABLE t (a int)");
        cluster.crash();
        cluster.postgres().ensureRunning();
        database.execute("DROP TABLE t");
        cluster.discard();
    }
}
