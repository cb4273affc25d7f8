package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kept end} in a shop that notes consents in its own columns, a mailer's store that notes a state, and one that notes nothing. */
class EndCommandTest {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              taste: {from: you, is: pd:Preference}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 2 years}]}
              newsletter: {basis: consent, data: [email, taste], ends: [{after: newsletter.given, for: 2 years}]}
              support: {basis: legitimate-interests, interest: helping, data: [email, name], ends: [{after: contact.made, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, withdraw: {}, object: {}}
            """;

    private static final String PROSE = """
            We hold your name, your address and your taste. {#collects.name collects.email collects.taste}

            Accounts. {#uses.account} News. {#uses.newsletter} Support. {#uses.support}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.withdraw rights.object}
            """;

    private static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, name text, taste text, opened timestamptz NOT NULL, opted_in timestamptz, opted_out timestamptz);
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, 'taste ' || i, now() - interval '100 days', now() - interval '90 days'
                FROM generate_series(1, 4) i;
            """;

    private static final String SHOP_MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account, newsletter]
              events: {account.opened: opened}
              facts: {newsletter: {given: opted_in, withdrawn: opted_out, absent: never}}
              columns: {email: {is: email, for: [account]}, name: name, taste: taste, opened: not-personal}
            """;

    private static final String MAILER = """
            CREATE TABLE bounces (id int PRIMARY KEY, reader int, taste text);
            CREATE TABLE readers (no int PRIMARY KEY, mail text, joined timestamptz NOT NULL, status text);
            INSERT INTO readers SELECT i, 'C' || i || '@Example.org', now() - interval '90 days', 'on' FROM generate_series(1, 4) i;
            """;

    private static final String MAILER_MAP = """
            bounces: not-personal
            readers:
              person: {reader: {key: no, found-by: {email: {column: mail, match: casefold-trim}}}}
              uses: [newsletter, support]
              events: {newsletter.given: joined, contact.made: joined}
              facts: {newsletter: {state: {status: ["on"]}}}
              columns: {mail: email}
            """;

    @TempDir
    private Path folder;

    private Company company;

    @BeforeEach
    void open() throws IOException {
        company = new Company(folder, NOTICE, PROSE);
        company.store("shop", SHOP, SHOP_MAP);
        company.store("mailer", MAILER, MAILER_MAP);
        company.checked();
    }

    @AfterEach
    void close() {
        company.close();
    }

    private Said end(String person, String... options) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("end", "--operator", "Anna", "--checked", "by letter", "--persons"));
        words.add(company.persons(person).toString());
        words.addAll(List.of(options));
        return company.kept(words.toArray(String[]::new));
    }

    private List<String> shop() {
        return company.rows("shop", "SELECT c::text FROM customers c ORDER BY id");
    }

    private List<String> facts() {
        return Company.rows(
                company.state(), "SELECT person_kind || ' ' || what || ' ' || use_id FROM kept.person_fact ORDER BY 1");
    }

    @Test
    void a_withdrawal_is_carried_out_in_every_store_and_what_is_left_to_people_is_said() throws IOException {
        List<String> others = shop().subList(1, 4);
        Said said = end("email: c1@example.org", "--use", "newsletter");
        assertThat(said.exit()).as(said.toString()).isEqualTo(1);
        assertThat(said.out())
                .contains(
                        "noted in `customers.opted_out`, 1 row",
                        "Done: `newsletter` has ended for this person",
                        "To be done by hand, until then only Kept obeys it:",
                        "set `status` in `readers` to a value with which `newsletter` is off (1 row)",
                        "Left to people: `newsletter` has ended for Kept")
                .doesNotContain("c1@", "Name 1");
        assertThat(company.rows(
                        "shop", "SELECT concat_ws('|', name, taste, opted_out > opted_in) FROM customers WHERE id = 1"))
                .containsExactly("Name 1|t");
        assertThat(shop().subList(1, 4)).isEqualTo(others);
        assertThat(facts()).containsExactly("reader ended newsletter");
        // Somebody does it; the same again sees it.
        company.database("mailer").execute("UPDATE readers SET status = 'off' WHERE no = 1");
        Said again = end("email: c1@example.org", "--use", "newsletter");
        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(again.out()).doesNotContain("noted in", "by hand");
        assertThat(facts()).isEmpty();
        assertThat(shop().subList(1, 4)).isEqualTo(others);
    }

    @Test
    void a_dry_run_says_all_of_it_and_does_none() throws IOException {
        List<String> before = shop();
        Said said = end("email: c2@example.org", "--use", "newsletter", "--dry-run");
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains(
                        "would be noted in `customers.opted_out`, 1 row",
                        "Would be left to people, unless the row goes:",
                        "set `status` in `readers`");
        Said json = end("email: c2@example.org", "--use", "newsletter", "--dry-run", "--json");
        assertThat(json.out()).contains("\"state\":\"dry-run\"", "\"customers.opted_out\":1", "\"reason\":\"state\"");
        assertThat(shop()).isEqualTo(before);
        assertThat(facts()).isEmpty();
        assertThat(Company.rows(company.state(), "SELECT id::text FROM kept.run"))
                .isEmpty();
    }

    @Test
    void scripts_get_what_was_written_what_stays_and_what_is_left_to_people() throws IOException {
        Said said = end("customer: 1", "--use", "newsletter", "--store", "shop", "--json");
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains(
                        "\"state\":\"done\"",
                        "\"written\"",
                        "\"customers.opted_out\":1",
                        "\"byHand\":[",
                        "\"kind\":\"person-sweep\"",
                        "\"ground\":\"another-use\"")
                .doesNotContain("@example.org");
        Said absent = end("customer: 99", "--use", "newsletter", "--store", "shop", "--json");
        assertThat(absent.exit()).isZero();
        assertThat(absent.out()).contains("absent");
    }

    @Test
    void nobody_ends_what_nobody_can_end_and_nothing_is_done_on_a_guess() throws IOException {
        Said contract = end("customer: 1", "--use", "account", "--store", "shop");
        assertThat(contract.exit()).isEqualTo(2);
        assertThat(contract.err()).contains("`uses.account` rests on contract, which no withdrawal or objection ends");
        Said unknown = end("customer: 1", "--use", "newsleter", "--store", "shop");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("the notice has no use `newsleter`", "`newsletter`");
        Said nobody = end("telephone: 0", "--use", "newsletter");
        assertThat(nobody.exit()).isEqualTo(2);
        assertThat(nobody.err()).contains("nothing was ended");
        assertThat(end("customer: 1", "--store", "shop").exit()).isEqualTo(2);
        assertThat(facts()).isEmpty();
    }

    @Test
    void a_column_that_kept_may_not_write_is_left_to_people_and_other_privileges_are_asked_for() throws IOException {
        String role = "ends_" + ProcessHandle.current().pid();
        company.database("shop")
                .execute("CREATE ROLE " + role + " LOGIN PASSWORD 'ends'; GRANT SELECT, DELETE ON customers TO " + role
                        + "; GRANT UPDATE (name, taste, email) ON customers TO " + role
                        + "; GRANT USAGE ON SCHEMA public TO " + role);
        try {
            Path map = folder.resolve("stores/shop.yaml");
            String before = Files.readString(map);
            Files.writeString(
                    map,
                    before.replaceFirst("user=[^&\\s]+", "user=" + role)
                            .replaceFirst("password=[^&\\s]*", "password=ends"));
            Said said = end("customer: 1", "--use", "newsletter", "--store", "shop");
            assertThat(said.exit()).as(said.toString()).isEqualTo(1);
            assertThat(said.out())
                    .contains("write the time of the end into `opted_out` in `customers`, or GRANT UPDATE on it");
            assertThat(facts()).containsExactly("customer ended newsletter");
            assertThat(
                            company.rows(
                                    "shop",
                                    "SELECT coalesce(taste, '-') || coalesce(opted_out::text, '-') FROM customers WHERE id = 1"))
                    .containsExactly("--");
            company.database("shop").execute("GRANT UPDATE ON customers TO " + role);
            assertThat(end("customer: 1", "--use", "newsletter", "--store", "shop")
                            .exit())
                    .isZero();
            assertThat(facts()).isEmpty();
            company.database("shop").execute("REVOKE DELETE ON customers FROM " + role);
            Said refused = end("customer: 2", "--use", "newsletter", "--store", "shop");
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("may not DELETE on `customers`", "GRANT DELETE ON");
            // The consent itself is withdrawn: only what it was for waits.
            assertThat(company.rows(
                            "shop", "SELECT (opted_out IS NOT NULL)::text || taste FROM customers WHERE id = 2"))
                    .containsExactly("truetaste 2");
        } finally {
            company.database("shop").execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }
}
