package dev.kept.stores.postgres;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.Plan;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.Recovery;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreConnector;
import java.util.ArrayList;
import java.util.List;

/** Runs until a point, and then no further, as a process that is killed there. */
final class Killing {

    private Killing() {}

    /** Thrown where a process would be killed: nothing is cleaned up. */
    private static final class Killed extends Error {
        Killed() {
            super("killed");
        }
    }

    /** Runs until the n-th point, and leaves the session open as a killed process' backend may stay for a while. */
    static void at(int point, Shop shop, Catalogue catalogue, Plan plan, TestJournal journal, RunOptions options) {
        int[] passed = new int[1];
        List<StoreConnection> opened = new ArrayList<>();
        StoreConnector connector = () -> {
            StoreConnection connection = shop.connector().open();
            opened.add(connection);
            return connection;
        };
        FaultPoints faults = reached -> {
            if (++passed[0] == point) {
                throw new Killed();
            }
        };
        try {
            Recovery.Recovered recovered = Recovery.recover(
                    connector,
                    SessionOptions.sweeping("kept crash test"),
                    faults,
                    duration -> {},
                    journal.unfinished(),
                    journal);
            new PlanExecutor(catalogue, options, duration -> {}).run(recovered.session(), plan, journal, RunWatch.NONE);
            recovered.session().close();
        } catch (Killed expected) {
            // The process is gone. Its socket is closed with it, sooner or later: here later, once Kept knows of the
            // session.
            if (journal.unfinished().backends().isEmpty()) {
                opened.forEach(StoreConnection::close);
            }
        }
    }
}
