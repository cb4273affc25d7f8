package dev.kept.stores.postgres;

import static dev.kept.stores.postgres.Plans.at;
import static dev.kept.stores.postgres.Plans.clearing;
import static dev.kept.stores.postgres.Plans.foreignKey;
import static dev.kept.stores.postgres.Plans.keys;
import static dev.kept.stores.postgres.Plans.past;
import static dev.kept.stores.postgres.Plans.plan;
import static dev.kept.stores.postgres.Plans.reaching;
import static dev.kept.stores.postgres.Plans.sweep;
import static dev.kept.stores.postgres.Plans.table;
import static dev.kept.stores.postgres.Plans.tablePlan;
import static dev.kept.stores.postgres.Plans.unreferred;
import static dev.kept.stores.postgres.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Replacement;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.postgres.run.RunResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanExecutorTest {

    private static final Link TO_CUSTOMER = foreignKey("orders", "customer_id", "customers", "id");
    private static final Link TO_ADDRESS = foreignKey("orders", "address_id", "addresses", "id");

    private static final String SHOP = """
            CREATE TABLE customers (id bigint PRIMARY KEY, email text, last_login_at timestamptz);
            CREATE TABLE addresses (id bigint PRIMARY KEY, street text);
            CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
                address_id bigint REFERENCES addresses, ship_to text, placed_at timestamptz);
            INSERT INTO customers VALUES (1, 'a', '2020-01-01'), (2, 'b', '2026-05-01'), (3, 'c', NULL), (4, 'd', '2020-01-01');
            INSERT INTO addresses VALUES (1, 'one'), (2, 'two'), (3, 'never owned');
            INSERT INTO orders VALUES (1, 1, 1, 'x', '2019-01-01'), (2, 1, 2, 'y', '2026-01-01'),
                (3, 4, 1, 'z', '2019-01-01'), (4, 2, 2, 'w', '2019-01-01');
            """;

    @Test
    void rows_past_their_end_go_and_unknown_ones_stay() {
        try (Shop shop = Shop.with(SHOP)) {
            Condition gone = Condition.all(past(at("last_login_at"), "2 years"), unreferred(TO_CUSTOMER));

            RunResult result = shop.run(
                    sweep(tablePlan("orders", past(at("placed_at"), "2 years")), tablePlan("customers", gone)));

            assertThat(shop.rows("SELECT id FROM orders")).containsExactly("2");
            assertThat(shop.rows("SELECT id FROM customers ORDER BY 1")).containsExactly("1", "2", "3");
            assertThat(result.outcome()).isEqualTo(RunResult.Outcome.DONE);
            assertThat(result.of(table("orders")).deleted()).isEqualTo(3);
            assertThat(result.look().orElseThrow().unknown()).isEqualTo(1);
        }
    }

    @Test
    void columns_are_cleared_once_and_rows_without_change_are_not_touched() {
        try (Shop shop = Shop.with(SHOP)) {
            var plan =
                    sweep(tablePlan("orders", Condition.FALSE, clearing(past(at("placed_at"), "2 years"), "ship_to")));

            RunResult first = shop.run(plan);
            List<String> after = shop.rows("SELECT ctid, xmin, * FROM orders ORDER BY id");
            RunResult second = shop.run(plan);

            assertThat(first.of(table("orders")).cleared()).isEqualTo(3);
            assertThat(second.changed()).isZero();
            assertThat(shop.rows("SELECT ctid, xmin, * FROM orders ORDER BY id"))
                    .isEqualTo(after);
            assertThat(shop.rows("SELECT id FROM orders WHERE ship_to IS NOT NULL"))
                    .containsExactly("2");
        }
    }

    @Test
    void a_row_dated_by_another_table_goes_when_that_date_is_past() {
        try (Shop shop = Shop.with(SHOP)) {
            Condition dated = past(new Moment.Through(TO_CUSTOMER, at("last_login_at")), "2 years");

            shop.run(sweep(tablePlan("orders", dated)));

            assertThat(shop.rows("SELECT id FROM orders ORDER BY 1")).containsExactly("4");
        }
    }

    @Test
    void clocks_go_with_the_row_they_date_in_one_transaction() {
        try (Shop shop = Shop.with(SHOP)) {
            shop.execute("ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey,"
                    + " ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE RESTRICT");
            Condition ended = past(new Moment.Among(TO_CUSTOMER, at("placed_at"), false), "2 years");
            TablePlan customers = with(
                    tablePlan("customers", ended),
                    List.of(new TablePlan.Clock(List.of(TO_CUSTOMER), List.of())),
                    Optional.empty(),
                    List.of());

            RunResult result = shop.run(sweep(customers));

            assertThat(shop.rows("SELECT id FROM customers ORDER BY 1")).containsExactly("1", "3");
            assertThat(shop.rows("SELECT id FROM orders ORDER BY 1")).containsExactly("1", "2");
            assertThat(result.of(table("orders")).deleted()).isEqualTo(2);
        }
    }

    @Test
    void a_shared_row_goes_with_its_last_pointer_and_one_never_owned_stays() {
        try (Shop shop = Shop.with(SHOP)) {
            Condition orphaned = Condition.not(new Condition.Some(TO_ADDRESS, Condition.TRUE));
            TablePlan orders = with(
                    tablePlan("orders", past(at("placed_at"), "2 years")),
                    List.of(),
                    Optional.empty(),
                    List.of(new TablePlan.Release(TO_ADDRESS, orphaned, orphaned, List.of(), List.of())));

            RunResult result = shop.run(sweep(orders));

            assertThat(shop.rows("SELECT id FROM addresses ORDER BY 1")).containsExactly("2", "3");
            assertThat(result.of(table("addresses")).released()).isEqualTo(1);
        }
    }

    @Test
    void persons_are_reached_by_key_and_others_stay_as_they_are() {
        try (Shop shop = Shop.with(SHOP)) {
            List<String> others = shop.rows("SELECT ctid, * FROM orders WHERE customer_id <> 1 ORDER BY id");
            Reach reach = new Reach.Into(TO_CUSTOMER, new Reach.Keys(List.of("id"), Match.EXACT, keys("1")));

            shop.run(plan(new Scope.Persons(List.of()), reaching(tablePlan("orders", Condition.TRUE), reach)));

            assertThat(shop.rows("SELECT ctid, * FROM orders ORDER BY id")).isEqualTo(others);
        }
    }

    @Test
    void a_personal_key_is_replaced_and_all_that_refers_to_it_follows() {
        try (Shop shop = Shop.with("""
                CREATE TABLE people (email text PRIMARY KEY, invited_by text REFERENCES people, gone boolean NOT NULL);
                CREATE TABLE mails (id int PRIMARY KEY, sender text REFERENCES people ON UPDATE RESTRICT,
                    recipient text NOT NULL REFERENCES people ON UPDATE SET NULL, copy text);
                INSERT INTO people VALUES ('a@x', NULL, true), ('b@x', 'a@x', true), ('c@x', 'b@x', false);
                INSERT INTO mails VALUES (1, 'a@x', 'b@x', ' A@x '), (2, 'c@x', 'a@x', 'c@x');
                """)) {
            Link sender = foreignKey("mails", "sender", "people", "email");
            Link recipient = foreignKey("mails", "recipient", "people", "email");
            Link invited = foreignKey("people", "invited_by", "people", "email");
            Link copy = new Link(
                    table("mails"),
                    List.of("copy"),
                    table("people"),
                    List.of("email"),
                    Match.CASEFOLD_TRIM,
                    false,
                    List.of(),
                    false);
            TablePlan people = with(
                    tablePlan("people", Condition.FALSE),
                    List.of(),
                    Optional.of(new TablePlan.Rekey(
                            List.of("email"),
                            new Condition.ValueIn("gone", List.of("t")),
                            List.of(sender, recipient, invited, copy))),
                    List.of());

            RunResult result = shop.run(sweep(people));

            assertThat(result.of(table("people")).rekeyed()).isEqualTo(2);
            assertThat(shop.rows("SELECT email FROM people WHERE email NOT LIKE 'erased-%'"))
                    .containsExactly("c@x");
            assertThat(shop.rows("SELECT m.id FROM mails m JOIN people s ON s.email = m.sender"
                            + " JOIN people r ON r.email = m.recipient JOIN people c ON c.email = m.copy"
                            + " WHERE m.id = 1 AND r.invited_by = s.email AND c.email = s.email"))
                    .containsExactly("1");
            assertThat(shop.rows("SELECT sender, copy FROM mails WHERE id = 2")).containsExactly("c@x|c@x");
            assertThat(shop.run(sweep(people)).changed()).isZero();
        }
    }

    @Test
    void what_refers_by_a_value_that_stands_for_nobody_follows_no_new_key() {
        try (Shop shop = Shop.with("""
                CREATE TABLE people (email text PRIMARY KEY, gone boolean NOT NULL);
                CREATE TABLE mails (id int PRIMARY KEY, recipient text);
                CREATE TABLE opens (mail text, recipient text);
                INSERT INTO people VALUES ('n/a', true), ('a@x', true);
                INSERT INTO mails VALUES (1, 'n/a'), (2, ' N/A'), (3, 'A@x');
                INSERT INTO opens VALUES ('1', 'n/a'), ('3', 'A@x');
                """)) {
            Link sent = sparing("mails", "people", "email", List.of("N/A"));
            Link opened = sparing("opens", "mails", "recipient", List.of());
            TablePlan people = with(
                    tablePlan("people", Condition.FALSE),
                    List.of(),
                    Optional.of(new TablePlan.Rekey(
                            List.of("email"), new Condition.ValueIn("gone", List.of("t")), List.of(sent, opened))),
                    List.of());

            assertThat(shop.run(sweep(people)).of(table("people")).rekeyed()).isEqualTo(2);

            assertThat(shop.rows("SELECT recipient FROM mails WHERE id < 3 ORDER BY id"))
                    .containsExactly("n/a", " N/A");
            assertThat(shop.rows("SELECT recipient FROM opens WHERE mail = '1'"))
                    .containsExactly("n/a");
            assertThat(shop.rows("SELECT count(*) FROM mails m JOIN people p ON p.email = m.recipient"
                            + " JOIN opens o ON o.recipient = m.recipient WHERE m.id = 3 AND o.mail = '3'"))
                    .containsExactly("1");
        }
    }

    private static Link sparing(String from, String to, String column, List<String> none) {
        return new Link(
                table(from),
                List.of("recipient"),
                table(to),
                List.of(column),
                Match.CASEFOLD_TRIM,
                false,
                List.of("recipient"),
                false,
                none);
    }

    @Test
    void paths_in_documents_go_and_the_rest_of_the_document_stays() {
        try (Shop shop = Shop.with("""
                CREATE TABLE profiles (id int PRIMARY KEY, doc jsonb, raw json);
                INSERT INTO profiles VALUES
                    (1, '{"email": "a", "contact": {"phone": "1", "x": 2}, "keep": true}', '{"email": "a", "b": 1}'),
                    (2, '["email"]', NULL), (3, '"email"', '{"b":  1}');
                """)) {
            TablePlan.Clearing clearing = new TablePlan.Clearing(
                    Condition.TRUE,
                    List.of(
                            new TablePlan.Assignment("doc", List.of("email"), new Replacement.RemovePath()),
                            new TablePlan.Assignment("doc", List.of("contact", "phone"), new Replacement.RemovePath()),
                            new TablePlan.Assignment("raw", List.of("email"), new Replacement.RemovePath())));

            RunResult result = shop.run(sweep(tablePlan("profiles", Condition.FALSE, clearing)));

            assertThat(result.of(table("profiles")).cleared()).isEqualTo(1);
            assertThat(shop.rows("SELECT doc, raw FROM profiles ORDER BY id"))
                    .containsExactly(
                            "{\"keep\": true, \"contact\": {\"x\": 2}}|{\"b\": 1}",
                            "[\"email\"]|",
                            "\"email\"|{\"b\":  1}");
        }
    }
}
