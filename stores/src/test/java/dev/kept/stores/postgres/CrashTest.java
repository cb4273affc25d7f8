package dev.kept.stores.postgres;

import static dev.kept.stores.postgres.Plans.at;
import static dev.kept.stores.postgres.Plans.clearing;
import static dev.kept.stores.postgres.Plans.foreignKey;
import static dev.kept.stores.postgres.Plans.keys;
import static dev.kept.stores.postgres.Plans.past;
import static dev.kept.stores.postgres.Plans.reaching;
import static dev.kept.stores.postgres.Plans.sweep;
import static dev.kept.stores.postgres.Plans.tablePlan;
import static dev.kept.stores.postgres.Plans.unreferred;
import static dev.kept.stores.postgres.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.Recovery;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreConnector;
import dev.kept.stores.postgres.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that break off, at every call and at every point, and are taken up again. */
class CrashTest {

    private static final Link TO_CUSTOMER = foreignKey("orders", "customer_id", "customers", "id");
    private static final Link TO_ADDRESS = foreignKey("orders", "address_id", "addresses", "id");

    private static final String TABLES = """
            CREATE TABLE customers (id bigint PRIMARY KEY, name text, last_login_at timestamptz);
            CREATE TABLE addresses (id bigint PRIMARY KEY, street text);
            CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
                address_id bigint REFERENCES addresses, ship_to text, placed_at timestamptz);
            """;

    private static final String ROWS = """
            TRUNCATE customers, addresses, orders;
            INSERT INTO customers SELECT i, 'n' || i, now() - i * interval '1 year' FROM generate_series(1, 6) i;
            INSERT INTO addresses SELECT i, 's' FROM generate_series(1, 6) i;
            INSERT INTO orders SELECT i, 1 + i % 6, 1 + i % 6, 'x', timestamptz '2026-01-01' - i * interval '6 months'
                FROM generate_series(1, 12) i;
            """;

    private static final List<String> WHOLE =
            List.of("SELECT 'customer', id, name FROM customers UNION ALL SELECT 'address', id, street FROM addresses"
                    + " UNION ALL SELECT 'order', id, ship_to FROM orders ORDER BY 1, 2");

    private static TablePlan orders() {
        Condition orphaned = Condition.not(new Condition.Some(TO_ADDRESS, Condition.TRUE));
        return with(
                tablePlan(
                        "orders",
                        past(at("placed_at"), "3 years"),
                        clearing(past(at("placed_at"), "1 year"), "ship_to")),
                List.of(),
                Optional.empty(),
                List.of(new TablePlan.Release(TO_ADDRESS, orphaned, orphaned, List.of(), List.of())));
    }

    private static TablePlan customers() {
        return tablePlan(
                "customers",
                Condition.all(past(at("last_login_at"), "2 years"), unreferred(TO_CUSTOMER)),
                clearing(past(at("last_login_at"), "2 years"), "name"));
    }

    private static Plan everybody() {
        return sweep(orders(), customers());
    }

    private static Plan persons() {
        Reach self = new Reach.Keys(List.of("id"), Match.EXACT, keys("3", "4", "5"));
        return Plans.plan(
                new Scope.Persons(List.of()),
                reaching(orders(), new Reach.Into(TO_CUSTOMER, self)),
                reaching(customers(), self));
    }

    private static final Catalogue CATALOGUE = catalogueOf();

    private static Catalogue catalogueOf() {
        try (Shop shop = Shop.with(TABLES)) {
            return shop.catalogue();
        }
    }

    private static RunResult run(StoreConnector connector, Plan plan, TestJournal journal, FaultPoints faults) {
        Recovery.Recovered recovered = Recovery.recover(
                connector,
                SessionOptions.sweeping("kept crash test"),
                faults,
                duration -> {},
                journal.unfinished(),
                journal);
        try (var session = recovered.session()) {
            return new PlanExecutor(CATALOGUE, RunOptions.defaults(), duration -> {})
                    .run(session, plan, journal, RunWatch.NONE);
        }
    }

    private static List<String> state(Shop shop) {
        return WHOLE.stream().flatMap(query -> shop.rows(query).stream()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_sweep_that_fails_at_any_call_is_taken_up_again(FailingStore.Failure failure) {
        failAtEveryCall(everybody(), failure);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_AFTER", "CONFLICT_AFTER"})
    void an_erasure_that_fails_at_any_call_is_taken_up_again(FailingStore.Failure failure) {
        failAtEveryCall(persons(), failure);
    }

    private static void failAtEveryCall(Plan plan, FailingStore.Failure failure) {
        try (Shop shop = Shop.with(TABLES + ROWS)) {
            TestJournal plain = new TestJournal();
            run(shop.connector(), plan, plain, FaultPoints.NONE);
            List<String> expected = state(shop);
            int call = 0;
            FailingStore store;
            do {
                call += step(failure);
                shop.execute(ROWS);
                store = new FailingStore(shop.connector(), call, failure);
                TestJournal journal = new TestJournal();
                try {
                    run(store, plan, journal, FaultPoints.NONE);
                } catch (StoreException e) {
                    assertThat(e.kind())
                            .isIn(StoreException.Kind.LOST, StoreException.Kind.OTHER, StoreException.Kind.CONFLICT);
                    RunResult result = run(shop.connector(), plan, journal, FaultPoints.NONE);
                    assertThat(result.outcome()).isEqualTo(RunResult.Outcome.DONE);
                }
                assertThat(state(shop)).as("failing at call " + call).isEqualTo(expected);
                assertThat(journal.unfinished().pending()).isEmpty();
                assertThat(journal.applied()).as("failing at call " + call).isEqualTo(plain.applied());
            } while (store.failed());
            assertThat(call).isGreaterThan(15);
        }
    }

    /** Each call is lost before and after; the simpler failures need not hit each. */
    private static int step(FailingStore.Failure failure) {
        return switch (failure) {
            case LOST_BEFORE, LOST_AFTER -> 1;
            case CONFLICT, CONFLICT_AFTER, ERROR -> 3;
        };
    }

    @Test
    void a_run_killed_at_any_point_leaves_nothing_half_said() {
        try (Shop shop = Shop.with(TABLES + ROWS)) {
            TestJournal plain = new TestJournal();
            List<Point> points = new ArrayList<>();
            run(shop.connector(), everybody(), plain, points::add);
            List<String> expected = state(shop);
            assertThat(points).contains(Point.PENDING_NOTED, Point.COMMITTED, Point.SHARED_RELEASED);
            for (int kill = 1; kill <= points.size(); kill++) {
                shop.execute(ROWS);
                TestJournal journal = new TestJournal();
                Killing.at(kill, shop, CATALOGUE, everybody(), journal, RunOptions.defaults());

                run(shop.connector(), everybody(), journal, FaultPoints.NONE);

                assertThat(state(shop)).as("killed at " + kill).isEqualTo(expected);
                assertThat(journal.unfinished().pending()).isEmpty();
                assertThat(journal.applied())
                        .as("killed at " + points.get(kill - 1))
                        .isEqualTo(plain.applied());
            }
        }
    }

    @Test
    void a_store_that_crashes_is_found_as_it_is() throws Exception {
        TestCluster cluster = TestCluster.start();
        try (Shop shop = new Shop(cluster.freshDatabase())) {
            shop.execute(TABLES + ROWS);
            TestJournal plain = new TestJournal();
            run(shop.connector(), everybody(), plain, FaultPoints.NONE);
            List<String> expected = state(shop);
            for (Point point : List.of(Point.ROWS_DELETED, Point.PENDING_NOTED, Point.COMMITTED, Point.LOOK_BEGUN)) {
                shop.execute(ROWS);
                TestJournal journal = new TestJournal();
                boolean[] crashed = new boolean[1];
                FaultPoints faults = reached -> {
                    if (reached == point && !crashed[0]) {
                        crashed[0] = true;
                        cluster.crash();
                    }
                };
                try {
                    run(shop.connector(), everybody(), journal, faults);
                } catch (StoreException e) {
                    assertThat(e.kind()).isEqualTo(StoreException.Kind.LOST);
                }
                cluster.postgres().ensureRunning();

                run(shop.connector(), everybody(), journal, FaultPoints.NONE);

                assertThat(crashed[0]).isTrue();
                assertThat(state(shop)).as("crashed at " + point).isEqualTo(expected);
                assertThat(journal.applied() == plain.applied() || journal.countUnknown())
                        .as("crashed at " + point)
                        .isTrue();
            }
        } finally {
            cluster.discard();
        }
    }
}
