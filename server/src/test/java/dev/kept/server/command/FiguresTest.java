package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ended rows that leave figures, from the plan in words to the verdict. */
class FiguresTest extends OneShop {

    private static final String NOTICE = """
            notice: corner
            controller: {name: Corner, email: privacy@corner.example, post: "1 Corner Street", zone: Europe/Berlin}
            covers: {sites: [www.corner.example], services: [shop]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              log: {from: use, is: pd:IPAddress}
            uses:
              account:
                basis: contract
                data: [email]
                begins: account.opened
                ends: [{after: account.closed, for: 30 days}, {after: account.opened, for: 2 years}]
              security: {basis: legitimate-interests, interest: keeping the shop whole, data: [log], ends: [{after: visit.made, for: 90 days}]}
              counting: {form: anonymised, at-least: 10, basis: legitimate-interests, interest: seeing what is used, data: [log]}
            shares: {sale: never}
            keeps: {longest: 2 years, then: {rows: anonymise, backups: isolate}}
            contact: {email: privacy@corner.example, post: "1 Corner Street"}
            rights: {answered-within: 30 days, access: {}, erase: {}}
            """;

    private static final String PROSE = """
            ---
            words:
              keeps.then: {rows.anonymise: delete it or keep figures of many}
            ---
            # Corner

            ## What we hold {#collects}

            Your e-mail address. {#collects.email} Your visits. {#collects.log}

            ## What for

            Accounts. {#uses.account} We may watch over the shop. {#uses.security may}
            We may count visits of at least {{uses.counting.at-least}} people together. {#uses.counting may}
            We never sell it. {#shares.sale}

            ## How long

            At most {{keeps.longest}}. {#keeps.longest} Then we {{keeps.then.rows}}. {#keeps.then.rows} Backups too. {#keeps.then}

            ## You

            Write to us. {#contact} We answer. {#rights.answered-within} See it, {#rights.access} have it erased. {#rights.erase}
            """;

    private static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, email text, opened timestamptz NOT NULL, closed timestamptz);
            CREATE TABLE visits (id int PRIMARY KEY, customer int REFERENCES customers, ip inet, agent text, made timestamptz NOT NULL);
            CREATE TABLE visits_counted (network cidr, visits int NOT NULL, visitors int NOT NULL, counted date NOT NULL);
            CREATE INDEX ON visits (customer);
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', now() - interval '100 days' FROM generate_series(1, 30) i;
            INSERT INTO visits SELECT i, 1 + i % 30, ('10.' || i % 3 || '.7.' || i % 200)::inet, 'Mozilla', now() - interval '95 days'
              FROM generate_series(1, 300) i;
            INSERT INTO visits SELECT 1000 + i, 1, '192.0.2.1', 'Mozilla', now() - interval '95 days' FROM generate_series(1, 5) i;
            """;

    private static final String MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: opened, account.closed: closed}
              columns: {email: email}
            visits:
              belongs-to: {visitor: {person: customer, via: customer}}
              uses: [security]
              events: {visit.made: made}
              columns: {ip: log, agent: log}
              anonymise:
                into: visits_counted
                for: counting
                columns:
                  network: {of: ip, network: 16/32}
                  visits: rows
                  visitors: persons
                  counted: as-of
            visits_counted: not-personal
            """;

    FiguresTest() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    /** All visits have ended: nobody is asked whether so many should go. */
    private Said sweep() throws IOException {
        Files.writeString(folder.resolve("kept.yaml"), "brake: 100\n", StandardOpenOption.APPEND);
        return company.kept("sweep", "--operator", "Anna");
    }

    private JsonNode promise(String path) {
        Said said = company.kept("prove", "--json");
        for (JsonNode promise : JsonMapper.shared().readTree(said.out()).get("promises")) {
            if (promise.get("path").asString().equals(path)) {
                return promise;
            }
        }
        throw new AssertionError(said.out() + said.err());
    }

    @Test
    void the_plan_says_in_words_what_is_left_and_against_what_that_does_not_protect() throws IOException {
        Path page = folder.resolve("schedule.html");

        Said said = company.kept("plan", "--html", page.toString());

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out())
                .contains(
                        "left of it: figures of groups in `visits_counted`, for `counting`, when a sweep deletes the rows — ")
                .contains("the network of ip (16 bits, of IPv6 32); the number of rows; the number of persons")
                .contains("groups: of at least 10 persons (as visitor), nobody with more than half of one; ")
                .contains("not protected: ");
        assertThat(Files.readString(page))
                .contains("id=\"use-counting\"")
                .contains("<strong>Left of it</strong>")
                .contains("<strong>Not protected</strong>");
    }

    @Test
    void a_sweep_leaves_groups_of_many_and_its_evidence_has_counts_alone() throws IOException {
        Said said = sweep();

        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains("Of the rows deleted in `visits`, 300 are counted in groups of many persons")
                .contains("Added to `visits_counted`: 3 groups, without persons.");
        assertThat(company.rows("shop", "SELECT count(*) FROM visits")).containsExactly("0");
        assertThat(company.rows(
                        "shop", "SELECT network || ' ' || visits || ' ' || visitors FROM visits_counted ORDER BY 1"))
                .containsExactly("10.0.0.0/16 100 10", "10.1.0.0/16 100 10", "10.2.0.0/16 100 10");
        List<String> entry = Company.rows(company.state(), "SELECT entry FROM kept.journal WHERE kind = 'sweep'");
        assertThat(entry).hasSize(1);
        assertThat(entry.getFirst())
                .contains("\"visits.deleted\":305", "\"visits.grouped\":300", "\"visits_counted.added\":3")
                .contains("uses.counting")
                .doesNotContain("10.0.0.0");
    }

    @Test
    void figures_of_too_few_persons_break_the_promise_and_others_do_not_prove_it() throws IOException {
        assertThat(sweep().exit()).isZero();

        JsonNode clean = promise("uses.counting");
        assertThat(clean.get("verdict").asString()).isEqualTo("not shown");
        assertThat(clean.toString()).contains("the groups of `visits_counted` are of at least 10 persons each");

        company.database("shop").execute("INSERT INTO visits_counted VALUES ('10.9.0.0/16', 9, 9, '2026-01-01')");
        JsonNode broken = promise("uses.counting");
        assertThat(broken.get("verdict").asString()).isEqualTo("broken");
        assertThat(broken.toString())
                .contains("groups-too-small", "1 group of `visits_counted` is not of at least 10 persons")
                .doesNotContain("10.9");
    }

    @Test
    void an_erasure_leaves_nothing() throws IOException {
        Said said = company.erase("customer: 1");

        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(company.rows("shop", "SELECT count(*) FROM visits WHERE customer = 1"))
                .containsExactly("0");
        assertThat(company.rows("shop", "SELECT count(*) FROM visits_counted")).containsExactly("0");
    }
}
