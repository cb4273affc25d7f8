package dev.kept.stores.postgres;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.Plan;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.catalogue.CatalogueReading;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.RunJournal;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreConnector;
import dev.kept.stores.postgres.session.StoreSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** A fresh database with a test's own tables. */
record Shop(TestDatabase database) implements AutoCloseable {

    static Shop with(String script) {
        Shop shop = new Shop(TestCluster.shared().freshDatabase());
        shop.database.execute(script);
        return shop;
    }

    Catalogue catalogue(String... schemas) {
        try (Connection connection = database.connect()) {
            return CatalogueReading.read(connection, schemas.length == 0 ? List.of("public") : List.of(schemas));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    StoreConnector connector() {
        return JdbcStoreConnection.connector(database.dataSource());
    }

    /** Connects as a role whose password is its name. */
    StoreConnector connectorOf(String role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(role);
        source.setPassword(role);
        return JdbcStoreConnection.connector(source);
    }

    StoreSession session() {
        return StoreSession.open(connector(), SessionOptions.sweeping("kept test"), FaultPoints.NONE);
    }

    RunResult run(Plan plan) {
        return run(plan, RunOptions.defaults());
    }

    RunResult run(Plan plan, RunOptions options) {
        try (StoreSession session = session()) {
            return run(session, plan, options);
        }
    }

    RunResult run(StoreSession session, Plan plan) {
        return run(session, plan, RunOptions.defaults());
    }

    private RunResult run(StoreSession session, Plan plan, RunOptions options) {
        return new PlanExecutor(catalogue(), options, duration -> {})
                .run(session, plan, RunJournal.forgetful(), RunWatch.NONE);
    }

    void execute(String script) {
        database.execute(script);
    }

    /** Rows as text, columns joined with a bar, NULL empty. */
    List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String value = result.getString(i);
                    values.add(value == null ? "" : value);
                }
                rows.add(String.join("|", values));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    @Override
    public void close() {
        database.close();
    }
}
