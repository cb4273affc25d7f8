package dev.kept.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.check.FolderCheck;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.schedule.Schedule.Line;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final BoundStore SHOP = FolderCheck.check(
                    PrivacyFolder.read(Path.of("../examples/larkfield/privacy")).files())
            .stores()
            .get("shop");

    private static List<String> schedule(String table) {
        AsOf asOf = new AsOf(
                Instant.parse("2026-06-01T00:00:00Z"),
                SHOP.notice().controller().zone());
        return Planner.plan(SHOP, asOf, Facts.NONE, new Scope.Everybody())
                .tables()
                .filter(plan -> plan.table().toString().equals(table))
                .flatMap(plan -> Schedule.of(SHOP, plan).stream())
                .map(Line::text)
                .toList();
    }

    @Test
    void table_of_several_uses_says_what_goes_when_in_the_notices_order() {
        assertThat(schedule("shop.orders"))
                .anyMatch(line -> line.startsWith("whose: buyer (customer)"))
                .anyMatch(line ->
                        line.startsWith("cleared: ") && line.contains("delivery_note — once `orders` has ended"))
                .anyMatch(
                        line -> line.matches("deleted: the row — once .*`orders` has ended.*`accounting` has ended.*"))
                .anyMatch(line -> line.startsWith("never before the row: id, ") && line.contains("placed_at"));
    }

    @Test
    void request_is_delayed_by_an_open_order_and_refused_by_the_law() {
        assertThat(schedule("shop.orders"))
                .anyMatch(line -> line.startsWith("on request: ")
                        && line.contains("`orders` ends at once unless `order.")
                        && line.contains("`accounting` stays until its end"));
    }

    @Test
    void what_the_plan_does_not_clear_is_not_said_to_be_cleared() {
        AsOf asOf = new AsOf(
                Instant.parse("2026-06-01T00:00:00Z"),
                SHOP.notice().controller().zone());
        Planner.plan(SHOP, asOf, Facts.NONE, new Scope.Everybody()).tables().forEach(plan -> {
            TablePlan untouched = plan.deletionsOnly();
            assertThat(Schedule.of(SHOP, untouched))
                    .extracting(Line::text)
                    .noneMatch(line -> line.startsWith("cleared: "));
        });
    }

    @Test
    void personal_key_is_said_to_be_replaced() {
        assertThat(schedule("crm.subscribers"))
                .anyMatch(line -> line.startsWith("replaced by a meaningless key") && line.endsWith(": email"));
    }
}
