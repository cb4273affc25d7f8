package dev.kept.stores.postgres.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Reach;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenTest {

    private static final TableName CUSTOMERS = TableName.parse("customers");
    private static final TableName ORDERS = TableName.parse("orders");
    private static final TableName LINES = TableName.parse("lines");

    private static final Link LINE_OF = link(LINES, "order_id", ORDERS, true, true);

    private static final KeySet RUN = new KeySet("this run's customer", List.of(List.of("17")));
    private static final KeySet ERASED = new KeySet("erased customer", List.of(List.of("4"), List.of("17")));
    private static final KeySet OTHERS = new KeySet("erased customer", List.of(List.of("4")));

    private static final Condition GONE = new Condition.ValueIn("state", List.of("gone"));

    private static Link link(TableName from, String column, TableName to, boolean foreignKey, boolean unique) {
        return new Link(from, List.of(column), to, List.of("id"), Match.EXACT, foreignKey, List.of(), unique);
    }

    private static Condition in(String column, KeySet keys) {
        return new Condition.KeyIn(List.of(column), Match.EXACT, keys);
    }

    private static Reach keys(String column) {
        return new Reach.Keys(List.of(column), Match.EXACT, RUN);
    }

    @Test
    void whom_the_run_is_about_is_among_the_erased() {
        assertThat(Given.of(in("customer_id", ERASED), keys("customer_id"))).isEqualTo(Condition.TRUE);
        assertThat(Given.of(Condition.any(GONE, in("customer_id", ERASED)), keys("customer_id")))
                .isEqualTo(Condition.TRUE);
        assertThat(Given.of(Condition.all(GONE, Condition.not(in("customer_id", ERASED))), keys("customer_id")))
                .isEqualTo(Condition.FALSE);
    }

    @Test
    void others_keys_other_columns_and_other_ways_of_comparing_are_asked_for() {
        Condition other = in("customer_id", OTHERS);
        Condition column = in("seller_id", ERASED);
        Condition folded = new Condition.KeyIn(List.of("customer_id"), Match.CASEFOLD_TRIM, ERASED);

        for (Condition asked : List.of(other, column, folded)) {
            assertThat(Given.of(asked, keys("customer_id"))).isEqualTo(asked);
        }
        Reach either = new Reach.AnyOf(List.of(keys("customer_id"), keys("seller_id")));
        assertThat(Given.of(in("customer_id", ERASED), either)).isEqualTo(in("customer_id", ERASED));
    }

    @Test
    void what_the_row_points_to_is_reached_with_it() {
        Condition erased = new Condition.Through(LINE_OF, in("customer_id", ERASED));
        assertThat(Given.of(erased, new Reach.Into(LINE_OF, keys("customer_id"))))
                .isEqualTo(Condition.TRUE);

        Link carried = link(ORDERS, "customer_id", CUSTOMERS, true, true);
        Condition self = new Condition.Through(carried, in("id", ERASED));
        assertThat(Given.of(self, keys("customer_id"))).isEqualTo(Condition.TRUE);
    }

    @Test
    void what_may_not_be_there_or_may_be_several_rows_is_asked() {
        Link loose = link(ORDERS, "customer_id", CUSTOMERS, false, true);
        Condition maybeNobody = new Condition.Through(loose, in("id", ERASED));
        assertThat(Given.of(maybeNobody, keys("customer_id"))).isEqualTo(maybeNobody);

        Link several = link(LINES, "order_id", ORDERS, false, false);
        Condition maybeSeveral = new Condition.Through(several, in("customer_id", ERASED));
        assertThat(Given.of(maybeSeveral, new Reach.Into(several, keys("customer_id"))))
                .isEqualTo(maybeSeveral);

        Condition another = new Condition.Through(LINE_OF, in("customer_id", ERASED));
        assertThat(Given.of(another, new Reach.Into(several, keys("customer_id"))))
                .isEqualTo(another);
    }

    @Test
    void the_rest_of_a_condition_is_still_asked() {
        Condition through = new Condition.Through(LINE_OF, Condition.all(GONE, in("customer_id", ERASED)));
        assertThat(Given.of(through, new Reach.Into(LINE_OF, keys("customer_id"))))
                .isEqualTo(new Condition.Through(LINE_OF, GONE));
    }
}
