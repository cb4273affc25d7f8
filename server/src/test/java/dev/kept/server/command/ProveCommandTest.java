package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kept.core.ledger.TlogProof;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.command.Company.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A clean shop is shown to keep its notice; one broken promise of each kind changes exactly its verdict. */
class ProveCommandTest extends OneShop {

    private static final String NOTICE = """
            notice: corner
            controller: {name: Corner, email: privacy@corner.example, post: "1 Corner Street", zone: UTC}
            covers: {sites: [www.corner.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              address: {from: you, is: pd:PhysicalAddress}
              order: {from: you, is: pd:Purchase}
              log: {from: use, is: [pd:IPAddress, pd:ServiceConsumptionBehaviour], identifies: false}
              photo: {from: you, is: pd:Picture}
            uses:
              account:
                basis: contract
                data: [name, email]
                begins: account.opened
                ends: [{after: account.closed, for: 30 days}, {after: account.seen, else: account.opened, for: 2 years, renews: true}]
              orders: {basis: contract, data: [email, address, order], ends: [{after: order.placed, for: 2 years}]}
              security: {basis: legitimate-interests, interest: keeping the shop whole, data: [log], ends: [{after: visit.made, for: 90 days}]}
              gallery: {basis: consent, data: [photo], ends: [{after: photo.sent, for: 1 year}]}
            shares: {sale: never}
            keeps:
              longest: 2 years
              beyond: {accounting: {law: "HGB 257", duty: required, data: [order], ends: [{after: order.placed, for: 10 years, rounded: end-of-year}]}}
              then: {rows: delete, backups: isolate}
            contact: {email: privacy@corner.example, post: "1 Corner Street"}
            rights: {answered-within: 30 days, access: {}, erase: {}}
            """;

    private static final String PROSE = """
            ---
            words:
              collects: {name: your name, email: your e-mail address}
              account.opened: you opened it
              account.closed: you close it
              account.seen: you were last here
            ---
            # Corner

            ## What we hold {#collects}

            Your name. {#collects.name} Your e-mail address. {#collects.email} Your address. {#collects.address}
            Your orders. {#collects.order} Your visits. {#collects.log} They name nobody. {#collects.log.identifies} Photos. {#collects.photo}
            Please tell us the truth. {#collects duty}

            ## What for

            Accounts, with {{uses.account.data}}, on {{uses.account.basis}}, until {{uses.account.ends}}. {#uses.account}
            Orders. {#uses.orders} We may watch over the shop. {#uses.security may} Photos in the window. {#uses.gallery}
            We never sell it. {#shares.sale}

            ## How long

            At most {{keeps.longest}}. {#keeps.longest} Invoices longer. {#keeps.beyond.accounting} Then we delete. {#keeps.then.rows}
            Backups are locked away. {#keeps.then}

            ## You

            Write to us. {#contact} We answer. {#rights.answered-within} See it, {#rights.access} have it erased. {#rights.erase}
            """;

    private static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, email text, name text, note text, opened timestamptz NOT NULL, seen timestamptz, closed timestamptz);
            CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, ship_to text, line text, state text NOT NULL DEFAULT 'sent', placed timestamptz);
            CREATE TABLE visits (id int PRIMARY KEY, customer int REFERENCES customers, ip text, page text, facts jsonb, made timestamptz NOT NULL);
            CREATE TABLE products (id int PRIMARY KEY, title text, supplier text, numbers text[]);
            CREATE INDEX ON orders (customer); CREATE INDEX ON visits (customer);
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, 'none', now() - interval '100 days', now() - interval '2 days'
              FROM generate_series(1, 20) i;
            INSERT INTO orders SELECT i, i, 'Lane ' || i, 'lamp', 'sent', now() - interval '50 days' FROM generate_series(1, 20) i;
            INSERT INTO orders SELECT i, 1, NULL, 'lamp', 'sent', now() - interval '3 years' FROM generate_series(21, 25) i;
            INSERT INTO visits SELECT i, i, '10.0.0.' || i, '/lamps', '{"agent": "Mozilla/5.0"}', now() - interval '10 days' FROM generate_series(1, 20) i;
            INSERT INTO products SELECT i, 'Lamp ' || i, 'Write to info@corner.example', ARRAY['4006381333931', 'A-' || i] FROM generate_series(1, 20) i;
            """;

    private static final String MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: opened, account.seen: seen, account.closed: closed}
              columns: {email: email, name: name, note: not-personal}
            orders:
              belongs-to: {buyer: {person: customer, via: customer}}
              uses: [orders, accounting]
              events: {order.placed: {at: placed, absent: unknown}}
              while: {order.open: {state: [open]}}
              columns: {ship_to: {is: address, for: [orders]}, line: order}
            visits:
              belongs-to: {visitor: {person: customer, via: customer}}
              uses: [security]
              events: {visit.made: made}
              columns: {ip: log, page: log, facts: log}
            products: not-personal
            """;

    /** Verdicts on a clean shop. */
    private static final Map<String, String> CLEAN = Map.ofEntries(
            Map.entry("collects.name", "kept"),
            Map.entry("collects.email", "kept"),
            Map.entry("collects.address", "kept"),
            Map.entry("collects.order", "kept"),
            Map.entry("collects.log", "kept"),
            Map.entry("collects.photo", "not shown"),
            Map.entry("collects.log.identifies", "kept"),
            Map.entry("collects", "not shown"),
            Map.entry("uses.account", "kept"),
            Map.entry("uses.account.data", "not shown"),
            Map.entry("uses.account.basis", "not shown"),
            Map.entry("uses.account.ends", "kept"),
            Map.entry("uses.orders", "kept"),
            Map.entry("uses.orders.data", "not shown"),
            Map.entry("uses.orders.basis", "not shown"),
            Map.entry("uses.orders.ends", "kept"),
            Map.entry("uses.security", "kept"),
            Map.entry("uses.security.data", "not shown"),
            Map.entry("uses.security.basis", "not shown"),
            Map.entry("uses.security.interest", "not shown"),
            Map.entry("uses.security.ends", "kept"),
            Map.entry("uses.gallery", "not shown"),
            Map.entry("uses.gallery.data", "not shown"),
            Map.entry("uses.gallery.basis", "not shown"),
            Map.entry("uses.gallery.ends", "not shown"),
            Map.entry("shares.sale", "not shown"),
            Map.entry("keeps.longest", "kept"),
            Map.entry("keeps.beyond.accounting", "kept"),
            Map.entry("keeps.beyond.accounting.data", "not shown"),
            Map.entry("keeps.beyond.accounting.ends", "kept"),
            Map.entry("keeps.then", "not shown"),
            Map.entry("keeps.then.rows", "kept"),
            Map.entry("keeps.then.backups", "not shown"),
            Map.entry("contact", "not shown"),
            Map.entry("contact.email", "not shown"),
            Map.entry("contact.post", "not shown"),
            Map.entry("rights.answered-within", "not shown"),
            Map.entry("rights.access", "not shown"),
            Map.entry("rights.erase", "not shown"));

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ProveCommandTest.class.getResourceAsStream("/dev/kept/schema/prove.schema.json"));

    ProveCommandTest() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    private record Proved(int exit, JsonNode document) {

        Map<String, String> verdicts() {
            Map<String, String> verdicts = new TreeMap<>();
            document.get("promises")
                    .forEach(promise -> verdicts.put(
                            promise.get("path").asString(),
                            promise.get("verdict").asString()));
            return verdicts;
        }

        /** What differs from the clean shop. */
        Map<String, String> changed() {
            Map<String, String> changed = new LinkedHashMap<>();
            verdicts().forEach((path, verdict) -> {
                if (!verdict.equals(CLEAN.get(path))) {
                    changed.put(path, verdict);
                }
            });
            return changed;
        }

        JsonNode of(String path) {
            for (JsonNode promise : document.get("promises")) {
                if (promise.get("path").asString().equals(path)) {
                    return promise;
                }
            }
            throw new AssertionError("no promise " + path);
        }
    }

    private Proved prove(String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "prove";
        words[1] = "--json";
        System.arraycopy(options, 0, words, 2, options.length);
        Said said = company.kept(words);
        // on a slow machine, how far it is
        assertThat(said.err().lines()).allMatch(line -> line.contains("looking at"));
        assertThat(SCHEMA.validate(said.out(), InputFormat.JSON)).isEmpty();
        return new Proved(said.exit(), JsonMapper.shared().readTree(said.out()));
    }

    private void plant(String sql) {
        company.database("shop").execute(sql);
    }

    @Test
    void a_clean_shop_keeps_what_can_be_looked_at_and_shows_nothing_else() {
        Proved proved = prove();

        assertThat(proved.verdicts()).isEqualTo(new TreeMap<>(CLEAN));
        assertThat(proved.exit()).isZero();
        assertThat(proved.document().get("counts").get("not exceeded").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // an account that was closed long ago: the row stays as a husk's, its columns do not
                "UPDATE customers SET closed = now() - interval '31 days' WHERE id = 3 | uses.account",
                // a visit of a hundred days ago
                "UPDATE visits SET made = now() - interval '100 days' WHERE id = 4 | uses.security",
                // an address of an order of three years ago
                "UPDATE orders SET ship_to = 'Lane 9' WHERE id = 21 | uses.orders keeps.longest",
                // an invoice of twelve years ago: the law's duty is over, too
                "UPDATE orders SET placed = now() - interval '12 years' WHERE id = 22 | uses.orders keeps.beyond.accounting keeps.longest"
            })
    void what_is_held_past_its_end_breaks_that_use_and_the_promise_to_delete(String planted, String broken) {
        plant(planted);

        Proved proved = prove();

        Map<String, String> expected = new TreeMap<>();
        for (String path : broken.strip().split(" ")) {
            expected.put(path, "broken");
            if (!path.equals("keeps.longest")) {
                expected.put(path + ".ends", "broken");
            }
        }
        expected.put("keeps.then", "broken");
        expected.put("keeps.then.rows", "broken");
        assertThat(proved.changed()).isEqualTo(expected);
        assertThat(proved.exit()).isEqualTo(ExitCode.PROBLEMS);
        String first = broken.strip().split(" ")[0];
        assertThat(proved.of(first).get("findings").get(0).get("count").asLong())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE customers SET note = 'call jane.roe@example.net' WHERE id = 7 | collects.email",
                "UPDATE products SET supplier = 'jane.roe@example.net' WHERE id = 7 | collects.email",
                "UPDATE products SET numbers = array_append(numbers, 'jane.roe@example.net') WHERE id = 7 | collects.email",
                "UPDATE visits SET page = '/search?q=jane.roe@example.net' WHERE id = 7 | collects.log.identifies",
                "UPDATE visits SET facts = '{\"typed\": [\"jane.roe@example.net\"]}' WHERE id = 7 | collects.log.identifies",
                "UPDATE orders SET line = 'jane.roe@example.net' WHERE id < 8 | collects.email",
                "UPDATE customers SET note = 'DE89 3704 0044 0532 0130 00' WHERE id = 7 | ",
                "UPDATE customers SET note = 'card 4111 1111 1111 1111' WHERE id = 7 | ",
                "CREATE TABLE guests (remark text) INHERITS (customers) | ",
                "ALTER TABLE customers ADD nickname text | ",
                "CREATE TABLE leads (id int PRIMARY KEY, who text) | "
            })
    void data_where_the_map_denies_it_breaks_the_promise_on_collecting(String planted, String broken) {
        plant(planted);

        Proved proved = prove();

        Map<String, String> expected = new TreeMap<>(Map.of("collects", "broken"));
        if (broken != null) {
            expected.put(broken.strip(), "broken");
        }
        assertThat(proved.changed()).isEqualTo(expected);
        assertThat(proved.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(proved.document().toString()).doesNotContain("jane.roe").doesNotContain("4111");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // one slip of a customer's, a false card number, an EAN, a wrong IBAN, a time and a version
                "UPDATE orders SET line = 'jane.roe@example.net' WHERE id = 8",
                "UPDATE customers SET note = '4111 1111 1111 1112' WHERE id = 7",
                "UPDATE customers SET note = 'DE89 3704 0044 0532 0130 01' WHERE id = 7",
                "UPDATE customers SET note = '12:30:15' WHERE id < 15",
                "UPDATE customers SET note = 'at 2026-05-01 10:00:00' WHERE id < 15",
                "UPDATE products SET supplier = 'privacy@corner.example or sales@corner.example' WHERE id < 9"
            })
    void what_only_resembles_data_breaks_nothing(String planted) {
        plant(planted);

        assertThat(prove().changed()).isEmpty();
    }

    @Test
    void of_a_large_table_some_blocks_are_sampled_and_how_many_values_is_said() {
        plant(
                "INSERT INTO products SELECT i, 'Lamp ' || i, 'jane' || i || '@example.net' FROM generate_series(100, 60000) i;"
                        + " ANALYZE products");

        Proved proved = prove();

        assertThat(proved.changed()).isEqualTo(Map.of("collects.email", "broken", "collects", "broken"));
        JsonNode finding = proved.of("collects.email").get("findings").get(0);
        assertThat(finding.get("count").asLong()).isBetween(5_000L, 20_000L);
        assertThat(finding.get("message").asString()).contains("sampled values in `products.supplier`");
    }

    @Test
    void what_is_unknown_is_not_shown() {
        plant("UPDATE orders SET placed = NULL WHERE id = 5");

        Proved proved = prove();

        assertThat(proved.changed())
                .isEqualTo(Map.of(
                        "uses.orders", "not shown",
                        "uses.orders.ends", "not shown",
                        "keeps.beyond.accounting", "not shown",
                        "keeps.beyond.accounting.ends", "not shown",
                        "keeps.longest", "not shown",
                        "keeps.then.rows", "not shown"));
        JsonNode why = proved.of("uses.orders").get("unclear").get(0);
        assertThat(why.get("reason").asString()).isEqualTo("unknown-ends");
        assertThat(why.get("table").asString()).isEqualTo("orders");
        assertThat(why.get("count").asLong()).isEqualTo(1);
        assertThat(proved.exit()).isZero();
    }

    @Test
    void while_a_sweep_is_at_work_nothing_is_called_broken_for_what_is_due() throws SQLException {
        plant("UPDATE visits SET made = now() - interval '100 days' WHERE id = 4");
        try (Connection sweep = company.database("shop").connect();
                Statement statement = sweep.createStatement()) {
            statement.execute("SET application_name = 'kept sweep'");
            statement.execute("SELECT pg_advisory_lock(" + 0x4B_65_70_74_53_77_65_65L + ")");

            Proved proved = prove();

            assertThat(proved.changed())
                    .isEqualTo(Map.of(
                            "uses.security", "not shown",
                            "uses.security.ends", "not shown",
                            "keeps.then.rows", "not shown"));
            assertThat(proved.of("uses.security")
                            .get("unclear")
                            .get(0)
                            .get("reason")
                            .asString())
                    .isEqualTo("sweep-running");
            assertThat(proved.exit()).isZero();
        }
        assertThat(prove().verdicts()).containsEntry("uses.security", "broken");
    }

    private static String sweep(String state, String lease) {
        return "INSERT INTO kept.run (id, kind, store, plan_hash, as_of, whole_store, state, actor_role, started_at, lease_until)"
                + " VALUES (gen_random_uuid(), 'sweep', 'shop', '', now(), true, '" + state + "', 'engineer',"
                + " timestamptz '2026-05-01 03:00:00Z', now() + interval '" + lease + "')";
    }

    @Test
    void a_sweep_that_has_a_living_lease_is_running_since_it_began_and_one_that_lost_it_has_broken_off() {
        plant("UPDATE visits SET made = now() - interval '100 days' WHERE id = 4");
        prove();
        company.state().execute(sweep("running", "1 minute"));

        assertThat(prove().of("uses.security")
                        .get("unclear")
                        .get(0)
                        .get("message")
                        .asString())
                .isEqualTo("a sweep of `shop` is running since 2026-05-01T03:00:00Z");

        company.state().execute("UPDATE kept.run SET lease_until = now() - interval '1 minute'");
        assertThat(prove().of("uses.security")
                        .get("findings")
                        .get(0)
                        .get("message")
                        .asString())
                .contains("no sweep has ended yet", "one that began at 2026-05-01T03:00:00Z has broken off");

        company.state().execute("UPDATE kept.run SET state = 'done', ended_at = timestamptz '2026-05-01 04:00:00Z'");
        assertThat(prove().of("uses.security")
                        .get("findings")
                        .get(0)
                        .get("message")
                        .asString())
                .contains("the last sweep ended at 2026-05-01T04:00:00Z");
    }

    @Test
    void copies_that_nobody_reads_leave_open_what_is_held() {
        plant("CREATE MATERIALIZED VIEW names AS SELECT name FROM customers");

        Proved proved = prove();

        assertThat(proved.changed()).isEmpty();
        assertThat(proved.of("collects").toString()).contains("held-elsewhere", "names");
        assertThat(proved.exit()).isZero();
    }

    @Test
    void a_sweep_that_waits_for_another_operator_is_said_beside_what_is_due() {
        plant(
                "INSERT INTO visits SELECT i, NULL, NULL, NULL, NULL, now() - interval '1 year' FROM generate_series(100, 300) i;"
                        + " UPDATE visits SET customer = 1 WHERE id >= 100");
        assertThat(company.kept("sweep", "--operator", "Anna").exit()).isEqualTo(ExitCode.WAITS_FOR_APPROVAL);

        JsonNode finding = prove().of("uses.security").get("findings").get(0);

        assertThat(finding.get("message").asString()).contains("no sweep has ended yet", "one waits since");
        assertThat(finding.get("try").asString()).contains("kept approve");
    }

    @Test
    void a_store_that_does_not_answer_is_not_shown_and_fails() throws IOException {
        String map = Files.readString(folder.resolve("stores/shop.yaml"));
        Files.writeString(
                folder.resolve("stores/shop.yaml"),
                map.replaceFirst(
                        "database: .*", "database: jdbc:postgresql://127.0.0.1:1/shop?user=me&password=s3cret"));

        Proved proved = prove();

        assertThat(Set.copyOf(proved.verdicts().values())).containsExactly("not shown");
        assertThat(proved.of("uses.orders").get("unclear").get(0).get("reason").asString())
                .isEqualTo("store-silent");
        assertThat(proved.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(proved.document().toString()).doesNotContain("s3cret");
    }

    @Test
    void of_several_stores_one_that_does_not_answer_takes_only_its_own_promises_along() throws IOException {
        company.store(
                "studio",
                "CREATE TABLE photos (id int PRIMARY KEY, who text, file text, sent timestamptz NOT NULL);"
                        + " INSERT INTO photos VALUES (1, 'jane', 'x', now() - interval '10 days')",
                """
                photos:
                  person: {sitter: {key: id, found-by: {name: who}}}
                  uses: [gallery]
                  events: {photo.sent: sent}
                  columns: {who: photo, file: photo}
                """);
        assertThat(prove().changed())
                .isEqualTo(Map.of(
                        "uses.gallery", "kept",
                        "uses.gallery.ends", "kept",
                        "collects.photo", "kept",
                        "collects", "kept"));

        Path map = folder.resolve("stores/studio.yaml");
        Files.writeString(
                map,
                Files.readString(map).replaceFirst("database: .*", "database: jdbc:postgresql://127.0.0.1:1/studio"));

        Proved proved = prove();
        assertThat(proved.changed()).isEqualTo(Map.of("keeps.longest", "not shown", "keeps.then.rows", "not shown"));
        assertThat(proved.of("uses.gallery").toString()).contains("store-silent", "studio");
        assertThat(proved.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(prove("--store", "shop").of("uses.gallery").toString()).contains("not-asked");
    }

    @Test
    void rows_hidden_by_row_level_security_are_an_error_and_not_green() throws IOException {
        plant("CREATE ROLE looker_" + ProcessHandle.current().pid() + " LOGIN PASSWORD 'looker';"
                + " GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker_"
                + ProcessHandle.current().pid() + ";"
                + " ALTER TABLE visits ENABLE ROW LEVEL SECURITY;"
                + " CREATE POLICY part ON visits USING (id < 3);"
                + " UPDATE visits SET made = now() - interval '100 days' WHERE id = 4");
        String map = Files.readString(folder.resolve("stores/shop.yaml"));
        try {
            Files.writeString(
                    folder.resolve("stores/shop.yaml"),
                    map.replaceFirst(
                            "database: .*",
                            "database: " + company.database("shop").jdbcUrl() + "?user=looker_"
                                    + ProcessHandle.current().pid() + "&password=looker"));

            Proved proved = prove();

            assertThat(proved.changed())
                    .isEqualTo(Map.of(
                            "uses.security", "not shown",
                            "uses.security.ends", "not shown",
                            // whether a customer's row could go depends on the visits that refer to it
                            "uses.account", "not shown",
                            "uses.account.ends", "not shown",
                            "keeps.longest", "not shown",
                            "keeps.then.rows", "not shown",
                            "collects.email", "not shown",
                            "collects.log", "not shown",
                            "collects.log.identifies", "not shown"));
            assertThat(proved.of("uses.security").toString()).contains("store-refused", "row-level security");
            assertThat(proved.exit()).isEqualTo(ExitCode.PROBLEMS);
        } finally {
            plant("DROP OWNED BY looker_" + ProcessHandle.current().pid() + "; DROP ROLE looker_"
                    + ProcessHandle.current().pid());
        }
    }

    @Test
    void a_snapshot_that_reaches_its_limit_shows_nothing_of_what_was_not_looked_at() throws SQLException {
        try (Connection other = company.database("shop").connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE visits IN ACCESS EXCLUSIVE MODE");

            Proved proved = prove("--limit", "1");

            assertThat(proved.changed())
                    .containsEntry("uses.security", "not shown")
                    .doesNotContainValue("broken");
            assertThat(proved.of("uses.security").toString())
                    .contains("limit-reached", "the snapshot's limit of 1 seconds was reached");
            assertThat(proved.exit()).isEqualTo(ExitCode.PROBLEMS);
        }
    }

    @Test
    void an_erasure_is_kept_once_somebody_has_asked_and_nothing_is_left_that_may_go() throws IOException {
        plant("UPDATE orders SET state = 'open' WHERE id = 2");
        assertThat(company.erase("email: c2@example.org").exit()).isZero();

        assertThat(prove().changed()).isEqualTo(Map.of("rights.erase", "kept"));

        plant("UPDATE orders SET state = 'sent' WHERE id = 2");

        Proved proved = prove();
        assertThat(proved.changed()).isEqualTo(Map.of("rights.erase", "broken"));
        assertThat(proved.of("rights.erase").get("findings").get(0).get("table").asString())
                .isEqualTo("orders");
        assertThat(company.kept("sweep").exit()).isZero();
        assertThat(prove().verdicts()).containsEntry("rights.erase", "kept");
    }

    @Test
    void a_report_is_proven_offline_by_the_files_beside_it() throws IOException {
        plant("UPDATE visits SET made = now() - interval '100 days' WHERE id = 4");
        Path report = folder.resolve("report");

        Proved proved = prove("--html", report.toString());

        JsonNode evidence = proved.document().get("evidence");
        byte[] entry =
                Files.readAllBytes(report.resolve(evidence.get("entryFile").asString()));
        TlogProof proof = TlogProof.parse(
                Files.readString(report.resolve(evidence.get("proofFile").asString())));
        VerifierKey key = VerifierKey.parse(evidence.get("key").asString());
        assertThat(proof.index()).isEqualTo(evidence.get("entry").asLong());
        assertThat(proof.proves(entry, List.of(key))).isPresent();
        assertThat(new String(entry, StandardCharsets.UTF_8))
                .contains(
                        "rows-overdue shop.visits", proved.document().get("id").asString());
        entry[entry.length / 2] ^= 1;
        assertThat(proof.proves(entry, List.of(key))).isEmpty();
        assertThat(Files.readString(report.resolve("report.en.html")))
                .contains("href=\"entry.tlog-proof\"", key.toString());
    }

    @Test
    void people_read_what_is_broken_first_and_what_to_do() {
        plant("UPDATE visits SET made = now() - interval '100 days' WHERE id IN (4, 5)");

        Said said = company.kept("prove");

        assertThat(said.exit()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(said.out())
                .contains("2 rows of `visits` are still there although `security`")
                .contains("try: kept sweep --store shop")
                .contains("“We may watch over the shop.”");
        assertThat(said.out().indexOf("Broken")).isLessThan(said.out().indexOf("Not shown"));
        assertThat(said.out().indexOf("Not shown")).isLessThan(said.out().indexOf("Kept ("));
    }

    @Test
    void the_journal_learns_paths_counts_and_places_and_nothing_of_anybody() {
        plant("UPDATE customers SET note = 'jane.roe@example.net' WHERE id = 7");
        prove();

        List<String> entries = Company.rows(company.state(), "SELECT entry FROM kept.journal WHERE kind = 'prove'");

        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst())
                .contains("\"collects.email\"", "denied-values shop.customers.note", "\"looked at\"")
                .doesNotContain("jane", "@example", "Name ");
    }
}
