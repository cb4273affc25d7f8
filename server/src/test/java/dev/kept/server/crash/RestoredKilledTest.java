package dev.kept.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.stores.embedded.TestCluster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** A store that was restored, and Kept killed while it makes it clean: isolated until it is clean, and clean after the same command again. */
class RestoredKilledTest {

    private static final int POINTS = Integer.getInteger("kept.kill.points.restored", 12);

    private static final List<String> INTO =
            List.of("addresses", "customers", "orders", "order_lines", "messages", "logins");

    private static final String[] RESTORED = {"restored", "shop", "--operator", "Anna", "--checked", "the log"};

    @TempDir
    static Path folder;

    private static Site site;

    @BeforeAll
    static void open_a_site() {
        site = new Site(TestCluster.shared(), TestCluster.shared(), folder);
    }

    /** A shop in which three persons were erased, one of them without a trace, and which was restored from a backup from before. */
    private static CornerShop shop() {
        CornerShop shop = site.open();
        Map<String, byte[]> backup = new LinkedHashMap<>();
        copying(shop, copy -> {
            for (String table : INTO) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                copy.getCopyAPI().copyOut("COPY " + table + " TO STDOUT", rows);
                backup.put(table, rows.toByteArray());
            }
        });
        Path persons = shop.persons("person7@corner.example", "person12@corner.example", "person70@corner.example");
        Checks.done(
                shop.kept("erase", "--persons", persons.toString(), "--operator", "Anna", "--checked", "by letter"));
        assertThat(shop.store("SELECT id FROM customers WHERE id = 9100070")).isEmpty();
        shop.store().execute("TRUNCATE " + String.join(", ", INTO));
        copying(shop, copy -> {
            for (String table : INTO) {
                byte[] rows = backup.getOrDefault(table, new byte[0]);
                copy.getCopyAPI().copyIn("COPY " + table + " FROM STDIN", new ByteArrayInputStream(rows));
            }
        });
        assertThat(shop.store("SELECT email FROM customers WHERE id IN (9100007, 9100012, 9100070) ORDER BY id"))
                .hasSize(3)
                .doesNotContain("null");
        return shop;
    }

    private interface Copying {
        void with(PGConnection connection) throws SQLException, IOException;
    }

    private static void copying(CornerShop shop, Copying copying) {
        try (Connection connection = shop.store().connect()) {
            copying.with(connection.unwrap(PGConnection.class));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void killed_anywhere_it_is_isolated_until_the_same_command_makes_it_clean() {
        Map<String, List<String>> expected;
        Points points;
        try (CornerShop shop = shop()) {
            points = Points.of(() -> Checks.done(shop.keptOnTheWire(RESTORED)));
            expected = shop.rows(Map.of());
            assertThat(shop.store("SELECT id FROM customers WHERE id = 9100070"))
                    .isEmpty();
            assertThat(shop.store("SELECT email FROM customers WHERE id IN (9100007, 9100012)"))
                    .doesNotContain("person7@corner.example", "person12@corner.example");
        }
        for (String stop : points.chosen(POINTS)) {
            try (CornerShop shop = shop();
                    KeptProcess process = shop.start(stop, RESTORED)) {
                process.awaitReady().go();
                process.awaitHeld();
                process.kill();

                boolean clean = !shop.state("SELECT id FROM kept.restored WHERE clean_at IS NOT NULL")
                        .isEmpty();
                boolean declared = !shop.state("SELECT id FROM kept.restored").isEmpty();
                if (declared && !clean) {
                    CornerShop.Said refused = shop.kept("sweep");
                    assertThat(refused.exit()).as(stop).isEqualTo(2);
                    assertThat(refused.err()).contains("`shop` is isolated");
                }
                if (clean) {
                    assertThat(shop.rows(Map.of())).as(stop).isEqualTo(expected);
                }

                Checks.done(shop.kept(RESTORED));

                assertThat(shop.rows(Map.of())).as(stop).isEqualTo(expected);
                assertThat(shop.state("SELECT id FROM kept.restored WHERE clean_at IS NULL"))
                        .isEmpty();
                assertThat(shop.state("SELECT seq FROM kept.journal WHERE kind = 'store-restored'"))
                        .hasSameSizeAs(shop.state("SELECT seq FROM kept.journal WHERE kind = 'store-clean'"));
                Checks.nothingIsLeftOver(shop);
            }
        }
    }

    @Test
    void of_two_at_once_the_second_says_that_another_is_at_work() {
        try (CornerShop shop = shop();
                KeptProcess first = shop.start("NUMBERED 1 answered", RESTORED)) {
            first.awaitReady().go();
            assertThat(first.awaitHeld()).isTrue();

            CornerShop.Said second = shop.kept(RESTORED);

            assertThat(second.exit()).isEqualTo(2);
            assertThat(second.err()).contains("another Kept process is at work");
            Checks.done(first.go().end());
            assertThat(shop.state("SELECT id FROM kept.restored")).hasSize(1);
            assertThat(shop.state("SELECT seq FROM kept.journal WHERE kind = 'store-clean'"))
                    .hasSize(1);
            assertThat(shop.store("SELECT id FROM customers WHERE id = 9100070"))
                    .isEmpty();
        }
    }
}
