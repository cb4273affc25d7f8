package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Guesses;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.join.JoinGuess;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Samples;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What {@code kept map} makes of schemas in which no foreign key says what refers to what. */
class UndeclaredJoinsTest {

    @TempDir
    private Path folder = Path.of("");

    private final TestDatabase database = TestCluster.shared().freshDatabase();

    private static String script(String name) throws IOException {
        try (InputStream in = UndeclaredJoinsTest.class.getResourceAsStream("joins/" + name + ".sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> said(String script, String word) {
        return script.lines()
                .filter(line -> line.startsWith("-- " + word + ": "))
                .map(line -> line.substring(word.length() + 5))
                .toList();
    }

    private List<JoinGuess> guesses() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Company.address(database));
        Catalogue catalogue = LiveStore.catalogue(source);
        return Samples.of(source, catalogue, Optional.empty()).joins();
    }

    private static List<String> written(List<JoinGuess> guesses) {
        return guesses.stream()
                .map(join -> join.from() + "." + join.column() + " -> " + join.to() + "." + join.target())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"weblog", "shop", "courses"})
    void every_true_join_of_a_schema_without_foreign_keys_is_found_and_no_other(String name) throws IOException {
        String script = script(name);
        database.execute(script);

        List<String> found = written(guesses());

        assertThat(found).containsAll(said(script, "join"));
        assertThat(found)
                .allMatch(join -> said(script, "join").contains(join)
                        || said(script, "also").contains(join));
    }

    private String draft(String user, String password) throws IOException {
        Company.Said said = Company.run(
                "map",
                "site",
                "--from",
                database.jdbcUrl() + "?user=" + user + "&password=" + password,
                "--notice",
                folder.toString());
        assertThat(said.exit()).as(said.toString()).isZero();
        return said.out() + Files.readString(folder.resolve("stores/site.yaml"));
    }

    private String draft() throws IOException {
        return draft(database.user(), database.password());
    }

    @Test
    void a_proposal_says_why_names_its_index_and_nobody_and_fails_the_check_until_it_is_confirmed() throws IOException {
        database.execute(script("courses"));

        String draft = draft();

        assertThat(draft)
                .contains("""
                              # no index leads back: CREATE INDEX CONCURRENTLY ON public.mailer_message (lower(btrim(user_email)))
                              user-email: {person: auth-user, via: user_email, to: email, match: casefold-trim, guess: 'its name ends with the other one''s, both are texts, 200 of 200 sampled values are found there'}
                        """)
                .contains("""
                              author: {person: auth-user, via: author_id, guess: 'it is named like somebody''s role, both are numbers, 200 of 200 sampled values are found there'}
                        """)
                .contains(
                        "    replies: {via: parent_id, delete: author, guess: 'it is named like a way to the row above,")
                .contains(
                        "user: {person: auth-user, via: user_id, guess: 'it is named after the last word of that table, "
                                + "both are numbers, there was no value to look at'}")
                .doesNotContain("courses.example", "Courses.example", "Bio 1", "Reply 1", "First1");
        assertThat(unconfirmed())
                .contains(
                        "tables.forum_reply.belongs-to.author: that `forum_reply.author_id` leads to a auth-user is a guess: "
                                + "it is named like somebody's role, both are numbers, 200 of 200 sampled values are found there",
                        "tables.forum_reply.replies: that `forum_reply.parent_id` leads to another row of `forum_reply` is a guess: "
                                + "it is named like a way to the row above, both are numbers, 200 of 200 sampled values are found there");
    }

    private List<String> unconfirmed() throws IOException {
        SourceText map = new SourceText("site.yaml", Files.readString(folder.resolve("stores/site.yaml")));
        Reading<Store> read = MapReader.draft(map, ZoneOffset.UTC);
        assertThat(read.problems()).isEmpty();
        return Guesses.unconfirmed(read.value().orElseThrow(), read.places()).stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }

    @Test
    void where_several_tables_fit_the_best_is_taken_and_the_others_are_named() throws IOException {
        database.execute("""
                CREATE SCHEMA crm;
                CREATE TABLE customers (id uuid PRIMARY KEY, email text);
                CREATE TABLE crm.customers (id uuid PRIMARY KEY, email text);
                CREATE TABLE visits (id int PRIMARY KEY, customer_id uuid);
                INSERT INTO customers SELECT md5(i::text)::uuid, i || '@x.example' FROM generate_series(1, 50) i;
                INSERT INTO crm.customers SELECT id, email FROM customers LIMIT 45;
                INSERT INTO visits SELECT i, md5((1 + i % 50)::text)::uuid FROM generate_series(1, 200) i;
                """);

        assertThat(draft())
                .contains(
                        "# `customer_id` could also lead to `crm.customers.id` (45 of 50 sampled values are found there)")
                .contains("customer: {person: public-customer, via: customer_id, guess:");
    }

    @Test
    void names_in_any_script_and_case_lead_where_they_say() {
        database.execute("""
                CREATE TABLE "Kunden" ("Id" int PRIMARY KEY, "Name" text, "Email" text);
                CREATE TABLE "Bestellungen" ("Id" int PRIMARY KEY, "KundeId" int);
                CREATE TABLE "用户" ("编号" int PRIMARY KEY, email text);
                CREATE TABLE "订单" (id int PRIMARY KEY, "用户_id" int);
                CREATE TABLE EMPLOYEES (EMPLOYEEID int PRIMARY KEY, NAME text, REPORTSTO int);
                CREATE TABLE TIMESHEETS (TIMESHEETID int PRIMARY KEY, EMPLOYEEID int);
                INSERT INTO "Kunden" SELECT i, 'N' || i, i || '@x.example' FROM generate_series(1, 30) i;
                INSERT INTO "Bestellungen" SELECT i, 1 + i % 30 FROM generate_series(1, 90) i;
                INSERT INTO "用户" SELECT i, i || '@x.example' FROM generate_series(1, 30) i;
                INSERT INTO "订单" SELECT i, 1 + i % 30 FROM generate_series(1, 90) i;
                INSERT INTO EMPLOYEES SELECT i, 'N' || i, CASE WHEN i > 1 THEN i / 2 END FROM generate_series(1, 30) i;
                INSERT INTO TIMESHEETS SELECT i, 1 + i % 30 FROM generate_series(1, 90) i;
                """);

        assertThat(written(guesses()))
                .containsExactlyInAnyOrder(
                        "Bestellungen.KundeId -> Kunden.Id",
                        "订单.用户_id -> 用户.编号",
                        "employees.reportsto -> employees.employeeid",
                        "timesheets.employeeid -> employees.employeeid");
    }

    /** Numbers of any table are found in any other; columns of one name may be of two types; a tree without a root is none. */
    @Test
    void what_only_looks_like_a_join_is_not_proposed() {
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, orders int, position int, points int, parent_id int);
                CREATE TABLE orders (id int PRIMARY KEY, customer_id text, quantity int, total_orders int, status text, country text);
                CREATE TABLE positions (id int PRIMARY KEY, name text);
                CREATE TABLE points (id int PRIMARY KEY, customer_id int);
                CREATE TABLE notes (id int PRIMARY KEY, owner_id int, owner_type text, author_id int, note_id int);
                CREATE TABLE far (id int PRIMARY KEY, customer_id int);
                INSERT INTO customers SELECT i, i || '@x.example', i % 9 + 1, i % 9 + 1, i % 9 + 1, i FROM generate_series(1, 100) i;
                INSERT INTO orders SELECT i, i::text, i, i, 'open', 'DE' FROM generate_series(1, 100) i;
                INSERT INTO positions SELECT i, 'p' || i FROM generate_series(1, 100) i;
                INSERT INTO points SELECT i, i FROM generate_series(1, 100) i;
                INSERT INTO notes SELECT i, i, 'App', 1 + i % 2, i FROM generate_series(1, 100) i;
                INSERT INTO far SELECT i, i + 1000000 FROM generate_series(1, 100) i;
                """);

        assertThat(written(guesses())).containsExactly("points.customer_id -> customers.id");
    }

    @Test
    void rare_types_do_not_disturb_and_a_domain_is_what_it_is_made_of() {
        database.execute("""
                CREATE DOMAIN customer_number AS int CHECK (VALUE > 0);
                CREATE TYPE mood AS ENUM ('glad', 'sad');
                CREATE TYPE place AS (street text, city text);
                CREATE TABLE customers (id customer_number PRIMARY KEY, email text, mood mood UNIQUE, home place);
                CREATE TABLE orders (id int PRIMARY KEY, customer_id customer_number, mood mood, home place, tags int[], doc jsonb);
                CREATE TABLE parts (id int, customer_id int, day date) PARTITION BY RANGE (day);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2030-01-01');
                INSERT INTO customers SELECT i, i || '@x.example' FROM generate_series(1, 30) i;
                INSERT INTO orders SELECT i, 1 + i % 30, 'glad'::mood, ROW('a', 'b')::place, ARRAY[i], '{}'::jsonb FROM generate_series(1, 30) i;
                INSERT INTO parts SELECT i, 1 + i % 30, date '2024-01-01' FROM generate_series(1, 30) i;
                """);

        List<JoinGuess> guesses = guesses();

        assertThat(written(guesses))
                .containsExactlyInAnyOrder("orders.customer_id -> customers.id", "parts.customer_id -> customers.id");
        assertThat(guesses).allMatch(join -> join.why().contains("30 of 30 sampled values"));
        assertThat(guesses)
                .anyMatch(join -> join.index().equals(Optional.of("CREATE INDEX ON public.parts (customer_id)")));
    }

    @Test
    void a_table_that_may_not_be_read_or_hides_rows_is_said_and_joined_by_its_name_alone() throws IOException {
        String role = "mapper_" + database.name();
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, email text);
                CREATE TABLE orders (id int PRIMARY KEY, customer_id int);
                CREATE TABLE secrets (id int PRIMARY KEY, customer_id int, note text);
                CREATE TABLE hidden (id int PRIMARY KEY, customer_id int, note text);
                ALTER TABLE hidden ENABLE ROW LEVEL SECURITY;
                CREATE POLICY own ON hidden USING (false);
                INSERT INTO customers SELECT i, i || '@x.example' FROM generate_series(1, 30) i;
                INSERT INTO orders SELECT i, 1 + i % 30 FROM generate_series(1, 30) i;
                INSERT INTO hidden SELECT i, 1 + i % 30, 'x' FROM generate_series(1, 30) i;
                CREATE USER ROLE PASSWORD 'long-enough';
                GRANT SELECT ON customers, orders, hidden TO ROLE;
                """.replace("ROLE", role));

        String draft = draft(role, "long-enough");

        assertThat(draft)
                .contains("`secrets` was not sampled: the role may not read all of it")
                .contains("`hidden` was not sampled: the role may not read all of it")
                .containsOnlyOnce("30 of 30 sampled values are found there")
                .contains("its values were not looked at (the role may not read all of both tables)");
    }

    @Test
    void a_map_that_is_there_keeps_its_ways_and_a_new_table_brings_its_own_with_its_comment() throws IOException {
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, email text);
                INSERT INTO customers SELECT i, i || '@x.example' FROM generate_series(1, 30) i;
                """);
        draft();
        database.execute("CREATE TABLE orders (id int PRIMARY KEY, customer_id int)");

        assertThat(draft())
                .contains("  orders:\n    guess: '`customer_id` leads to a customer'\n    belongs-to:\n"
                        + "      # no index leads back: CREATE INDEX CONCURRENTLY ON public.orders (customer_id)\n"
                        + "      customer: {person: customer, via: customer_id, guess:");
    }
}
