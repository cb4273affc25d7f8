package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An ending that breaks off anywhere and is given again ends as one that did not; and what broke off is finished by whatever comes next. */
class EndingCrashTest {

    private static final CorrectionShop SHOP = EndingShop.found();
    private static final Map<String, List<List<String>>> ANNA = Map.of("customer", List.of(List.of("1")));
    private static final String[] USES = {"newsletter", "ads", "circle", "tips"};

    private final CorrectionShop shop = SHOP;

    @AfterAll
    static void close() {
        SHOP.close();
    }

    /** As if the process had ended there. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** Every point that is passed, and the one that kills: the nth, counted from 1; 0 for none. */
    private static final class KilledAt implements FaultPoints {
        private final int nth;
        private final List<Point> passed = new ArrayList<>();

        KilledAt(int nth) {
            this.nth = nth;
        }

        @Override
        public void reached(Point point) {
            passed.add(point);
            if (passed.size() == nth) {
                throw new Killed();
            }
        }
    }

    private void anew() {
        EndingShop.reset(shop);
    }

    private List<String> rows() {
        List<String> rows =
                new ArrayList<>(shop.rows("select id, email, name, letter_taste, opted_out, ad_taste, no_ads,"
                        + " study_taste from customers order by id"));
        rows.addAll(shop.rows("select id, customer_id, circle_taste, status from members order by id"));
        rows.addAll(shop.rows("select id, customer_id, tips_taste from asked order by id"));
        return rows;
    }

    private record End(List<String> rows, List<String> facts, List<String> evidence) {}

    private End end() {
        assertThat(shop.state().runs().unfinished("shop")).isEmpty();
        assertThat(shop.keptRows("select count(*) from kept.run where identifiers is not null or run_key is not null"))
                .containsExactly("0");
        List<String> counted = shop.keptRows("""
                select kind || ' ' || key || '=' || sum(value::bigint) from kept.journal,
                    jsonb_each_text(entry::jsonb -> 'changed') group by kind, key order by 1""");
        assertThat(shop.keptRows("select string_agg(entry, ' ') from kept.journal")
                        .getFirst())
                .doesNotContain("shop.example", "letter 1", "Olga");
        return new End(rows(), EndingShop.facts(shop), counted);
    }

    @Test
    void killed_at_any_point_and_given_again_it_ends_as_if_it_had_not_been() {
        Instant at = Instant.parse("2026-10-01T12:00:00Z");
        anew();
        KilledAt none = new KilledAt(0);
        EndingShop.end(shop, none, at, ANNA, USES);
        End clean = end();
        assertThat(clean.facts()).containsExactly("customer [[1]] Ended[use=tips]");
        assertThat(clean.evidence()).contains("end customers.no_ads=1", "end customers.opted_out=1");
        int points = none.passed.size();
        assertThat(points).isGreaterThan(20);
        for (int nth = 1; nth <= points; nth++) {
            anew();
            int point = nth;
            assertThatThrownBy(() -> EndingShop.end(shop, new KilledAt(point), at, ANNA, USES))
                    .as("point %d, %s", nth, none.passed.get(nth - 1))
                    .isInstanceOf(Killed.class);
            boolean begun = none.passed.subList(0, nth).contains(Point.RUN_NOTED);
            assertThat(EndingShop.facts(shop).contains("customer [[1]] Ended[use=tips]"))
                    .isEqualTo(begun);
            EndingShop.end(shop, FaultPoints.NONE, at, ANNA, USES);
            assertThat(end())
                    .as("killed at point %d, %s", nth, none.passed.get(nth - 1))
                    .isEqualTo(clean);
        }
    }

    @Test
    void what_broke_off_is_finished_by_the_next_run_and_said_once() {
        Instant at = Instant.parse("2026-10-01T12:00:00Z");
        for (Point point : List.of(Point.RUN_NOTED, Point.PENDING_NOTED, Point.COMMITTED, Point.END_REACHED)) {
            anew();
            assertThatThrownBy(() -> EndingShop.end(
                            shop,
                            reached -> {
                                if (reached == point) {
                                    throw new Killed();
                                }
                            },
                            at,
                            ANNA,
                            "newsletter"))
                    .isInstanceOf(Killed.class);
            RunService runs = new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE);
            LiveStore live = shop.live();
            try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept test"))) {
                List<Outcome> finished = runs.finishBroken(live, session, RunOptions.defaults(), RunWatch.NONE);
                assertThat(finished).extracting(Outcome::kind).containsExactly("end");
            }
            assertThat(shop.rows("select id from customers where opted_out = '2026-10-01T12:00:00Z'"))
                    .containsExactly("1");
            assertThat(EndingShop.facts(shop)).isEmpty();
            assertThat(shop.keptRows("select entry::jsonb -> 'changed' ->> 'customers.opted_out' from kept.journal"
                            + " where kind = 'end'"))
                    .as("killed at %s", point)
                    .containsExactly("1");
            // The rest is any sweep's.
            runs.sweep(live, Operator.SCHEDULE, 100, RunOptions.defaults(), RunWatch.NONE);
            assertThat(shop.rows("select letter_taste from customers order by id"))
                    .containsExactly("~", "letter 2", "letter 3");
        }
    }

    @Test
    void an_ending_that_broke_off_before_its_sweep_says_what_is_left_to_people() {
        anew();
        shop.state()
                .personFacts()
                .apply(List.of(shop.state()
                        .personFacts()
                        .add("shop", "customer", List.of("1"), new What.Restricted(), UUID.randomUUID())));
        KilledAt sweep = new KilledAt(0);
        Instant at = Instant.parse("2026-10-01T12:00:00Z");
        assertThatThrownBy(() -> EndingShop.end(
                        shop,
                        point -> {
                            sweep.reached(point);
                            if (point == Point.RUN_PLANNED && sweep.passed.contains(Point.RUN_NOTED)) {
                                throw new Killed();
                            }
                        },
                        at,
                        ANNA,
                        "circle"))
                .isInstanceOf(Killed.class);
        assertThat(shop.keptRows("select kind, state from kept.run")).containsExactly("end|running");
        RunService runs = new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE);
        Outcome next = runs.sweep(shop.live(), Operator.SCHEDULE, 100, RunOptions.defaults(), RunWatch.NONE);
        assertThat(next.finishedFirst())
                .singleElement()
                .satisfies(ended -> assertThat(ended.notes())
                        .containsExactly("set `status` in `members` to a value with which `circle` is off"));
        assertThat(EndingShop.facts(shop)).contains("customer [[1]] Ended[use=circle]");
    }
}
