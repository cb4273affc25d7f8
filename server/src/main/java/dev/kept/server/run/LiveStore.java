package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.core.lifecycle.StorePlanner;
import dev.kept.core.live.LiveCheck;
import dev.kept.core.live.LiveSchema;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.Unreachable;
import dev.kept.server.failure.CannotRun;
import dev.kept.stores.postgres.catalogue.CatalogueReading;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.StoreConnector;
import dev.kept.stores.postgres.step.PersonScripts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A store as it is now: the map tied to the live schema, never to a catalogue file that may have aged.
 *
 * @param bound the map tied to the schema's catalogue
 * @param schema with what the connected role may do
 * @param planner plans for {@code bound}
 * @param scripts of its persons' plans, as far as they were written
 * @param judged what was found of its plans
 */
public record LiveStore(
        BoundStore bound,
        LiveSchema schema,
        DataSource source,
        StorePlanner planner,
        PersonScripts scripts,
        Judged judged) {

    private static final int PROBLEMS_SHOWN = 5;

    /** A store of whose role nothing is known: what it may not do, it finds out. */
    public LiveStore(BoundStore bound, Catalogue catalogue, DataSource source) {
        this(bound, new LiveSchema(catalogue, "", Map.of(), List.of()), source);
    }

    /** A store of which nothing was planned yet. */
    public LiveStore(BoundStore bound, LiveSchema schema, DataSource source) {
        this(bound, schema, source, new StorePlanner(bound), new PersonScripts(schema.catalogue()), new Judged());
    }

    /**
     * A store of the notice, to use what is in it.
     *
     * @throws CannotRun where it is isolated, or the map no longer fits its schema
     */
    public static LiveStore open(Home home, BoundStore store) {
        Isolation.refuse(home.state(), store.store().name());
        return evenIsolated(home, store);
    }

    /** The same of a store that may be isolated: for what looks who is back in it, and erases her again. */
    public static LiveStore evenIsolated(Home home, BoundStore store) {
        return tied(store, home.places(store), home.source(store));
    }

    /**
     * Reads the live schema and ties the map to it. Whether the store may be used was asked before.
     *
     * @throws CannotRun where the map no longer fits the schema
     */
    public static LiveStore tied(BoundStore checked, Places places, DataSource source) {
        LiveSchema live = schema(source);
        Reading<BoundStore> bound = LiveCheck.tie(checked.notice(), checked.store(), places, live.catalogue());
        if (bound.value().isEmpty()) {
            List<Problem> errors = bound.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .toList();
            throw new CannotRun(
                    "the map of `" + checked.store().name() + "` does not fit the live schema: "
                            + errors.stream()
                                    .limit(PROBLEMS_SHOWN)
                                    .map(Problem::message)
                                    .collect(Collectors.joining("; "))
                            + (errors.size() > PROBLEMS_SHOWN
                                    ? "; and " + (errors.size() - PROBLEMS_SHOWN) + " more"
                                    : ""),
                    "kept check --live shows all; mend the map, write the catalogue anew with `kept map`");
        }
        BoundStore tied = bound.value().get();
        return new LiveStore(tied, live, source);
    }

    /** A store whose map may not know all of it, see {@link LiveCheck#known}: to be looked at. */
    public static LiveStore known(BoundStore known, LiveSchema schema, DataSource source) {
        return new LiveStore(known, schema, source);
    }

    public Catalogue catalogue() {
        return schema.catalogue();
    }

    /**
     * Makes sure, before step one, that the role may do all a plan does.
     *
     * @throws CannotRun where a privilege is missing, with the statement that grants it
     */
    void mayCarryOut(Prepared plan) {
        List<Problem> missing = judged.missing(bound, schema, plan);
        if (!missing.isEmpty()) {
            throw new CannotRun(
                    missing.stream().limit(PROBLEMS_SHOWN).map(Problem::message).collect(Collectors.joining("; "))
                            + (missing.size() > PROBLEMS_SHOWN
                                    ? "; and " + (missing.size() - PROBLEMS_SHOWN) + " more"
                                    : ""),
                    missing.stream().limit(PROBLEMS_SHOWN).map(Problem::attempt).collect(Collectors.joining("; ")));
        }
    }

    /** The live schema of a database: tables only. */
    public static Catalogue catalogue(DataSource source) {
        return schema(source).catalogue();
    }

    /** The live schema of a database, with what the role may do there. Read-only and limited in time. */
    public static LiveSchema schema(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return CatalogueReading.live(connection);
        } catch (SQLException e) {
            throw Unreachable.of(e);
        }
    }

    public StoreConnector connector() {
        return JdbcStoreConnection.connector(source);
    }

    public String name() {
        return bound.store().name();
    }
}
