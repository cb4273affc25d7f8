package dev.kept.server.doctor;

import dev.kept.server.Main;
import dev.kept.server.command.Company;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** A shop with the tables that docs/postgres.md speaks of, on a server whose settings are a test's to change, and Kept in a role of its own. */
public final class Harbour implements AutoCloseable {

    static final String NOTICE = """
            notice: harbour
            controller: {name: The Harbour, email: privacy@harbour.example, post: "1 Quay", zone: Europe/Berlin}
            covers: {sites: [harbour.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              address: {from: you, is: pd:PhysicalAddress}
              order: {from: you, is: pd:Purchase}
              message: {from: you, is: pd:Communication}
            uses:
              account: {basis: contract, data: [name, email, address], ends: [{after: account.opened, for: 2 years}]}
              orders: {basis: contract, data: [order, address], ends: [{after: order.placed, for: 1 year}]}
              support: {basis: contract, data: [message], ends: [{after: ticket.made, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@harbour.example, post: "1 Quay"}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    static final String PROSE = """
            We hold your name, addresses, orders, messages. {#collects.name collects.email collects.address collects.order collects.message}

            Accounts. {#uses.account} Orders. {#uses.orders} Support. {#uses.support}

            At most {{keeps.longest}}. {#keeps.longest} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.access rights.correct rights.erase}
            """;

    static final String SCHEMA = """
            CREATE TABLE addresses (id int PRIMARY KEY, street text, entered timestamptz NOT NULL);
            CREATE TABLE customers (id int PRIMARY KEY, email text, name text, opened timestamptz NOT NULL, address_id int REFERENCES addresses);
            CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, placed timestamptz NOT NULL, note text);
            CREATE TABLE order_lines (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders, sku text);
            CREATE TABLE stores (id int PRIMARY KEY, town text, address_id int REFERENCES addresses);
            CREATE SCHEMA crm;
            CREATE TABLE crm.tickets (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, made timestamptz NOT NULL, body text);
            CREATE INDEX ON customers (address_id);
            CREATE INDEX ON orders (customer_id);
            CREATE INDEX ON order_lines (order_id);
            CREATE INDEX ON stores (address_id);
            CREATE INDEX ON crm.tickets (customer_id);
            INSERT INTO addresses SELECT i, 'Quay ' || i, now() - interval '100 days' FROM generate_series(1, 9) i;
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, now() - interval '1 day' * CASE i WHEN 9 THEN 900 ELSE 100 END, i
                FROM generate_series(1, 9) i;
            INSERT INTO orders SELECT i, i, now() - interval '1 day' * CASE WHEN i > 7 THEN 500 ELSE 50 END, 'ring ' || i FROM generate_series(1, 9) i;
            INSERT INTO order_lines SELECT i, i, 'rope' FROM generate_series(1, 9) i;
            INSERT INTO stores VALUES (1, 'Kiel', 8);
            INSERT INTO crm.tickets SELECT i, i, now() - interval '1 day' * CASE WHEN i > 7 THEN 500 ELSE 50 END, 'where is rope ' || i FROM generate_series(1, 9) i;
            """;

    static final String TABLES = """
            tables:
              addresses:
                belongs-to: {any-of: [customers.address_id, stores.address_id]}
                uses: [account]
                events: {address.entered: entered}
                columns: {street: address}
                unowned: keep
              customers:
                person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
                uses: [account]
                events: {account.opened: opened}
                columns: {email: email, name: name}
              orders:
                belongs-to: {buyer: {person: customer, via: customer_id}}
                uses: [orders]
                events: {order.placed: placed}
                columns: {note: order}
              order_lines:
                belongs-to: {order: {table: orders, via: order_id}}
                uses: [orders]
                columns: {sku: order}
              stores: not-personal
              crm.tickets:
                belongs-to: {sender: {person: customer, via: customer_id}}
                uses: [support]
                events: {ticket.made: made}
                columns: {body: message}
            """;

    private static final Duration LONGEST_RELOAD = Duration.ofMinutes(1);

    static final String PASSWORD = "k3pt-secret";

    private final TestCluster cluster;
    private final TestDatabase state;
    private final TestDatabase shop;
    private final Path folder;

    Harbour(TestCluster cluster, Path folder, String schema) throws IOException {
        this.cluster = cluster;
        this.folder = folder;
        cluster.postgres().createDatabase("shop");
        this.shop = new TestDatabase(cluster.postgres(), "shop");
        this.state = cluster.freshDatabase();
        shop.execute(schema);
    }

    /** The documented role, and a notice whose map connects as it. */
    Harbour begun() throws IOException {
        for (String statement : documented()) {
            shop.execute(statement);
        }
        return written("keeper", PASSWORD, TABLES);
    }

    /** A notice whose map connects as a role. */
    Harbour written(String role, String password, String tables) throws IOException {
        Files.createDirectories(folder.resolve("stores"));
        Files.writeString(folder.resolve("notice.yaml"), NOTICE);
        Files.writeString(folder.resolve("notice.en.md"), PROSE);
        Files.writeString(
                folder.resolve("kept.yaml"), "state: " + address(state, state.user(), state.password()) + "\n");
        Files.writeString(
                folder.resolve("stores/shop.yaml"),
                "store: shop\ndatabase: " + address(shop, role, password) + "\nbackups: {kept-for: 35 days}\n"
                        + tables);
        return this;
    }

    static String address(TestDatabase database, String user, String password) {
        return database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "user=" + user + "&password="
                + password;
    }

    String address() {
        return address(shop, "keeper", PASSWORD);
    }

    /** The statements of the first block of SQL in docs/postgres.md, to the letter but for the password. */
    static List<String> documented() throws IOException {
        Path docs = Path.of("").toAbsolutePath().resolve("../docs/postgres.md").normalize();
        Matcher block = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(docs));
        if (!block.find()) {
            throw new IllegalStateException("docs/postgres.md has no SQL");
        }
        return Pattern.compile(";")
                .splitAsStream(block.group(1).replaceAll("--[^\n]*", "").replace("'…'", "'" + PASSWORD + "'"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    TestDatabase shop() {
        return shop;
    }

    TestDatabase state() {
        return state;
    }

    Path folder() {
        return folder;
    }

    /** Changes the server's configuration, and waits until new sessions have it. */
    void configure(String name, String value) {
        shop.execute("ALTER SYSTEM SET " + name + " = '" + value + "'");
        reloaded(name, value);
    }

    void reloaded(String name, String value) {
        shop.execute("SELECT pg_reload_conf()");
        await(shop, name, value);
    }

    /** Waits until new sessions have a setting: the server takes a changed configuration over in its own time. */
    static void await(TestDatabase database, String name, String value) {
        long until = System.nanoTime() + LONGEST_RELOAD.toNanos();
        while (!Company.rows(database, "SELECT setting FROM pg_settings WHERE name = '" + name + "'")
                .equals(List.of(value))) {
            if (System.nanoTime() > until) {
                throw new AssertionError("the server does not take over `" + name + "`");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** What a command said, and how it ended. */
    record Said(int exit, String out, String err) {}

    Said kept(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(words);
        return new Said(exit, out.toString(), err.toString());
    }

    @Override
    public void close() {
        for (String role : List.of("keeper", "least")) {
            if (!Company.rows(state, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")
                    .isEmpty()) {
                shop.execute("DROP OWNED BY " + role);
                shop.execute("DROP ROLE " + role);
            }
        }
        shop.close();
        state.close();
        cluster.postgres().ensureRunning();
    }
}
