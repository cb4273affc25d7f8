package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.ProseReader;
import dev.kept.core.source.Places;
import dev.kept.core.source.SourceText;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.demo.ShopGenerator;
import dev.kept.server.demo.ShopSchema;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Extent;
import dev.kept.server.run.AccessService.Handed;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The example company answers a customer: the whole schema with all its awkward shapes. */
class LarkfieldAccessTest {

    private static final Path EXAMPLE = Path.of("..", "examples", "larkfield");
    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

    private static final Operator OPERATOR = new Operator("Anna", "signed in with the account's address");

    private static TestDatabase shop;
    private static TestDatabase kept;
    private static String email;
    private static Unpacked unpacked;
    private static LiveStore store;
    private static List<Prose> prose;

    @TempDir
    private Path folder;

    @BeforeAll
    static void hand_a_customer_her_data() throws SQLException, IOException {
        shop = TestCluster.shared().freshDatabase();
        kept = TestCluster.shared().freshDatabase();
        ShopSchema schema = ShopSchema.read(EXAMPLE.resolve("database/shop.sql"));
        try (Connection connection = shop.connect()) {
            ShopGenerator.generate(connection, schema, new ShopGenerator.Settings(300, 1, NOW), (s, d, t) -> {});
        }
        PrivacyFolder folder = PrivacyFolder.read(EXAMPLE.resolve("privacy"));
        Checked checked = FolderCheck.check(folder.files());
        store = LiveStore.tied(checked.stores().get("shop"), Places.none("shop.yaml"), shop.dataSource());
        SourceText text = folder.files().stream()
                .filter(file -> file.name().equals("notice.en.md"))
                .findFirst()
                .orElseThrow();
        prose = ProseReader.read(text, "en", checked.notice().orElseThrow()).value().stream()
                .toList();
        email = texts("""
                SELECT c.email FROM shop.customers c
                WHERE c.deleted_at IS NULL
                    AND EXISTS (SELECT FROM shop.messages m WHERE m.sender_id = c.id)
                    AND EXISTS (SELECT FROM shop.messages m WHERE m.recipient_id = c.id)
                    AND EXISTS (SELECT FROM shop.orders o WHERE o.customer_id = c.id)
                    AND (SELECT count(*) FROM shop.stock_alerts a WHERE lower(btrim(a.email)) = lower(btrim(c.email))) < 2
                    AND (SELECT count(*) FROM crm.prize_draw_entries e WHERE lower(btrim(e.email)) = lower(btrim(c.email))) < 2
                ORDER BY (SELECT count(*) FROM shop.orders o WHERE o.customer_id = c.id) DESC, c.id LIMIT 1""").getFirst();
        Path file = Path.of("target", "larkfield-access.zip");
        Files.deleteIfExists(file);
        try (State state = State.open(kept.jdbcUrl(), kept.user(), kept.password(), InstantSource.fixed(NOW))) {
            Handed handed = new AccessService(state, InstantSource.fixed(NOW))
                    .hand(List.of(store), prose, new Named(1, Map.of("email", email)), OPERATOR, file)
                    .orElseThrow();
            assertThat(handed.rows()).isPositive();
        }
        unpacked = Unpacked.of(file);
    }

    @Test
    void who_is_read_with_others_gets_what_she_gets_alone() throws SQLException {
        try (State state = State.open(kept.jdbcUrl(), kept.user(), kept.password(), InstantSource.fixed(NOW))) {
            MadePackages making = new MadePackages(state, List.of(store), prose, folder);
            Map<String, List<List<String>>> kinds = new LinkedHashMap<>();
            for (BoundTable table : store.bound().tables().values()) {
                Optional<Table.Person> person = table.map().person();
                if (person.isPresent()) {
                    kinds.put(
                            person.get().kind(), keys(table.name(), person.get().key()));
                }
            }
            assertThat(kinds).hasSizeGreaterThan(2);
            for (Map.Entry<String, List<List<String>>> kind : kinds.entrySet()) {
                List<Asking> people = kind.getValue().stream()
                        .map(key -> new Asking(
                                Map.of("shop", Map.of(kind.getKey(), List.of(key))), Extent.EVERYTHING, OPERATOR, "de"))
                        .toList();
                if (people.size() > 1) {
                    assertThat(making.compare(people)).as(kind.getKey()).isEqualTo(people.size());
                }
            }
        }
    }

    /** The first and some others. */
    private static List<List<String>> keys(TableName table, List<String> key) throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + String.join(", ", key) + " FROM " + table
                        + " ORDER BY md5((" + String.join(", ", key) + ")::text) LIMIT 40")) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= key.size(); i++) {
                    values.add(rows.getString(i));
                }
                keys.add(values);
            }
        }
        return keys;
    }

    @AfterAll
    static void drop_it() {
        shop.close();
        kept.close();
    }

    @Test
    void what_is_handed_out_fits_the_schema_beside_it() throws IOException {
        String schema = unpacked.part("data.schema.json");
        assertThat(schema).isEqualTo(Files.readString(Path.of("..", "docs", "schema", "access.schema.json")));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(unpacked.part("data.json"), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void no_other_person_is_in_it() throws SQLException {
        List<String> others = texts("""
                SELECT email FROM shop.customers WHERE email <> '%1$s'
                UNION SELECT username FROM shop.customers WHERE email <> '%1$s' AND length(username) > 7
                UNION SELECT phone FROM shop.customers WHERE email <> '%1$s' AND phone IS NOT NULL
                UNION SELECT password_hash FROM shop.customers WHERE password_hash IS NOT NULL
                UNION SELECT email FROM crm.staff UNION SELECT phone FROM crm.staff WHERE phone IS NOT NULL""".formatted(email));
        assertThat(others).hasSizeGreaterThan(500);
        String all = unpacked.all();
        assertThat(others.stream().filter(all::contains)).isEmpty();
    }

    @Test
    void every_row_of_hers_is_in_it() throws SQLException {
        String id = texts("SELECT id FROM shop.customers WHERE email = '" + email + "'")
                .getFirst();
        for (String[] table : new String[][] {
            {"shop.orders", "customer_id = " + id},
            {"shop.messages", id + " IN (sender_id, recipient_id)"},
            {"shop.order_lines", "order_id IN (SELECT id FROM shop.orders WHERE customer_id = " + id + ")"},
            {"audit.access_log", "customer_id = " + id},
            {"shop.logins", "customer_id = " + id}
        }) {
            String expected = texts("SELECT count(*) FROM " + table[0] + " WHERE " + table[1])
                    .getFirst();
            JsonNode found = unpacked.table(table[0]);
            assertThat(found.get("count").asString()).as(table[0]).isEqualTo(expected);
            assertThat(found.get("rows")).as(table[0]).hasSize(Integer.parseInt(expected));
        }
    }

    private static List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
