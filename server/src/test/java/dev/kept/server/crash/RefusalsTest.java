package dev.kept.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.embedded.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are not there, or do not take what they are given: said in a sentence, nothing half-done, and finished once they do. */
class RefusalsTest {

    private static final String[] SWEEP = {"sweep", "--store", "shop", "--operator", "Anna"};

    @TempDir
    static Path folder;

    private static Mill mill;
    private static Map<String, List<String>> before;
    private static Map<String, List<String>> rows;
    private static List<String> counted;

    @BeforeAll
    static void sweep_once_without_harm() {
        mill = Mill.found(TestCluster.shared(), TestCluster.shared(), folder);
        before = mill.rows();
        assertThat(mill.kept(SWEEP).exit()).isZero();
        rows = mill.rows();
        counted = mill.counted();
    }

    @AfterAll
    static void close() {
        mill.close();
    }

    @BeforeEach
    void begin_anew() {
        mill.reset();
        mill.write();
    }

    private static String address(String database) {
        return Site.url(mill.database(database));
    }

    private static String nowhere(String database) {
        return address(database).replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:1");
    }

    private static String refused(String database) {
        return address(database).replaceFirst("password=[^&]*", "password=not-this-one");
    }

    private static String missing(String database) {
        return address(database).replaceFirst("/" + mill.database(database).name(), "/no_such_database");
    }

    private static void assertSaid(String problem, String attempt) {
        Mill.Said said = mill.kept(SWEEP);
        Spoken.discreetly(said);
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(problem).contains(attempt).doesNotContain("not-this-one");
        assertThat(mill.rows()).isEqualTo(before);
        assertThat(mill.state("SELECT id FROM kept.run")).isEmpty();
    }

    @Test
    void a_store_that_does_not_run_is_told() {
        mill.write(nowhere("shop"), address("crm"), address("state"));
        assertSaid("error: the database does not answer", "try: see that it runs");
    }

    @Test
    void a_state_that_does_not_run_is_told() {
        mill.write(address("shop"), address("crm"), nowhere("state"));
        assertSaid("error: kept's own database does not open (SQLSTATE 08001)", "try: see that it runs");
    }

    @Test
    void a_store_that_refuses_the_password_is_told_without_it() {
        mill.write(refused("shop"), address("crm"), address("state"));
        assertSaid("error: the database refuses the user or the password", "SHOP_URL_PASSWORD");
    }

    @Test
    void a_state_that_refuses_the_password_is_told_without_it() {
        mill.write(address("shop"), address("crm"), refused("state"));
        assertSaid("error: kept's own database does not open (SQLSTATE 28P01)", "user and password");
    }

    @Test
    void a_database_of_that_name_that_is_not_there_is_told() {
        mill.write(missing("shop"), address("crm"), address("state"));
        assertSaid("error: the server has no database of this name", "the name at the end of the URL");
        mill.write(address("shop"), address("crm"), missing("state"));
        assertSaid("error: kept's own database does not open (SQLSTATE 3D000)", "that address");
    }

    @Test
    void an_address_that_is_none_is_told_without_what_is_in_it() {
        mill.write(address("shop"), address("crm"), "jdbc:postgresql://[oops?password=not-this-one");
        assertSaid("error: ", "try: write jdbc:postgresql://host:port/name");
    }

    /** Disk full, time-out, conflicts without end, constraint, a trigger's own words, an unknown one. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "57014", "40001", "40P01", "55P03", "23514", "P0001", "58030", "XX001"})
    void a_store_that_does_not_take_a_change_is_told_and_finished_once_it_does(String code) {
        refuse("shop", "customers", "DELETE", code);
        Mill.Said said = mill.kept(SWEEP);
        allow("shop", "customers");
        assertThat(said.exit()).as(said.toString()).isIn(1, 2);
        assertThat(said.out()).doesNotContain("Done.");
        Spoken.discreetly(said);
        assertFinished();
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "57014", "40001", "40P01", "55P03", "25006", "58030"})
    void a_state_that_does_not_take_a_note_is_told_and_the_run_finished_once_it_does(String code) {
        for (String table : List.of("kept.run", "kept.run_step", "kept.journal")) {
            mill.reset();
            refuse("state", table, "INSERT", code);
            Mill.Said said = mill.kept(SWEEP);
            allow("state", table);
            assertThat(said.exit()).as(said.toString()).isEqualTo(2);
            assertThat(said.out()).doesNotContain("Done");
            Spoken.discreetly(said);
            assertThat(said.err()).contains(code);
            assertFinished();
        }
    }

    private static void refuse(String database, String table, String event, String code) {
        mill.database(database).execute("""
                CREATE FUNCTION refusal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    RAISE EXCEPTION 'Surname3 is the name' USING ERRCODE = '%s', DETAIL = 'person3@mill.example';
                END $$;
                CREATE TRIGGER refusal BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION refusal()
                """.formatted(code, event, table));
    }

    private static void allow(String database, String table) {
        mill.database(database).execute("DROP TRIGGER refusal ON " + table + "; DROP FUNCTION refusal()");
    }

    private static void assertFinished() {
        Mill.Said said = mill.kept(SWEEP);
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(mill.rows()).isEqualTo(rows);
        assertThat(mill.counted()).isEqualTo(counted);
        assertThat(mill.saysThatCountsAreUnknown()).isFalse();
        assertThat(mill.state("SELECT id FROM kept.run WHERE ended_at IS NULL OR lease_until IS NOT NULL"))
                .isEmpty();
    }
}
