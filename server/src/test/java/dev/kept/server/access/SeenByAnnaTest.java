package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What Anna of the bazaar sees, and what she does not. */
class SeenByAnnaTest {

    private static final String WEIRD = "\"we,ird \"\"x/../../y\"\"\"";

    @TempDir
    private static Path folder;

    private static Bazaar bazaar;
    private static Unpacked anna;

    @BeforeAll
    static void hand_it_to_her() {
        bazaar = new Bazaar();
        anna = bazaar.unpacked(folder.resolve("anna.zip"));
    }

    @AfterAll
    static void close() {
        bazaar.close();
    }

    @Test
    void nothing_of_other_people_is_anywhere_in_the_package() {
        anna.parts().forEach((name, text) -> assertThat(text).as(name).doesNotContain("ZZ-PLANTED", "7700"));
    }

    @Test
    void all_her_rows_are_there_and_no_others() {
        Map<String, List<String>> ids = new TreeMap<>();
        for (JsonNode table : anna.data().get("stores").get(0).get("tables")) {
            List<String> keys = new ArrayList<>();
            table.get("rows")
                    .forEach(row -> keys.add(row.get("values").path("id").asString("")));
            ids.put(table.get("table").asString(), keys);
            assertThat(table.get("count").asInt()).isEqualTo(keys.size());
        }
        assertThat(ids)
                .containsEntry("customers", List.of("1"))
                .containsEntry("addresses", List.of("10", "11"))
                .containsEntry("orders", List.of("20", "21"))
                .containsEntry("messages", List.of("30", "31", "32", "33"))
                .containsEntry("comments", List.of("41", "43"))
                .containsEntry("session_pages", List.of("50"))
                .containsEntry(WEIRD, List.of("60", "61", "62", "63"));
        assertThat(ids.get("mail_log")).hasSize(1);
        assertThat(ids.get("order_lines")).hasSize(1);
        assertThat(ids.get("subscribers")).hasSize(1);
        assertThat(ids.get("profiles")).hasSize(1);
        assertThat(ids).doesNotContainKey("products");
    }

    @Test
    void a_message_shows_her_what_is_of_her_role_in_it() {
        assertThat(names(row("messages", 0)))
                .containsExactly("id", "sender_id", "sender_name", "subject", "body", "sent_at");
        assertThat(names(row("messages", 1))).containsExactly("id", "recipient_id", "body", "read_note", "sent_at");
        assertThat(names(row("messages", 2)))
                .containsExactly(
                        "id", "sender_id", "recipient_id", "sender_name", "subject", "body", "read_note", "sent_at");
        assertThat(row("messages", 2).get("as").toString()).isEqualTo("[\"sender\",\"recipient\"]");
        assertThat(names(row("messages", 3))).doesNotContain("read_note");
    }

    @Test
    void links_are_shown_where_they_lead_to_her_or_to_nobody() {
        assertThat(names(row("customers", 0))).contains("id", "address_id").doesNotContain("referred_by", "shout");
        assertThat(names(row("addresses", 0))).contains("street").doesNotContain("entered_by");
        assertThat(row("addresses", 1).get("values").get("entered_by").asInt()).isEqualTo(1);
        assertThat(names(row("comments", 0))).doesNotContain("parent_id");
        assertThat(row("comments", 1).get("values").get("parent_id").asInt()).isEqualTo(41);
        assertThat(row("order_lines", 0).get("values").get("product_id").asInt())
                .isEqualTo(1);
    }

    @Test
    void secrets_are_named_and_not_handed_out_not_even_by_a_link_that_repeats_them() {
        assertThat(row("customers", 0).get("withheld").toString()).isEqualTo("[\"password_hash\"]");
        assertThat(row("sessions", 0).get("withheld").toString()).isEqualTo("[\"token\"]");
        assertThat(row("session_pages", 0).get("withheld").toString()).isEqualTo("[\"token\"]");
        assertThat(row("profiles", 0).get("withheld").toString()).isEqualTo("[\"doc$.token\"]");
        assertThat(anna.part("csv/customers.csv")).doesNotContain("password_hash");
        assertThat(anna.part("index.html")).contains("held, not handed out");
    }

    @Test
    void paths_inside_json_are_items_of_their_own() {
        JsonNode values = row("profiles", 0).get("values");
        assertThat(values.get("doc$.email").asString()).isEqualTo("anna@example.org");
        assertThat(values.get("doc$.contact.name").asString()).isEqualTo("Anna\u0001");
        assertThat(values.get("doc$.tags").toString()).isEqualTo("[\"x\",{\"y\":null}]");
    }

    @Test
    void values_are_exact() {
        JsonNode first = row("orders", 0).get("values");
        assertThat(first.get("total").decimalValue()).isEqualTo(new BigDecimal("12345678901234567890.0123456789"));
        assertThat(first.get("weight").asString()).isEqualTo("NaN");
        assertThat(Base64.getDecoder().decode(first.get("seal").asString())).containsExactly(0, (byte) 0xff, 0x10);
        assertThat(first.get("tags").toString()).isEqualTo("[\"a\",\"b \\\"c\\\"\",null]");
        assertThat(first.get("due").asString()).isEqualTo("2026-02-03T04:05:06");
        assertThat(first.get("placed_at").asString()).isEqualTo("2026-02-01T10:00:00+00:00");
        JsonNode second = row("orders", 1).get("values");
        assertThat(second.get("note").asString()).isEmpty();
        assertThat(second.get("seal").isNull()).isTrue();
        assertThat(second.get("due").asString()).isEqualTo("infinity");
        assertThat(second.get("total").toString()).isEqualTo("-5.0000000000");
    }

    @Test
    void each_item_says_why_on_which_basis_for_whom_and_from_where() {
        JsonNode column = column("orders", "address_id");
        assertThat(column.get("is").toString()).isEqualTo("[\"address\"]");
        assertThat(column.get("uses").toString()).isEqualTo("[\"orders\"]");
        assertThat(column.get("recipients").toString()).isEqualTo("[\"carrier\"]");
        assertThat(column.get("from").toString()).isEqualTo("[\"you\"]");
        assertThat(column("mail_log", "server").get("recipients").toString()).isEqualTo("[\"police\"]");
        assertThat(column("mail_log", "server").get("from").toString()).isEqualTo("[\"use\",\"device\"]");
        JsonNode uses = anna.data().get("uses");
        assertThat(uses.get("security").get("interest").asString()).isEqualTo("keeping thieves out");
        assertThat(uses.get("books").get("law").asString()).isEqualTo("Books Act §1");
        assertThat(uses.get("orders").get("basis").asString()).isEqualTo("contract");
        assertThat(anna.data().get("recipients").get("mailer").get("country").asString())
                .isEqualTo("US");
    }

    @Test
    void until_when_is_said_by_row_and_where_it_differs_by_column() {
        assertThat(until(row("orders", 0))).isEqualTo("on 2037-01-01");
        assertThat(untilOf(row("orders", 0), "note")).isEqualTo("on 2027-02-01");
        assertThat(untilOf(row("orders", 1), "note")).isEqualTo("ended");
        assertThat(until(row("orders", 1))).isEqualTo("on 2035-01-01");
        assertThat(until(row("customers", 0))).isEqualTo("on 2027-06-16");
        assertThat(until(row("addresses", 0))).isEqualTo("referred-to");
        assertThat(until(row("mail_log", 0))).isEqualTo("on 2026-05-21");
    }

    @Test
    void persons_of_several_kinds_are_one_person() {
        assertThat(anna.data().get("stores").get(0).get("persons").toString())
                .isEqualTo(
                        "[{\"kind\":\"customer\",\"key\":[\"1\"]},{\"kind\":\"subscriber\",\"key\":[\"anna@example.org\"]}]");
    }

    @Test
    void the_data_fits_its_schema() {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(anna.part("data.schema.json"), InputFormat.JSON)
                        .validate(anna.part("data.json"), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void a_spreadsheet_runs_nothing() {
        assertThat(anna.parts().keySet()).contains("csv/_we_ird___x_____y___.csv");
        String csv = anna.part("csv/_we_ird___x_____y___.csv");
        assertThat(csv)
                .startsWith("id,who,'=cmd(),\"<b>&\"\"'\",kept_raw,at,held until\r\n60,1,'=cmd|'/C calc'!A0,")
                .contains(
                        ",'+1,",
                        "\"'@SUM(1)\r\nline two\"",
                        ",\"'\ttab\",",
                        ",'-2+3,",
                        "\"plain, with \"\"quotes\"\"\"")
                .contains(",\"'\r\",");
        assertThat(anna.part("csv/orders.csv"))
                .contains(
                        "\r\n21,1,11,sent,\"\",-5.0000000000,-0.1,,,infinity,2024-02-29T12:00:00+00:00,2035-01-01\r\n");
    }

    @Test
    void the_page_shows_markup_as_text_and_loads_nothing() {
        String page = anna.part("index.html");
        assertThat(page)
                .contains("Anna &lt;script&gt;alert(1)&lt;/script&gt;", "Bazaar &lt;b&gt;&amp; Sons&lt;/b&gt;")
                .contains("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;", "bell \u2407 and \u2421")
                .contains("<dd dir=\"auto\">\u202Eright to left \u05D0\u05D1 \uD83D\uDE00</dd>")
                .doesNotContain("<script", "<img", "src=\"", "http:", "https:", "javascript:", "<link", "url(");
        assertThat(page).contains("default-src 'none'");
        assertThat(page.replaceAll("href=\"#[a-z0-9]+\"", "")).doesNotContain("href");
    }

    @Test
    void a_text_of_a_million_characters_is_cut_on_the_page_and_whole_in_the_data() {
        assertThat(anna.part("index.html")).contains("the first 1,000 of 1,000,000 characters");
        assertThat(anna.part("index.html").length()).isLessThan(200_000);
        assertThat(row(WEIRD, 3).get("values").get("=cmd()").asString()).hasSize(1_000_000);
    }

    private static JsonNode row(String table, int position) {
        return anna.table(table).get("rows").get(position);
    }

    private static List<String> names(JsonNode row) {
        return List.copyOf(row.get("values").propertyNames());
    }

    private static JsonNode column(String table, String name) {
        for (JsonNode column : anna.table(table).get("columns")) {
            if (column.get("name").asString().equals(name)) {
                return column;
            }
        }
        throw new AssertionError("no column " + name);
    }

    private static String until(JsonNode row) {
        return said(row.get("until"));
    }

    private static String untilOf(JsonNode row, String column) {
        return said(row.get("untilOf").get(column));
    }

    private static String said(JsonNode until) {
        return (until.get("state").asString() + " " + until.path("date").asString("")).strip();
    }
}
