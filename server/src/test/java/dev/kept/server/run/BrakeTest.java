package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrakeTest {

    private static List<String> over(long rows, long removable, long outstanding) {
        TableLook found = new TableLook(rows, removable, outstanding, 0, 0, 0, 0, List.of());
        return Brake.over(new LookResult(Map.of(TableName.parse("customers"), found)), 20);
    }

    @Test
    void more_than_the_share_waits_and_the_share_itself_does_not() {
        assertThat(over(1_000, 200, 0)).isEmpty();
        assertThat(over(1_000, 201, 0)).containsExactly("201 of 1,000 rows of `customers` would be deleted (20 %)");
    }

    @Test
    void rows_that_are_emptied_first_and_go_later_are_taken_too() {
        assertThat(over(2_000, 0, 1_500))
                .containsExactly("1,500 of 2,000 rows of `customers` would be deleted or cleared (75 %)");
        assertThat(over(1_000, 150, 51)).hasSize(1);
    }

    @Test
    void small_table_may_go_whole() {
        assertThat(over(100, 100, 0)).isEmpty();
        assertThat(over(101, 101, 0)).hasSize(1);
    }
}
