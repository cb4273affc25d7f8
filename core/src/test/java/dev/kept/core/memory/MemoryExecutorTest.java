package dev.kept.core.memory;

import static dev.kept.core.memory.Schema.link;
import static dev.kept.core.memory.Schema.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Replacement;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Clock;
import dev.kept.core.lifecycle.TablePlan.Rekey;
import dev.kept.core.lifecycle.TablePlan.Release;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryExecutorTest {
    private static final Condition DEAD = new Condition.ValueIn("dead", List.of("true"));

    private final MemoryStore store = new Schema()
            .table("people", "email text key", "name text !", "dead boolean", "address bigint -> addresses.id")
            .table("orders", "id bigint key", "person text -> people.email", "dead boolean", "note text")
            .table("mails", "id bigint key", "recipient text", "dead boolean")
            .table("addresses", "id bigint key", "street text", "town bigint -> towns.id", "dead boolean")
            .table("towns", "id bigint key", "dead boolean")
            .table(
                    "posts",
                    "id bigint key",
                    "parent bigint -> posts.id",
                    "dead boolean",
                    "doc jsonb",
                    "tag text unique")
            .store();
    private final Link buyer = link("orders.person", "people.email");
    private final Link address = link("people.address", "addresses.id");
    private final Link town = link("addresses.town", "towns.id");
    private final Link parent = link("posts.parent", "posts.id");

    @Test
    void removable_rows_in_reach_are_deleted_and_nothing_else() {
        row("people", "email", "a", "name", "A", "dead", true);
        MemoryRow living = row("people", "email", "b", "name", "B", "dead", false);
        MemoryRow unknown = row("people", "email", "c", "name", "C");
        MemoryRow elsewhere = row("people", "email", "d", "name", "D", "dead", true);
        Reach abc = new Reach.Keys(
                List.of("email"),
                Match.EXACT,
                new KeySet("asked", List.of(List.of("a"), List.of("b"), List.of("c"), List.of("x"))));
        Result result = run(table("people").reach(abc).plan());
        assertThat(store.rows(name("people"))).containsExactly(living, unknown, elsewhere);
        assertThat(result.of(name("people"))).isEqualTo(new Result.Counts(1, 0, 0, 0, 1, 0));
    }

    @Test
    void a_row_that_is_still_referred_to_is_never_cascaded() {
        row("people", "email", "a", "name", "A", "dead", true);
        row("orders", "id", 1, "person", "a", "dead", false);
        assertThatIllegalStateException()
                .isThrownBy(() -> run(table("people").plan()))
                .withMessageContaining("`orders_person_fkey` of `orders`");
    }

    @Test
    void clocks_go_with_their_row_before_it() {
        row("people", "email", "a", "name", "A", "dead", true);
        row("people", "email", "b", "name", "B", "dead", false);
        row("orders", "id", 1, "person", "a");
        MemoryRow others = row("orders", "id", 2, "person", "b", "dead", true);
        Result result =
                run(table("people").clock(new Clock(List.of(buyer), List.of())).plan());
        assertThat(store.rows(name("orders"))).containsExactly(others);
        assertThat(result.of(name("orders")).deleted()).isEqualTo(1);
        assertThat(result.of(name("people")).deleted()).isEqualTo(1);
    }

    @Test
    void clearing_is_judged_on_the_row_before_and_touches_no_row_that_is_clear_already() {
        MemoryRow row = row("orders", "id", 1, "note", "x", "dead", true);
        row("orders", "id", 2, "dead", true);
        MemoryRow living = row("orders", "id", 3, "note", "y", "dead", false);
        Clearing flag = new Clearing(DEAD, List.of(set("dead", new Replacement.Constant("f"))));
        Clearing note = new Clearing(DEAD, List.of(set("note", new Replacement.Null())));
        Plan plan = table("orders").removable(Condition.FALSE).clear(flag, note).plan();
        Result result = run(plan);
        assertThat(row.values()).containsEntry("note", null).containsEntry("dead", false);
        assertThat(living.value("note")).isEqualTo("y");
        assertThat(result.of(name("orders")).cleared()).isEqualTo(2);
        assertThat(run(plan).didNothing()).isTrue();
    }

    @Test
    void replacements_fit_keys_and_documents() {
        MemoryRow row = row("posts", "id", 7, "tag", "t", "doc", "{\"email\": \"e\", \"a\": {\"b\": 1, \"c\": 2}}");
        Clearing clearing = new Clearing(
                Condition.TRUE,
                List.of(
                        set("tag", new Replacement.FromKey("erased-", "!")),
                        new Assignment("doc", List.of("email"), new Replacement.RemovePath()),
                        new Assignment("doc", List.of("a", "b"), new Replacement.RemovePath())));
        Plan plan = table("posts").removable(Condition.FALSE).clear(clearing).plan();
        assertThat(run(plan).of(name("posts")).cleared()).isEqualTo(1);
        assertThat(row.text("tag")).isEqualTo("erased-7!");
        assertThat(row.text("doc")).isEqualTo("{\"a\": {\"c\": 2}}");
        assertThat(run(plan).didNothing()).isTrue();
    }

    @Test
    void not_null_and_unique_are_verified() {
        row("people", "email", "a", "name", "A");
        Plan nulls = table("people")
                .removable(Condition.FALSE)
                .clear(new Clearing(Condition.TRUE, List.of(set("name", new Replacement.Null()))))
                .plan();
        assertThatIllegalStateException().isThrownBy(() -> run(nulls)).withMessageContaining("`people.name NOT NULL`");
        row("posts", "id", 1, "tag", "x");
        row("posts", "id", 2, "tag", "y");
        Plan equal = table("posts")
                .removable(Condition.FALSE)
                .clear(new Clearing(Condition.TRUE, List.of(set("tag", new Replacement.Constant("same")))))
                .plan();
        assertThatIllegalStateException().isThrownBy(() -> run(equal)).withMessageContaining("`posts_tag_key`");
    }

    @Test
    void a_personal_key_is_replaced_once_and_all_that_refers_to_it_follows() {
        MemoryRow anna = row("people", "email", "a@x", "name", "A", "dead", true);
        MemoryRow order = row("orders", "id", 1, "person", "a@x");
        MemoryRow mail = row("mails", "id", 1, "recipient", " A@X");
        MemoryRow other = row("mails", "id", 2, "recipient", "b@x");
        Link join = link("mails.recipient", "people.email", Match.CASEFOLD_TRIM);
        Plan plan = table("people")
                .removable(Condition.FALSE)
                .rekey(new Rekey(List.of("email"), DEAD, List.of(buyer, join)))
                .plan();
        assertThat(run(plan).of(name("people")).rekeyed()).isEqualTo(1);
        String key = anna.text("email");
        assertThat(key).startsWith("erased-").doesNotContain("a@x");
        assertThat(order.text("person")).isEqualTo(key);
        assertThat(mail.text("recipient")).isEqualTo(key);
        assertThat(other.text("recipient")).isEqualTo("b@x");
        assertThat(run(plan).didNothing()).isTrue();
        assertThat(store.violations()).isEmpty();
    }

    @Test
    void a_shared_row_goes_with_its_last_pointer_and_takes_its_own_along() {
        row("towns", "id", 1);
        row("addresses", "id", 1, "street", "s", "town", 1);
        row("people", "email", "a", "name", "A", "address", 1, "dead", true);
        MemoryRow second = row("people", "email", "b", "name", "B", "address", 1, "dead", false);
        Plan plan = table("people").release(release()).plan();
        assertThat(run(plan).of(name("addresses")).released()).isZero();
        store.update(second, Map.of("dead", true));
        Result result = run(plan);
        assertThat(result.of(name("addresses")).released()).isEqualTo(1);
        assertThat(result.of(name("towns")).released()).isEqualTo(1);
        assertThat(store.rows(name("towns"))).isEmpty();
    }

    @Test
    void a_shared_row_that_cannot_go_is_emptied_and_a_cleared_pointer_releases_too() {
        row("towns", "id", 1);
        MemoryRow shared = row("addresses", "id", 1, "street", "s", "town", 1);
        row("people", "email", "a", "name", "A", "address", 1);
        Release release = new Release(
                address,
                new Condition.Not(new Condition.Some(address, Condition.TRUE)),
                Condition.FALSE,
                List.of(set("street", new Replacement.Null()), set("town", new Replacement.Null())),
                List.of(townRelease()));
        Plan plan = table("people")
                .removable(Condition.FALSE)
                .clear(new Clearing(Condition.TRUE, List.of(set("address", new Replacement.Null()))))
                .release(release)
                .plan();
        Result result = run(plan);
        assertThat(shared.values()).containsEntry("street", null).containsEntry("town", null);
        assertThat(result.of(name("addresses"))).isEqualTo(new Result.Counts(0, 1, 0, 0, 0, 0));
        assertThat(result.of(name("towns")).released()).isEqualTo(1);
    }

    @Test
    void a_circle_of_links_is_treated_until_nothing_changes() {
        row("posts", "id", 1, "dead", true);
        row("posts", "id", 2, "parent", 1, "dead", true);
        row("posts", "id", 3, "parent", 2, "dead", true);
        Condition leaf = Condition.all(DEAD, new Condition.Not(new Condition.Referred(parent, Condition.FALSE)));
        TablePlan posts = table("posts").removable(leaf).table();
        Result result = run(plan(List.of(new Plan.Group(List.of(posts), true))));
        assertThat(store.rows(name("posts"))).isEmpty();
        assertThat(result.of(name("posts")).deleted()).isEqualTo(3);
    }

    @Test
    void reach_follows_links_both_ways_and_branches() {
        row("addresses", "id", 1);
        row("people", "email", "a", "name", "A", "address", 1);
        row("people", "email", "b", "name", "B", "address", 1);
        MemoryRow order = row("orders", "id", 1, "person", "a");
        row("orders", "id", 2, "person", "b");
        MemoryRow root = row("posts", "id", 1);
        MemoryRow child = row("posts", "id", 2, "parent", 1);
        MemoryRow grandchild = row("posts", "id", 3, "parent", 2);
        row("posts", "id", 4);
        Reach anna = keys("email", "a");
        MemoryReaches reaches = new MemoryReaches(store, new MemoryConditions(store));
        assertThat(reaches.rows(name("orders"), new Reach.Into(buyer, anna))).containsExactly(order);
        assertThat(reaches.rows(name("addresses"), new Reach.From(address, anna)))
                .hasSize(1);
        assertThat(reaches.rows(name("posts"), new Reach.Below(parent, keys("id", "1"))))
                .containsExactlyInAnyOrder(root, child, grandchild);
        assertThat(reaches.rows(name("posts"), new Reach.AnyOf(List.of()))).isEmpty();
        assertThat(reaches.rows(name("posts"), new Reach.AnyOf(List.of(keys("id", "1"), new Reach.Everything()))))
                .hasSize(4);
    }

    @Test
    void the_look_counts_what_is_left_and_what_is_unknown() {
        row("orders", "id", 1, "note", "x", "dead", true);
        row("orders", "id", 2, "note", "y");
        Plan plan = table("orders")
                .removable(Condition.FALSE)
                .clear(new Clearing(DEAD, List.of(set("note", new Replacement.Null()))))
                .plan();
        assertThat(new MemoryExecutor().look(plan, store).of(name("orders")))
                .isEqualTo(new Result.Counts(0, 0, 0, 0, 1, 1));
    }

    @Test
    void a_refused_plan_does_not_run() {
        Problem refusal = Problem.error("no-value", Place.of("map"), "orders.note", "nothing fits `note`", "");
        Plan refused =
                new Plan("shop", asOf(), new Scope.Everybody(), List.of(), List.of(refusal), List.of(), Set.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(refused))
                .withMessageContaining("nothing fits `note`");
    }

    @Test
    void a_copy_has_the_same_rows_and_a_life_of_its_own() {
        row("orders", "id", 1, "note", "x");
        MemoryStore copy = store.copy();
        assertThat(copy.contents()).isEqualTo(store.contents());
        copy.update(copy.rows(name("orders")).getFirst(), Map.of("note", "z"));
        assertThat(store.rows(name("orders")).getFirst().text("note")).isEqualTo("x");
    }

    private Release release() {
        Condition orphaned = new Condition.Not(new Condition.Some(address, Condition.TRUE));
        return new Release(address, orphaned, orphaned, List.of(), List.of(townRelease()));
    }

    private Release townRelease() {
        Condition orphaned = new Condition.Not(new Condition.Some(town, Condition.TRUE));
        return new Release(town, orphaned, orphaned, List.of(), List.of());
    }

    private Result run(Plan plan) {
        return new MemoryExecutor().execute(plan, store);
    }

    private static Reach keys(String column, String key) {
        return new Reach.Keys(List.of(column), Match.EXACT, new KeySet("some", List.of(List.of(key))));
    }

    private static Assignment set(String column, Replacement replacement) {
        return new Assignment(column, List.of(), replacement);
    }

    private MemoryRow row(String table, Object... columnsAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            values.put((String) columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return store.insert(name(table), values);
    }

    private static AsOf asOf() {
        return new AsOf(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    }

    private static Plan plan(List<Plan.Group> groups) {
        return new Plan("shop", asOf(), new Scope.Everybody(), groups, List.of(), List.of(), Set.of());
    }

    private static Part table(String name) {
        return new Part(name, new Reach.Everything(), DEAD, List.of(), List.of(), Optional.empty(), List.of());
    }

    /** A table plan being written. */
    private record Part(
            String name,
            Reach where,
            Condition removal,
            List<Clock> clocks,
            List<Clearing> clearings,
            Optional<Rekey> keys,
            List<Release> releases) {

        Part reach(Reach reach) {
            return new Part(name, reach, removal, clocks, clearings, keys, releases);
        }

        Part removable(Condition condition) {
            return new Part(name, where, condition, clocks, clearings, keys, releases);
        }

        Part clock(Clock clock) {
            return new Part(name, where, removal, List.of(clock), clearings, keys, releases);
        }

        Part clear(Clearing... columns) {
            return new Part(name, where, removal, clocks, List.of(columns), keys, releases);
        }

        Part rekey(Rekey rekey) {
            return new Part(name, where, removal, clocks, clearings, Optional.of(rekey), releases);
        }

        Part release(Release release) {
            return new Part(name, where, removal, clocks, clearings, keys, List.of(release));
        }

        TablePlan table() {
            return new TablePlan(
                    Schema.name(name),
                    List.of(),
                    where,
                    DEAD,
                    Condition.FALSE,
                    removal,
                    List.of(),
                    clocks,
                    clearings,
                    keys,
                    releases,
                    List.of(),
                    new TablePlan.Cost(-1, -1, List.of()));
        }

        Plan plan() {
            return MemoryExecutorTest.plan(List.of(new Plan.Group(List.of(table()), false)));
        }
    }
}
