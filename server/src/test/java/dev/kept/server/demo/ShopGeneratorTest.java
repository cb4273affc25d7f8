package dev.kept.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopGeneratorTest {

    private static final Path SCRIPT = Path.of("..", "examples", "larkfield", "database", "shop.sql");
    private static final Instant AS_OF = Instant.parse("2026-03-01T09:30:00Z");
    private static final int TABLES = 49;

    private static final String TABLE_NAMES = """
            SELECT oid::regclass::text FROM pg_class
            WHERE relkind IN ('r', 'p') AND NOT relispartition
                AND relnamespace IN ('shop'::regnamespace, 'crm'::regnamespace, 'audit'::regnamespace)
            ORDER BY 1""";

    private static TestDatabase shop;
    private static ShopGenerator.Summary summary;
    private static final List<Long> reported = new ArrayList<>();

    @BeforeAll
    static void make_a_shop() throws SQLException, IOException {
        shop = TestCluster.shared().freshDatabase();
        summary = generate(shop, 2_500, 1, (stage, done, total) -> {
            if (stage == ShopGenerator.Progress.Stage.LOADING) {
                reported.add(done);
            }
        });
    }

    @AfterAll
    static void drop_it() {
        shop.close();
    }

    @Test
    void every_table_has_rows_and_the_summary_counts_them() throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : texts(shop, TABLE_NAMES)) {
            counts.put(table, number(shop, "SELECT count(*) FROM " + table));
        }
        assertThat(counts).hasSize(TABLES).isEqualTo(summary.rows());
        assertThat(counts.values()).allMatch(count -> count > 0);
        assertThat(counts).containsEntry("shop.customers", 2_500L);
    }

    @Test
    void progress_tells_the_customers_loaded() {
        assertThat(reported).isSorted().endsWith(2_500L);
    }

    @Test
    void the_same_settings_make_the_same_rows_and_another_seed_others() throws SQLException, IOException {
        try (TestDatabase one = TestCluster.shared().freshDatabase();
                TestDatabase same = TestCluster.shared().freshDatabase();
                TestDatabase other = TestCluster.shared().freshDatabase()) {
            generate(one, 300, 7, ShopGeneratorTest::ignore);
            generate(same, 300, 7, ShopGeneratorTest::ignore);
            generate(other, 300, 8, ShopGeneratorTest::ignore);
            Map<String, String> expected = fingerprints(one);
            assertThat(expected).hasSize(TABLES);
            assertThat(fingerprints(same)).isEqualTo(expected);
            assertThat(fingerprints(other).get("shop.customers")).isNotEqualTo(expected.get("shop.customers"));
        }
    }

    @Test
    void every_constraint_is_there_and_was_checked() throws SQLException {
        assertThat(texts(shop, "SELECT conname FROM pg_constraint WHERE NOT convalidated OR NOT conenforced"))
                .isEmpty();
        assertThat(texts(shop, "SELECT DISTINCT confdeltype::text FROM pg_constraint WHERE contype = 'f'"))
                .containsExactlyInAnyOrder("a", "c", "n", "r");
    }

    @Test
    void loading_between_the_parts_of_the_schema_gives_the_schema_in_one_go() throws SQLException, IOException {
        String schema = """
                SELECT concat_ws(' ', table_schema, table_name, column_name, data_type, is_nullable, is_generated)
                FROM information_schema.columns
                WHERE table_schema IN ('shop', 'crm', 'audit') AND table_name NOT LIKE 'access_log_%'
                UNION ALL
                SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
                WHERE connamespace IN ('shop'::regnamespace, 'crm'::regnamespace, 'audit'::regnamespace)
                    AND conrelid::regclass::text NOT LIKE '%access_log_%'
                UNION ALL
                SELECT indexdef FROM pg_indexes
                WHERE schemaname IN ('shop', 'crm', 'audit') AND tablename NOT LIKE 'access_log_%'
                ORDER BY 1""";
        try (TestDatabase inOneGo = TestCluster.shared().freshDatabase()) {
            inOneGo.execute(Files.readString(SCRIPT));
            assertThat(texts(inOneGo, schema)).hasSizeGreaterThan(400).isEqualTo(texts(shop, schema));
        }
    }

    @Test
    void nothing_has_happened_after_the_given_instant() throws SQLException {
        List<String> columns = texts(shop, """
                SELECT format('%I FROM %I.%I', column_name, table_schema, table_name) FROM information_schema.columns
                WHERE table_schema IN ('shop', 'crm', 'audit') AND data_type = 'timestamp with time zone'
                    AND column_name NOT IN ('ends_at', 'validUntil')""");
        assertThat(columns).hasSizeGreaterThan(50);
        for (String column : columns) {
            assertThat(number(shop, "SELECT count(*) FROM (SELECT " + column + ") t(at) WHERE at > '" + AS_OF + "'"))
                    .as(column)
                    .isZero();
        }
    }

    @Test
    void new_rows_are_numbered_after_the_loaded_ones() throws SQLException {
        assertThat(number(shop, """
                        INSERT INTO crm.prize_draw_entries (draw_id, email, full_name, entered_at)
                        VALUES (1, 'late@post.example', 'Late', now())
                        RETURNING id - (SELECT max(id) FROM crm.prize_draw_entries)""")).isOne();
        shop.execute("DELETE FROM crm.prize_draw_entries WHERE email = 'late@post.example'");
    }

    /** Each kind of person and of row that makes forgetting hard is there. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        left and only hidden            | shop.customers WHERE deleted_at < '2026-01-01'
        never signed in                 | shop.customers c WHERE NOT EXISTS (FROM shop.logins l WHERE l.customer_id = c.id)
        not seen for two years          | shop.customers c WHERE (SELECT max(last_active_at) FROM shop.logins l WHERE l.customer_id = c.id) < '2024-03-01'
        without address                 | shop.customers WHERE default_address_id IS NULL
        living with others              | shop.customers a JOIN shop.customers b USING (household_id, default_address_id) WHERE a.id < b.id
        sent to a shared address        | shop.orders o JOIN shop.addresses a ON a.id = o.ship_address_id WHERE a.entered_by_id <> o.customer_id
        address of nobody               | shop.addresses a WHERE entered_by_id IS NULL AND NOT EXISTS (FROM shop.orders WHERE ship_address_id = a.id)
        referred by another             | shop.customers WHERE referred_by_id < id
        without password                | shop.customers c JOIN shop.linked_accounts l ON l.customer_id = c.id WHERE password_hash IS NULL
        opted out                       | shop.customers WHERE ads_opted_out_at > ads_opted_in_at
        opted in again                  | shop.customers WHERE ads_opted_in_at > ads_opted_out_at
        objected                        | shop.customers WHERE feedback_objected_at IS NOT NULL
        opted out and still in a list   | crm.ad_audience_members m JOIN shop.customers c ON c.id = m.customer_id WHERE ads_opted_out_at > ads_opted_in_at
        open order                      | shop.orders WHERE state = 'open' AND placed_at < '2025-12-01'
        order of a guest                | shop.orders WHERE customer_id IS NULL AND guest_email IS NOT NULL
        picked up                       | shop.orders WHERE ship_address_id IS NULL
        older than two years            | shop.orders WHERE placed_at < '2024-03-01'
        exchanged for another order     | shop.exchanges WHERE replacement_order_id IS NOT NULL
        return not settled              | shop.returns WHERE settled_at IS NULL
        answer by somebody else         | shop.product_posts p JOIN shop.product_posts q ON q.parent_id = p.id WHERE q.author_id <> p.author_id
        answered answer                 | shop.product_posts p JOIN shop.product_posts q ON q.parent_id = p.id WHERE p.parent_id IS NOT NULL
        message to nobody any more      | shop.messages WHERE recipient_id IS NULL
        list shared with somebody       | shop.wishlist_shares s JOIN shop.wishlists w ON w.id = s.wishlist_id WHERE w.owner_id <> s.customer_id
        testimonial of a stranger       | shop.testimonials WHERE customer_id IS NULL AND published
        testimonial withdrawn           | shop.testimonials WHERE withdrawn_at IS NOT NULL AND NOT published
        customer who subscribes         | crm.subscribers s JOIN shop.customers c ON lower(c.email) = lower(s.email)
        subscriber who is no customer   | crm.subscribers s WHERE NOT EXISTS (FROM shop.customers c WHERE lower(c.email) = lower(s.email))
        subscribed twice                | crm.subscribers s JOIN crm.subscribers t ON lower(s.email) = lower(t.email) WHERE s.email < t.email
        never confirmed                 | crm.subscribers WHERE opted_in_at IS NULL AND source = 'import'
        unsubscribed                    | crm.subscribers WHERE opted_out_at > opted_in_at
        voucher redeemed                | crm.vouchers WHERE redeemed_order_id IS NOT NULL
        voucher of an unsubscribed      | crm.vouchers v JOIN crm.subscribers s ON s.email = v.issued_to WHERE opted_out_at > opted_in_at
        entrant in capitals             | crm.prize_draw_entries WHERE email = upper(email)
        card without end                | crm."LoyaltyCard" WHERE "validUntil" = 'infinity'
        ticket of a stranger            | crm.tickets WHERE customer_id IS NULL
        open ticket                     | crm.tickets WHERE state <> 'closed'
        staff who left                  | crm.staff WHERE left_on < '2026-03-01'
        case about a post               | crm.conduct_cases WHERE post_id IS NOT NULL
        typed with blanks               | audit.login_attempts WHERE email <> btrim(email)
        the same row twice              | (SELECT FROM audit.login_attempts GROUP BY at, email, ip, accepted HAVING count(*) > 1) t
        search by a device only         | audit.searches WHERE customer_id IS NULL AND device_id IS NOT NULL
        search by nobody                | audit.searches WHERE customer_id IS NULL AND device_id IS NULL
        device of nobody                | shop.devices WHERE customer_id IS NULL
        access after log-out            | audit.access_log WHERE customer_id IS NULL
        profile with a place            | shop.profiles WHERE doc ? 'lastPlace'
        beyond Latin letters            | shop.customers WHERE full_name ~ '[Α-ωА-я一-龯א-ת]'
        """)
    void there_is_somebody(String kind, String rows) throws SQLException {
        String query = "SELECT count(*) FROM " + rows.replace("(FROM", "(SELECT FROM");
        assertThat(number(shop, query)).as(kind).isPositive();
    }

    private static ShopGenerator.Summary generate(
            TestDatabase database, long customers, long seed, ShopGenerator.Progress progress)
            throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            return ShopGenerator.generate(
                    connection, ShopSchema.read(SCRIPT), new ShopGenerator.Settings(customers, seed, AS_OF), progress);
        }
    }

    private static void ignore(ShopGenerator.Progress.Stage stage, long done, long total) {}

    /** The content of each table, whatever the order of its rows. */
    private static Map<String, String> fingerprints(TestDatabase database) throws SQLException {
        Map<String, String> prints = new TreeMap<>();
        for (String table : texts(database, TABLE_NAMES)) {
            prints.putAll(Map.of(
                    table,
                    texts(database, "SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM " + table + " t")
                            .getFirst()));
        }
        return prints;
    }

    private static long number(TestDatabase database, String query) throws SQLException {
        return Long.parseLong(texts(database, query).getFirst());
    }

    private static List<String> texts(TestDatabase database, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }
}
