package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.access.Unpacked;
import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessCommandTest {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 2 years}]}
              support: {basis: legitimate-interests, interest: helping, data: [email, name], ends: [{after: contact.made, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, access: {}}
            """;

    private static final String PROSE = """
            ---
            words:
              collects: {name: your name, email: your e-mail address}
              uses: {account: your account with us, support: helping you}
              account.opened: you opened it
              contact.made: you wrote to us
            ---
            We hold {{collects}}. {#collects.name collects.email}

            {{uses.account}}. {#uses.account} {{uses.support}}. {#uses.support}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.access}
            """;

    private static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, name text, opened timestamptz NOT NULL);
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, now() - interval '100 days' FROM generate_series(1, 9) i;
            """;

    private static final String SHOP_MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}, name: name}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, name: name}
            """;

    private static final String CRM = """
            CREATE TABLE contacts (no int PRIMARY KEY, mail text, who text, made timestamptz NOT NULL);
            INSERT INTO contacts VALUES (7, 'C1@example.org ', 'One', now()), (8, 'c3@example.org', 'Three', now());
            """;

    private static final String CRM_MAP = """
            contacts:
              person: {contact: {key: no, found-by: {email: {column: mail, match: casefold-trim}}}}
              uses: [support]
              events: {contact.made: made}
              columns: {mail: email, who: name}
            """;

    @TempDir
    private Path folder;

    private Path out;
    private Company mill;

    @BeforeEach
    void found_a_company() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        mill = new Company(folder.resolve("privacy"), NOTICE, PROSE);
        mill.store("shop", SHOP, SHOP_MAP);
        mill.store("crm", CRM, CRM_MAP);
        mill.checked();
    }

    @AfterEach
    void close() {
        mill.close();
    }

    private Said access(Path persons, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "access", "--operator", "Olga Operator", "--checked", "her passport", "--persons", persons.toString()));
        all.addAll(List.of(more));
        return mill.kept(all.toArray(String[]::new));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.sorted().toList();
        }
    }

    @Test
    void one_package_holds_what_all_stores_know_in_the_notices_words() throws IOException {
        Path file = out.resolve("one.zip");
        Said said = access(mill.persons("email: c1@example.org"), "--to", file.toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("line 1: 2 rows of 2 tables in").doesNotContain("example.org");
        Unpacked unpacked = Unpacked.of(file);
        assertThat(unpacked.parts().keySet())
                .containsExactlyInAnyOrder(
                        "csv/shop.customers.csv",
                        "csv/crm.contacts.csv",
                        "data.json",
                        "data.schema.json",
                        "index.html");
        assertThat(unpacked.part("index.html"))
                .contains("Your e-mail address and your name", "Your account with us", "Basis: our contract with you")
                .contains("2 years after you opened it");
        assertThat(unpacked.all()).doesNotContain("c3@example.org", "Name 2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void the_page_is_in_the_notices_first_language_or_in_the_one_that_is_named() throws IOException {
        Path notice = folder.resolve("privacy/notice.yaml");
        Files.writeString(notice, "languages: [en, de]\n" + Files.readString(notice));
        Files.writeString(
                folder.resolve("privacy/notice.de.md"),
                PROSE.replace("your account with us", "Ihr Konto bei uns")
                        .replace("you opened it", "Sie es eröffnet haben"));
        Path persons = mill.persons("email: c1@example.org");
        assertThat(access(persons, "--to", out.resolve("first.zip").toString()).exit())
                .isEqualTo(ExitCode.OK);
        assertThat(access(
                                persons,
                                "--language",
                                "DE",
                                "--to",
                                out.resolve("german.zip").toString())
                        .err())
                .isEmpty();
        assertThat(Unpacked.of(out.resolve("first.zip")).part("index.html"))
                .contains("<html lang=\"en\">", "2 years after you opened it");
        assertThat(Unpacked.of(out.resolve("german.zip")).part("index.html"))
                .contains("<html lang=\"de\">", "Was The Mill über Sie gespeichert hat", "Ihr Konto bei uns")
                .contains("Dauer: 2 Jahre, nachdem Sie es eröffnet haben.");

        Said other = access(
                persons, "--language", "fr", "--to", out.resolve("french.zip").toString());
        assertThat(other.exit()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(other.err()).contains("the notice is not in `fr`", "one of en, de");
        assertThat(files()).hasSize(2);
    }

    @Test
    void several_persons_get_a_file_each_and_one_who_is_not_held_gets_none() throws IOException {
        Said said = access(
                mill.persons("email: c1@example.org", "# a note", "email: nobody@example.org", "customer: 2"),
                "--to",
                out.resolve("all.zip").toString(),
                "--json");
        assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.OK);
        assertThat(files()).containsExactly(out.resolve("all-1.zip"), out.resolve("all-4.zip"));
        JsonNode packages = JsonMapper.shared().readTree(said.out()).get("packages");
        assertThat(packages).hasSize(3);
        assertThat(packages.get(0).get("rows").toString()).isEqualTo("{\"crm.contacts\":1,\"shop.customers\":1}");
        assertThat(packages.get(1).get("found").asBoolean()).isFalse();
        assertThat(packages.get(2).get("file").asString())
                .isEqualTo(out.resolve("all-4.zip").toString());
        assertThat(Unpacked.of(out.resolve("all-4.zip")).all())
                .contains("Name 2")
                .doesNotContain("Name 1");
    }

    @Test
    void a_folder_gets_a_file_whose_name_says_nothing_about_anybody() throws IOException {
        Said said = access(mill.persons("email: c1@example.org"), "--to", out.toString(), "--store", "shop");
        assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.OK);
        assertThat(files()).hasSize(1);
        assertThat(files().getFirst().getFileName().toString()).matches("access-\\d{8}T\\d{6}Z-[0-9a-f]{8}\\.zip");
        assertThat(Unpacked.of(files().getFirst()).data().get("stores")).hasSize(1);
    }

    @Test
    void a_file_that_is_there_is_not_overwritten() throws IOException {
        Path file = Files.writeString(out.resolve("one.zip"), "mine");
        Said said = access(mill.persons("email: c1@example.org"), "--to", file.toString());
        assertThat(said.exit()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(said.err()).contains("is there already and is not overwritten");
        assertThat(files()).containsExactly(file);
        assertThat(file).hasContent("mine");
    }

    @Test
    void what_a_killed_process_left_incomplete_is_deleted_and_what_another_is_writing_is_not() throws Exception {
        Path left = Files.writeString(out.resolve("old.zip.incomplete-0123abcd"), "Name 1");
        Path others = Files.writeString(out.resolve("mine.incomplete"), "mine");
        Path atWork = out.resolve("new.zip.incomplete-4567cdef");
        Process writing = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsLock.class.getName(),
                        atWork.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(writing.inputReader().readLine()).isEqualTo("locked");
            Said said = access(
                    mill.persons("email: c1@example.org"),
                    "--to",
                    out.resolve("one.zip").toString());
            assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.OK);
            assertThat(files()).containsExactly(others, atWork, out.resolve("one.zip"));
        } finally {
            writing.destroyForcibly().waitFor();
        }
        access(
                mill.persons("email: c1@example.org"),
                "--to",
                out.resolve("two.zip").toString());
        assertThat(files()).containsExactly(others, out.resolve("one.zip"), out.resolve("two.zip"));
        assertThat(left).doesNotExist();
    }

    /** A process that is at work on a package. */
    static final class HoldsLock {

        private HoldsLock() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] file) throws IOException {
            try (java.nio.channels.FileChannel channel = java.nio.channels.FileChannel.open(
                    Path.of(file[0]),
                    java.nio.file.StandardOpenOption.CREATE_NEW,
                    java.nio.file.StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.println("locked");
                System.in.read();
            }
        }
    }

    @Test
    void what_identity_was_established_by_is_required() throws IOException {
        Said said = mill.kept(
                "access",
                "--operator",
                "Olga",
                "--persons",
                mill.persons("email: c1@example.org").toString());
        assertThat(said.exit()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(said.err()).contains("--checked");
    }

    @Test
    void a_name_that_nothing_is_found_by_stops() throws IOException {
        Said said = access(mill.persons("telephone: 123"), "--to", out.toString());
        assertThat(said.exit()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(said.err()).contains("`telephone`, which finds nobody here").doesNotContain("123");
        assertThat(files()).isEmpty();
    }

    @Test
    void the_journal_has_counts_and_rules_and_the_private_log_has_names() throws IOException {
        access(mill.persons("email: c1@example.org", "email: nobody@example.org"), "--to", out.toString());
        List<String> entries =
                Company.rows(mill.state(), "select entry from kept.journal where kind = 'access' order by seq");
        assertThat(entries).hasSize(2);
        JsonNode handed = JsonMapper.shared().readTree(entries.getFirst());
        assertThat(handed.get("outcome").asString()).isEqualTo("handed-out");
        assertThat(handed.get("rows").toString()).isEqualTo("{\"crm.contacts\":1,\"shop.customers\":1}");
        assertThat(handed.get("rules").toString()).isEqualTo("[\"uses.account\",\"uses.support\"]");
        assertThat(handed.get("notice").asString()).matches("[0-9a-f]{64}");
        assertThat(handed.get("plans").get("crm").asString()).matches("[0-9a-f]{64}");
        assertThat(handed.get("package").asString())
                .isEqualTo(Unpacked.of(files().getFirst()).data().get("id").asString());
        assertThat(JsonMapper.shared()
                        .readTree(entries.getLast())
                        .get("outcome")
                        .asString())
                .isEqualTo("nobody");
        assertThat(String.join(" ", entries)).doesNotContain("example.org", "Name 1", "Olga", "passport");
        String commitment = handed.get("actor").get("commitment").asString();
        assertThat(Company.rows(
                        mill.state(),
                        "select operator || ': ' || said from kept.private_log where commitment = '" + commitment
                                + "'"))
                .containsExactly("Olga Operator: her passport");
    }
}
