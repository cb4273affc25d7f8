package dev.kept.server.run;

import static dev.kept.server.run.CorrectionShop.changed;
import static dev.kept.server.run.CorrectionShop.codes;
import static dev.kept.server.run.CorrectionShop.left;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts.What;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Keys that are themselves a person's: replaced together with all that refers to them. */
class CorrectionOfKeysTest {

    private static final String SCHEMA = """
            create schema if not exists crm;
            drop table if exists crm."Tickets", crm.calls;
            create table accounts (email text primary key, name text, joined timestamptz not null default now());
            create table orders (id int primary key, email text not null references accounts, note text);
            create table carts (email text primary key references accounts on update cascade on delete cascade, items text);
            create table gifts (giver text references accounts on update set null, taker text references accounts on update restrict, card text);
            create table cart_lines (email text references carts on update restrict, line int, sku text, primary key (email, line));
            create table reports (id int primary key, author text references accounts deferrable initially deferred);
            create table crm."Tickets" ("Person" text not null references public.accounts, text text) partition by list ("Person");
            create table crm."Tickets_a" partition of crm."Tickets" for values in ('anna@example.org');
            create table crm."Tickets_rest" partition of crm."Tickets" default;
            create table subscribers (email text primary key, name text, since timestamptz not null default now());
            create table opens (reader text, subject text);
            insert into accounts (email, name) values ('anna@example.org', 'Anna'), ('bob@example.org', 'Bob');
            insert into orders values (1, 'anna@example.org', 'n'), (2, 'bob@example.org', 'n'), (3, 'anna@example.org', 'm');
            insert into carts values ('anna@example.org', 'x'), ('bob@example.org', 'y');
            insert into gifts values ('anna@example.org', 'bob@example.org', 'hi Bob'), ('bob@example.org', 'anna@example.org', 'hi Anna'),
              ('anna@example.org', 'anna@example.org', 'me');
            insert into cart_lines values ('anna@example.org', 1, 's'), ('anna@example.org', 2, 't'), ('bob@example.org', 1, 's');
            insert into reports values (1, 'anna@example.org'), (2, 'bob@example.org');
            insert into crm."Tickets" values ('anna@example.org', 'broken'), ('bob@example.org', 'broken');
            insert into subscribers (email, name) values ('Anna@Example.org', 'A.'), ('dora@example.org', 'D.');
            insert into opens values ('anna@example.org', 'news'), ('dora@example.org', 'news');
            """;

    private static final String MAP = """
            accounts:
              person: {account: {key: email, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: joined}
              columns: {email: email, name: name}
            orders: {belongs-to: {buyer: {person: account, via: email}}, uses: [account], columns: {note: message}}
            carts: {belongs-to: {owner: {person: account, via: email}}, uses: [account], columns: {items: message}}
            gifts:
              belongs-to: {giver: {person: account, via: giver}, taker: {person: account, via: taker}}
              uses: [account]
              columns: {card: message}
            cart_lines: {belongs-to: {cart: {table: carts, via: email}}, uses: [account], columns: {line: not-personal, sku: message}}
            reports: {belongs-to: {author: {person: account, via: author}}, uses: [account], columns: {}}
            crm.Tickets: {belongs-to: {asker: {person: account, via: Person}}, uses: [account], columns: {text: message}}
            subscribers:
              person: {subscriber: {key: email, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: since}
              columns: {email: email, name: name}
            opens:
              belongs-to: {reader: {person: subscriber, via: reader, match: casefold-trim}}
              uses: [account]
              columns: {reader: email, subject: message}
            """;

    private static final CorrectionShop SHOP = new CorrectionShop(SCHEMA, MAP);

    private final CorrectionShop shop = SHOP.reset();
    private final Map<String, List<String>> before = shop.everything();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static String anna(String set) {
        return "person: {account: anna@example.org}\nset:\n" + set.indent(2);
    }

    private void fact(String key, What what) {
        shop.state()
                .personFacts()
                .apply(List.of(
                        shop.state().personFacts().add("shop", "account", List.of(key), what, UUID.randomUUID())));
    }

    @Test
    void all_that_refers_to_a_key_follows_it_whatever_on_update_says() {
        Corrected corrected = shop.correct(anna("accounts: {email: anna@neu.example}"));
        assertThat(codes(corrected)).isEmpty();
        assertThat(changed(corrected))
                .containsExactly(
                        "accounts.email 1 NAMED",
                        "cart_lines.email 2 FOLLOWS",
                        "carts.email 1 FOLLOWS",
                        "crm.Tickets.Person 1 FOLLOWS",
                        "gifts.giver 2 FOLLOWS",
                        "gifts.taker 2 FOLLOWS",
                        "orders.email 2 FOLLOWS",
                        "reports.author 1 FOLLOWS");
        assertThat(shop.rows("select giver, taker from gifts order by card"))
                .containsExactly(
                        "bob@example.org|anna@neu.example",
                        "anna@neu.example|bob@example.org",
                        "anna@neu.example|anna@neu.example");
        assertThat(shop.rows(
                        "select tableoid::regclass, text from crm.\"Tickets\" where \"Person\" = 'anna@neu.example'"))
                .containsExactly("crm.\"Tickets_rest\"|broken");
        Map<String, List<String>> after = shop.everything();
        CorrectionShop.written(before, after)
                .forEach((table, rows) -> assertThat(rows).as(table).allMatch(row -> row.contains("anna@neu.example")));
        assertThat(left(corrected)).containsExactly("opens.reader 1 link", "subscribers.email 1");
    }

    @Test
    void everywhere_takes_the_other_kinds_of_person_along() {
        Corrected corrected = shop.everywhere(anna("accounts: {email: anna@neu.example}"));
        assertThat(codes(corrected)).isEmpty();
        assertThat(changed(corrected)).contains("subscribers.email 1 EVERYWHERE", "opens.reader 1 FOLLOWS");
        assertThat(shop.rows("select email from subscribers order by name"))
                .containsExactly("anna@neu.example", "dora@example.org");
        assertThat(left(corrected)).isEmpty();
    }

    @Test
    void what_kept_knows_goes_on_under_the_new_key() {
        fact("anna@example.org", new What.Ended("account"));
        fact("bob@example.org", new What.Ended("account"));
        shop.correct(anna("accounts: {email: anna@neu.example}"));
        assertThat(shop.keptRows("select person_key from kept.person_fact order by 1"))
                .containsExactly("{anna@neu.example}", "{bob@example.org}");
        assertThat(shop.keptRows("select identifiers, run_key from kept.run")).containsExactly("~|~");
    }

    @Test
    void an_erasure_that_stands_under_the_new_key_is_nobodys_trap() {
        fact("anna@neu.example", new What.Erased());
        assertThat(codes(shop.correct(anna("accounts: {email: anna@neu.example}"))))
                .containsExactly("key-known");
        assertThat(CorrectionShop.written(before, shop.everything())).isEmpty();
    }

    @Test
    void a_key_that_is_taken_is_refused_in_every_kind_of_person() {
        assertThat(codes(shop.correct(anna("accounts: {email: bob@example.org}"))))
                .contains("taken");
        assertThat(codes(shop.correct(anna("accounts: {email: DORA@example.org}"))))
                .contains("taken");
        assertThat(CorrectionShop.written(before, shop.everything())).isEmpty();
    }

    @Test
    void a_held_row_that_would_follow_stands_against_it() {
        shop.state()
                .personFacts()
                .apply(List.of(shop.state()
                        .holds()
                        .opening(
                                UUID.randomUUID(),
                                "shop",
                                TableName.parse("orders"),
                                List.of("3"),
                                "dispute",
                                LocalDate.of(2030, 1, 1),
                                "c")));
        assertThat(codes(shop.correct(anna("accounts: {email: anna@neu.example}"))))
                .containsExactly("held");
        assertThat(CorrectionShop.written(before, shop.everything())).isEmpty();
    }

    @Test
    void a_reference_is_not_corrected_itself() {
        Corrected corrected = shop.correct(anna("orders: [{where: {id: 1}, set: {email: bob@example.org}}]"));
        assertThat(codes(corrected)).containsExactly("link");
        assertThat(CorrectionShop.written(before, shop.everything())).isEmpty();
    }

    @Test
    void rows_whose_value_belongs_to_two_persons_do_not_follow_one() {
        shop.execute("insert into subscribers (email, name) values (' ANNA@example.org', 'Another')");
        Corrected corrected =
                shop.correct("person: {subscriber: Anna@Example.org}\nset: {subscribers: {email: anna@neu.example}}");
        assertThat(codes(corrected)).containsExactly("not-alone");
    }
}
