package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Versions from the command line: frozen, compared, binding. */
class PublishCommandTest extends OneShop {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              line: {from: you, is: pd:Purchase}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 5 years}]}
              orders: {basis: contract, data: [line], ends: [{after: order.placed, for: 1 year}]}
              letter: {basis: consent, data: [email], ends: [{after: letter.given, for: 5 years}]}
            keeps:
              longest: 5 years
              then: {rows: delete}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}, withdraw: {}}
            """;

    private static final String PROSE = """
            ---
            words: {order.placed: you ordered}
            ---
            We hold your name and more. {#collects.name collects.email collects.line}

            Accounts. {#uses.account} Orders until {{uses.orders.ends}}. {#uses.orders} Letters. {#uses.letter}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase rights.withdraw}
            """;

    PublishCommandTest() {
        super(NOTICE, PROSE, """
                CREATE TABLE customers (id int PRIMARY KEY, email text, name text, opened timestamptz NOT NULL, letter timestamptz, no_letter timestamptz);
                CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, placed timestamptz NOT NULL, line text);
                INSERT INTO customers SELECT i, CASE WHEN i > 2 THEN 'c' || i || '@example.org' END, 'Name ' || i, now() - interval '2 years',
                    now() - interval '1 year', CASE WHEN i = 5 THEN now() - interval '10 days' END FROM generate_series(1, 10) i;
                INSERT INTO orders SELECT i, i, now() - CASE WHEN i <= 4 THEN interval '18 months' ELSE interval '1 month' END, 'line ' || i
                    FROM generate_series(1, 8) i;
                """, """
                customers:
                  person: {customer: {key: id, found-by: {email: email}}}
                  uses: [account, letter]
                  events: {account.opened: opened}
                  facts: {letter: {given: letter, withdrawn: no_letter}}
                  columns: {email: email, name: name}
                orders:
                  belongs-to: {buyer: {person: customer, via: customer_id}}
                  uses: [orders]
                  events: {order.placed: placed}
                  columns: {line: line}
                """);
    }

    private Said publish(String... options) {
        return Company.run(Stream.concat(Stream.of("publish", folder.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private void notice(String what, String instead) throws IOException {
        Path file = folder.resolve("notice.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(what);
        Files.writeString(file, text.replace(what, instead));
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void a_version_is_frozen_once_and_says_what_it_froze() throws IOException {
        Said first = publish();
        Said again = publish();

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).contains("Version 1", "Published", "in effect from " + today());
        assertThat(again.out()).contains("Nothing to publish: the notice is version 1");
        assertThat(Files.readString(folder.resolve("published/1/notice.yaml")))
                .isEqualTo(Files.readString(folder.resolve("notice.yaml")));
        assertThat(Files.readString(folder.resolve("published/1/notice.en.txt")))
                .contains("Orders until 1 year after you ordered.");
        assertThat(folder.resolve("published/2")).doesNotExist();
        try (Stream<Path> left = Files.list(folder.resolve("published"))) {
            assertThat(left).hasSize(1);
        }
        assertThat(Company.run("check", folder.toString()).exit()).isZero();
    }

    @Test
    void other_words_are_editorial_and_obeyed_at_once() throws IOException {
        publish();
        Path prose = folder.resolve("notice.en.md");
        Files.writeString(prose, Files.readString(prose).replace("Write to us.", "Please write to us."));

        Said sweep = company.kept("sweep", "--operator", "Anna");
        Said second = publish();

        assertThat(sweep.err()).isEmpty();
        assertThat(second.out()).contains("Version 2", "Editorial", "[words]").doesNotContain("Material", "To be told");
    }

    private String stands(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void how_ends_and_bases_are_said_is_frozen_with_a_version() throws IOException {
        publish();
        Path page = folder.resolve("site");
        Company.run("render", folder.toString(), "--published", "1", "--out", page.toString());
        String before = Files.readString(page.resolve("notice.en.html"));
        Files.createDirectories(folder.resolve("words"));
        Files.writeString(folder.resolve("words/en.yaml"), """
                notice:
                  patterns: {after: "{period} before {event}"}
                  bases: {contract: nothing at all}
                  page: {skip: Go on, anonymous: never}
                """);

        Company.run("render", folder.toString(), "--published", "1", "--out", page.toString());
        assertThat(Files.readString(page.resolve("notice.en.html")))
                .isEqualTo(before.replace("Skip to the text", "Go on"))
                .contains("1 year after you ordered", "Go on");
        Company.run("render", folder.toString(), "--out", page.toString());
        assertThat(Files.readString(page.resolve("notice.en.html")))
                .contains("1 year before you ordered")
                .doesNotContain("sha256:");

        assertThat(publish("--dry-run").out()).contains("Version 2", "[words]");
        assertThat(publish().out()).contains("Version 2");
        assertThat(stands("published/1/words.en.yaml")).contains("{period} after {event}");
        assertThat(stands("published/2/words.en.yaml")).contains("{period} before {event}", "nothing at all");
        assertThat(stands("published/2/notice.en.txt")).contains("1 year before you ordered");
        assertThat(publish().out()).contains("Nothing to publish");
    }

    @Test
    void frozen_words_that_were_altered_are_found() throws IOException {
        publish();
        Path words = folder.resolve("published/1/words.en.yaml");
        Files.writeString(words, stands("published/1/words.en.yaml").replace("{period} after", "{period} '{ before"));

        Said check = Company.run("check", folder.toString());

        assertThat(check.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(check.out()).contains("`published/1/words.en.yaml` is not what was published");
        assertThat(Company.run(
                                "render",
                                folder.toString(),
                                "--published",
                                "1",
                                "--out",
                                folder.resolve("site").toString())
                        .exit())
                .isEqualTo(ExitCode.CANNOT_RUN);
    }

    @Test
    void rules_that_were_not_published_are_not_obeyed() throws IOException {
        publish();
        notice("{after: order.placed, for: 1 year}", "{after: order.placed, for: 3 years}");

        for (List<String> command :
                List.of(List.of("sweep"), List.of("sweep", "--dry-run"), List.of("access", "--operator", "Anna"))) {
            Said refused = company.kept(command.toArray(String[]::new));
            assertThat(refused.exit()).as(command.toString()).isEqualTo(ExitCode.CANNOT_RUN);
        }
        assertThat(company.kept("sweep").err()).contains("not those of version 1", "kept publish");
        assertThat(company.rows("shop", "SELECT count(*) FROM orders")).containsExactly("8");
        assertThat(company.kept("plan").exit()).isZero();
    }

    @Test
    void a_longer_period_is_material_and_leaves_what_is_older_to_the_old_one() throws IOException {
        publish();
        notice("{after: order.placed, for: 1 year}", "{after: order.placed, for: 3 years}");

        Said whatIf = publish("--what-if");
        Said second = publish();
        company.kept("sweep", "--operator", "Anna");
        Said approved = company.kept("sweep", "--dry-run");

        assertThat(whatIf.out())
                .contains("Material", "uses.orders.ends", "[longer-period]", "To be told", "Nothing was published")
                .contains("4 persons to be told (customer), 4 letters");
        assertThat(second.out()).contains("Published");
        assertThat(approved.out()).as("orders of 18 months ended after 1 year").contains("4");
        Said plan = company.kept("plan", "--table", "orders");
        assertThat(plan.out())
                .contains("3 years after order.placed (from " + today() + " on)")
                .contains("1 year after order.placed (if that was before " + today() + ")");
    }

    @Test
    void data_that_is_new_in_a_use_on_consent_suspends_the_consents() throws IOException {
        publish();
        notice("letter: {basis: consent, data: [email]", "letter: {basis: consent, data: [email, name]");

        Said whatIf = publish("--what-if", "--json");
        Said second = publish();

        assertThat(whatIf.out())
                .contains("\"suspends\":[\"letter\"]")
                .contains("\"consents\":9")
                .contains("\"reachable\":7")
                .contains("\"letters\":7");
        assertThat(second.out()).contains("Suspended consents: letter", "within 30 days");
        assertThat(Files.readString(folder.resolve("published/2/version.json")))
                .contains("\"suspends\" : [ \"letter\" ]");
    }

    @Test
    void a_shorter_period_counts_what_it_would_forget() throws IOException {
        publish();
        notice("{after: account.opened, for: 5 years}", "{after: account.opened, for: 1 year}");
        notice("{after: letter.given, for: 5 years}", "{after: letter.given, for: 1 month}");

        Said whatIf = publish("--what-if");

        assertThat(whatIf.out())
                .contains("[narrower]")
                .doesNotContain("Material")
                .containsPattern("customers +10 rows more would be forgotten");
    }

    @Test
    void what_was_published_and_altered_is_found_and_nothing_is_obeyed() throws IOException {
        publish();
        Path frozen = folder.resolve("published/1/notice.en.md");
        Files.writeString(frozen, Files.readString(frozen).replace("Orders", "Ordres"));

        Said check = Company.run("check", folder.toString());
        Said sweep = company.kept("sweep");
        Said again = publish();

        assertThat(check.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(check.out()).contains("published/1/notice.en.md", "[version-altered]", "version control");
        assertThat(sweep.exit()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(again.exit()).isEqualTo(ExitCode.CANNOT_RUN);
    }

    @Test
    void a_missing_version_and_one_that_follows_another_are_found() throws IOException {
        publish();
        notice("for: 1 year}", "for: 2 years}");
        publish();
        Path manifest = folder.resolve("published/1/version.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"published\"", " \"published\""));
        Said chain = Company.run("check", folder.toString());
        Files.move(folder.resolve("published/1"), folder.resolve("one"));
        Said missing = Company.run("check", folder.toString());

        assertThat(chain.out()).contains("[version-chain]", "does not follow version 1");
        assertThat(missing.out()).contains("[version-missing]", "version 1 is missing before version 2");
    }

    @Test
    void what_the_next_version_says_of_itself_is_checked() throws IOException {
        publish();
        notice("for: 1 year}", "for: 3 years}");
        Files.writeString(folder.resolve("next.yaml"), """
                version: 2
                effective: 2020-01-01
                reaches-back: {uses.order: "everybody asked for it"}
                """);

        Said check = Company.run("check", folder.toString());

        assertThat(check.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(check.out()).contains("next.yaml:2:").contains("[next-too-early]", "[next-no-use]", "uses.orders");
    }

    @Test
    void a_version_that_reaches_back_binds_older_data_once_people_were_told() throws IOException {
        publish();
        notice("for: 1 year}", "for: 3 years}");
        Files.writeString(folder.resolve("next.yaml"), """
                version: 2
                reaches-back: {uses.orders: "warranties were prolonged, also for goods sold before"}
                """);
        publish();
        Said untold = company.kept("sweep", "--dry-run", "--json");
        Files.writeString(folder.resolve("published/2/told.yaml"), "told: " + today() + "\nhow: by letter\n");
        Said told = company.kept("sweep", "--dry-run", "--json");

        assertThat(untold.out()).as(untold.err()).contains("\"delete\":4");
        assertThat(told.out()).as(told.err()).contains("\"rows\":8,\"delete\":0");
    }

    @Test
    void a_version_that_takes_effect_later_binds_nothing_yet() throws IOException {
        publish();
        notice("{after: account.opened, for: 5 years}", "{after: account.opened, for: 1 year}");
        Files.writeString(folder.resolve("next.yaml"), "version: 2\neffective: " + today().plusDays(30) + "\n");

        Said whatIf = publish("--what-if");
        publish();
        Said sweep = company.kept("sweep", "--dry-run", "--json");

        assertThat(whatIf.out()).contains("as of " + today().plusDays(30), "would be forgotten");
        assertThat(sweep.out())
                .as(sweep.err())
                .contains("\"table\":\"customers\",\"rows\":10,\"delete\":0,\"clear\":0");
        assertThat(company.rows("shop", "SELECT count(*) FROM customers")).containsExactly("10");
    }

    @Test
    void what_is_published_before_the_version_before_is_in_effect_takes_effect_with_it() throws IOException {
        publish();
        notice("{after: account.opened, for: 5 years}", "{after: account.opened, for: 4 years}");
        Files.writeString(folder.resolve("next.yaml"), "version: 2\neffective: " + today().plusDays(30) + "\n");
        publish();
        notice("{after: account.opened, for: 4 years}", "{after: account.opened, for: 3 years}");
        Files.delete(folder.resolve("next.yaml"));

        Said third = publish("--json");

        assertThat(third.out()).as(third.err()).contains("\"effective\":\"" + today().plusDays(30) + "\"");
        Said check = Company.run("check", folder.toString());
        assertThat(check.exit()).as(check.out()).isZero();
    }

    @Test
    void a_version_that_the_ledger_knows_otherwise_is_not_obeyed() throws IOException {
        publish();
        assertThat(company.kept("sweep", "--dry-run").exit()).isZero();
        Path manifest = folder.resolve("published/1/version.json");
        Files.writeString(manifest, Files.readString(manifest) + "\n");

        Said sweep = company.kept("sweep", "--dry-run");

        assertThat(sweep.exit()).isEqualTo(2);
        assertThat(sweep.err()).contains("is not the version 1 that the ledger says was published");
    }
}
