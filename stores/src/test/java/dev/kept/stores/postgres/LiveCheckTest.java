package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.check.Checked;
import dev.kept.core.check.FolderCheck;
import dev.kept.core.check.MapFile;
import dev.kept.core.datamap.CatalogueFile;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.live.LiveCheck;
import dev.kept.core.live.LiveSchema;
import dev.kept.core.source.Problem;
import dev.kept.core.source.SourceText;
import dev.kept.stores.postgres.catalogue.CatalogueReading;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A map beside the live schema it speaks of. */
class LiveCheckTest {

    private static final AsOf NOW = new AsOf(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    private static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, zone: UTC}
            collects: {email: {from: you}, log: {from: use}}
            uses:
              account: {basis: contract, data: [email], ends: [{after: account.closed, for: 30 days}, {after: account.opened, for: 1 year}]}
              security: {basis: contract, data: [log], ends: [{after: log.written, for: 90 days}]}
            """;

    private static final String MAP = """
            store: shop
            database: ${SHOP_URL}
            tables:
              customers:
                person: {customer: {key: id, found-by: {email: email}}}
                uses: [account]
                events: {account.opened: opened_at, account.closed: closed_at}
                columns: {email: email, lang: not-personal}
              audit.log:
                belongs-to: {customer: {person: customer, via: customer_id}}
                uses: [security]
                events: {log.written: at}
                columns: {line: log}
            """;

    private static final String SCHEMA = """
            CREATE TABLE customers (id int PRIMARY KEY, email text, lang text, opened_at timestamptz NOT NULL, closed_at timestamptz);
            CREATE SCHEMA audit;
            CREATE TABLE audit.log (customer_id int NOT NULL REFERENCES customers, at timestamptz NOT NULL, line text) PARTITION BY RANGE (at);
            CREATE TABLE audit.log_old PARTITION OF audit.log FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
            CREATE TABLE audit.log_new PARTITION OF audit.log FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
            CREATE INDEX ON audit.log (customer_id);
            """;

    private Shop shop;
    private String committed;

    @BeforeEach
    void a_shop() throws SQLException {
        shop = Shop.with(SCHEMA);
        try (Connection connection = shop.database().connect()) {
            committed = CatalogueFile.write(CatalogueReading.live(connection).catalogue());
        }
    }

    @AfterEach
    void closed() {
        shop.close();
    }

    private List<String> found() throws SQLException {
        try (Connection connection = shop.database().connect()) {
            return found(CatalogueReading.live(connection));
        }
    }

    private List<String> found(LiveSchema live) {
        Checked checked = FolderCheck.check(List.of(
                new SourceText("notice.yaml", NOTICE),
                new SourceText("stores/shop.yaml", MAP),
                new SourceText("stores/shop.catalogue.yaml", committed)));
        MapFile map = checked.maps().get("shop");
        return LiveCheck.check(checked.notice().orElseThrow(), map, live, NOW).stream()
                .map(LiveCheckTest::line)
                .collect(Collectors.toList());
    }

    private static String line(Problem problem) {
        return (problem.severity() == Problem.Severity.ERROR ? "error " : "advice ") + problem.code() + " "
                + problem.place() + " " + problem.message() + " | " + problem.attempt();
    }

    private void changed(String sql) {
        shop.execute(sql);
    }

    @Test
    void a_map_that_fits_has_nothing_to_say() throws SQLException {
        assertThat(found()).isEmpty();
    }

    @Test
    void an_undeclared_table_in_any_schema_and_an_undeclared_column_are_errors_at_their_place() throws SQLException {
        changed("CREATE SCHEMA crm; CREATE TABLE crm.leads (id int); ALTER TABLE customers ADD phone text");
        assertThat(found())
                .anyMatch(line -> line.startsWith(
                        "error undeclared-table stores/shop.yaml:3:1 the map does not say what `crm.leads`"))
                .anyMatch(line -> line.startsWith(
                        "error undeclared-column stores/shop.yaml:8:5 the map does not say what `customers.phone`"));
    }

    @Test
    void partitions_belong_to_their_root_and_what_an_extension_made_is_left_out() throws SQLException {
        changed(
                "CREATE TABLE audit.log_default PARTITION OF audit.log DEFAULT; CREATE EXTENSION pg_stat_statements; CREATE TABLE made (id int)");
        assertThat(found()).hasSize(2).allMatch(line -> line.contains("`made`"));
        changed("ALTER EXTENSION pg_stat_statements ADD TABLE made");
        assertThat(found()).isEmpty();
    }

    @Test
    void tables_and_columns_that_are_gone_are_named() throws SQLException {
        changed("DROP TABLE audit.log; ALTER TABLE customers DROP lang");
        assertThat(found())
                .anyMatch(line ->
                        line.startsWith("error unknown-table stores/shop.yaml:9:3 the store has no table `audit.log`"))
                .anyMatch(line -> line.startsWith("error unknown-column stores/shop.yaml:8:"))
                .anyMatch(line -> line.startsWith("error catalogue-stale stores/shop.catalogue.yaml:")
                        && line.contains("table `audit.log` is no longer in the live schema"))
                .anyMatch(line -> line.contains("`customers.lang` is no longer in the live schema"));
    }

    @Test
    void a_catalogue_file_that_has_aged_says_each_difference_and_the_command() throws SQLException {
        changed("""
                ALTER TABLE customers ALTER email TYPE varchar(50), ALTER lang SET NOT NULL, ADD CHECK (lang <> ''), ADD UNIQUE (email);
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.lang := lower(NEW.lang); RETURN NEW; END';
                CREATE TRIGGER touch BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touch();
                ALTER TABLE audit.log DROP CONSTRAINT log_customer_id_fkey;
                DROP INDEX audit.log_customer_id_idx""");
        List<String> found = found();
        assertThat(found)
                .filteredOn(line -> line.startsWith("error catalogue-stale stores/shop.catalogue.yaml:"))
                .allMatch(line -> line.endsWith("| write the file anew: `kept map shop --from '${SHOP_URL}'`"))
                .extracting(line -> line.substring(line.indexOf(' ', 22) + 1, line.indexOf(" | ")))
                .anyMatch(
                        line -> line.endsWith(
                                "`customers.email` is `character varying(50)` in the live schema, `text` in the catalogue file"))
                .anyMatch(line -> line.endsWith(
                        "`customers.lang` is NOT NULL in the live schema, nullable in the catalogue file"))
                .anyMatch(line ->
                        line.contains("check `customers_lang_check` of `customers` is not in the catalogue file"))
                .anyMatch(line ->
                        line.contains("unique key `customers_email_key` of `customers` is not in the catalogue file"))
                .anyMatch(line -> line.contains("trigger `touch` of `customers` is not in the catalogue file"))
                .anyMatch(line -> line.contains(
                        "foreign key `log_customer_id_fkey` of `audit.log` is no longer in the live schema"));
        assertThat(found)
                .anyMatch(line -> line.startsWith("advice catalogue-stale") && line.contains("indexes of `audit.log`"));
    }

    @Test
    void a_use_whose_only_sure_date_became_nullable_may_never_end() throws SQLException {
        changed(
                "ALTER TABLE audit.log ALTER at DROP NOT NULL; ALTER TABLE customers ALTER opened_at DROP NOT NULL; CREATE TABLE new_one (id int)");
        assertThat(found())
                .anyMatch(line -> line.startsWith(
                        "error use-may-never-end stores/shop.yaml:6:5 `account` may never end at `customers`"))
                .anyMatch(
                        line -> line.startsWith("error use-rests-on-nullable stores/shop.yaml:11:5 where `log.written`"
                                + " is absent, Kept does not know whether `security` ever began at `audit.log`"));
    }

    @Test
    void what_the_role_may_not_do_is_named_with_the_grant_that_helps() throws SQLException {
        String role = "reader_" + ProcessHandle.current().pid();
        changed("CREATE ROLE " + role + " LOGIN PASSWORD '" + role + "'; GRANT SELECT, DELETE ON customers TO " + role
                + "; GRANT UPDATE (lang) ON customers TO " + role
                + "; ALTER TABLE customers ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON customers USING (true)");
        try (Connection connection = DriverManager.getConnection(shop.database().jdbcUrl(), role, role)) {
            assertThat(found(CatalogueReading.live(connection)))
                    .contains(
                            "error privilege-missing stores/shop.yaml:4:3 the role `" + role
                                    + "` may not UPDATE (email) on `customers` | GRANT UPDATE (email) ON public.customers TO "
                                    + role,
                            "error rows-hidden stores/shop.yaml:4:3 row-level security hides rows of `customers` from the role `"
                                    + role
                                    + "` | connect as the table's owner or as a role with BYPASSRLS: ALTER ROLE " + role
                                    + " BYPASSRLS",
                            "error privilege-missing stores/shop.yaml:9:3 the role `" + role
                                    + "` may not SELECT, UPDATE (customer_id), DELETE on `audit.log` | GRANT SELECT, UPDATE (customer_id), DELETE ON audit.log TO "
                                    + role,
                            "error privilege-missing stores/shop.yaml:9:3 the role `" + role
                                    + "` may not use the schema `audit` | GRANT USAGE ON SCHEMA audit TO " + role);
        } finally {
            changed("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    @Test
    void triggers_that_write_missing_indexes_and_rows_kept_elsewhere_are_advised_on() throws SQLException {
        changed("""
                CREATE TABLE history (line text);
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    -- a copy, INSERT INTO nothing
                    INSERT INTO history VALUES (OLD.email); RETURN OLD; END $$;
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.lang := 'delete from x'; RETURN NEW; END $$;
                CREATE TRIGGER keep BEFORE DELETE ON customers FOR EACH ROW EXECUTE FUNCTION keep();
                CREATE TRIGGER touch BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touch();
                DROP INDEX audit.log_customer_id_idx;
                CREATE MATERIALIZED VIEW copies AS SELECT email FROM customers;""");
        assertThat(found().stream()
                        .filter(line -> line.startsWith("advice") && !line.contains("stale"))
                        .toList())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .contains(
                                        "trigger-fires stores/shop.yaml:4:3",
                                        "trigger `keep` of `customers` writes to `history` on DELETE"),
                        line -> assertThat(line)
                                .contains(
                                        "index-missing stores/shop.yaml:9:3",
                                        "| CREATE INDEX ON audit.log (customer_id)"),
                        line -> assertThat(line).contains("rows-elsewhere", "`copies` is a materialised view"));
    }

    @Test
    void a_table_in_which_nothing_fits_is_refused_with_its_constraint() throws SQLException {
        changed(
                "ALTER TABLE customers ALTER lang SET NOT NULL, ADD CONSTRAINT two_letters CHECK (lang IN ('de', 'en') AND email ~ '^.+@.+$'),"
                        + " ALTER email SET NOT NULL");
        assertThat(found())
                .anyMatch(line -> line.startsWith("error")
                        && line.contains("stores/shop.yaml:4:3")
                        && line.contains("two_letters"));
    }

    @Test
    void a_foreign_key_of_some_partitions_only_is_one_of_the_root_that_assures_nothing() throws SQLException {
        changed("ALTER TABLE audit.log DROP CONSTRAINT log_customer_id_fkey;"
                + " ALTER TABLE audit.log_old ADD CONSTRAINT old_fkey FOREIGN KEY (customer_id) REFERENCES customers");
        assertThat(shop.catalogue("public", "audit")
                        .find(new dev.kept.core.datamap.TableName("audit", "log"))
                        .orElseThrow()
                        .foreignKeys())
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.columns()).containsExactly("customer_id");
                    assertThat(key.partly()).isTrue();
                });
        changed("ALTER TABLE audit.log_new ADD CONSTRAINT new_fkey FOREIGN KEY (customer_id) REFERENCES customers");
        assertThat(shop.catalogue("public", "audit")
                        .find(new dev.kept.core.datamap.TableName("audit", "log"))
                        .orElseThrow()
                        .foreignKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.partly()).isFalse());
    }
}
