package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.request.Lookup;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Members whose addresses stand in a table of their own, of which a member may have several. */
class FoundBesideTest extends OneShop {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              log: {from: use, is: pd:IPAddress, identifies: false}
            uses:
              account: {basis: contract, data: [name, email, log], ends: [{after: account.opened, for: 1 year}]}
              news: {basis: consent, data: [email], ends: [{after: news.asked, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    private static final String PROSE = """
            We hold your name and how to reach you. {#collects.name collects.email collects.log collects.log.identifies} Accounts. {#uses.account} News. {#uses.news}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase rights.access rights.correct}
            """;

    private static final String SHOP = """
            CREATE TABLE members (id int PRIMARY KEY, name text NOT NULL, opened timestamptz NOT NULL);
            CREATE TABLE addresses (id int PRIMARY KEY, member_id int NOT NULL, email text NOT NULL, ip text);
            CREATE TABLE friends (id int PRIMARY KEY, one int NOT NULL, other int NOT NULL, email text);
            CREATE TABLE readers (id int PRIMARY KEY, email text, asked timestamptz NOT NULL);
            INSERT INTO members VALUES (1, 'Ada', now()), (2, 'Bob', now()), (3, 'Cleo', now()), (4, 'Dora', now());
            INSERT INTO addresses VALUES (1, 1, 'ada@example.org', '1'), (2, 1, 'Ada@Work.example', '1'), (3, 2, 'bob@example.org', '1'),
                (4, 3, 'house@example.org', '2'), (5, 4, 'House@example.org', '2');
            INSERT INTO readers VALUES (1, 'ada@work.example', now()), (2, 'bob@example.org', now());
            """;

    private static final String MAP = """
            members:
              person: {member: {key: id, found-by: {email: {table: addresses, column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {name: name, opened: not-personal}
            addresses:
              belongs-to: {member: {person: member, via: member_id}}
              uses: [account]
              columns: {email: email, ip: log}
            friends:
              belongs-to: {one: {person: member, via: one}, other: {person: member, via: other}}
              uses: [account]
              columns: {email: email}
            readers:
              person: {reader: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [news]
              events: {news.asked: asked}
              columns: {email: email, asked: not-personal}
            """;

    FoundBesideTest() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    private String left(String table) {
        return String.join(" ", company.rows("shop", "SELECT id::text FROM " + table + " ORDER BY id"));
    }

    @Test
    void whoever_is_named_by_any_of_her_addresses_goes_with_all_of_them() throws IOException {
        Said said = company.erase("email: ADA@work.example");

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(left("members")).isEqualTo("2 3 4");
        assertThat(left("addresses")).isEqualTo("3 4 5");
        assertThat(left("readers")).isEqualTo("2");
        assertThat(company.erase("email: ada@example.org").out()).contains("nobody of that name");
    }

    @Test
    void each_of_her_addresses_leads_on_whatever_she_is_named_by() throws IOException {
        assertThat(company.erase("member: 2").exit()).isZero();
        assertThat(left("readers")).isEqualTo("1");

        assertThat(company.erase("member: 1").exit()).isZero();
        assertThat(left("readers")).isEmpty();
        assertThat(left("members")).isEqualTo("3 4");
    }

    @Test
    void what_one_address_finds_does_not_speak_of_what_another_finds() throws IOException {
        company.database("shop").execute("INSERT INTO readers VALUES (3, 'ada@example.org', now())");

        assertThat(company.erase("email: ada@example.org").exit()).isZero();

        assertThat(left("readers")).isEqualTo("2");
        assertThat(left("members")).isEqualTo("2 3 4");
    }

    @Test
    void each_of_her_addresses_leads_on_into_other_stores() throws IOException {
        company.store("crm", """
                CREATE TABLE leads (id int PRIMARY KEY, email text, asked timestamptz NOT NULL);
                INSERT INTO leads VALUES (1, 'ada@work.example', now()), (2, 'bob@example.org', now());
                """, """
                leads:
                  person: {lead: {key: id, found-by: {email: email}}}
                  uses: [news]
                  events: {news.asked: asked}
                  columns: {email: email, asked: not-personal}
                """);
        company.checked();
        company.database("shop").execute("UPDATE addresses SET email = lower(email) WHERE id = 2");

        assertThat(company.erase("member: 1").exit()).isZero();

        assertThat(company.rows("crm", "SELECT id::text FROM leads")).containsExactly("2");
    }

    @Test
    void access_hands_out_what_all_her_addresses_lead_to_and_nobody_elses() throws IOException {
        var to = folder.resolve("ada.zip");
        Said said = company.kept(
                "access",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                company.persons("email: ada@example.org").toString(),
                "--to",
                to.toString());

        assertThat(said.out()).contains("4 rows of 3 tables");
    }

    @Test
    void a_correction_does_not_give_her_the_address_by_which_somebody_else_is_found() throws IOException {
        var wish = Files.writeString(folder.resolve("wish.yaml"), """
                person: {member: 1}
                set: {addresses: [{where: {id: 1}, set: {email: BOB@example.org}}]}
                """);
        Said said =
                company.kept("correct", "--operator", "Anna", "--checked", "by letter", "--request", wish.toString());

        assertThat(said.out() + said.err()).contains("somebody else is found by this `email` already");
        assertThat(company.rows("shop", "SELECT email FROM addresses WHERE id = 1"))
                .containsExactly("ada@example.org");
    }

    @Test
    void who_is_met_by_an_address_is_met_by_those_in_other_tables_too() throws IOException {
        Said said = company.erase("reader: 1");

        assertThat(said.out()).contains("also found as `member`, by the `email` of the rows named");
        assertThat(left("members")).isEqualTo("2 3 4");
        assertThat(left("addresses")).isEqualTo("3 4 5");
    }

    @Test
    void an_address_of_two_members_is_refused_until_one_of_them_is_named() throws IOException {
        Said said = company.erase("email: house@example.org");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("fits 2 persons of kind `member`").doesNotContain("house@");
        assertThat(left("members")).isEqualTo("1 2 3 4");

        assertThat(company.erase("email: house@example.org; member: 4").exit()).isZero();
        assertThat(left("members")).isEqualTo("1 2 3");
        assertThat(left("addresses")).isEqualTo("1 2 3 4");
    }

    @Test
    void whoever_proves_one_address_has_proven_nothing_of_what_another_in_her_account_finds() {
        company.database("shop").execute("INSERT INTO readers VALUES (3, 'ada@example.org', now())");
        try (Home home = Home.obeyed(company.folder(), new Environment(Map.of()), InstantSource.system())) {
            List<LiveStore> stores = List.of(LiveStore.open(home, home.store(Optional.of("shop"))));

            assertThat(Lookup.byAddress(stores, "ada@example.org").keys())
                    .isEqualTo(
                            Map.of("shop", Map.of("member", List.of(List.of("1")), "reader", List.of(List.of("3")))));
            assertThat(Lookup.byNames(stores, new Named(1, Map.of("email", "ada@example.org")))
                            .keys()
                            .get("shop")
                            .get("reader"))
                    .as("what staff have established")
                    .containsExactlyInAnyOrder(List.of("1"), List.of("3"));
        }
    }

    /** Readers know a telephone, too; the house's is in the crm. */
    private void withCrm() throws IOException {
        company.database("shop").execute("UPDATE addresses SET email = lower(email) WHERE id = 2");
        company.store("crm", """
                CREATE TABLE accounts (id int PRIMARY KEY, name text, opened timestamptz NOT NULL);
                CREATE TABLE mails (id int PRIMARY KEY, account_id int NOT NULL, email text);
                CREATE TABLE leads (id int PRIMARY KEY, email text, asked timestamptz NOT NULL);
                INSERT INTO accounts VALUES (1, 'Ada', now()), (2, 'Bob', now());
                INSERT INTO mails VALUES (1, 1, 'ada@work.example'), (2, 2, 'bob@example.org'), (3, 1, 'third@example.org');
                INSERT INTO leads VALUES (1, 'ada@example.org', now()), (2, 'third@example.org', now()), (3, 'bob@example.org', now());
                """, """
                accounts:
                  person: {account: {key: id, found-by: {email: {table: mails, column: email}}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {name: name, opened: not-personal}
                mails:
                  belongs-to: {account: {person: account, via: account_id}}
                  uses: [account]
                  columns: {email: email}
                leads:
                  person: {lead: {key: id, found-by: {email: email}}}
                  uses: [news]
                  events: {news.asked: asked}
                  columns: {email: email, asked: not-personal}
                """);
        company.checked();
    }

    @Test
    void what_two_stores_know_of_her_addresses_is_put_together_and_goes_one_step() throws IOException {
        withCrm();

        assertThat(company.erase("email: ada@example.org").exit()).isZero();

        assertThat(left("members")).isEqualTo("2 3 4");
        assertThat(left("readers")).isEqualTo("2");
        assertThat(company.rows("crm", "SELECT id::text FROM accounts")).containsExactly("2");
        // the third address is known by the account only, which another address of hers found: one step is one step
        assertThat(company.rows("crm", "SELECT id::text FROM leads ORDER BY 1")).containsExactly("2", "3");
    }

    @Test
    void whoever_has_nobodys_key_is_not_found_by_what_is_nobodys() throws IOException {
        var map = company.folder().resolve("stores/shop.yaml");
        Files.writeString(
                map,
                Files.readString(map)
                        .replace(
                                "{member: {person: member, via: member_id}}",
                                "{member: {person: member, via: member_id, none: 0}}\n    unowned: keep"));
        company.checked();
        company.database("shop")
                .execute(
                        "INSERT INTO members VALUES (0, 'System', now()); INSERT INTO addresses VALUES (6, 0, 'nobody@example.org', '3');"
                                + " INSERT INTO readers VALUES (4, 'nobody@example.org', now())");

        assertThat(company.erase("member: 0").exit()).isZero();

        assertThat(left("members")).isEqualTo("1 2 3 4");
        assertThat(left("readers")).isEqualTo("1 2 4");
        assertThat(left("addresses")).isEqualTo("1 2 3 4 5 6");
    }

    @Test
    void a_finder_in_a_table_that_does_not_lead_to_one_person_does_not_check() throws IOException {
        assertThat(problemsOf("table: friends, column: email")).contains("[finder-beside]", "by one way");
        assertThat(problemsOf("table: films, column: email")).contains("[finder-beside]");
        assertThat(problemsOf("table: members, column: name")).contains("[finder-beside]");
        assertThat(problemsOf("table: addresses, column: mail")).contains("has no column `mail`");
        assertThat(problemsOf("table: addresses, column: ip")).contains("[finder-not-identifying]");
        assertThat(problemsOf("table: addresses, column: email, several: one-person"))
                .contains("[finder-beside]");
    }

    private String problemsOf(String finder) throws IOException {
        var map = company.folder().resolve("stores/shop.yaml");
        String written = Files.readString(map);
        Files.writeString(map, written.replace("table: addresses, column: email, match: casefold-trim", finder));
        try {
            return Company.run("check", company.folder().toString()).out();
        } finally {
            Files.writeString(map, written);
        }
    }
}
