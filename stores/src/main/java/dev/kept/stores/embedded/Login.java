package dev.kept.stores.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** How the owner of a cluster signs in to its server. */
record Login(int port, Password password) {

    static final String HOST = "127.0.0.1";

    /** The database that every cluster has. */
    static final String MAINTENANCE_DATABASE = "postgres";

    private static final int TIME_LIMIT_SECONDS = 10;

    PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(Cluster.USER);
        source.setPassword(password.reveal());
        source.setSslMode("disable");
        source.setGssEncMode("disable");
        source.setConnectTimeout(TIME_LIMIT_SECONDS);
        source.setLoginTimeout(TIME_LIMIT_SECONDS);
        source.setApplicationName("kept");
        return source;
    }

    /** The one value that a query on the maintenance database answers with. */
    String ask(String query) throws SQLException {
        try (Connection connection = dataSource(MAINTENANCE_DATABASE).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
