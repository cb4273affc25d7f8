package dev.kept.stores.postgres;

import static dev.kept.stores.postgres.Foreign.gone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shapes that databases have which nobody made for Kept: one person is erased, and every other row is compared. */
class ForeignDatabasesTest {

    private static final String CUSTOMERS = """
            customers:
              person: {customer: {key: id, found-by: {email: email}}}
              uses: [account]
              events: {account.opened: opened}
            """;

    @Test
    void a_column_that_a_trigger_fills_is_left_to_it_and_the_rest_is_cleared_once() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened date NOT NULL, last_update timestamptz NOT NULL DEFAULT now());
                CREATE TABLE payments (id int PRIMARY KEY, customer int NOT NULL REFERENCES customers, at date NOT NULL, amount numeric);
                CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN NEW.last_update = CURRENT_TIMESTAMP; RETURN NEW; END';
                CREATE TRIGGER touched BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touched();
                INSERT INTO customers VALUES (1, 'a@x', '2026-01-01'), (2, 'b@x', '2026-01-01');
                INSERT INTO payments VALUES (1, 1, '2026-02-01', 5), (2, 2, '2026-02-01', 6);
                """, CUSTOMERS + """
                  columns: {email: email, last_update: not-personal}
                payments:
                  belongs-to: {payer: {person: customer, via: customer}}
                  uses: [accounting]
                  events: {order.placed: at}
                  columns: {amount: line}
                """)) {
            Map<String, List<String>> before = db.rows();

            assertThat(db.erase("customer", "1").changed()).isEqualTo(1);

            Map<String, List<String>> gone = gone(before, db.rows());
            assertThat(gone).containsOnlyKeys("customers");
            assertThat(gone.get("customers")).hasSize(1);
            assertThat(db.shop().rows("SELECT email IS NULL FROM customers WHERE id = 1"))
                    .containsExactly("t");
            assertThat(db.erase("customer", "1").changed()).isZero();
        }
    }

    @Test
    void what_a_trigger_writes_back_ends_the_run_with_the_table_named() throws SQLException {
        String schema = """
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened date NOT NULL);
                CREATE TABLE payments (id int PRIMARY KEY, customer int NOT NULL REFERENCES customers, at date NOT NULL, amount numeric);
                CREATE FUNCTION stubborn() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN NEW.email := coalesce(NEW.email, OLD.email); RETURN NEW; END';
                CREATE TRIGGER stubborn BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION stubborn();
                INSERT INTO customers SELECT 1, 'a@x', '2026-01-01';
                INSERT INTO payments SELECT n, 1, '2026-02-01', 5 FROM generate_series(1, 5) n;
                """;
        String map = CUSTOMERS + """
                  columns: {email: email}
                payments:
                  belongs-to: {payer: {person: customer, via: customer}}
                  uses: [accounting]
                  events: {order.placed: at}
                  columns: {amount: line}
                """;
        try (Foreign db = Foreign.database(schema, map)) {
            assertThatThrownBy(() -> db.erase("customer", "1"))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("what is cleared in `customers` comes back each time");
            assertThatThrownBy(() -> db.eraseInBatches("customer", "1")).hasMessageContaining("comes back each time");
        }
    }

    @Test
    void a_cascade_that_would_take_other_peoples_rows_never_runs() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened date NOT NULL);
                CREATE TABLE threads (id int PRIMARY KEY, author int NOT NULL REFERENCES customers ON DELETE CASCADE, title text);
                CREATE TABLE posts (id int PRIMARY KEY, thread int NOT NULL REFERENCES threads ON DELETE CASCADE,
                    author int REFERENCES customers ON DELETE CASCADE, body text);
                CREATE TABLE likes (post int REFERENCES posts ON DELETE CASCADE, who int REFERENCES customers ON DELETE CASCADE,
                    PRIMARY KEY (post, who));
                INSERT INTO customers VALUES (1, 'a@x', '2026-01-01'), (2, 'b@x', '2026-01-01');
                INSERT INTO threads VALUES (1, 1, 'mine'), (2, 2, 'theirs');
                INSERT INTO posts VALUES (1, 1, 1, 'mine'), (2, 1, 2, 'an answer'), (3, 2, 1, 'mine'), (4, 2, 2, 'theirs');
                INSERT INTO likes VALUES (1, 1), (1, 2), (2, 1), (4, 2), (4, 1);
                """, CUSTOMERS + """
                  columns: {email: email}
                threads:
                  belongs-to: {author: {person: customer, via: author}}
                  uses: [account]
                  columns: {title: line}
                posts:
                  belongs-to: {author: {person: customer, via: author}}
                  uses: [account]
                  columns: {body: line}
                likes:
                  belongs-to: {who: {person: customer, via: who}}
                  uses: [account]
                """)) {
            Map<String, List<String>> before = db.rows();

            db.erase("customer", "1");

            assertThat(gone(before, db.rows()))
                    .isEqualTo(Map.of(
                            "customers", List.of("(1,a@x,2026-01-01)"),
                            "threads", List.of("(1,1,mine)"),
                            "posts", List.of("(1,1,1,mine)", "(3,2,1,mine)"),
                            "likes", List.of("(1,1)", "(2,1)", "(4,1)")));
            assertThat(db.shop().rows("SELECT (id, title)::text FROM threads WHERE id = 1"))
                    .containsExactly("(1,)");
            // Only its author's account dates the post: without the link it would not be known to have ended.
            assertThat(db.shop().rows("SELECT (author, body)::text FROM posts WHERE id = 1"))
                    .containsExactly("(1,)");
            assertThat(db.shop().rows("SELECT 1 FROM posts WHERE id = 3")).isEmpty();
        }
    }

    @Test
    void customers_and_addresses_that_point_at_each_other_go_together() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE NOT NULL, opened date NOT NULL, home int);
                CREATE TABLE addresses (id int PRIMARY KEY, customer int REFERENCES customers, street text);
                ALTER TABLE customers ADD FOREIGN KEY (home) REFERENCES addresses DEFERRABLE INITIALLY IMMEDIATE;
                INSERT INTO customers VALUES (1, 'a@x', '2026-01-01', NULL), (2, 'b@x', '2026-01-01', NULL), (3, 'c@x', '2026-01-01', NULL);
                INSERT INTO addresses VALUES (1, 1, 'one'), (2, 2, 'two'), (3, 1, 'second of one');
                UPDATE customers SET home = id WHERE id < 3;
                UPDATE customers SET home = 3 WHERE id = 3;
                """, CUSTOMERS + """
                  columns: {email: email}
                addresses:
                  belongs-to: {owner: {person: customer, via: customer}}
                  uses: [account]
                  columns: {street: address}
                """)) {
            Map<String, List<String>> before = db.rows();

            db.erase("customer", "1");

            assertThat(gone(before, db.rows()))
                    .isEqualTo(Map.of(
                            "customers", List.of("(1,a@x,2026-01-01,1)"),
                            "addresses", List.of("(1,1,one)", "(3,1,\"second of one\")")));
            assertThat(db.shop().rows("SELECT (id, home)::text FROM customers ORDER BY id"))
                    .containsSequence("(2,2)", "(3,3)")
                    .doesNotContain("(1,1)");
            assertThat(db.shop().rows("SELECT street FROM addresses WHERE id IN (1, 3) AND street IS NOT NULL"))
                    .isEmpty();
        }
    }

    @Test
    void an_employee_others_report_to_stays_as_a_husk_and_their_rows_do_not_change() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE SCHEMA hr;
                CREATE TABLE hr."Employee" ("EmployeeId" int PRIMARY KEY, "Select" varchar(20) NOT NULL CHECK ("Select" <> ''),
                    "E-Mail" varchar(60) NOT NULL UNIQUE, "HireDate" timestamp NOT NULL, "ReportsTo" int REFERENCES hr."Employee",
                    "Straße" bpchar(10) NOT NULL, tags text[] NOT NULL DEFAULT '{}', born date CHECK (born IS NOT NULL AND born > '1900-01-01'),
                    full_line text GENERATED ALWAYS AS ("Select" || ' ' || "E-Mail") STORED);
                INSERT INTO hr."Employee" VALUES (1, 'Ann', 'ann@x', '2020-01-01', NULL, 'A', '{boss}', '1970-01-01'),
                    (2, 'Bob', 'bob@x', '2020-01-01', 1, 'B', '{x,y}', '1980-02-02'), (3, 'Cy', 'cy@x', '2020-01-01', 2, 'C', '{}', '1990-03-03');
                """, """
                hr.Employee:
                  person: {employee: {key: EmployeeId, found-by: {email: E-Mail}}}
                  uses: [account]
                  events: {account.opened: HireDate}
                  columns: {Select: name, E-Mail: email, Straße: address, tags: line, born: line}
                """)) {
            Map<String, List<String>> before = db.rows();

            db.erase("employee", "2");

            assertThat(gone(before, db.rows()).get("hr.Employee"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("(2,Bob,");
            assertThat(db.shop().rows("SELECT t::text FROM hr.\"Employee\" t WHERE \"EmployeeId\" = 2"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .doesNotContain("Bob", "bob@x", "x,y", "1980-02-02", "\"B ");

            db.erase("employee", "3");

            assertThat(db.shop().rows("SELECT \"EmployeeId\" FROM hr.\"Employee\" ORDER BY 1"))
                    .doesNotContain("3");
        }
    }

    @Test
    void a_check_that_nothing_forgotten_fits_is_refused_by_name() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE DOMAIN mail AS text CHECK (VALUE ~ '^[^@]+@[^@]+\\\\.[a-z]+$' AND length(VALUE) BETWEEN 6 AND 60);
                CREATE TABLE customers (id int PRIMARY KEY, email mail NOT NULL, opened date NOT NULL,
                    vat text NOT NULL CONSTRAINT vat_is_right CHECK (md5(vat) LIKE 'a%'));
                CREATE TABLE payments (id int PRIMARY KEY, customer int NOT NULL REFERENCES customers, at date NOT NULL, amount numeric);
                """, CUSTOMERS + """
                  columns: {email: email, vat: line}
                payments:
                  belongs-to: {payer: {person: customer, via: customer}}
                  uses: [accounting]
                  events: {order.placed: at}
                  columns: {amount: line}
                """)) {
            assertThat(db.refusals())
                    .anyMatch(message -> message.contains("vat_is_right"))
                    .hasSizeBetween(1, 2);
        }
    }

    @Test
    void an_email_that_is_the_key_is_replaced_everywhere_and_a_log_without_key_is_swept() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE TABLE customers (email text PRIMARY KEY, opened date NOT NULL, name text);
                CREATE TABLE orders (customer text NOT NULL REFERENCES customers ON UPDATE CASCADE, no int NOT NULL, at date NOT NULL, total numeric,
                    PRIMARY KEY (customer, no));
                CREATE TABLE lines (customer text NOT NULL, no int NOT NULL, pos int, sku text, FOREIGN KEY (customer, no) REFERENCES orders ON UPDATE CASCADE);
                CREATE TABLE log (email text, line jsonb);
                INSERT INTO customers VALUES ('a@x', '2026-01-01', 'Ann'), ('b@x', '2026-01-01', 'Bob'), ('c@x', '2026-01-01', 'Cy');
                INSERT INTO orders VALUES ('a@x', 1, '2026-02-01', 5), ('b@x', 1, '2026-02-01', 5);
                INSERT INTO lines VALUES ('a@x', 1, 1, 's'), ('a@x', 1, 2, 't'), ('b@x', 1, 1, 's');
                INSERT INTO log VALUES (' A@X ', '{"ip": 1}'), ('a@x', '{"ip": 1}'), ('a@x', '{"ip": 1}'), ('b@x', '{"ip": 1}'), (NULL, '{}');
                """, """
                customers:
                  person: {customer: {key: email, found-by: {email: {column: email, match: casefold-trim}}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email, name: name}
                orders:
                  belongs-to: {buyer: {person: customer, via: customer}}
                  uses: [accounting]
                  events: {order.placed: at}
                  columns: {total: line}
                lines:
                  belongs-to: {order: {table: orders, via: [customer, no]}}
                  uses: [accounting]
                  columns: {sku: line, pos: line}
                log:
                  belongs-to: {who: {person: customer, via: email, to: email, match: casefold-trim}}
                  uses: [account]
                  unowned: keep
                  columns: {email: email, line: line}
                """)) {
            Map<String, List<String>> before = db.rows();

            db.erase("customer", "a@x");

            Map<String, List<String>> after = db.rows();
            assertThat(after.toString().toLowerCase(java.util.Locale.ROOT)).doesNotContain("a@x", "ann");
            assertThat(gone(before, after).toString()).doesNotContain("b@x", "c@x");
            assertThat(after.get("lines")).hasSize(3);
            assertThat(after.get("log")).hasSize(2);
            assertThat(after.get("orders")).hasSize(2);

            db.erase("customer", "c@x");

            assertThat(db.rows().get("customers")).hasSize(2).noneMatch(row -> row.contains("c@x"));
        }
    }

    @Test
    void a_partition_with_a_foreign_key_of_its_own_keeps_the_person_as_a_husk() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened date NOT NULL);
                CREATE TABLE payments (id int, customer int NOT NULL, at timestamptz NOT NULL, amount numeric, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
                CREATE TABLE payments_1 PARTITION OF payments FOR VALUES FROM ('2020-01-01') TO ('2026-01-01');
                CREATE TABLE payments_2 PARTITION OF payments FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                ALTER TABLE payments_2 ADD FOREIGN KEY (customer) REFERENCES customers;
                INSERT INTO customers VALUES (1, 'a@x', '2026-01-01'), (2, 'b@x', '2026-01-01');
                INSERT INTO payments VALUES (1, 1, '2026-02-01', 5), (2, 2, '2026-02-01', 5), (3, 2, '2021-02-01', 5);
                """, CUSTOMERS + """
                  columns: {email: email}
                payments:
                  belongs-to: {payer: {person: customer, via: customer}}
                  uses: [accounting]
                  events: {order.placed: at}
                  columns: {amount: line}
                """)) {
            db.erase("customer", "1");

            assertThat(db.rows().get("customers")).containsExactly("(1,,2026-01-01)", "(2,b@x,2026-01-01)");
            assertThat(db.rows().get("payments")).hasSize(3);
        }
    }

    @Test
    void a_composite_foreign_key_that_shares_a_column_keeps_the_others_intact() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE TABLE tenants (tenant int PRIMARY KEY, label text);
                CREATE TABLE members (tenant int NOT NULL REFERENCES tenants, no int NOT NULL, email text, opened date NOT NULL, PRIMARY KEY (tenant, no));
                CREATE TABLE notes (id int PRIMARY KEY, tenant int NOT NULL REFERENCES tenants, author int, reviewer int, body text, remark text,
                    FOREIGN KEY (tenant, author) REFERENCES members (tenant, no), FOREIGN KEY (tenant, reviewer) REFERENCES members (tenant, no));
                INSERT INTO tenants VALUES (1, 't'), (2, 'u');
                INSERT INTO members VALUES (1, 1, 'a@x', '2026-01-01'), (1, 2, 'b@x', '2026-01-01'), (2, 1, 'other@x', '2026-01-01');
                INSERT INTO notes VALUES (1, 1, 1, 2, 'by 1', 'said 2'), (2, 1, 2, 1, 'by 2', 'said 1'), (3, 1, 1, NULL, 'only 1', NULL), (4, 2, 1, 1, 'u', 'v');
                """, """
                tenants: not-personal
                members:
                  person: {member: {key: [tenant, no], found-by: {email: email}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email}
                notes:
                  belongs-to: {author: {person: member, via: [tenant, author]}, reviewer: {person: member, via: [tenant, reviewer]}}
                  uses: [account]
                  columns: {body: {is: line, of: author}, remark: {is: line, of: reviewer}}
                """)) {
            Map<String, List<String>> before = db.rows();

            db.erase("member", "1", "1");

            Map<String, List<String>> after = db.rows();
            assertThat(gone(before, after))
                    .isEqualTo(Map.of(
                            "members", List.of("(1,1,a@x,2026-01-01)"),
                            "notes",
                                    List.of(
                                            "(1,1,1,2,\"by 1\",\"said 2\")",
                                            "(2,1,2,1,\"by 2\",\"said 1\")",
                                            "(3,1,1,,\"only 1\",)")));
            assertThat(after.get("notes"))
                    .containsExactly("(1,1,,2,,\"said 2\")", "(2,1,2,,\"by 2\",)", "(4,2,1,1,u,v)");
            assertThat(after.get("members")).containsExactly("(1,2,b@x,2026-01-01)", "(2,1,other@x,2026-01-01)");
        }
    }

    @Test
    void a_shared_row_whose_uses_are_dated_by_its_owners_only_is_looked_at_too() throws SQLException {
        try (Foreign db = Foreign.database("""
                CREATE TABLE addresses (id int PRIMARY KEY, street text);
                CREATE TABLE customers (id int PRIMARY KEY, email text, opened date NOT NULL, home int NOT NULL REFERENCES addresses);
                INSERT INTO addresses VALUES (1, 'one'), (2, 'shared');
                INSERT INTO customers VALUES (1, 'a@x', '2026-01-01', 1), (2, 'b@x', '2026-01-01', 2), (3, 'c@x', '2026-01-01', 2);
                """, CUSTOMERS + """
                  columns: {email: email, home: address}
                addresses:
                  belongs-to: {any-of: [customers.home]}
                  uses: [account]
                  columns: {street: address}
                """)) {
            Plan plan = db.erasure("customer", List.of("1"));
            try (StoreSession session = db.shop().session()) {
                Look look = new Look(db.live().catalogue());
                assertThat(look.look(session.connection(), plan, Look.Depth.USES, Duration.ofMinutes(1))
                                .tables()
                                .get(new TableName("public", "addresses"))
                                .rows())
                        .isEqualTo(1);
            }

            db.erase("customer", "1");
            db.erase("customer", "2");

            assertThat(db.rows())
                    .containsEntry("addresses", List.of("(2,shared)"))
                    .containsEntry("customers", List.of("(3,c@x,2026-01-01,2)"));
        }
    }
}
