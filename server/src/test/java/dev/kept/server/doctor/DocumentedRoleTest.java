package dev.kept.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company;
import dev.kept.server.doctor.Harbour.Said;
import dev.kept.stores.embedded.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role of docs/postgres.md, made by its very SQL, and the least one that `kept doctor --grants` prints, do the whole work. */
class DocumentedRoleTest {

    @TempDir
    private Path folder;

    private Harbour harbour;

    @BeforeEach
    void a_shop() throws IOException {
        harbour = new Harbour(TestCluster.shared(), folder, Harbour.SCHEMA);
    }

    @AfterEach
    void closed() {
        harbour.close();
    }

    private String notice() {
        return folder.toString();
    }

    private Said done(String... words) {
        Said said = harbour.kept(words);
        assertThat(said.exit()).as(String.join(" ", words) + "\n" + said).isZero();
        return said;
    }

    private String persons(String line) throws IOException {
        return Files.writeString(folder.resolve("persons.txt"), line + "\n").toString();
    }

    private List<String> rows(String sql) {
        return Company.rows(harbour.shop(), sql);
    }

    /** The command that corrects rows of one customer. */
    private String[] correction(String set) throws IOException {
        Path request =
                Files.writeString(folder.resolve("correction.yaml"), "person: {customer: 3}\nset: {" + set + "}\n");
        return new String[] {
            "correct",
            "--notice",
            notice(),
            "--operator",
            "Anna",
            "--checked",
            "by letter",
            "--request",
            request.toString()
        };
    }

    @Test
    void the_documented_role_maps_checks_sweeps_answers_corrects_and_erases() throws IOException {
        harbour.begun();
        done("map", "shop", "--from", harbour.address(), "--notice", notice());
        done("check", notice(), "--live");
        works();
        done(correction("customers: {name: Nina}"));
        assertThat(rows("SELECT name FROM customers WHERE id = 3")).containsExactly("Nina");
    }

    @Test
    void the_least_role_does_all_but_corrections_and_is_told_so() throws IOException {
        harbour.begun();
        harbour.shop().execute("CREATE ROLE least LOGIN PASSWORD '" + Harbour.PASSWORD + "'");
        Said script = done("doctor", notice(), "--store", "shop", "--grants", "least");
        assertThat(script.out())
                .contains(
                        "GRANT SELECT, UPDATE (address_id) ON public.stores TO least;",
                        "GRANT USAGE ON SCHEMA crm TO least;")
                .doesNotContain("INSERT", "ALL");
        harbour.shop().execute(script.out());
        harbour.written("least", Harbour.PASSWORD, Harbour.TABLES);
        done("map", "shop", "--from", harbour.address().replace("user=keeper", "user=least"), "--notice", notice());
        done("check", notice(), "--live");
        Said doctor = harbour.kept("doctor", notice(), "--store", "shop");
        assertThat(doctor.out())
                .contains("privileges complete on 6 tables", "[correction-denied]")
                .doesNotContain("[privilege-missing]");
        works();
        Said refused = harbour.kept(correction("crm.tickets: {body: none}"));
        assertThat(refused.exit()).as(refused.toString()).isNotZero();
        assertThat(rows("SELECT body FROM crm.tickets WHERE id = 3")).containsExactly("where is rope 3");
    }

    /** Row-level security, functions taken from everybody, a column for restrictions: what is printed is enough there, too. */
    @Test
    void the_least_role_is_enough_where_rows_are_hidden_functions_closed_and_decisions_noted() throws IOException {
        harbour.begun();
        harbour.shop()
                .execute("CREATE ROLE least LOGIN PASSWORD '" + Harbour.PASSWORD + "';"
                        + "ALTER TABLE customers ADD restricted_on timestamptz; ALTER TABLE customers ENABLE ROW LEVEL SECURITY;"
                        + "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        String tables = Harbour.TABLES.replace("{key: id, found-by:", "{key: id, restricted: restricted_on, found-by:");
        harbour.written("keeper", Harbour.PASSWORD, tables);
        String script =
                done("doctor", notice(), "--store", "shop", "--grants", "least").out();
        assertThat(script)
                .contains(
                        "ALTER ROLE least BYPASSRLS;",
                        "GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO least;",
                        "-- what `kept end` and requests note",
                        "GRANT UPDATE (restricted_on) ON public.customers TO least;");
        harbour.shop().execute(script.replace("GRANT UPDATE (restricted_on) ON public.customers TO least;", ""));
        harbour.written("least", Harbour.PASSWORD, tables);
        String without = harbour.kept("doctor", notice(), "--store", "shop").out();
        assertThat(without)
                .contains("privileges complete on 6 tables", "[note-denied]")
                .doesNotContain("[privilege-missing]", "[rows-hidden]", "[function-denied]");
        harbour.shop().execute(script);
        assertThat(harbour.kept("doctor", notice(), "--store", "shop").out())
                .contains("privileges complete on 6 tables")
                .doesNotContain("[note-denied]");
    }

    @Test
    void the_oldest_version_answers_the_same_questions() throws IOException {
        harbour.close();
        harbour = new Harbour(TestCluster.older(), folder, Harbour.SCHEMA).begun();
        done("map", "shop", "--from", harbour.address(), "--notice", notice());
        Said doctor = harbour.kept("doctor", notice());
        assertThat(doctor.exit()).as(doctor.toString()).isEqualTo(1);
        assertThat(doctor.out())
                .contains("PostgreSQL 15.", "privileges complete on 6 tables", "no problems, ", "[case-not-folded]")
                .doesNotContain("refused");
        works();
    }

    /** Nothing it was granted can be left out: each taken away by itself is missed before the first step. */
    @Test
    void of_the_least_grants_none_is_too_much() throws IOException {
        harbour.begun();
        harbour.shop().execute("CREATE ROLE least LOGIN PASSWORD '" + Harbour.PASSWORD + "'");
        String script =
                done("doctor", notice(), "--store", "shop", "--grants", "least").out();
        harbour.written("least", Harbour.PASSWORD, Harbour.TABLES);
        List<String> grants =
                script.lines().filter(line -> line.startsWith("GRANT")).toList();
        for (String grant : grants.subList(1, grants.size())) {
            harbour.shop().execute(script);
            harbour.shop().execute(grant.replace("GRANT ", "REVOKE ").replace(" TO ", " FROM "));
            Said said = harbour.kept("doctor", notice(), "--store", "shop");
            boolean everybodys = grant.contains("SCHEMA public");
            assertThat(said.out().contains("[privilege-missing]"))
                    .as(grant + said)
                    .isEqualTo(!everybodys);
        }
    }

    private void works() throws IOException {
        done("sweep", "--notice", notice(), "--dry-run");
        done("sweep", "--notice", notice());
        assertThat(rows("SELECT id FROM customers WHERE id > 8")).isEmpty();
        assertThat(rows("SELECT id FROM crm.tickets WHERE id > 7")).isEmpty();
        Files.createDirectories(folder.resolve("out"));
        done(
                "access",
                "--notice",
                notice(),
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                persons("email: C2@example.org"),
                "--to",
                folder.resolve("out").toString());
        done(
                "erase",
                "--notice",
                notice(),
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                persons("email: c1@example.org"));
        assertThat(rows("SELECT id FROM customers WHERE id = 1")).isEmpty();
        assertThat(rows("SELECT id FROM orders WHERE customer_id = 1")).isEmpty();
        assertThat(rows("SELECT id FROM addresses WHERE id = 1")).isEmpty();
        assertThat(rows("SELECT id FROM customers WHERE id = 2")).hasSize(1);
    }
}
