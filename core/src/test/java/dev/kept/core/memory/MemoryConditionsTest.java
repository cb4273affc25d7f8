package dev.kept.core.memory;

import static dev.kept.core.lifecycle.Truth.FALSE;
import static dev.kept.core.lifecycle.Truth.TRUE;
import static dev.kept.core.lifecycle.Truth.UNKNOWN;
import static dev.kept.core.memory.Schema.link;
import static dev.kept.core.memory.Schema.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Truth;
import dev.kept.core.notice.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryConditionsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Cutoff YEAR = Cutoff.of(
            new AsOf(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC), new Span(1, Span.Unit.YEAR), false);

    private final MemoryStore store = new Schema()
            .table("people", "id bigint key", "email text", "seen timestamp with time zone", "born date")
            .table(
                    "orders",
                    "id integer key",
                    "person bigint -> people.id",
                    "payer bigint -> people.id",
                    "state text",
                    "paid boolean",
                    "total numeric(10,2)",
                    "placed timestamp with time zone",
                    "at timestamp without time zone",
                    "day date")
            .table("posts", "id bigint key", "parent bigint -> posts.id", "gone boolean")
            .table("log", "address text", "at date")
            .store();
    private final MemoryConditions conditions = new MemoryConditions(store);
    private final Link buyer = link("orders.person", "people.id");
    private final Link payer = link("orders.payer", "people.id");
    private final Link parent = link("posts.parent", "posts.id");
    private final Link reader = link("log.address", "people.email", Match.CASEFOLD_TRIM);

    @ParameterizedTest
    @CsvSource({
        "FALSE,FALSE,FALSE,FALSE",
        "FALSE,UNKNOWN,FALSE,UNKNOWN",
        "FALSE,TRUE,FALSE,TRUE",
        "UNKNOWN,FALSE,FALSE,UNKNOWN",
        "UNKNOWN,UNKNOWN,UNKNOWN,UNKNOWN",
        "UNKNOWN,TRUE,UNKNOWN,TRUE",
        "TRUE,FALSE,FALSE,TRUE",
        "TRUE,UNKNOWN,UNKNOWN,TRUE",
        "TRUE,TRUE,TRUE,TRUE"
    })
    void and_and_or_follow_kleene(Truth a, Truth b, Truth and, Truth or) {
        MemoryRow row = person(1, null);
        List<Condition> both = List.of(new Condition.Always(a), new Condition.Always(b));
        assertThat(conditions.evaluate(new Condition.All(both), row)).isEqualTo(and);
        assertThat(conditions.evaluate(new Condition.Any(both), row)).isEqualTo(or);
    }

    @ParameterizedTest
    @EnumSource
    void not_keeps_unknown_and_known_removes_it(Truth truth) {
        MemoryRow row = person(1, null);
        Condition given = new Condition.Always(truth);
        assertThat(conditions.evaluate(new Condition.Not(given), row)).isEqualTo(truth.not());
        assertThat(conditions.evaluate(new Condition.Known(given), row)).isEqualTo(Truth.of(truth == TRUE));
    }

    @Test
    void empty_and_is_true_and_empty_or_false() {
        MemoryRow row = person(1, null);
        assertThat(conditions.evaluate(new Condition.All(List.of()), row)).isEqualTo(TRUE);
        assertThat(conditions.evaluate(new Condition.Any(List.of()), row)).isEqualTo(FALSE);
    }

    @ParameterizedTest
    @CsvSource({
        "placed, INSTANT, 2025-06-01T00:00:00Z, TRUE",
        "placed, INSTANT, 2025-06-01T00:00:00.000001Z, FALSE",
        "placed, INSTANT, infinity, FALSE",
        "placed, INSTANT, -infinity, TRUE",
        "at, LOCAL, 2025-06-01T02:00:00, TRUE",
        "at, LOCAL, 2025-06-01T02:00:00.000001, FALSE",
        "day, DATE, 2025-06-01, TRUE",
        "day, DATE, 2025-06-02, FALSE"
    })
    void past_compares_each_kind_of_date_with_its_own_cutoff(
            String column, DateKind kind, String value, Truth expected) {
        MemoryRow row = order(Map.of("id", 1, column, value));
        Moment at = new Moment.At(column, kind, BERLIN, List.of());
        assertThat(conditions.evaluate(new Condition.Past(List.of(at), YEAR), row))
                .isEqualTo(expected);
    }

    @Test
    void the_first_moment_of_a_chain_that_is_not_absent_counts() {
        Condition past = new Condition.Past(List.of(at("placed"), day("day")), YEAR);
        Condition absent = new Condition.Absent(List.of(at("placed"), day("day")));
        MemoryRow both = order(Map.of("id", 1, "placed", "2026-01-01T00:00:00Z", "day", "2020-01-01"));
        MemoryRow second = order(Map.of("id", 2, "day", "2020-01-01"));
        MemoryRow none = order(Map.of("id", 3));
        assertThat(List.of(
                        conditions.evaluate(past, both),
                        conditions.evaluate(past, second),
                        conditions.evaluate(past, none)))
                .containsExactly(FALSE, TRUE, UNKNOWN);
        assertThat(List.of(
                        conditions.evaluate(absent, both),
                        conditions.evaluate(absent, second),
                        conditions.evaluate(absent, none)))
                .containsExactly(FALSE, FALSE, TRUE);
    }

    @Test
    void a_sentinel_is_absent() {
        Moment at = new Moment.At("day", DateKind.DATE, BERLIN, List.of("9999-12-31", "-infinity"));
        Condition absent = new Condition.Absent(List.of(at));
        assertThat(conditions.evaluate(absent, order(Map.of("id", 1, "day", "9999-12-31"))))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(absent, order(Map.of("id", 2, "day", "-infinity"))))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(absent, order(Map.of("id", 3, "day", "9999-12-30"))))
                .isEqualTo(FALSE);
    }

    @Test
    void ordered_is_unknown_where_a_moment_is_absent() {
        Condition ordered = new Condition.Ordered(at("placed"), day("day"));
        assertThat(conditions.evaluate(
                        ordered, order(Map.of("id", 1, "placed", "2025-01-01T00:00:00Z", "day", "2025-01-02"))))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(
                        ordered, order(Map.of("id", 2, "placed", "2025-01-03T00:00:00Z", "day", "2025-01-02"))))
                .isEqualTo(FALSE);
        assertThat(conditions.evaluate(ordered, order(Map.of("id", 3, "day", "2025-01-02"))))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void a_value_is_compared_as_its_type_not_as_its_text() {
        MemoryRow row = order(Map.of("id", 1, "state", "open", "paid", true, "total", "10.5"));
        assertThat(conditions.evaluate(new Condition.ValueIn("state", List.of("paid", "open")), row))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(new Condition.ValueIn("state", List.of("Open")), row))
                .isEqualTo(FALSE);
        assertThat(conditions.evaluate(new Condition.ValueIn("paid", List.of("t")), row))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(new Condition.ValueIn("total", List.of("10.50")), row))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(new Condition.ValueIn("day", List.of("2025-01-01")), row))
                .isEqualTo(UNKNOWN);
        assertThat(conditions.evaluate(new Condition.AnyNull(List.of("state", "day")), row))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(new Condition.AnyNull(List.of("state", "paid")), row))
                .isEqualTo(FALSE);
    }

    @Test
    void a_key_with_a_null_is_unknown() {
        KeySet keys = new KeySet("some", List.of(List.of("1", "open"), List.of("2", "paid")));
        Condition in = new Condition.KeyIn(List.of("id", "state"), Match.EXACT, keys);
        assertThat(conditions.evaluate(in, order(Map.of("id", 1, "state", "open"))))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(in, order(Map.of("id", 2, "state", "open"))))
                .isEqualTo(FALSE);
        assertThat(conditions.evaluate(in, order(Map.of("id", 1)))).isEqualTo(UNKNOWN);
    }

    @Test
    void casefold_trim_ignores_case_and_blanks_around() {
        Condition in = new Condition.KeyIn(
                List.of("email"), Match.CASEFOLD_TRIM, new KeySet("found", List.of(List.of(" Anna@Example.org"))));
        assertThat(conditions.evaluate(in, person(1, "ANNA@example.org  "))).isEqualTo(TRUE);
        assertThat(conditions.evaluate(in, person(2, "ben@example.org"))).isEqualTo(FALSE);
        assertThat(conditions.evaluate(in, person(3, null))).isEqualTo(UNKNOWN);
    }

    @Test
    void through_a_link_that_leads_nowhere_is_unknown() {
        person(1, null);
        Condition through = new Condition.Through(buyer, Condition.TRUE);
        assertThat(conditions.evaluate(through, order(Map.of("id", 1, "person", 1))))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(through, order(Map.of("id", 2)))).isEqualTo(UNKNOWN);
        assertThat(conditions.evaluate(through, order(Map.of("id", 3, "person", 9))))
                .isEqualTo(UNKNOWN);
        Condition leads = new Condition.Leads(buyer);
        assertThat(conditions.evaluate(leads, order(Map.of("id", 4, "person", 1))))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(leads, order(Map.of("id", 5)))).isEqualTo(FALSE);
        assertThat(conditions.evaluate(leads, order(Map.of("id", 6, "person", 9))))
                .isEqualTo(FALSE);
    }

    @Test
    void two_ways_meet_where_they_lead_to_one_and_the_same_row() {
        person(1, null);
        person(2, null);
        Condition meets = new Condition.Meets(List.of(buyer), List.of(payer));
        assertThat(conditions.evaluate(meets, order(Map.of("id", 1, "person", 1, "payer", 1))))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(meets, order(Map.of("id", 2, "person", 1, "payer", 2))))
                .isEqualTo(FALSE);
        assertThat(conditions.evaluate(meets, order(Map.of("id", 3, "person", 1))))
                .isEqualTo(FALSE);
        assertThat(conditions.evaluate(meets, order(Map.of("id", 4, "person", 9, "payer", 9))))
                .isEqualTo(FALSE);
    }

    @Test
    void through_a_join_by_value_is_and_over_all_it_finds() {
        person(1, "a@example.org", "2020-01-01T00:00:00Z");
        person(2, "A@example.org ", "2026-01-01T00:00:00Z");
        MemoryRow entry = store.insert(name("log"), Map.of("address", " a@EXAMPLE.org"));
        Condition seenLongAgo = new Condition.Past(List.of(at("seen")), YEAR);
        assertThat(conditions.evaluate(new Condition.Through(reader, seenLongAgo), entry))
                .isEqualTo(FALSE);
        Moment latest = new Moment.Through(reader, at("seen"));
        assertThat(conditions.evaluate(new Condition.Past(List.of(latest), YEAR), entry))
                .isEqualTo(FALSE);
    }

    @Test
    void every_and_some_ask_all_rows_that_point_here() {
        MemoryRow anna = person(1, null);
        Condition paid = new Condition.ValueIn("paid", List.of("true"));
        Condition every = new Condition.Every(buyer, paid);
        Condition some = new Condition.Some(buyer, paid);
        assertThat(conditions.evaluate(every, anna)).isEqualTo(TRUE);
        assertThat(conditions.evaluate(some, anna)).isEqualTo(FALSE);
        order(Map.of("id", 1, "person", 1, "paid", true));
        order(Map.of("id", 2, "person", 1));
        assertThat(conditions.evaluate(every, anna)).isEqualTo(UNKNOWN);
        assertThat(conditions.evaluate(some, anna)).isEqualTo(TRUE);
        order(Map.of("id", 3, "person", 1, "paid", false));
        assertThat(conditions.evaluate(every, anna)).isEqualTo(FALSE);
    }

    @Test
    void above_walks_to_the_root_and_round_a_circle_once() {
        Condition goneAbove = new Condition.Above(parent, new Condition.ValueIn("gone", List.of("true")));
        MemoryRow root = post(1, null, true);
        MemoryRow middle = post(2, 1L, false);
        MemoryRow leaf = post(3, 2L, false);
        assertThat(conditions.evaluate(goneAbove, root)).isEqualTo(FALSE);
        assertThat(conditions.evaluate(goneAbove, middle)).isEqualTo(TRUE);
        assertThat(conditions.evaluate(goneAbove, leaf)).isEqualTo(TRUE);
        store.update(root, Map.of("parent", 3));
        assertThat(conditions.evaluate(goneAbove, root)).isEqualTo(FALSE);
        assertThat(conditions.evaluate(goneAbove, leaf)).isEqualTo(TRUE);
    }

    @Test
    void a_row_is_surpassed_by_a_later_one_of_the_same_target() {
        person(1, null);
        person(2, null);
        Condition surpassed = new Condition.Surpassed(List.of(buyer), at("placed"), false);
        Condition earliest = new Condition.Surpassed(List.of(buyer), at("placed"), true);
        MemoryRow old = order(Map.of("id", 1, "person", 1, "placed", "2024-01-01T00:00:00Z"));
        MemoryRow tie = order(Map.of("id", 2, "person", 1, "placed", "2025-01-01T00:00:00Z"));
        MemoryRow latest = order(Map.of("id", 3, "person", 1, "placed", "2025-01-01T00:00:00Z"));
        MemoryRow other = order(Map.of("id", 4, "person", 2, "placed", "2020-01-01T00:00:00Z"));
        MemoryRow undated = order(Map.of("id", 5, "person", 1));
        MemoryRow nowhere = order(Map.of("id", 6, "placed", "2020-01-01T00:00:00Z"));
        assertThat(conditions.known(surpassed, List.of(old, tie, latest, other, undated, nowhere)))
                .containsExactly(old, undated);
        assertThat(conditions.known(earliest, List.of(old, tie, latest, other, undated, nowhere)))
                .containsExactly(tie, latest, undated);
    }

    @Test
    void referred_counts_rows_that_are_not_known_to_go_too() {
        Condition referred = new Condition.Referred(parent, new Condition.ValueIn("gone", List.of("true")));
        MemoryRow root = post(1, null, false);
        MemoryRow self = post(4, 4L, false);
        assertThat(conditions.evaluate(referred, root)).isEqualTo(FALSE);
        assertThat(conditions.evaluate(referred, self)).isEqualTo(FALSE);
        MemoryRow going = post(2, 1L, true);
        assertThat(conditions.evaluate(referred, root)).isEqualTo(FALSE);
        store.update(going, nulls("gone"));
        assertThat(conditions.evaluate(referred, root)).isEqualTo(TRUE);
    }

    @Test
    void among_takes_the_latest_or_the_earliest_and_extreme_of_several() {
        MemoryRow anna = person(1, null, "2026-01-01T00:00:00Z");
        order(Map.of("id", 1, "person", 1, "placed", "2020-01-01T00:00:00Z"));
        order(Map.of("id", 2, "person", 1, "placed", "2026-02-01T00:00:00Z"));
        order(Map.of("id", 3, "person", 1));
        Moment latest = new Moment.Among(buyer, at("placed"), false);
        Moment earliest = new Moment.Among(buyer, at("placed"), true);
        assertThat(conditions.evaluate(new Condition.Past(List.of(latest), YEAR), anna))
                .isEqualTo(FALSE);
        assertThat(conditions.evaluate(new Condition.Past(List.of(earliest), YEAR), anna))
                .isEqualTo(TRUE);
        Moment first = new Moment.Extreme(List.of(at("seen"), earliest), true);
        Moment last = new Moment.Extreme(List.of(at("seen"), earliest), false);
        assertThat(conditions.evaluate(new Condition.Past(List.of(first), YEAR), anna))
                .isEqualTo(TRUE);
        assertThat(conditions.evaluate(new Condition.Past(List.of(last), YEAR), anna))
                .isEqualTo(FALSE);
        assertThat(conditions.evaluate(new Condition.Past(List.of(latest), YEAR), person(2, null)))
                .isEqualTo(UNKNOWN);
    }

    private static Moment.At at(String column) {
        return new Moment.At(column, DateKind.INSTANT, BERLIN, List.of());
    }

    private static Moment.At day(String column) {
        return new Moment.At(column, DateKind.DATE, BERLIN, List.of());
    }

    private MemoryRow person(long id, @Nullable String email) {
        return person(id, email, null);
    }

    private MemoryRow person(long id, @Nullable String email, @Nullable String seen) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("email", email);
        values.put("seen", seen);
        return store.insert(name("people"), values);
    }

    private MemoryRow order(Map<String, Object> values) {
        return store.insert(name("orders"), values);
    }

    private MemoryRow post(long id, @Nullable Long above, boolean gone) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("parent", above);
        values.put("gone", gone);
        return store.insert(name("posts"), values);
    }

    private static Map<String, @Nullable Object> nulls(String column) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(column, null);
        return values;
    }
}
