package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.Main;
import dev.kept.server.demo.ShopGenerator;
import dev.kept.server.demo.ShopSchema;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** The example company's notice on its shop: what a first sweep changes, and one broken promise after the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LarkfieldProofTest {

    private static final Path EXAMPLE = Path.of("..", "examples", "larkfield");

    @TempDir
    private static Path folder;

    private static TestDatabase shop;
    private static TestDatabase kept;

    /** Verdicts after the first sweep. */
    private static Map<String, String> swept = Map.of();

    @BeforeAll
    static void open_the_shop() throws IOException, SQLException {
        shop = TestCluster.shared().freshDatabase();
        kept = TestCluster.shared().freshDatabase();
        try (Connection connection = shop.connect()) {
            ShopGenerator.generate(
                    connection,
                    ShopSchema.read(EXAMPLE.resolve("database/shop.sql")),
                    new ShopGenerator.Settings(300, 1, Instant.now().minusSeconds(3600)),
                    (stage, done, total) -> {});
        }
        copy(EXAMPLE.resolve("privacy"));
        Path map = folder.resolve("stores/shop.yaml");
        Files.writeString(
                map, Files.readString(map).replaceFirst("database: .*", "database: " + Company.address(shop)));
        Files.writeString(folder.resolve("kept.yaml"), "state: " + Company.address(kept) + "\n");
    }

    private static void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    @AfterAll
    static void close() {
        shop.close();
        kept.close();
    }

    private static int kept(StringWriter out, String... words) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(new StringWriter()));
        return line.execute(Stream.concat(Stream.of(words), Stream.of("--notice", folder.toString()))
                .toArray(String[]::new));
    }

    private static Map<String, String> prove() {
        StringWriter out = new StringWriter();
        kept(out, "prove", "--json");
        Map<String, String> verdicts = new TreeMap<>();
        JsonMapper.shared()
                .readTree(out.toString())
                .get("promises")
                .forEach(promise -> verdicts.put(
                        promise.get("path").asString(), promise.get("verdict").asString()));
        return verdicts;
    }

    private static Set<String> paths(Map<String, String> verdicts, String verdict) {
        Set<String> paths = new TreeSet<>();
        verdicts.forEach((path, said) -> {
            if (said.equals(verdict)) {
                paths.add(path);
            }
        });
        return paths;
    }

    @Test
    @Order(1)
    void before_the_first_sweep_years_of_leftovers_break_what_is_said_of_keeping_and_nothing_else() {
        Set<String> broken = paths(prove(), "broken");

        assertThat(broken)
                .contains("uses.orders", "uses.security", "uses.marketing", "keeps.longest", "keeps.then.rows")
                .allMatch(path -> path.startsWith("uses.") || path.startsWith("keeps."));
    }

    @Test
    @Order(2)
    void after_it_nothing_is_broken_and_what_is_not_shown_says_why() {
        StringWriter out = new StringWriter();
        kept(out, "sweep", "--operator", "Anna");
        String run = out.toString().replaceAll("(?s).*kept approve ([0-9a-f-]{36}).*", "$1");
        assertThat(kept(out, "approve", run, "--operator", "Ben"))
                .as(out.toString())
                .isZero();
        assertThat(kept(out, "sweep", "--operator", "Anna")).as(out.toString()).isZero();

        swept = prove();

        assertThat(paths(swept, "broken")).isEmpty();
        assertThat(paths(swept, "kept"))
                .contains(
                        "uses.account",
                        "uses.orders",
                        "uses.newsletter",
                        "keeps.longest",
                        "keeps.then.rows",
                        "keeps.beyond.accounting",
                        "collects.email",
                        "collects.log.identifies")
                .noneMatch(
                        path -> path.startsWith("shares") || path.startsWith("cookies") || path.startsWith("rights"));
        // staff's papers are in no table of the shop; statistics concern nobody
        assertThat(paths(swept, "not shown")).contains("collects.employment", "uses.statistics", "rights.erase");
    }

    @Test
    @Order(3)
    void one_old_login_attempt_breaks_what_is_said_of_fraud_and_nothing_else() {
        shop.execute("INSERT INTO audit.login_attempts (email, ip, accepted, at)"
                + " VALUES ('nobody.in.particular@example.net', '192.0.2.7', false, now() - interval '366 days')");

        assertThat(changed()).isEqualTo(Map.of("uses.fraud", "broken", "keeps.then.rows", "broken"));

        shop.execute("DELETE FROM audit.login_attempts WHERE email LIKE 'nobody.in%'");
        assertThat(changed()).isEmpty();
    }

    @Test
    @Order(3)
    void words_whose_writer_has_taken_back_her_consent_break_what_is_said_of_them_and_nothing_else() {
        shop.execute("UPDATE shop.testimonials SET withdrawn_at = now() - interval '1 minute'"
                + " WHERE id = (SELECT min(id) FROM shop.testimonials WHERE withdrawn_at IS NULL)");

        Map<String, String> changed = changed();

        shop.execute(
                "UPDATE shop.testimonials SET withdrawn_at = NULL WHERE withdrawn_at > now() - interval '30 minutes'");
        assertThat(changed).isEqualTo(Map.of("uses.testimonials", "broken", "keeps.then.rows", "broken"));
    }

    @Test
    @Order(4)
    void an_address_in_a_note_on_goods_breaks_what_is_said_of_addresses_and_nothing_else() {
        shop.execute("UPDATE shop.products SET title = 'Lamp of jane.roe@example.net'"
                + " WHERE id = (SELECT min(id) FROM shop.products)");

        assertThat(changed()).isEqualTo(Map.of("collects.email", "broken"));
    }

    @Test
    @Order(5)
    void the_report_is_written_in_every_language_and_holds_nothing_of_anybody() throws IOException, SQLException {
        Path report = Path.of("target", "larkfield-report");

        kept(new StringWriter(), "prove", "--html", report.toString());

        StringBuilder all = new StringBuilder();
        for (String file : List.of("report.en.html", "report.de.html", "report.zh.html", "prove.json", "badge.svg")) {
            all.append(Files.readString(report.resolve(file)));
        }
        assertThat(all).contains("Is this page kept?", "Wird diese Seite eingehalten?", "本页的承诺兑现了吗？");
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT email FROM shop.customers WHERE email IS NOT NULL"
                        + " UNION SELECT email FROM crm.subscribers UNION SELECT 'jane.roe'")) {
            while (rows.next()) {
                assertThat(all).doesNotContain(rows.getString(1));
            }
        }
    }

    /** What differs from the swept shop, but for parts and chapters. */
    private static Map<String, String> changed() {
        Map<String, String> changed = new TreeMap<>();
        prove().forEach((path, verdict) -> {
            if (!verdict.equals(swept.get(path))
                    && !path.endsWith(".ends")
                    && !path.equals("collects")
                    && !path.equals("keeps.then")) {
                changed.put(path, verdict);
            }
        });
        return changed;
    }
}
