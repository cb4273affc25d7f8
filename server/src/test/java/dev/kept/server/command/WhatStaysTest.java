package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An erasure names what it leaves, also where nothing leads there any more once it is done. */
class WhatStaysTest {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              address: {from: you, is: pd:PhysicalAddress}
              line: {from: you, is: pd:Purchase}
            uses:
              account: {basis: contract, data: [name, email, address], ends: [{after: account.opened, for: 2 years}]}
              orders: {basis: contract, data: [email, address], ends: [{after: order.placed, for: 2 years}]}
            keeps:
              longest: 2 years
              beyond: {accounting: {law: "HGB 257", duty: required, data: [line], ends: [{after: order.placed, for: 10 years, rounded: end-of-year}]}}
              then: {rows: delete}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            We hold your name and more. {#collects.name collects.email collects.address collects.line}

            Accounts. {#uses.account} Orders. {#uses.orders}

            At most {{keeps.longest}}. {#keeps.longest} Invoices longer. {#keeps.beyond.accounting} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase}
            """;

    @TempDir
    private Path folder;

    private Company company;

    @AfterEach
    void close() {
        company.close();
    }

    private void company(String schema, String map) throws IOException {
        company = new Company(folder, NOTICE, PROSE);
        company.store("shop", schema, map);
        company.checked();
    }

    @Test
    void orders_that_met_her_by_her_address_lose_it_and_are_named() throws IOException {
        company("""
                CREATE TABLE customers (id int PRIMARY KEY, email text, name text, opened timestamptz NOT NULL);
                CREATE TABLE orders (id int PRIMARY KEY, email text, placed timestamptz NOT NULL, line text);
                INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, now() - interval '100 days' FROM generate_series(1, 3) i;
                INSERT INTO orders SELECT i, ' C' || (1 + i % 3) || '@example.org', '2026-05-01', 'line ' || i FROM generate_series(1, 6) i;
                """, """
                customers:
                  person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email, name: name}
                orders:
                  belongs-to: {buyer: {person: customer, via: email, to: email, match: casefold-trim}}
                  uses: [orders, accounting]
                  events: {order.placed: placed}
                  columns: {email: {is: email, for: [orders]}, line: line}
                """);

        Said said = company.erase("email: c1@example.org");

        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines())
                .anyMatch(
                        line -> line.matches(" *orders +2 rows +for `accounting` +legal-obligation +until 2037-01-01"));
        assertThat(said.out())
                .contains("Art. 11")
                .contains("not known to be this person's any more")
                .doesNotContain("the request stands")
                .doesNotContain("nothing left of this person");
        assertThat(company.rows("shop", "SELECT concat_ws('|', id, email, line) FROM orders ORDER BY id"))
                .containsExactly(
                        "1| C2@example.org|line 1",
                        "2| C3@example.org|line 2",
                        "3|line 3",
                        "4| C2@example.org|line 4",
                        "5| C3@example.org|line 5",
                        "6|line 6");
    }

    @Test
    void what_is_nobodys_and_must_be_unique_stays_in_an_emptied_row_and_is_said() throws IOException {
        company("""
                CREATE TYPE tone AS ENUM ('warm', 'cold');
                CREATE TABLE customers (id int PRIMARY KEY, code uuid NOT NULL UNIQUE, tone tone NOT NULL, rank int NOT NULL, email text, name text NOT NULL, opened timestamptz NOT NULL);
                CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, placed timestamptz NOT NULL, line text);
                INSERT INTO customers SELECT i, ('00000000-0000-4000-8000-00000000000' || i)::uuid, 'cold', i, 'c' || i || '@example.org', 'Name ' || i, now() - interval '100 days'
                  FROM generate_series(1, 3) i;
                INSERT INTO orders SELECT i, 1 + i % 3, '2026-05-01', 'line ' || i FROM generate_series(1, 6) i;
                """, """
                customers:
                  person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email, name: name, code: not-personal, tone: not-personal, rank: not-personal}
                orders:
                  belongs-to: {buyer: {person: customer, via: customer_id}}
                  uses: [accounting]
                  events: {order.placed: placed}
                  columns: {line: line}
                """);

        Said live = Company.run("check", "--live", company.folder().toString());
        assertThat(live.exit()).as(live.toString()).isZero();
        assertThat(live.out())
                .contains("`customers.code` stays in rows that are emptied: it is not personal", "[stays-emptied]")
                .contains("`customers.tone` stays in rows that are emptied");

        Said said = company.erase("email: c1@example.org");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(company.rows(
                        "shop", "SELECT concat_ws('|', id, code, tone, rank, email, name) FROM customers ORDER BY id"))
                .containsExactly(
                        "1|00000000-0000-4000-8000-000000000001|cold|0|",
                        "2|00000000-0000-4000-8000-000000000002|cold|2|c2@example.org|Name 2",
                        "3|00000000-0000-4000-8000-000000000003|cold|3|c3@example.org|Name 3");
        assertThat(company.kept("sweep").out()).contains("nothing left to forget");
    }

    @Test
    void a_condition_that_speaks_for_other_rows_is_no_promise() throws IOException {
        String map = """
                customers:
                  person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email}
                orders:
                  belongs-to: {buyer: {person: customer, via: customer_id}}
                  uses: [orders]
                  events: {order.placed: placed}
                  while: {order.open: {state: open}}
                  columns: {email: email, state: not-personal}
                """;
        company = new Company(
                folder,
                NOTICE.replace(
                        "name, email, address], ends: [{after: account.opened, for: 2 years}]",
                        "name, email, address], while: order.open, ends: [{after: account.opened, for: 2 years}]"),
                PROSE);
        company.store("shop", """
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened timestamptz NOT NULL);
                CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, email text, state text, placed timestamptz NOT NULL);
                """, map);
        assertThat(Company.run("check", company.folder().toString()).out())
                .contains(
                        "a request that ends `account` does not wait at `customers`: `order.open` speaks for other rows")
                .contains("dates: [customers]");
        assertThat(company.kept("plan", "--table", "customers").out())
                .contains("`account` ends at once")
                .doesNotContain("unless");

        Path there = company.folder().resolve("stores/shop.yaml");
        Files.writeString(
                there,
                Files.readString(there)
                        .replace("order.placed: placed", "order.placed: {at: placed, dates: [customers]}"));

        assertThat(Company.run("check", company.folder().toString()).out()).doesNotContain("does not wait");
        assertThat(company.kept("plan", "--table", "customers").out())
                .contains("`account` ends at once unless `order.open`");
    }

    @Test
    void who_is_found_as_one_kind_and_is_another_s_too_is_said_not_to_be_met_as_that() throws IOException {
        String map = """
                customers:
                  person: {customer: {key: id, found-by: {%s: %s}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {login: name}
                mailboxes:
                  person: {mailbox: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
                  belongs-to: {holder: {person: customer, via: customer_id}}
                  uses: [account]
                  events: {account.opened: added}
                  columns: {email: email}
                """;
        String schema = """
                CREATE TABLE customers (id int PRIMARY KEY, login text, opened timestamptz NOT NULL);
                CREATE TABLE mailboxes (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, email text, added timestamptz NOT NULL);
                """;
        company(schema, map.formatted("login", "login"));
        assertThat(Company.run("check", company.folder().toString()).out())
                .contains(
                        "who is found as `mailbox` by `email` is not found as the `customer` to whom the row belongs",
                        "`found-by: {email: {table: mailboxes, column: …}}`",
                        "[kinds-never-meet]");
        company.close();

        company(schema, map.formatted("email", "login"));
        assertThat(Company.run("check", company.folder().toString()).out()).doesNotContain("kinds-never-meet");
    }

    @Test
    void rows_that_follow_her_to_a_new_key_are_named() throws IOException {
        company("""
                CREATE TABLE customers (email text PRIMARY KEY, name text, opened timestamptz NOT NULL);
                CREATE TABLE orders (id int PRIMARY KEY, email text NOT NULL REFERENCES customers ON UPDATE CASCADE, placed timestamptz NOT NULL, line text);
                INSERT INTO customers SELECT 'c' || i || '@example.org', 'Name ' || i, now() - interval '100 days' FROM generate_series(1, 3) i;
                INSERT INTO orders SELECT i, 'c' || (1 + i % 3) || '@example.org', '2026-05-01', 'line ' || i FROM generate_series(1, 6) i;
                """, """
                customers:
                  person: {customer: {key: email, found-by: {email: email}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email, name: name}
                orders:
                  belongs-to: {buyer: {person: customer, via: email}}
                  uses: [accounting]
                  events: {order.placed: placed}
                  columns: {line: line}
                """);

        Said said = company.erase("email: c1@example.org");

        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines())
                .anyMatch(
                        line -> line.matches(" *orders +2 rows +for `accounting` +legal-obligation +until 2037-01-01"));
        assertThat(said.out()).contains("Art. 11").doesNotContain("nothing left of this person");
        assertThat(company.rows("shop", "SELECT email FROM orders WHERE id IN (3, 6)"))
                .doesNotContain("c1@example.org");
    }

    @Test
    void a_shared_row_that_stays_for_somebody_else_stays_for_the_rights_of_others() throws IOException {
        company("""
                CREATE TABLE addresses (id int PRIMARY KEY, street text);
                CREATE TABLE customers (id int PRIMARY KEY, email text, address_id int NOT NULL REFERENCES addresses, opened timestamptz NOT NULL);
                CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, placed timestamptz NOT NULL, line text);
                INSERT INTO addresses VALUES (1, 'Mill Lane');
                INSERT INTO customers SELECT i, 'c' || i || '@example.org', 1, now() - interval '100 days' FROM generate_series(1, 2) i;
                INSERT INTO orders SELECT i, i, '2026-05-01', 'line ' || i FROM generate_series(1, 2) i;
                """, """
                addresses:
                  belongs-to: {any-of: [customers.address_id]}
                  uses: [account]
                  columns: {street: address}
                customers:
                  person: {customer: {key: id, found-by: {email: email}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email}
                orders:
                  belongs-to: {buyer: {person: customer, via: customer_id}}
                  uses: [accounting]
                  events: {order.placed: placed}
                  columns: {line: line}
                """);

        Said said = company.erase("email: c1@example.org");

        assertThat(said.out().lines())
                .anyMatch(line -> line.matches(" *addresses +1 row +for `account` +rights-of-others.*"));
        assertThat(company.rows("shop", "SELECT street FROM addresses")).isEqualTo(List.of("Mill Lane"));
    }
}
