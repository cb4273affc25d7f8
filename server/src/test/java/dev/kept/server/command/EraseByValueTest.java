package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Orders that belong to a customer by her address alone. */
class EraseByValueTest extends OneShop {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              order-line: {from: you, is: pd:Purchase}
            uses:
              account: {basis: contract, data: [email], ends: [{after: account.opened, for: 2 years}]}
              booking: {basis: contract, data: [email, order-line], ends: [{after: order.placed, for: 1 year}]}
            keeps:
              longest: 2 years
              beyond: {accounting: {law: "HGB 257", duty: required, data: [order-line, email], ends: [{after: order.placed, for: 10 years, rounded: end-of-year}]}}
              then: {rows: delete}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            We hold your address and what you order. {#collects.email collects.order-line}

            Accounts. {#uses.account} Bookings. {#uses.booking}

            At most {{keeps.longest}}. {#keeps.longest} Invoices longer. {#keeps.beyond.accounting} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase}
            """;

    private static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, email text, opened timestamptz NOT NULL);
            CREATE TABLE orders (id int PRIMARY KEY, email text, total text, placed timestamptz);
            CREATE TABLE members (email text PRIMARY KEY, opened timestamptz NOT NULL);
            CREATE TABLE dues (id int PRIMARY KEY, member text NOT NULL REFERENCES members, total text, placed timestamptz NOT NULL);
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', now() - interval '100 days' FROM generate_series(1, 3) i;
            INSERT INTO orders SELECT i, ' C' || (1 + i % 3) || '@Example.org', 'total ' || i, now() - interval '99 days' FROM generate_series(1, 6) i;
            INSERT INTO orders VALUES (7, 'c3@example.org', 'total 7', NULL);
            INSERT INTO members VALUES ('m1@example.org', now() - interval '100 days'), ('m2@example.org', now() - interval '100 days');
            INSERT INTO dues VALUES (1, 'm1@example.org', 'due 1', now() - interval '99 days'), (2, 'm2@example.org', 'due 2', now() - interval '99 days');
            """;

    private static final String MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, opened: not-personal}
            orders:
              belongs-to: {guest: {person: customer, via: email, to: email, match: casefold-trim}}
              uses: [booking, accounting]
              events: {order.placed: placed}
              columns: {email: {is: email, for: [booking]}, total: order-line, placed: not-personal}
            members:
              person: {member: {key: email, found-by: {email: email}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, opened: not-personal}
            dues:
              belongs-to: {payer: {person: member, via: member}}
              uses: [accounting]
              events: {order.placed: placed}
              columns: {total: order-line, placed: not-personal}
            """;

    EraseByValueTest() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    @Test
    void orders_that_stay_for_accounting_lose_her_address_and_are_named_although_nothing_leads_to_them()
            throws IOException {
        Said said = company.erase("email: c1@example.org");

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out().lines())
                .anyMatch(line ->
                        line.matches(" *orders +2 rows +for `accounting` +legal-obligation +until \\d{4}-01-01"));
        assertThat(said.out())
                .contains("can no longer be found")
                .contains("Art. 11")
                .doesNotContain("nothing left");
        assertThat(company.rows(
                        "shop",
                        "SELECT id || coalesce(email, '-') || total FROM orders WHERE id IN (3, 6) ORDER BY id"))
                .containsExactly("3-total 3", "6-total 6");
        assertThat(company.rows("shop", "SELECT id::text FROM customers ORDER BY id"))
                .containsExactly("2", "3");
        assertThat(company.rows("shop", "SELECT id::text FROM orders WHERE email IS NOT NULL ORDER BY id"))
                .containsExactly("1", "2", "4", "5", "7");
    }

    @Test
    void scripts_are_told_the_same() throws IOException {
        assertThat(company.erase("customer: 1", "--json").out())
                .contains(
                        "\"table\":\"orders\",\"use\":\"accounting\",\"role\":\"guest\",\"rows\":2,\"unknown\":0,\"ground\":\"legal-obligation\"")
                .contains("\"findable\":false")
                .contains("\"state\":\"done\"");
    }

    @Test
    void what_is_unknown_of_them_leaves_the_answer_incomplete() throws IOException {
        Said said = company.erase("customer: 3");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("Incomplete");
        assertThat(said.out().lines())
                .anyMatch(line -> line.matches(" *orders +1 row +for `accounting` +not-known-ended +not known"));
    }

    @Test
    void rows_that_follow_a_replaced_key_are_named() throws IOException {
        Said said = company.erase("member: m1@example.org");

        assertThat(said.exit()).isZero();
        assertThat(said.out().lines())
                .anyMatch(
                        line -> line.matches(" *dues +1 row +for `accounting` +legal-obligation +until \\d{4}-01-01"));
        assertThat(company.rows("shop", "SELECT count(*)::text FROM dues WHERE member LIKE 'm1@%'"))
                .containsExactly("0");
    }

    @Test
    void plan_says_that_the_address_may_stay_as_the_link_to_her() {
        assertThat(company.kept("plan").out())
                .contains("cleared: email — once `booking` has ended")
                .contains("and nothing needs the link any more, or whom it leads to is gone");
    }
}
