package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds, and what else stands in the way of a run. */
class HoldCommandTest {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects: {name: {from: you, is: pd:Name}}
            uses:
              account: {basis: contract, data: [name], ends: [{after: account.opened, for: 2 years}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            We hold your name. {#collects.name} Accounts. {#uses.account}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase}
            """;

    @TempDir
    private Path folder;

    private Company company;

    @BeforeEach
    void open() throws IOException {
        company = new Company(folder, NOTICE, PROSE);
        company.store("shop", """
                CREATE TABLE customers (id int PRIMARY KEY, name text, opened timestamptz NOT NULL);
                INSERT INTO customers VALUES (1, 'One', '2020-01-01'), (2, 'Two', '2020-01-01'), (3, 'Three', now());
                """, """
                customers:
                  person: {customer: {key: id}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {name: name}
                """);
        company.checked();
    }

    @AfterEach
    void close() {
        company.close();
    }

    private Said hold(String record, String review) {
        return company.kept(
                "hold",
                "--operator",
                "Anna",
                "--table",
                "customers",
                "--record",
                record,
                "--reason",
                "a case",
                "--review",
                review);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "99999999999", "4", "1,2", "01x"})
    void a_hold_lies_on_a_record_that_is_there_and_on_nothing_else(String record) {
        Said said = hold(record, "2999-01-01");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).doesNotContain(record);
        assertThat(company.kept("hold").out()).contains("No hold stands");
        assertThat(company.kept("sweep").exit()).isZero();
    }

    @Test
    void a_review_is_still_to_come() {
        assertThat(hold("1", "2020-01-01").err()).contains("is over");
        assertThat(company.kept("hold").out()).contains("No hold stands");
    }

    @Test
    void a_held_record_stays_until_the_hold_is_lifted() {
        assertThat(hold("1", "2999-01-01").exit()).isZero();
        company.kept("sweep");
        assertThat(company.rows("shop", "SELECT name FROM customers ORDER BY id"))
                .containsExactly("One", "Three");

        String hold = company.kept("hold").out().split(" ")[0];
        assertThat(company.kept("hold", "--operator", "Anna", "--lift", hold).exit())
                .isZero();
        company.kept("sweep");
        assertThat(company.rows("shop", "SELECT name FROM customers")).containsExactly("Three");
    }

    @Test
    void a_hold_on_a_table_that_has_another_name_by_now_is_not_passed_over() throws IOException {
        hold("1", "2999-01-01");
        company.database("shop").execute("ALTER TABLE customers RENAME TO clients");
        try (Stream<Path> files = Files.list(folder.resolve("stores"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, Files.readString(file).replace("customers", "clients"));
            }
        }

        for (Said said : List.of(
                company.kept("sweep"),
                company.kept(
                        "erase",
                        "--operator",
                        "Anna",
                        "--checked",
                        "by letter",
                        "--persons",
                        company.persons("customer: 2").toString()))) {
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err()).contains("a hold stands on a record of `customers`", "lift it");
        }
        assertThat(company.rows("shop", "SELECT name FROM clients")).hasSize(3);
    }

    @Test
    void a_hold_whose_record_has_another_kind_of_key_by_now_is_not_passed_over() {
        hold("1", "2999-01-01");
        company.database("shop").execute("ALTER TABLE customers ALTER id TYPE uuid USING gen_random_uuid()");

        Said said = company.kept("sweep");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("a hold on `customers`", "lift it");
        assertThat(company.rows("shop", "SELECT name FROM customers")).hasSize(3);
    }

    @Test
    void what_is_known_of_persons_by_a_key_they_no_longer_have_stops_nobody() {
        company.state().execute("CREATE SCHEMA IF NOT EXISTS kept");
        company.kept("hold");
        company.state()
                .execute("INSERT INTO kept.person_fact (id, store, person_kind, person_key, what, since)"
                        + " VALUES (gen_random_uuid(), 'shop', 'customer', ARRAY['a@example.org'], 'erased', now())");

        Said said = company.kept("sweep");

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
    }

    @Test
    void an_erasure_that_stops_again_is_not_said_to_be_finished() throws IOException {
        company.database("shop").execute("CREATE RULE kept AS ON DELETE TO customers DO INSTEAD NOTHING");
        String persons = company.persons("customer: 3").toString();
        String[] erase = {"erase", "--operator", "Anna", "--checked", "by letter", "--persons", persons};

        Said first = company.kept(erase);
        assertThat(first.exit()).isEqualTo(2);
        assertThat(first.err()).contains("1 row of `customers` should go or be cleared");

        assertThat(company.kept(erase).out())
                .contains("First tried again", "Nothing was changed.", "It stopped again")
                .doesNotContain("First finished", "Nothing had to be forgotten");
    }

    @Test
    void a_name_that_no_text_can_be_names_no_person() throws IOException {
        Said said = company.kept(
                "erase",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                company.persons("customer: 1", "customer: 2\0").toString());

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("lines [2] name no person");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void an_operator_without_a_name_is_refused_in_a_sentence(String name) {
        for (Said said : java.util.List.of(
                company.kept("sweep", "--operator", name),
                company.kept("approve", "00000000-0000-0000-0000-000000000000", "--operator", name))) {
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err()).startsWith("error: ").doesNotContain("did not foresee");
        }
    }
}
