package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A use that ends for one person ends in the store's own columns where it is noted there, and for nobody else. */
class EndingServiceTest {

    private static final CorrectionShop SHOP = EndingShop.found();

    private final CorrectionShop shop = EndingShop.reset(SHOP);
    private final Map<String, List<String>> before = shop.everything();
    private final Instant at = Instant.now();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private Map<String, List<String>> written() {
        return CorrectionShop.written(before, shop.everything());
    }

    private List<String> one(String column) {
        return shop.rows("select " + column + " from customers where id = 1");
    }

    @Test
    void a_consent_is_withdrawn_in_the_stores_own_column_and_what_it_was_for_is_forgotten() {
        Ended ended = EndingShop.end(shop, at, "newsletter");
        assertThat(ended.written()).isEqualTo(Map.of("customers.opted_out", 1L));
        assertThat(ended.byHand()).isEmpty();
        assertThat(ended.kept()).isEmpty();
        assertThat(ended.swept().state()).isEqualTo(RunState.DONE);
        assertThat(ended.swept().kind()).isEqualTo("person-sweep");
        assertThat(shop.rows("select extract(epoch from opted_out) * 1000000 from customers where id = 1"))
                .containsExactly(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000 + ".000000");
        assertThat(one("letter_taste, ad_taste, study_taste, name")).containsExactly("~|ad 1|study 1|Name 1");
        assertThat(written().keySet()).containsExactly("public.customers");
        assertThat(written().get("public.customers")).singleElement().asString().startsWith("(1,");
        assertThat(EndingShop.facts(shop)).isEmpty();
        assertThat(shop.keptRows("select kind, state from kept.run order by started_at"))
                .containsExactly("end|done", "person-sweep|done");
        assertThat(shop.keptRows("select entry from kept.journal where kind = 'end'"))
                .singleElement()
                .asString()
                .contains(
                        "\"changed\":{\"customers.opted_out\":1}", "\"rules\":[\"uses.newsletter\"]", "\"commitment\"")
                .doesNotContain("shop.example", "Olga");
        assertThat(shop.keptRows("select count(*) from kept.run where identifiers is not null or run_key is not null"))
                .containsExactly("0");
    }

    @Test
    void what_stays_says_that_other_uses_go_on() {
        Ended ended = EndingShop.end(shop, at, "newsletter");
        assertThat(ended.swept().stays())
                .allMatch(stay -> stay.ground().equals("another-use"))
                .extracting(stay -> stay.table() + " " + stay.use())
                .contains("customers account", "members circle", "asked tips")
                .doesNotContain("customers newsletter");
        assertThat(ended.swept().standing()).isFalse();
    }

    @Test
    void twice_changes_nothing_the_second_time() {
        EndingShop.end(shop, at, "newsletter", "ads");
        Map<String, List<String>> after = shop.everything();
        Ended again = EndingShop.end(shop, at, "newsletter", "ads");
        assertThat(again.written()).isEmpty();
        assertThat(shop.everything()).isEqualTo(after);
        assertThat(EndingShop.facts(shop)).isEmpty();
    }

    @Test
    void who_opts_in_again_in_the_shop_is_not_refused_by_what_ended_before() {
        EndingShop.end(shop, at, "newsletter");
        shop.execute("update customers set opted_in = now(), letter_taste = 'new', opened = now() where id = 1");
        Ended again = EndingShop.end(shop, at, "newsletter");
        assertThat(again.written()).isEmpty();
        assertThat(again.kept()).isEmpty();
        assertThat(EndingShop.facts(shop)).isEmpty();
        assertThat(one("letter_taste")).containsExactly("new");
        EndingShop.end(shop, Instant.now(), "newsletter");
        assertThat(one("letter_taste")).containsExactly("~");
    }

    @Test
    void who_opted_in_again_between_proof_and_carrying_out_keeps_her_consent() {
        shop.state()
                .personFacts()
                .apply(EndingService.facts(
                        shop.state(),
                        "shop",
                        Map.of("customer", List.of(List.of("1"))),
                        new java.util.TreeSet<>(List.of("newsletter")),
                        UUID.randomUUID()));
        Instant proven = at.minus(Duration.ofHours(1));
        shop.execute("update customers set opted_in = now() where id = 1");
        Ended ended = EndingShop.end(shop, proven, "newsletter");
        assertThat(ended.written()).isEmpty();
        assertThat(EndingShop.facts(shop)).isEmpty();
        assertThat(one("letter_taste, opted_out")).containsExactly("letter 1|~");
    }

    @Test
    void an_objection_to_direct_marketing_is_noted_by_its_date_in_the_controllers_zone() {
        shop.execute(
                "set timezone to 'America/Los_Angeles'; update customers set ad_shown = '2027-01-01' where id = 1");
        Instant late = Instant.parse("2026-07-01T22:30:00Z");
        Ended ended = EndingShop.end(shop, late, "ads");
        assertThat(ended.written()).isEqualTo(Map.of("customers.no_ads", 1L));
        assertThat(one("no_ads, ad_taste, letter_taste")).containsExactly("2026-07-02|~|letter 1");
    }

    @Test
    void a_consent_without_a_date_and_a_withdrawal_to_come_end_now() {
        shop.execute("update customers set opted_in = null where id = 1");
        assertThat(EndingShop.end(shop, at, "newsletter").written()).hasSize(1);
        EndingShop.reset(shop);
        shop.execute("update customers set opted_out = now() + interval '3 days' where id = 1");
        assertThat(EndingShop.end(shop, at, "newsletter").written()).hasSize(1);
        assertThat(one("opted_out < now(), letter_taste")).containsExactly("t|~");
        EndingShop.reset(shop);
        shop.execute("update customers set opted_out = now() - interval '2 years' where id = 1");
        assertThat(EndingShop.end(shop, at, "newsletter").written()).hasSize(1);
    }

    @Test
    void a_state_is_set_by_hand_and_kepts_fact_stands_until_it_is_seen_to_be() {
        // Something else keeps the row, so that there is something to be set.
        shop.state()
                .personFacts()
                .apply(List.of(shop.state()
                        .personFacts()
                        .add("shop", "customer", List.of("1"), new What.Restricted(), UUID.randomUUID())));
        Ended ended = EndingShop.end(shop, at, "circle");
        assertThat(ended.written()).isEmpty();
        assertThat(ended.byHand())
                .extracting(ByHand::reason, ByHand::columns, ByHand::rows)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Reason.STATE, List.of("status"), 1L));
        assertThat(ended.kept()).containsExactly("circle");
        assertThat(EndingShop.facts(shop)).contains("customer [[1]] Ended[use=circle]");
        assertThat(written()).isEmpty();
        assertThat(shop.keptRows("select state from kept.run where kind = 'end'"))
                .containsExactly("incomplete");
        shop.execute("update members set status = 'left' where id = 1");
        assertThat(EndingShop.end(shop, at, "circle").byHand()).isEmpty();
        assertThat(EndingShop.facts(shop)).containsExactly("customer [[1]] Restricted[]");
    }

    @Test
    void a_sweep_sees_what_was_done_by_hand_and_forgets_who_is_gone() {
        shop.state()
                .personFacts()
                .apply(List.of(shop.state()
                        .personFacts()
                        .add("shop", "customer", List.of("1"), new What.Restricted(), UUID.randomUUID())));
        EndingShop.end(shop, at, "circle", "tips");
        RunService runs = new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE);
        sweep(runs);
        assertThat(EndingShop.facts(shop))
                .containsExactly(
                        "customer [[1]] Ended[use=circle]",
                        "customer [[1]] Ended[use=tips]",
                        "customer [[1]] Restricted[]");
        shop.execute("update members set status = 'left' where id = 1");
        sweep(runs);
        assertThat(EndingShop.facts(shop))
                .containsExactly("customer [[1]] Ended[use=tips]", "customer [[1]] Restricted[]");
        shop.execute("delete from members; delete from asked; delete from customers");
        sweep(runs);
        assertThat(EndingShop.facts(shop)).containsExactly("customer [[1]] Restricted[]");
    }

    private void sweep(RunService runs) {
        runs.sweep(shop.live(), Operator.SCHEDULE, 100, RunOptions.defaults(), RunWatch.NONE);
    }

    @Test
    void what_the_sweep_forgets_nobody_has_to_see_to() {
        Ended ended = EndingShop.end(shop, at, "circle");
        assertThat(ended.byHand()).isEmpty();
        assertThat(shop.rows("select id from members order by 1")).containsExactly("2", "3");
        assertThat(EndingShop.facts(shop)).isEmpty();
        assertThat(shop.keptRows("select distinct state from kept.run")).containsExactly("done");
    }

    @Test
    void a_consent_that_kept_records_ends_by_kepts_word_alone() {
        Ended ended = EndingShop.end(shop, at, "tips");
        assertThat(ended.written()).isEmpty();
        assertThat(ended.byHand()).isEmpty();
        assertThat(ended.kept()).containsExactly("tips");
        assertThat(EndingShop.facts(shop)).containsExactly("customer [[1]] Ended[use=tips]");
        assertThat(written().keySet()).containsExactly("public.asked");
        assertThat(shop.rows("select id from asked order by 1")).containsExactly("2", "3");
    }

    @Test
    void an_objection_that_was_upheld_ends_the_use_and_the_objection() {
        shop.state()
                .personFacts()
                .apply(List.of(shop.state()
                        .personFacts()
                        .add("shop", "customer", List.of("1"), new What.Objected("research"), UUID.randomUUID())));
        Ended ended = EndingShop.end(shop, at, "research");
        // The planner does not take this column for the end of such a use: it says only that she objected, to the shop.
        assertThat(ended.byHand()).isEmpty();
        assertThat(ended.kept()).containsExactly("research");
        assertThat(ended.written().values()).containsExactly(1L);
        assertThat(EndingShop.facts(shop)).containsExactly("customer [[1]] Ended[use=research]");
        assertThat(one("study_taste, study_objected is not null")).containsExactly("~|t");
    }

    @Test
    void a_person_of_whom_nothing_is_there_is_no_failure() {
        Ended ended = EndingShop.end(
                shop, FaultPoints.NONE, at, Map.of("customer", List.of(List.of("77"))), "newsletter", "circle");
        assertThat(ended.written()).isEmpty();
        assertThat(EndingShop.facts(shop)).isEmpty();
        assertThat(written()).isEmpty();
    }

    @Test
    void nobody_withdraws_from_a_duty_or_a_contract() {
        assertThatThrownBy(() -> EndingShop.end(shop, at, "account"))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("`uses.account` rests on contract");
        assertThatThrownBy(() -> EndingShop.end(shop, at, "newsleter"))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("no use `newsleter`");
        assertThat(EndingShop.facts(shop)).isEmpty();
        assertThatThrownBy(() ->
                        EndingShop.end(shop, InstantSource.system().instant().plusSeconds(60), "newsletter"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(written()).isEmpty();
    }
}
