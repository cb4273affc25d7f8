package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a company had before it had Kept: taken over from a file, and listed. */
class RequestsCommandTest {

    private static final String NOTICE = """
            notice: mill
            languages: [en, de]
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects: {name: {from: you, is: pd:Name}, email: {from: you, is: pd:EmailAddress}}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 2 years}]}
              letter: {basis: consent, data: [email], ends: [{after: account.opened, for: 2 years}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, access: {}, erase: {}, withdraw: {}, complain: {}}
            """;

    private static final String PROSE = """
            Your name. {#collects.name collects.email} Accounts. {#uses.account} Letters. {#uses.letter}

            At most {{keeps.longest}}. {#keeps.longest} Then it goes. {#keeps.then} Write to us. {#contact} We answer within
            {{rights.answered-within}}. {#rights.answered-within} You may. {#rights.access rights.erase rights.withdraw rights.complain}
            """;

    private static final String SHOP = """
            create table customers (id int primary key, full_name text, email text, opened timestamptz not null);
            insert into customers values (1, 'Anna Berg', 'anna@example.org', now() - interval '30 days');
            """;

    private static final String MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account, letter]
              events: {account.opened: opened}
              columns: {full_name: name, email: email}
            """;

    private static final String HEADER = "reference,kind,received,name,address,words,uses,language\n";

    private static final String THREE = HEADER
            + "T-1,erasure,2026-01-05,Anna Berg,anna@example.org,\"Please, all of it.\nThank you\",,de\n"
            + "T-2,withdrawal,2026-01-06T09:30:00+01:00,,anna@example.org,,letter,\n"
            + "T-3,question,2026-01-07,Ben,ben@elsewhere.example,\"He said \"\"why\"\"\",,en\n";

    @TempDir
    private Path folder;

    private Company company;

    @BeforeEach
    void open() throws IOException {
        company = new Company(folder, NOTICE, PROSE);
        Files.writeString(folder.resolve("notice.de.md"), PROSE);
        company.store("shop", SHOP, MAP);
        company.checked();
    }

    @AfterEach
    void close() {
        company.close();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Said take(String file, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of("requests", "import", file, "--operator", "Ida"));
        arguments.addAll(List.of(more));
        return company.kept(arguments.toArray(String[]::new));
    }

    private List<String> state(String query) {
        return Company.rows(company.state(), query);
    }

    @Test
    void requests_of_a_file_begin_as_received_on_their_own_day_and_unproven() throws IOException {
        Said said = take(file("old.csv", THREE));

        assertThat(said.exit()).as(said.err() + said.out()).isZero();
        assertThat(said.out()).contains("3 requests taken over, 0 had been before");
        assertThat(state(
                        "select reference || ' ' || kind || ' ' || stage || ' ' || proven || ' ' || channel || ' ' || language"
                                + " || ' ' || (first_received_at at time zone 'UTC') || ' ' || due_on || ' ' || coalesce(work, 'nothing')"
                                + " from kept.request order by reference"))
                .containsExactly(
                        "T-1 erasure received false import de 2026-01-04 23:00:00 2026-02-04 nothing",
                        "T-2 withdrawal received false import en 2026-01-06 08:30:00 2026-02-05 nothing",
                        "T-3 question received false import en 2026-01-06 23:00:00 2026-02-06 nothing");
        assertThat(state("select words from kept.request_typed where name = 'Anna Berg'"))
                .containsExactly("Please, all of it.\nThank you");
        assertThat(state("select entry::text from kept.journal").toString())
                .contains("import")
                .doesNotContain("Ida", "Anna", "example.org", "T-1");
        assertThat(state("select operator from kept.private_log")).contains("Ida");
        assertThat(state("select kind from kept.mail")).isEmpty();
    }

    @Test
    void what_was_taken_over_is_not_taken_over_again() throws IOException {
        take(file("old.csv", THREE));
        Said again = take(file("old.csv", THREE + "T-4,access,2026-01-08,,,,,\n"));

        assertThat(again.out()).contains("1 request taken over, 3 had been before");
        assertThat(state("select reference from kept.request order by 1")).containsExactly("T-1", "T-2", "T-3", "T-4");
    }

    @Test
    void two_at_once_take_each_request_over_once() throws Exception {
        StringBuilder many = new StringBuilder(HEADER);
        for (int i = 0; i < 40; i++) {
            many.append("M-").append(i).append(",access,2026-01-05,,,,,\n");
        }
        String file = file("many.csv", many.toString());
        List<Callable<Integer>> both =
                List.of(() -> take(file).exit(), () -> take(file).exit());
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (var one : threads.invokeAll(both)) {
                assertThat(one.get()).isZero();
            }
        }
        assertThat(state("select count(*)::text from kept.request")).containsExactly("40");
        assertThat(state("select count(*)::text from kept.request_typed")).containsExactly("40");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_line_and_nothing_is_taken_over() throws IOException {
        Said said = take(file(
                "bad.csv",
                HEADER
                        + "T-1,erasure,2026-01-05,,,,,\n"
                        + "anna@secret.example,erasure,2026-01-05,,,,,\n"
                        + "T-3,erasur,2026-01-05,,,,,\n"
                        + "T-4,access,05.01.2026,,,,,\n"
                        + "T-1,access,2099-01-05,,no address,,,\n"
                        + "T-6,withdrawal,2026-01-05,,,,,\n"
                        + "T-7,withdrawal,2026-01-05,,,,account,\n"
                        + "T-8,access,2026-01-05,,,,letter,fr\n"
                        + "T-9,access,2026-01-05\n"));

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("bad.csv:3:1", "no number of a request")
                .contains("bad.csv:4:1", "did you mean `erasure`?")
                .contains("bad.csv:5:1", "`received` is no day")
                .contains("bad.csv:6:1", "stands at line 2 already", "is still to come", "no e-mail address")
                .contains("bad.csv:7:1", "`uses` is missing", "write `letter`")
                .contains("bad.csv:8:1", "of which that cannot be asked")
                .contains("bad.csv:9:1", "`uses` is not asked for", "`language` is none of the notice's")
                .contains("bad.csv:10:1", "the line has 3 fields, and the header 8")
                .contains("11 problems; nothing was taken over")
                .doesNotContain("secret.example");
        assertThat(state("select reference from kept.request")).isEmpty();
        Said json = take(folder.resolve("bad.csv").toString(), "--json");
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.out())
                .contains("\"ok\":false", "\"taken\":0", "\"line\":3")
                .doesNotContain("secret.example");
    }

    @Test
    void a_file_without_a_header_repeats_nobodys_name() throws IOException {
        Said said = take(file("plain.csv", "T-1,erasure,2026-01-05,Anna Secret,anna@secret.example,,,\n"));

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains("column 4 has a name that is not known", "there is no column `reference`")
                .doesNotContainIgnoringCase("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reference,kind,received,words\nT-1,access,2026-01-05,\"never closed, Secret",
                "reference,kind,received,words\nT-1,access,2026-01-05,\"closed\"Secret\n",
            })
    void what_is_no_csv_is_refused_and_not_repeated(String text) throws IOException {
        Said said = take(file("broken.csv", text));

        assertThat(said.exit()).as(said.out()).isEqualTo(1);
        assertThat(said.out() + said.err()).doesNotContain("Secret");
        assertThat(state("select reference from kept.request")).isEmpty();
    }

    @Test
    void yaml_that_calls_itself_json_is_refused_and_nothing_of_it_repeated() throws IOException {
        for (String text : List.of(
                "- {reference: T-1, kind: erasure, received: 2026-01-05, name: Planted}",
                "[{\"reference\": \"T-1\", \"kind\": \"erasure\", \"received\": \"2026-01-05\", \"name\": 'Planted'}]",
                "[{\"reference\": \"T-1\", \"kind\": \"erasure\", \"received\": \"2026-01-05\",}] # Planted",
                "[{\"reference\": \"T-1\", \"kind\": \"erasure\", \"received\": \"2026-01-05\"}] Planted",
                "&a [*a]")) {
            Said said = take(file("yaml.json", text));

            assertThat(said.exit()).as(text).isEqualTo(1);
            assertThat(said.out() + said.err())
                    .as(text)
                    .contains("yaml.json:1", "not JSON")
                    .doesNotContain("Planted");
        }
        assertThat(company.kept("requests", "list", "--json").out()).doesNotContain("T-1");
    }

    @Test
    void json_and_semicolons_are_read_too() throws IOException {
        Said said = take(file("old.json", """
                [
                  {"reference": 17, "kind": "withdrawal", "received": "2026-01-05", "uses": ["letter"], "address": null},
                  {"reference": "T/2", "kind": "access", "received": "2026-01-05T00:00:00Z", "words": "What do you hold?"}
                ]
                """), "--json");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("\"taken\":2", "\"known\":0", "\"17\":", "\"T/2\":");

        Said wrong = take(file("bad.json", """
                [
                  {"reference": "A", "kind": "access", "recieved": "2026-01-05"},
                  "nothing"
                ]
                """));
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.out())
                .contains("bad.json:2:", "did you mean `received`?", "`received` is no day", "bad.json:3:");

        assertThat(take(file("german.csv", "\uFEFFReference;Kind;Received\nG-1;access;2026-01-05\n"))
                        .exit())
                .isZero();
        assertThat(state("select reference from kept.request order by 1")).containsExactly("17", "G-1", "T/2");
    }

    @Test
    void a_reference_of_another_kind_of_request_is_a_mistake() throws IOException {
        take(file("old.csv", THREE));
        Said said = take(file("other.csv", HEADER + "T-1,access,2026-01-05,,,,,\n"));

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out()).contains("other.csv:2:1", "a request of another kind was taken over");
    }

    @Test
    void nobody_is_written_to_unless_that_is_asked_for_and_a_dry_run_takes_nothing() throws IOException {
        String file = file("old.csv", THREE);
        assertThat(take(file, "--dry-run").out()).contains("3 requests could be taken over");
        assertThat(state("select reference from kept.request")).isEmpty();

        take(file, "--send-links");
        assertThat(state("select reference from kept.request where work = 'address' order by 1"))
                .containsExactly("T-1", "T-2", "T-3");
    }

    @Test
    void files_that_cannot_be_read_at_all_are_said_to_be_so() throws IOException {
        assertThat(take(folder.resolve("none.csv").toString()).exit()).isEqualTo(2);
        assertThat(take(file("old.txt", THREE)).err()).contains("CSV or JSON by its name");
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "reference\n\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(take(latin.toString()).err()).contains("the file is not UTF-8");
        Path large = folder.resolve("large.csv");
        Files.write(large, new byte[20 * 1024 * 1024 + 1]);
        assertThat(take(large.toString()).err()).contains("more than");
    }

    @Test
    void requests_are_listed_by_their_last_day_without_who_asks() throws IOException {
        take(file("old.csv", THREE));

        Said said = company.kept("requests", "list");

        assertThat(said.exit()).isZero();
        assertThat(said.out().lines()).hasSize(3);
        assertThat(said.out().lines().findFirst().orElse("")).contains("erasure", "received", "due 2026-02-04", "T-1");
        assertThat(said.out()).contains("overdue").doesNotContain("Anna", "Ben", "example");
        assertThat(company.kept("requests", "list", "--kind", "question").out().lines())
                .hasSize(1);
        assertThat(company.kept("requests", "list", "--closed").out()).contains("No request is at its end");
        Said json = company.kept("requests", "list", "--json", "--most", "2");
        assertThat(json.out())
                .contains("\"more\":true", "\"reference\":\"T-1\"", "\"proven\":false", "\"channel\":\"import\"")
                .doesNotContain("Anna", "example", "T-3");
        Said wrong = company.kept("requests", "list", "--kind", "acess");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("did you mean `access`?");
    }
}
