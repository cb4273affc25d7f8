package dev.kept.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.source.Problem;
import dev.kept.core.source.Problem.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that a check promises to find, on the example company's notice with one thing changed. */
class FolderCheckTest {

    private static final String RULES = "notice.yaml";
    private static final String PROSE = "notice.en.md";
    private static final String MAP = "stores/shop.yaml";
    private static final String CATALOGUE = "stores/shop.catalogue.yaml";

    @Test
    void the_example_has_no_errors_and_all_its_cases_hold() {
        Checked checked = Example.whole().check();
        assertThat(checked.problems())
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .isEmpty();
        assertThat(checked.casesRun()).isGreaterThanOrEqualTo(30);
        assertThat(checked.casesNotRun()).isZero();
    }

    @Test
    void a_rule_no_language_states_is_found() {
        assertFound(small().with(PROSE, "{#uses.alerts}", ""), RULES, "rule-unstated", "uses.alerts");
    }

    @Test
    void a_sentence_anchored_to_nothing_is_found_with_what_was_meant() {
        Problem problem =
                found(small().with(PROSE, "{#uses.alerts}", "{#uses.alarts}"), PROSE, "anchor-unknown", "uses.alarts");
        assertThat(problem.attempt()).isEqualTo("did you mean `uses.alerts`?");
        assertThat(problem.place().column()).isPositive();
    }

    @Test
    void a_missing_translation_is_found() {
        assertFound(small().with(RULES, "languages: [en]", "languages: [en, de]"), RULES, "prose-missing", "de");
        String half = Example.whole().files().get(PROSE).replace("{#uses.alerts}", "");
        assertFound(
                small().with(RULES, "languages: [en]", "languages: [en, de]").with("notice.de.md", half),
                "notice.de.md",
                "rule-untranslated",
                "uses.alerts");
    }

    @Test
    void a_dead_link_is_found() {
        assertFound(small().with(PROSE, "[below](#shares)", "[below](#sharing)"), PROSE, "link-dead", "sharing");
    }

    @Test
    void data_collected_for_no_use_is_found() {
        Example example = small().with(RULES, "  crash: {from", "  shoe-size: {from: you}\n  crash: {from");
        assertFound(example, RULES, "data-without-use", "collects.shoe-size");
    }

    @Test
    void a_use_of_data_not_collected_is_found_with_what_was_meant() {
        Example example = small().with(RULES, "data: [name, email, feedback]", "data: [name, emial, feedback]");
        assertThat(found(example, RULES, "unknown-data", "uses.feedback.data.1").attempt())
                .isEqualTo("did you mean `email`?");
    }

    @Test
    void a_processor_without_contract_is_found() {
        Example example = small().with(
                        RULES,
                        "    contract: {signed: 2025-06-16, onward: never, keeps: {after: contract.ended, for: 30 days}}\n",
                        "");
        assertFound(example, RULES, "processor-without-contract", "shares.helpdesk");
    }

    @Test
    void a_use_that_lasts_too_long_is_found_with_its_chain() {
        Example example =
                small().with(RULES, "{after: draw.entered, for: 1 year}", "{after: draw.entered, for: 3 years}");
        assertThat(found(example, RULES, "keeps-longest-exceeded", "uses.draws.ends")
                        .message())
                .isEqualTo("`uses.draws` may last longer than 2 years: `draw.entered` + 3 years");
    }

    @Test
    void a_use_that_may_never_end_at_a_table_is_found_with_its_chain() {
        Example example = small().with(
                        RULES,
                        "{after: account.last-seen, else: link.made, for: 2 years, renews: true}",
                        "{after: account.last-seen, for: 2 years, renews: true}")
                .with(RULES, "    begins: link.made\n", "");
        assertThat(found(example, MAP, "use-may-never-end", "stores.shop.shop.linked_accounts")
                        .message())
                .isEqualTo("`sign-in-elsewhere` may never end at `shop.linked_accounts`: `account.closed` + 30 days"
                        + " (may never come); `account.last-seen` + 2 years (may never come)");
    }

    @Test
    void a_use_whose_only_event_may_be_null_is_said_unless_absence_means_never() {
        Example nullable = small().with(
                        CATALOGUE,
                        "      entered_at: {type: timestamp with time zone, not-null: true}\n",
                        "      entered_at: {type: timestamp with time zone}\n");
        assertFound(nullable, MAP, "use-rests-on-nullable", "stores.shop.crm.prize_draw_entries");

        Example never =
                nullable.with(MAP, "{draw.entered: entered_at}", "{draw.entered: {at: entered_at, absent: never}}");
        assertThat(never.check().problems()).noneMatch(problem -> problem.code().equals("use-rests-on-nullable"));
    }

    @ParameterizedTest
    @CsvSource({"731 days, true", "730 days, false", "24 months, false", "'1 year, rounded: end-of-year', false"})
    void notice_and_map_measure_a_period_alike(String period, boolean tooLong) {
        Example example = small().with(
                        RULES,
                        "ends: [{after: order.placed, for: 2 years}]",
                        "ends: [{after: order.placed, for: " + period
                                + "}, {after: order.lost, else: order.placed, for: 9 years}]");

        List<String> said = example.check().problems().stream()
                .filter(problem ->
                        List.of("keeps-longest-exceeded", "use-too-long").contains(problem.code()))
                .filter(problem -> problem.message().startsWith("`orders`")
                        || problem.message().startsWith("`uses.orders`"))
                .map(problem -> problem.place().file())
                .distinct()
                .toList();

        assertThat(said).isEqualTo(tooLong ? List.of(RULES, MAP) : List.of());
    }

    @Test
    void a_use_that_lasts_too_long_only_at_a_table_is_found_there() {
        Example example = small().with(
                        RULES,
                        "ends: [{after: draw.entered, for: 1 year}]",
                        "ends: [{after: draw.entered, for: 3 years}, {after: draw.over, for: 1 year}]");
        assertThat(found(example, MAP, "use-too-long", "stores.shop.crm.prize_draw_entries")
                        .message())
                .contains("`draw.entered` + 3 years", "`draw.over` (mapped nowhere) + 1 year (may never come)");
    }

    @Test
    void an_event_that_one_of_several_ways_does_not_pass_is_said_to_be_off_that_way() {
        Example example = small().with(
                        RULES,
                        "{after: service.used, else: account.opened, for: 2 years, renews: true}",
                        "{after: device.first-seen, for: 2 years}");
        assertThat(example.check().problems())
                .filteredOn(problem -> problem.code().equals("use-may-never-end"))
                .extracting(problem -> problem.message())
                .anyMatch(message -> message.contains("`device.first-seen` (mapped, but not on the way to `author`)"));
    }

    @Test
    void a_column_held_for_no_use_is_found() {
        Example example = small().with(MAP, "    columns: {name: name}\n", "    columns: {name: message}\n");
        assertThat(found(example, MAP, "column-for-no-use", "stores.shop.shop.households.columns.name")
                        .message())
                .isEqualTo("`shop.households.name` is held for no declared use: none of `account` uses `message`");
    }

    @Test
    void a_table_of_no_stated_owner_is_found() {
        Example example = small().with(MAP, "    belongs-to: {holder: {person: customer, via: customer_id}}\n", "");
        assertFound(example, MAP, "no-owner", "stores.shop.shop.linked_accounts");
    }

    @Test
    void a_column_and_a_table_the_map_does_not_know_are_found() {
        assertFound(
                small().with(MAP, "      username: username\n", ""),
                MAP,
                "undeclared-column",
                "shop.customers.columns");
        assertFound(small().with(MAP, "  shop.stock: not-personal\n", ""), MAP, "undeclared-table", "shop.stock");
    }

    @Test
    void what_the_law_asks_for_and_the_notice_lacks_is_advised() {
        Example example = small().with(RULES, "  complain: {}\n", "");
        assertThat(found(example, RULES, "right-missing", "rights.complain").severity())
                .isEqualTo(Severity.ADVICE);
    }

    @Test
    void nobody_may_be_found_by_what_identifies_nobody() {
        Example example = small().with(MAP, "username: username}}}", "username: username, phone: phone}}}")
                .with(RULES, "phone: {from: you, is: pd:TelephoneNumber}", "phone: {from: you, identifies: false}");
        assertFound(example, MAP, "finder-not-identifying", "person.customer.found-by.phone");
    }

    @Test
    void what_becomes_of_rows_of_nobody_is_asked_where_only_an_owner_would_date_them() {
        Example posts = small().with(MAP, "    unowned: {after: post.written, for: 2 years}\n", "");
        assertThat(posts.check().problems())
                .filteredOn(problem -> problem.code().equals("unowned-unsaid"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("only their owner dates `service`"));

        Example devices = small().with(MAP, "    unowned: {after: activity.recorded, for: 90 days}\n", "");
        assertThat(devices.check().problems())
                .noneMatch(problem -> problem.code().equals("unowned-unsaid"));
    }

    @Test
    void a_key_that_is_forgotten_as_data_is_advised_against() {
        Example example = small().with(MAP, "customer: {key: id, found-by", "customer: {key: email, found-by");
        assertThat(found(example, MAP, "person-key-is-data", "person.customer.key")
                        .severity())
                .isEqualTo(Severity.ADVICE);
    }

    @Test
    void a_processor_that_hands_on_nothing_hands_on_nothing() {
        Example example = small().with(
                        RULES,
                        "  carriers:\n    kind: controller\n",
                        "  carriers:\n    kind: controller\n    through: hosting\n");
        assertFound(example, RULES, "onward-against-contract", "shares.carriers.through");
    }

    @Test
    void many_things_wrong_are_all_found_at_once_and_nothing_twice() {
        Checked checked = small().with(RULES, "covers:\n", "kovers:\n")
                .with(RULES, "  answered-within: 30 days", "  answered-within: soon")
                .with(RULES, "gpc: not-answered}", "gcp: not-answered}")
                .with(MAP, "uses: [security, fraud]", "uses: [security, frawd]")
                .with(
                        "cases/broken.yaml",
                        "cases:\n- name: x\n  store: shop\n  at: 2027-01-01\n  expect: {after-sweep: {}}\n")
                .check();
        assertThat(checked.problems().stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .map(problem -> problem.place().file() + " " + problem.code() + " " + problem.path()))
                .containsExactlyInAnyOrder(
                        "notice.yaml unknown-key kovers",
                        "notice.yaml bad-period rights.answered-within",
                        "notice.yaml unknown-key signals.gcp",
                        "stores/shop.yaml unknown-use stores.shop.shop.logins.uses");
        assertThat(checked.casesRun()).isZero();
        assertThat(checked.casesNotRun()).isEqualTo(1);
    }

    @Test
    void a_missing_catalogue_and_a_missing_notice_are_said() {
        assertFound(small().without("stores/shop.catalogue.yaml"), MAP, "catalogue-missing", "stores.shop");
        assertFound(small().without(RULES), RULES, "notice-missing", "");
    }

    @Test
    void two_maps_of_one_store_are_found() {
        String map = Example.whole().files().get(MAP);
        assertFound(small().with("stores/shop2.yaml", map), "stores/shop2.yaml", "store-twice", "stores.shop");
    }

    @Test
    void a_file_that_is_not_read_since_it_ends_otherwise_is_said() {
        assertFound(small().with("stores/crm.yml", "store: crm\n"), "stores/crm.yml", "file-not-read", "");
    }

    @Test
    void a_byte_order_mark_before_a_file_says_nothing() {
        Example marked = small();
        for (String file : List.of(RULES, PROSE, MAP)) {
            marked.with(file, "\uFEFF" + marked.files().get(file));
        }
        assertThat(marked.check().problems())
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .isEmpty();
    }

    @Test
    void a_tree_of_persons_does_not_lose_branches() {
        Example example = small().with(
                        MAP,
                        "    person: {customer: {key: id, found-by",
                        "    replies: {via: household_id, delete: branch}\n    person: {customer: {key: id, found-by");
        assertFound(example, MAP, "branch-of-persons", "stores.shop.shop.customers.replies");
    }

    @Test
    void what_refers_to_shared_rows_without_owning_them_is_advised() {
        Example example =
                small().with(MAP, "[shop.customers.default_address_id, shop.address_book", "[shop.address_book");
        assertThat(found(example, MAP, "shared-with-others", "stores.shop.shop.addresses.belongs-to")
                        .severity())
                .isEqualTo(Severity.ADVICE);
    }

    @Test
    void columns_of_a_table_whose_use_is_not_known_are_not_said_to_be_held_for_none() {
        assertThat(small().with(MAP, "uses: [security, fraud]", "uses: [frawd]")
                        .check()
                        .problems())
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .extracting(Problem::code)
                .containsOnly("unknown-use");
    }

    /** In English only: what is found in one language is found once. */
    private static Example small() {
        return Example.whole()
                .withoutCases()
                .without("notice.de.md")
                .without("notice.zh.md")
                .with(RULES, "languages: [en, de, zh]", "languages: [en]");
    }

    private static void assertFound(Example example, String file, String code, String path) {
        found(example, file, code, path);
    }

    /** The problem with this code, at a path that ends so. */
    private static Problem found(Example example, String file, String code, String path) {
        List<Problem> problems = example.check().problems();
        List<Problem> found = problems.stream()
                .filter(problem -> problem.place().file().equals(file)
                        && problem.code().equals(code)
                        && problem.path().endsWith(path))
                .toList();
        assertThat(found).as(problems.toString()).hasSize(1);
        return found.getFirst();
    }
}
