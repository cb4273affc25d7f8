package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code kept erase} of a file of many: one run for several, and each with an answer of her own. */
class EraseManyTest {

    @TempDir
    private Path folder;

    private Company company;

    @BeforeEach
    void open() throws IOException {
        company = company("company");
    }

    private Company company(String name) throws IOException {
        Company opened = new Company(folder.resolve(name), EraseCommandTest.NOTICE, EraseCommandTest.PROSE);
        opened.store("shop", EraseCommandTest.SHOP, EraseCommandTest.SHOP_MAP);
        opened.store("crm", EraseCommandTest.CRM, EraseCommandTest.CRM_MAP);
        return opened.checked();
    }

    @AfterEach
    void close() {
        company.close();
    }

    private static Said erase(Company company, String... lines) throws IOException {
        return company.kept(
                "erase",
                "--json",
                "--operator",
                "Anna",
                "--checked",
                "by letter",
                "--persons",
                company.persons(lines).toString());
    }

    private static List<JsonNode> documents(Said said) {
        List<JsonNode> documents = new ArrayList<>();
        new JsonMapper().readTree(said.out()).forEach(documents::add);
        return documents;
    }

    /** What is said to one of them, without what is counted for the run as a whole. */
    private static String answer(JsonNode document) {
        Map<String, String> said = new TreeMap<>();
        for (String field : List.of("store", "kind", "state", "met", "persons", "stays", "findable", "standing")) {
            said.put(field, String.valueOf(document.get(field)));
        }
        return said.toString();
    }

    @Test
    void each_gets_in_her_order_the_answer_that_she_would_get_by_herself() throws IOException {
        List<String> alone = new ArrayList<>();
        List<String> left;
        String rows = """
                SELECT concat_ws('|', 'c', id, email, name) FROM customers UNION ALL SELECT concat_ws('|', 'o', id, customer_id, line) FROM orders
                UNION ALL SELECT concat_ws('|', 's', id, email) FROM subscribers UNION ALL SELECT concat_ws('|', 'm', id, sender, recipient, body) FROM messages
                ORDER BY 1""";
        int worst = 0;
        try (Company other = company("other")) {
            for (int id : List.of(4, 1, 3)) {
                Said said = erase(other, "customer: " + id);
                documents(said).forEach(document -> alone.add(answer(document)));
                worst = Math.max(worst, said.exit());
            }
            left = other.rows("shop", rows);
        }

        Said said = erase(company, "customer: 4", "email: nobody@example.org", "customer: 1", "customer: 3");
        List<JsonNode> documents = documents(said);

        assertThat(said.exit()).isEqualTo(worst);
        assertThat(documents.stream().map(d -> d.get("line").asInt())).containsExactly(1, 2, 3, 3, 4, 4);
        assertThat(documents.get(1).get("state").asString()).isEqualTo("absent");
        assertThat(documents.stream().filter(d -> d.has("store")).map(EraseManyTest::answer))
                .containsExactlyElementsOf(alone);
        assertThat(company.rows("shop", rows)).isEqualTo(left);
        assertThat(documents.stream()
                        .filter(d -> "shop".equals(d.path("store").asString("")))
                        .map(d -> d.get("run").asString() + d.get("together").asInt() + d.get("changed"))
                        .distinct())
                .singleElement()
                .asString()
                .contains("\"table\":\"customers\"");
        assertThat(Company.rows(company.state(), "SELECT kind FROM kept.run")).hasSize(2);
    }

    @Test
    void whom_a_store_refuses_keeps_nobody_else_waiting_and_goes_when_it_is_mended() throws IOException {
        company.database("shop").execute("""
                CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no: %', old.email USING ERRCODE = '23514'; END $$;
                CREATE TRIGGER never BEFORE UPDATE OR DELETE ON customers FOR EACH ROW WHEN (old.id = 5) EXECUTE FUNCTION never();
                """);
        String[] lines =
                IntStream.rangeClosed(3, 7).mapToObj(id -> "customer: " + id).toArray(String[]::new);

        Said refused = erase(company, lines);

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("line 3: ").doesNotContain("line 2: ", "line 4: ", "c5@", "example.org");
        assertThat(documents(refused).stream()
                        .filter(d -> "shop".equals(d.path("store").asString("")))
                        .map(d -> d.get("line").asInt()))
                .containsExactly(1, 2, 4, 5);
        String named = "SELECT id::text FROM customers WHERE email IS NOT NULL AND id BETWEEN 3 AND 7";
        assertThat(company.rows("shop", named)).containsExactly("5");

        company.database("shop").execute("DROP TRIGGER never ON customers");
        Said again = erase(company, lines);

        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(company.rows("shop", named)).isEmpty();
        assertThat(Company.rows(
                        company.state(), "SELECT id::text FROM kept.run WHERE state NOT IN ('done', 'incomplete')"))
                .isEmpty();
    }

    @Test
    void groups_are_bounded_and_who_is_named_twice_is_done_once_before_the_second_time() throws IOException {
        int many = 2 * ErasureGroup.MOST_PERSONS + 10;
        company.database("shop")
                .execute(
                        "INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, now() FROM generate_series(100, "
                                + (99 + many) + ") i");
        List<String> lines = new ArrayList<>(IntStream.range(100, 100 + many)
                .mapToObj(id -> "customer: " + id)
                .toList());
        lines.add("email: C" + (99 + many) + "@example.org");

        Said said = erase(company, lines.toArray(String[]::new));

        assertThat(said.exit()).as(said.err()).isZero();
        List<JsonNode> documents = documents(said);
        assertThat(documents.stream().map(d -> d.get("line").asInt()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, many + 1).boxed().toList());
        assertThat(documents.stream().map(d -> d.get("run").asString()).distinct())
                .hasSize(4);
        assertThat(documents.getFirst().get("together").asInt()).isEqualTo(ErasureGroup.MOST_PERSONS);
        assertThat(documents.getLast().has("together")).isFalse();
        assertThat(company.rows("shop", "SELECT id::text FROM customers WHERE id >= 100"))
                .isEmpty();
    }

    @Test
    void people_read_what_the_run_changed_once_and_then_what_stays_of_each() throws IOException {
        Said said = company.erase("customer: 4\ncustomer: 6\ncustomer: 8");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out())
                .containsOnlyOnce("store `shop`, 3 persons in one run")
                .contains("line 1, store `shop`", "line 2, store `shop`", "line 3, store `shop`");
        assertThat(said.out().lines().filter(line -> line.contains("for `accounting`")))
                .hasSize(3);
        assertThat(said.out().lines().filter(line -> line.startsWith("table "))).hasSizeLessThanOrEqualTo(1);
    }
}
