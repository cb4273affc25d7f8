package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Alerts that each are a row of their own: what has one address is one person's, where the map says so. */
class OnePersonInSeveralRowsTest extends OneShop {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              phone: {from: you, is: pd:TelephoneNumber}
            uses:
              account: {basis: contract, data: [name, email, phone], ends: [{after: account.opened, for: 1 year}]}
              alerts: {basis: consent, data: [name, email, phone], ends: [{after: alert.asked, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    private static final String PROSE = """
            We hold your name and how to reach you. {#collects.name collects.email collects.phone} Accounts. {#uses.account} Alerts. {#uses.alerts}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase rights.access rights.correct}
            """;

    private static final String SHOP = """
            CREATE TABLE alerts (id int PRIMARY KEY, email text, phone text, name text, asked timestamptz NOT NULL);
            CREATE TABLE sent (id int PRIMARY KEY, alert int NOT NULL REFERENCES alerts, name text);
            CREATE TABLE customers (id int PRIMARY KEY, email text, phone text, name text, opened timestamptz NOT NULL);
            CREATE TABLE calls (id int PRIMARY KEY, phone text, name text, asked timestamptz NOT NULL);
            INSERT INTO calls VALUES (1, '1', 'Who', now()), (2, '2', 'Cleo', now());
            INSERT INTO alerts VALUES (1, 'ada@example.org', '1', 'Ada', now()), (2, ' ADA@example.org', '1', 'Ada', now()),
                (3, 'ada@example.org', '2', 'Ada', now()), (4, 'bob@example.org', '1', 'Bob', now()), (5, 'bob@example.org', '1', 'Bobby', now());
            INSERT INTO sent VALUES (1, 1, 'Ada'), (3, 3, 'Ada'), (4, 4, 'Bob');
            INSERT INTO customers VALUES (1, 'ada@example.org', NULL, 'Ada', now()), (2, 'cleo@example.org', '2', 'Cleo', now()),
                (3, 'bob@example.org', '8', 'Bob', now());
            """;

    private static final String MAP = """
            alerts:
              person: {waiting: {key: id, found-by: {email: {column: email, match: casefold-trim, several: one-person}, phone: phone}}}
              uses: [alerts]
              events: {alert.asked: asked}
              columns: {email: email, phone: phone, name: name, asked: not-personal}
            sent:
              belongs-to: {to: {table: alerts, via: alert}}
              uses: [alerts]
              columns: {name: name}
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}, phone: phone}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, phone: phone, name: name, opened: not-personal}
            calls:
              person: {caller: {key: id, found-by: {phone: phone}}}
              uses: [alerts]
              events: {alert.asked: asked}
              columns: {phone: phone, name: name, asked: not-personal}
            """;

    OnePersonInSeveralRowsTest() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    private String left(String table) {
        return String.join(" ", company.rows("shop", "SELECT id::text FROM " + table + " ORDER BY id"));
    }

    @Test
    void an_erasure_takes_all_that_has_the_address_and_nothing_else() throws IOException {
        Said said = company.erase("email: ada@example.org");

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("found as 3 rows of `waiting`, which by the map are one person's");
        assertThat(left("alerts")).isEqualTo("4 5");
        assertThat(left("sent")).isEqualTo("4");
        assertThat(left("customers")).isEqualTo("2 3");
    }

    @Test
    void a_kind_that_is_met_by_the_address_is_found_in_all_its_rows_too() throws IOException {
        assertThat(company.erase("customer: 1", "--json").out()).contains("\"persons\":{\"customer\":1,\"waiting\":3}");

        assertThat(left("alerts")).isEqualTo("4 5");
    }

    @Test
    void nor_does_it_where_another_store_says_only_one_of_it() throws IOException {
        company.store("crm", """
                CREATE TABLE members (id int PRIMARY KEY, email text, phone text, opened timestamptz NOT NULL);
                INSERT INTO members VALUES (1, 'ada@example.org', '2', now());
                """, """
                members:
                  person: {member: {key: id, found-by: {email: email, phone: phone}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email, phone: phone, opened: not-personal}
                """);
        company.checked();

        assertThat(company.erase("email: ada@example.org").exit()).isZero();

        assertThat(company.rows("crm", "SELECT id FROM members")).isEmpty();
        assertThat(left("alerts")).isEqualTo("4 5");
        assertThat(left("calls")).isEqualTo("1 2");
        assertThat(left("customers")).isEqualTo("2 3");
    }

    @Test
    void what_her_rows_say_differently_leads_no_further() throws IOException {
        company.erase("email: ada@example.org");
        assertThat(left("calls")).isEqualTo("1 2");

        company.erase("waiting: 4");
        assertThat(left("calls")).isEqualTo("2");
    }

    @Test
    void a_finder_of_which_nothing_is_said_is_refused_when_it_fits_several() throws IOException {
        Said said = company.erase("phone: 1");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("fits 4 persons of kind `waiting`").doesNotContain("example.org");
        assertThat(left("alerts")).isEqualTo("1 2 3 4 5");

        assertThat(company.erase("phone: 1; email: bob@example.org").exit()).isZero();
        assertThat(left("alerts")).isEqualTo("1 2 3");
    }

    @Test
    void without_a_word_in_the_map_the_refusal_says_what_it_could_say() throws IOException {
        Path map = folder.resolve("stores/shop.yaml");
        Files.writeString(map, Files.readString(map).replace(", several: one-person", ""));

        Said said = company.erase("email: ada@example.org");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("fits 3 persons", "several: one-person");
        assertThat(left("alerts")).isEqualTo("1 2 3 4 5");
    }

    @Test
    void a_correction_reaches_all_her_rows() throws IOException {
        Path request = Files.writeString(
                folder.resolve("request.yaml"),
                "person: {email: ada@example.org}\nset: {alerts: [{rows: 3, set: {name: Ada King}}]}\n");

        Said said = company.kept(
                "correct", "--operator", "Anna", "--checked", "by letter", "--request", request.toString());

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(company.rows("shop", "SELECT name FROM alerts ORDER BY id"))
                .containsExactly("Ada King", "Ada King", "Ada King", "Bob", "Bobby");
    }

    @Test
    void access_hands_out_all_her_rows() throws IOException {
        Said said = company.kept(
                "access",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                company.persons("email: ada@example.org").toString(),
                "--to",
                folder.resolve("packages").toString(),
                "--json");

        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("\"alerts\":3", "\"sent\":2", "\"customers\":1");
    }
}
