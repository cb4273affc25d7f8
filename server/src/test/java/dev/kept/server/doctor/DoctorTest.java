package dev.kept.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.doctor.Harbour.Said;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong is made wrong on a real server, found, and gone once the SQL that was named is run, to the letter. */
class DoctorTest {

    private static final Duration SOON = Duration.ofDays(5);

    private static final TestCluster cluster = TestCluster.start();

    @TempDir
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void a_server_as_companies_have_it() throws SQLException, IOException {
        alone(
                cluster.postgres().dataSource("postgres").getConnection(),
                "ALTER SYSTEM SET fsync = on",
                "ALTER SYSTEM SET full_page_writes = on",
                "ALTER SYSTEM SET wal_level = logical",
                "ALTER SYSTEM SET max_wal_senders = 4",
                "ALTER SYSTEM SET max_prepared_transactions = 4");
        cluster.crash();
        cluster.postgres().ensureRunning();
        harbour = new Harbour(cluster, folder, Harbour.SCHEMA).begun();
        harbour.kept("map", "shop", "--from", harbour.address(), "--notice", folder.toString());
    }

    @AfterAll
    static void gone() {
        harbour.close();
        cluster.discard();
    }

    /** What a test wrote into the notice's files does not last. */
    @BeforeEach
    void files_as_they_were() throws IOException {
        harbour.written("keeper", Harbour.PASSWORD, Harbour.TABLES);
    }

    /** Each statement by itself: some may not stand in a transaction. */
    private static void alone(Connection connection, String... statements) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void asOwner(String... statements) throws SQLException {
        alone(harbour.shop().connect(), statements);
    }

    private Said doctor(String... options) {
        List<String> words = new ArrayList<>(List.of("doctor", folder.toString()));
        words.addAll(List.of(options));
        return harbour.kept(words.toArray(String[]::new));
    }

    private List<JsonNode> findings() {
        Said said = doctor("--store", "shop", "--json");
        List<JsonNode> findings = new ArrayList<>();
        JsonMapper.builder()
                .build()
                .readTree(said.out())
                .path("databases")
                .get(0)
                .path("findings")
                .forEach(findings::add);
        return findings;
    }

    private List<JsonNode> findings(String code) {
        return findings().stream()
                .filter(finding -> finding.path("code").asString().equals(code))
                .toList();
    }

    @Test
    void where_all_is_well_nothing_has_to_be_mended() {
        Said said = doctor();
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains(
                        "store `shop`  PostgreSQL 18",
                        "role `keeper`",
                        "privileges complete on 6 tables",
                        "Kept's own database",
                        "[one-server]",
                        "nothing to mend",
                        "2 databases looked at")
                .doesNotContain(Harbour.PASSWORD, "problem ", "risk ");
        assertThat(doctor("--tables").out()).contains("has    crm.tickets  SELECT, UPDATE (customer_id), DELETE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "privilege-missing | REVOKE DELETE ON orders FROM keeper",
                "privilege-missing | REVOKE SELECT ON order_lines FROM keeper; GRANT SELECT (id, order_id, sku) ON order_lines TO keeper",
                "privilege-missing | REVOKE UPDATE ON stores, customers FROM keeper",
                "privilege-missing | REVOKE USAGE ON SCHEMA crm FROM keeper",
                "rows-hidden | ALTER TABLE customers ENABLE ROW LEVEL SECURITY",
                "read-only | ALTER ROLE keeper SET default_transaction_read_only = on",
                "replication-role | ALTER ROLE keeper SET session_replication_role = replica",
                "session-limit | ALTER ROLE keeper SET transaction_timeout = '30s'",
                "session-limit | ALTER ROLE keeper SET idle_session_timeout = '20s'",
                "connection-limit | ALTER ROLE keeper CONNECTION LIMIT 1",
                "password-ends | ALTER ROLE keeper VALID UNTIL 'SOON'",
                "function-denied | REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC",
                "log-keeps-values | ALTER ROLE keeper SET log_min_duration_statement = 100; ALTER ROLE keeper SET log_parameter_max_length = -1",
                "log-keeps-values | ALTER ROLE keeper SET log_parameter_max_length_on_error = 100",
                "log-keeps-values | ALTER ROLE keeper SET session_preload_libraries = auto_explain; ALTER ROLE keeper SET auto_explain.log_min_duration = 0",
                "vacuum-off | ALTER TABLE customers SET (autovacuum_enabled = false)",
                "no-replica-identity | ALTER TABLE orders REPLICA IDENTITY NOTHING; CREATE PUBLICATION passed_on FOR TABLE orders",
                "publication | CREATE PUBLICATION passed_on FOR TABLE customers WITH (publish = 'insert')",
                "replication-slot | SELECT pg_create_physical_replication_slot('left_behind', true)",
                "index-missing | DROP INDEX orders_customer_id_idx; ANALYZE orders",
            })
    void what_is_wrong_is_found_and_its_sql_mends_it(String code, String ill) throws SQLException {
        try {
            asOwner(ill.replace("SOON", Instant.now().plus(SOON).toString()).split(";"));
            List<JsonNode> found = findings(code).stream()
                    .filter(finding -> !finding.path("level").asString().equals("note"))
                    .toList();
            assertThat(found).as(code).isNotEmpty();
            Said said = doctor("--store", "shop");
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.out()).contains("[" + code + "]", "fix: ");
            if (code.equals("privilege-missing") || code.equals("rows-hidden")) {
                assertThat(said.out()).doesNotContain("privileges complete");
            }
            for (JsonNode finding : found) {
                assertThat(finding.path("why").asString()).isNotBlank();
                assertThat(finding.path("fix").size()).isPositive();
                for (JsonNode sql : finding.path("fix")) {
                    asOwner(sql.asString());
                }
            }
            assertThat(findings(code))
                    .filteredOn(f -> !f.path("level").asString().equals("note"))
                    .isEmpty();
        } finally {
            asOwner(
                    "GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC",
                    "DROP PUBLICATION IF EXISTS passed_on",
                    "ALTER ROLE keeper RESET ALL",
                    "ALTER ROLE keeper IN DATABASE shop RESET ALL",
                    "ALTER ROLE keeper CONNECTION LIMIT -1 VALID UNTIL 'infinity'");
        }
    }

    @Test
    void a_role_that_cannot_see_who_is_at_work_is_told_and_how_to_let_it() throws SQLException {
        JsonNode found = findings("others-unseen").getFirst();
        assertThat(found.path("level").asString()).isEqualTo("note");
        assertThat(found.path("why").asString()).contains("long pauses");
        try {
            asOwner(found.path("fix").get(0).asString());

            assertThat(findings("others-unseen")).isEmpty();
        } finally {
            asOwner("REVOKE pg_read_all_stats FROM keeper");
        }
    }

    @Test
    void a_publication_is_mended_by_what_it_lacks_alone() throws SQLException {
        asOwner("CREATE PUBLICATION quiet FOR TABLE customers WITH (publish = 'update')");
        try {
            assertThat(findings("publication").getFirst().path("fix").get(0).asString())
                    .isEqualTo("ALTER PUBLICATION quiet SET (publish = 'update, delete')");
        } finally {
            asOwner("DROP PUBLICATION quiet");
        }
    }

    @Test
    void a_server_that_may_lose_what_it_committed_is_named_until_it_is_set_right() {
        harbour.configure("full_page_writes", "off");
        assertThat(findings("not-durable")).hasSize(1);
        harbour.configure("full_page_writes", "on");
        assertThat(findings("not-durable")).isEmpty();
    }

    @Test
    void a_commit_that_would_wait_for_a_standby_without_end_is_foreseen() throws SQLException {
        // Kept's own sessions wait all the same: they switch it on
        asOwner("ALTER ROLE keeper SET synchronous_commit = off");
        harbour.configure("synchronous_standby_names", "nobody");
        List<JsonNode> found = findings("synchronous-standby");
        assertThat(found).hasSize(1);
        assertThat(doctor("--store", "kept").out()).contains("[synchronous-standby]");
        asOwner(found.getFirst().path("fix").get(0).asString());
        harbour.reloaded("synchronous_standby_names", "");
        assertThat(findings("synchronous-standby")).isEmpty();
        asOwner("ALTER ROLE keeper RESET ALL");
    }

    @Test
    void what_waits_for_a_second_phase_and_what_writes_here_from_elsewhere_is_said() throws SQLException {
        asOwner("BEGIN", "DELETE FROM order_lines WHERE id = 1", "PREPARE TRANSACTION 'left'");
        asOwner("CREATE SUBSCRIPTION fed CONNECTION 'host=127.0.0.1 dbname=x' PUBLICATION p WITH (connect = false)");
        try {
            assertThat(findings("prepared-transactions")).hasSize(1);
            assertThat(findings("subscription")).hasSize(1);
        } finally {
            asOwner(
                    "ROLLBACK PREPARED 'left'",
                    "ALTER SUBSCRIPTION fed SET (slot_name = NONE)",
                    "DROP SUBSCRIPTION fed");
        }
        assertThat(findings("prepared-transactions")).isEmpty();
    }

    @Test
    void triggers_that_copy_or_veto_are_named() throws SQLException {
        asOwner("""
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO stores (id, town) VALUES (OLD.id, OLD.email); RETURN OLD; END $$""", "CREATE TRIGGER keep BEFORE DELETE ON customers FOR EACH ROW EXECUTE FUNCTION keep()");
        assertThat(findings("trigger-fires")).singleElement().satisfies(found -> {
            assertThat(found.path("subject").asString()).isEqualTo("customers");
            assertThat(found.path("what").asString()).contains("`keep`");
        });
        asOwner("DROP FUNCTION keep CASCADE");
    }

    @Test
    void a_database_whose_locale_does_not_know_letters_beyond_ascii_is_said_to_miss_people()
            throws SQLException, IOException {
        asOwner("CREATE DATABASE plain TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'");
        try (TestDatabase plain = new TestDatabase(cluster.postgres(), "plain")) {
            plain.execute("GRANT CONNECT ON DATABASE plain TO keeper");
            Path map = folder.resolve("stores/shop.yaml");
            Files.writeString(map, Files.readString(map).replace("/shop?", "/plain?"));
            assertThat(findings("case-not-folded")).hasSize(1);
            assertThat(findings("map-unfit")).hasSize(1);
        }
    }

    @Test
    void of_an_encoding_in_which_that_cannot_be_told_it_is_said_that_it_is_another_and_no_more()
            throws SQLException, IOException {
        asOwner("CREATE DATABASE bytes TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'");
        try (TestDatabase bytes = new TestDatabase(cluster.postgres(), "bytes")) {
            bytes.execute("GRANT CONNECT ON DATABASE bytes TO keeper");
            Path map = folder.resolve("stores/shop.yaml");
            Files.writeString(map, Files.readString(map).replace("/shop?", "/bytes?"));
            assertThat(findings("encoding")).hasSize(1);
            assertThat(findings("case-not-folded")).isEmpty();
        }
    }

    @Test
    void one_that_does_not_answer_hides_none_that_does_and_no_secret_is_shown() throws IOException {
        Path map = folder.resolve("stores/shop.yaml");
        Files.writeString(map, Files.readString(map).replaceFirst("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:1"));
        Said said = doctor();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out())
                .contains("refused", "does not answer", "try: ", "Kept's own database", "1 could not be")
                .doesNotContain(Harbour.PASSWORD);
        Said json = doctor("--json");
        assertThat(json.exit()).isEqualTo(2);
        assertThat(json.out()).contains("\"refused\":{", "\"ok\":false").doesNotContain(Harbour.PASSWORD);
    }

    @Test
    void a_notice_that_does_not_check_does_not_keep_the_server_from_being_looked_at() throws IOException {
        Files.writeString(folder.resolve("notice.yaml"), Harbour.NOTICE + "nonsense: 1\n");
        Said said = doctor("--store", "shop");
        assertThat(said.exit()).as(said.toString()).isEqualTo(1);
        assertThat(said.out()).contains("PostgreSQL 18", "[notice-unfit]");
        Files.writeString(folder.resolve("notice.yaml"), "notice: [");
        assertThat(doctor().err()).contains("the rules of the notice cannot be read", "kept check");
    }

    @Test
    void what_the_role_of_kepts_own_database_lacks_is_found() throws IOException {
        Path settings = folder.resolve("kept.yaml");
        Files.writeString(settings, "state: " + Harbour.address(harbour.state(), "keeper", Harbour.PASSWORD) + "\n");
        Said said = doctor("--store", "kept");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .contains(
                        "[own-schema]",
                        "fix: GRANT CREATE ON DATABASE " + harbour.state().name() + " TO keeper;");
        harbour.state().execute("GRANT CREATE ON DATABASE " + harbour.state().name() + " TO keeper");
        assertThat(doctor("--store", "kept").exit()).isZero();
        harbour.state().execute("REVOKE CREATE ON DATABASE " + harbour.state().name() + " FROM keeper");
    }

    @Test
    void an_unknown_store_and_grants_as_json_are_refused() {
        assertThat(doctor("--store", "crm").err()).contains("there is no map of a store `crm`");
        assertThat(doctor("--grants", "x", "--json").exit()).isEqualTo(2);
    }
}
