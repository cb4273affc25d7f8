package dev.kept.server.command;

import dev.kept.stores.embedded.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** A shop of which backups are taken and put back. */
abstract class RestoredShop extends OneShop {

    static final String NOTICE = """
            notice: quay
            controller: {name: The Quay, email: privacy@quay.example, post: "1 Quay", zone: Europe/Berlin}
            covers: {sites: [quay.example], services: [shop]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              order-line: {from: you, is: pd:Purchase}
            uses:
              account: {basis: contract, data: [email], ends: [{after: account.opened, for: 3 years}]}
              booking: {basis: contract, data: [email, order-line], ends: [{after: order.placed, for: 3 years}]}
              letter: {basis: consent, data: [email], ends: [{after: letter.given, for: 3 years}]}
            keeps:
              longest: 3 years
              beyond: {accounting: {law: "HGB 257", duty: required, data: [order-line], ends: [{after: order.placed, for: 10 years, rounded: end-of-year}]}}
              then: {rows: delete}
            contact: {email: privacy@quay.example, post: "1 Quay"}
            rights: {answered-within: 30 days, access: {}, erase: {}}
            """;

    static final String PROSE = """
            We hold your address and what you order. {#collects.email collects.order-line}

            Accounts. {#uses.account} Bookings. {#uses.booking} Letters. {#uses.letter}

            At most {{keeps.longest}}. {#keeps.longest} Invoices longer. {#keeps.beyond.accounting} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.access rights.erase}
            """;

    static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, email text, opened timestamptz NOT NULL);
            CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, note text, placed timestamptz NOT NULL);
            CREATE TABLE readers (id int PRIMARY KEY, email text, given timestamptz);
            INSERT INTO customers SELECT i, 'Person' || i || '@Quay.example ', now() - interval '100 days' FROM generate_series(1, 20) i;
            INSERT INTO orders SELECT i, 1 + i % 20, 'note ' || i, now() - interval '90 days' FROM generate_series(1, 40) i;
            INSERT INTO readers SELECT i, 'reader' || i || '@quay.example', now() - interval '80 days' FROM generate_series(1, 5) i;
            """;

    static final String MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, opened: not-personal}
            orders:
              belongs-to: {buyer: {person: customer, via: customer_id}}
              uses: [booking]
              events: {order.placed: placed}
              columns: {note: order-line, placed: not-personal}
            readers:
              person: {reader: {key: id, found-by: {address: email}}}
              uses: [letter]
              facts: {letter: {given: given, absent: unknown}}
              columns: {email: email, given: not-personal}
            """;

    private static final List<String> TABLES = List.of("customers", "orders", "readers");

    RestoredShop() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    /** What a backup holds. */
    Map<String, byte[]> backup() {
        Map<String, byte[]> backup = new LinkedHashMap<>();
        copying(copy -> {
            for (String table : TABLES) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                copy.getCopyAPI().copyOut("COPY " + table + " TO STDOUT", rows);
                backup.put(table, rows.toByteArray());
            }
        });
        return backup;
    }

    /** The store is as it was when the backup was taken. */
    void restore(Map<String, byte[]> backup) {
        shop().execute("TRUNCATE orders, customers, readers");
        copying(copy -> {
            for (String table : TABLES) {
                copy.getCopyAPI()
                        .copyIn(
                                "COPY " + table + " FROM STDIN",
                                new ByteArrayInputStream(backup.getOrDefault(table, new byte[0])));
            }
        });
    }

    TestDatabase shop() {
        return company.database("shop");
    }

    private interface Copying {
        void with(PGConnection connection) throws SQLException, IOException;
    }

    private void copying(Copying copying) {
        try (Connection connection = shop().connect()) {
            copying.with(connection.unwrap(PGConnection.class));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Company.Said restored(String... more) {
        String[] words = new String[6 + more.length];
        System.arraycopy(
                new String[] {"restored", "shop", "--operator", "Anna", "--checked", "the operations log"},
                0,
                words,
                0,
                6);
        System.arraycopy(more, 0, words, 6, more.length);
        return company.kept(words);
    }

    List<String> customers() {
        return company.rows("shop", "SELECT id::text FROM customers ORDER BY id");
    }

    List<String> state(String query) {
        return Company.rows(company.state(), query);
    }
}
