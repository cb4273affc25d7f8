package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.lifecycle.Plan;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sweep that leaves figures and breaks off, at every call and at every point: no row is counted twice, and none is lost. */
class CountedOnceTest {

    private static final List<RunOptions> WAYS =
            List.of(RunOptions.defaults(), new RunOptions(Duration.ofMillis(250), Pace.FULL, 10_000, 1_000, 0, 700));

    @Test
    void a_sweep_killed_at_any_point_counts_every_row_once() {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS)) {
            Plan plan = Figures.plan(shop);
            for (RunOptions options : WAYS) {
                shop.execute(Figures.ROWS);
                List<Point> points = new ArrayList<>();
                Figures.run(shop, shop.connector(), plan, new TestJournal(), points::add, options);
                List<String> expected = shop.rows(Figures.LEFT);
                assertThat(points).contains(Point.ROWS_DELETED, Point.PENDING_NOTED, Point.COMMITTED);
                for (int kill = 1; kill <= points.size(); kill++) {
                    shop.execute(Figures.ROWS);
                    TestJournal journal = new TestJournal();
                    Killing.at(kill, shop, shop.catalogue("public", "figures"), plan, journal, options);

                    Figures.run(shop, shop.connector(), plan, journal, FaultPoints.NONE, options);

                    assertThat(shop.rows(Figures.LEFT))
                            .as("killed at " + kill + ", " + points.get(kill - 1))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sweep_that_fails_at_any_call_counts_every_row_once(FailingStore.Failure failure) {
        try (Shop shop = Shop.with(Figures.TABLES + Figures.ROWS)) {
            Plan plan = Figures.plan(shop);
            Figures.run(shop, plan, RunOptions.defaults());
            List<String> expected = shop.rows(Figures.LEFT);
            FailingStore store;
            int call = 0;
            do {
                call++;
                shop.execute(Figures.ROWS);
                store = new FailingStore(shop.connector(), call, failure);
                TestJournal journal = new TestJournal();
                try {
                    Figures.run(shop, store, plan, journal, FaultPoints.NONE, RunOptions.defaults());
                } catch (StoreException e) {
                    Figures.run(shop, shop.connector(), plan, journal, FaultPoints.NONE, RunOptions.defaults());
                }
                assertThat(shop.rows(Figures.LEFT))
                        .as("failing at call " + call)
                        .isEqualTo(expected);
            } while (store.failed());
            assertThat(call).isGreaterThan(10);
        }
    }
}
