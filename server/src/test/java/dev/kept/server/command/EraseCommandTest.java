package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EraseCommandTest {

    static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              message: {from: you, is: pd:Communication}
              order-line: {from: you, is: pd:Purchase}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 2 years}]}
              newsletter: {basis: consent, data: [email], ends: [{after: newsletter.given, for: 2 years}]}
              messages: {basis: consent, data: [message], ends: [{after: message.sent, for: 1 year}]}
              support: {basis: legitimate-interests, interest: helping, data: [email, name], ends: [{after: contact.made, for: 1 year}]}
            keeps:
              longest: 2 years
              beyond: {accounting: {law: "HGB 257", duty: required, data: [order-line], ends: [{after: order.placed, for: 10 years, rounded: end-of-year}]}}
              then: {rows: delete}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    static final String PROSE = """
            We hold your name, your address, what you write and what you order. {#collects.name collects.email collects.message collects.order-line}

            Accounts. {#uses.account} News. {#uses.newsletter} Messages. {#uses.messages} Support. {#uses.support}

            At most {{keeps.longest}}. {#keeps.longest} Invoices longer. {#keeps.beyond.accounting} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase}
            """;

    static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, name text, opened timestamptz NOT NULL);
            CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, placed timestamptz NOT NULL, line text);
            CREATE TABLE messages (id int PRIMARY KEY, sender int REFERENCES customers, recipient int REFERENCES customers, sent timestamptz NOT NULL, body text);
            CREATE TABLE subscribers (id int PRIMARY KEY, email text NOT NULL, given timestamptz NOT NULL);
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, now() - interval '100 days' FROM generate_series(1, 9) i;
            INSERT INTO orders SELECT i, 1 + i % 9, '2025-05-01', 'line ' || i FROM generate_series(1, 18) i;
            INSERT INTO messages VALUES (1, 1, 2, now() - interval '30 days', 'to two'), (2, 2, 3, now() - interval '30 days', 'not hers');
            INSERT INTO subscribers VALUES (1, ' C1@Example.org', now() - interval '9 days'), (2, 'c2@example.org', now() - interval '9 days'),
                (3, 'twin@example.org', now() - interval '9 days'), (4, 'twin@example.org', now() - interval '9 days');
            """;

    static final String SHOP_MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, name: name, opened: not-personal}
            orders:
              belongs-to: {buyer: {person: customer, via: customer_id}}
              uses: [accounting]
              events: {order.placed: placed}
              columns: {line: order-line, placed: not-personal}
            messages:
              belongs-to: {sender: {person: customer, via: sender}, recipient: {person: customer, via: recipient}}
              uses: [messages]
              events: {message.sent: sent}
              columns: {body: {is: message, of: [sender, recipient]}, sent: not-personal}
            subscribers:
              person: {subscriber: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [newsletter]
              events: {newsletter.given: given}
              columns: {email: email, given: not-personal}
            """;

    static final String CRM = """
            CREATE TABLE contacts (no int PRIMARY KEY, mail text, who text, made timestamptz NOT NULL);
            INSERT INTO contacts VALUES (7, 'c1@example.org', 'One', now()), (8, 'c3@example.org', 'Three', now());
            """;

    static final String CRM_MAP = """
            contacts:
              person: {contact: {key: no, found-by: {email: {column: mail, match: casefold-trim}}}}
              uses: [support]
              events: {contact.made: made}
              columns: {mail: email, who: name, made: not-personal}
            """;

    @TempDir
    private Path folder;

    private Company company;

    @BeforeEach
    void open() throws IOException {
        company = new Company(folder, NOTICE, PROSE);
        company.store("shop", SHOP, SHOP_MAP);
        company.store("crm", CRM, CRM_MAP);
        company.checked();
    }

    @AfterEach
    void close() {
        company.close();
    }

    private List<String> others() {
        return company.rows("shop", """
                SELECT t FROM (SELECT 'c' || c::text t FROM customers c WHERE id <> 1 UNION ALL SELECT 'o' || o::text FROM orders o WHERE customer_id <> 1
                UNION ALL SELECT 'm' || m::text FROM messages m WHERE id <> 1 UNION ALL SELECT 's' || s::text FROM subscribers s WHERE id <> 1) all_others ORDER BY 1""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wayward", "1 or 1=1", "2\u0661", "98765432109876543210", "1.0"})
    void a_key_that_no_row_could_have_is_refused_and_not_taken_for_somebody_absent(String key) throws IOException {
        List<String> before = company.rows("shop", "SELECT c::text FROM customers c ORDER BY id");
        Said said = company.erase("customer: " + key);
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("no integer", "`customers.id`").doesNotContain(key);
        assertThat(said.out()).doesNotContain("absent");
        assertThat(company.rows("shop", "SELECT c::text FROM customers c ORDER BY id"))
                .isEqualTo(before);
    }

    @Test
    void person_named_by_key_is_found_as_other_kinds_and_in_other_stores_by_what_her_rows_say() throws IOException {
        List<String> before = others();
        Said said = company.erase("customer: 1");
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("also found as `subscriber`, by the `email`")
                .contains("also found as `contact`, by the `email`");
        assertThat(company.rows("shop", "SELECT id::text FROM subscribers ORDER BY id"))
                .containsExactly("2", "3", "4");
        assertThat(company.rows("crm", "SELECT no::text FROM contacts")).containsExactly("8");
        assertThat(others()).isEqualTo(before);
    }

    @Test
    void what_stays_is_named_with_its_ground_and_its_end_and_that_nothing_leads_to_it_any_more() throws IOException {
        Said said = company.erase("email: c1@example.org");
        assertThat(said.out().lines())
                .anyMatch(
                        line -> line.matches(" *orders +2 rows +for `accounting` +legal-obligation +until 2036-01-01"))
                .anyMatch(line ->
                        line.matches(" *messages +1 row +for `messages` +rights-of-others +until \\d{4}-\\d\\d-\\d\\d"))
                .anyMatch(line -> line.matches(" *customers +1 row +needed-by-what-stays +as long as that stays"));
        assertThat(said.out()).contains("can no longer be found").contains("Art. 11");
        assertThat(company.rows("shop", "SELECT concat_ws('|', id, email, name) FROM customers WHERE id = 1"))
                .containsExactly("1");
        assertThat(company.rows("shop", "SELECT concat_ws('|', sender, recipient, body) FROM messages WHERE id = 1"))
                .containsExactly("2|to two");
    }

    @Test
    void nobody_is_erased_where_one_line_names_several_persons_or_nobodys_finder() throws IOException {
        List<String> before = company.rows("shop", "SELECT c::text FROM customers c ORDER BY id");
        Said said = company.erase("email: c1@example.org\nemail: twin@example.org\nphone: 1234");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("nobody was erased")
                .contains("line 2 fits 2 persons of kind `subscriber`")
                .contains("line 3 is named by `phone`")
                .doesNotContain("twin")
                .doesNotContain("1234");
        assertThat(company.rows("shop", "SELECT c::text FROM customers c ORDER BY id"))
                .isEqualTo(before);
    }

    @Test
    void already_absent_is_success_and_a_second_erasure_changes_nothing() throws IOException {
        assertThat(company.erase("email: nobody@example.org").out()).contains("already absent is success");
        company.erase("customer: 1");
        List<String> after = company.rows("shop", "SELECT c::text FROM customers c ORDER BY id");
        Said again = company.erase("customer: 1");
        assertThat(again.exit()).isZero();
        assertThat(again.out()).contains("Nothing had to be forgotten");
        assertThat(company.rows("shop", "SELECT c::text FROM customers c ORDER BY id"))
                .isEqualTo(after);
    }

    @Test
    void dry_run_says_what_would_stay_and_changes_nothing() throws IOException {
        List<String> before = company.rows("shop", "SELECT c::text FROM customers c ORDER BY id");
        Said said = company.kept(
                "erase",
                "--dry-run",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                company.persons("customer: 1").toString());
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("What would stay, and why:").contains("until 2036-01-01");
        assertThat(company.rows("shop", "SELECT c::text FROM customers c ORDER BY id"))
                .isEqualTo(before);
    }

    @Test
    void scripts_get_one_document_with_every_line_and_store() throws IOException {
        Said said = company.kept(
                "erase",
                "--json",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                company.persons("customer: 1", "email: nobody@example.org").toString());
        assertThat(said.out().lines()).hasSize(1);
        assertThat(said.out())
                .contains("\"line\":1")
                .contains("\"store\":\"crm\"")
                .contains("\"until\":\"2036-01-01\"")
                .contains("\"findable\":false")
                .contains("\"state\":\"absent\"");
    }

    @Test
    void journal_and_state_know_no_name_of_a_person_once_all_is_done() throws IOException {
        company.erase("customer: 1");
        String everything = String.join("\n", Company.rows(company.state(), """
                SELECT 'journal' || entry FROM kept.journal UNION ALL SELECT run::text FROM kept.run UNION ALL SELECT run_step::text FROM kept.run_step"""));
        assertThat(everything)
                .isNotEmpty()
                .doesNotContain("example.org")
                .doesNotContain("Anna")
                .doesNotContain("by letter");
    }
}
