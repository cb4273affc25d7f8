package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.lifecycle.Plan;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.run.Grounds;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.PersonsLook;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many persons erased in one run: each gets the answer that she would get by herself. */
class ManyAtOnceTest {

    private static final String NOTICE = """
            notice: dock
            controller: {name: The Dock, email: privacy@dock.example, post: "1 Dock", zone: Europe/Berlin}
            covers: {sites: [dock.example], services: [shop]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              order-line: {from: you, is: pd:Purchase}
              message: {from: you, is: pd:Communication}
              address: {from: you, is: pd:PhysicalAddress}
            uses:
              account: {basis: contract, data: [email, address], ends: [{after: account.opened, for: 2 years}]}
              booking: {basis: contract, data: [email, order-line, address], ends: [{after: order.placed, for: 1 year}]}
              talk: {basis: contract, data: [message], ends: [{after: message.sent, for: 1 year}]}
            keeps:
              longest: 2 years
              beyond: {accounting: {law: "HGB 257", duty: required, data: [order-line, email], ends: [{after: order.placed, for: 10 years, rounded: end-of-year}]}}
              then: {rows: delete}
            contact: {email: privacy@dock.example, post: "1 Dock"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            We hold your address and what you order. {#collects.email collects.order-line collects.message collects.address}

            Accounts. {#uses.account} Bookings. {#uses.booking} Talk. {#uses.talk}

            At most {{keeps.longest}}. {#keeps.longest} Invoices longer. {#keeps.beyond.accounting} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase}
            """;

    private static final String SHOP = """
            CREATE TABLE addresses (id int PRIMARY KEY, street text);
            CREATE TABLE customers (id int PRIMARY KEY, email text, address_id int REFERENCES addresses, opened timestamptz NOT NULL);
            CREATE TABLE orders (id int PRIMARY KEY, email text, total text, placed timestamptz);
            CREATE TABLE bookings (id int PRIMARY KEY, customer_id int REFERENCES customers, address_id int REFERENCES addresses, total text,
                state text NOT NULL, placed timestamptz NOT NULL);
            CREATE TABLE members (email text PRIMARY KEY, opened timestamptz NOT NULL);
            CREATE TABLE dues (id int PRIMARY KEY, member text NOT NULL REFERENCES members, total text, placed timestamptz NOT NULL);
            CREATE TABLE messages (id int PRIMARY KEY, sender int REFERENCES customers, recipient int REFERENCES customers, body text,
                answers int REFERENCES messages, sent timestamptz NOT NULL);
            INSERT INTO addresses SELECT i, 'Street ' || i FROM generate_series(1, 30) i;
            INSERT INTO customers SELECT i, 'c' || i || '@example.org', 1 + i % 25, date_trunc('day', now()) - interval '100 days' FROM generate_series(1, 40) i;
            INSERT INTO customers VALUES (41, 'c41@example.org', NULL, date_trunc('day', now()) - interval '100 days');
            INSERT INTO orders SELECT i, ' C' || (1 + i % 40) || '@Example.org', 'total ' || i,
                CASE WHEN i % 11 = 0 THEN NULL ELSE date_trunc('day', now()) - interval '99 days' END FROM generate_series(1, 90) i;
            INSERT INTO bookings SELECT i, 1 + i % 40, 1 + i % 30, 'total', CASE WHEN i % 3 = 0 THEN 'open' ELSE 'paid' END,
                date_trunc('day', now()) - (i || ' days')::interval FROM generate_series(1, 60) i;
            INSERT INTO members SELECT 'm' || i || '@example.org', date_trunc('day', now()) - interval '100 days' FROM generate_series(1, 20) i;
            INSERT INTO dues SELECT i, 'm' || (1 + i % 20) || '@example.org', 'due ' || i, date_trunc('day', now()) - interval '99 days' FROM generate_series(1, 30) i;
            INSERT INTO messages SELECT i, 1 + i % 40, CASE WHEN i % 5 = 0 THEN 1 + (i * 7) % 40 END, 'body',
                CASE WHEN i > 10 THEN i - 10 END, date_trunc('day', now()) - interval '50 days' FROM generate_series(1, 80) i;
            """;

    private static final String MAP = """
            addresses: {belongs-to: {any-of: [customers.address_id, bookings.address_id]}, uses: [account, booking], columns: {street: address}}
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, address_id: address, opened: not-personal}
            orders:
              belongs-to: {guest: {person: customer, via: email, to: email, match: casefold-trim}}
              uses: [booking, accounting]
              events: {order.placed: placed}
              columns: {email: {is: email, for: [booking]}, total: order-line, placed: not-personal}
            bookings:
              belongs-to: {buyer: {person: customer, via: customer_id}}
              uses: [booking, accounting]
              events: {order.placed: placed}
              while: {order.open: {state: [open]}}
              columns: {total: order-line, address_id: {is: address, for: [booking]}, state: not-personal, placed: not-personal}
            members:
              person: {member: {key: email, found-by: {email: email}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, opened: not-personal}
            dues:
              belongs-to: {payer: {person: member, via: member}}
              uses: [accounting]
              events: {order.placed: placed}
              columns: {total: order-line, placed: not-personal}
            messages:
              belongs-to: {sender: {person: customer, via: sender}, recipient: {person: customer, via: recipient}}
              uses: [talk]
              events: {message.sent: sent}
              replies: {via: answers, delete: author}
              columns: {body: {is: message, of: [sender, recipient]}, sent: not-personal}
            """;

    private static final List<String> TABLES =
            List.of("addresses", "customers", "orders", "bookings", "members", "dues", "messages");

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Company company;
    private Company other;

    @BeforeEach
    void open() throws IOException {
        company = company("a");
        other = company("b");
    }

    private Company company(String name) throws IOException {
        Company opened = new Company(folder.resolve(name), NOTICE, PROSE);
        opened.store("shop", SHOP, MAP);
        return opened.checked();
    }

    @AfterEach
    void close() {
        company.close();
        other.close();
    }

    /** Works in a company's shop. */
    private static <T> T in(Company company, Function<Shop, T> work) {
        try (Home home = Home.obeyed(company.folder(), new Environment(Map.of()), InstantSource.system())) {
            var store = home.store(java.util.Optional.empty());
            LiveStore live = LiveStore.open(home, store);
            RunService runs = new RunService(home.state(), home.clock(), FaultPoints.NONE);
            try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept test"))) {
                return work.apply(new Shop(home, live, runs, session));
            }
        }
    }

    private record Shop(Home home, LiveStore store, RunService runs, StoreSession session) {

        Outcome erase(Erasure erasure) {
            return runs.erase(List.of(erasure), new Operator("Anna", "by letter"), RunOptions.defaults(), RunWatch.NONE)
                    .getFirst();
        }
    }

    private static Map<String, List<List<String>>> customer(int id) {
        return Map.of("customer", List.of(List.of(Integer.toString(id))));
    }

    private static Map<String, List<List<String>>> member(int id) {
        return Map.of("member", List.of(List.of("m" + id + "@example.org")));
    }

    /** Nobody of them shares anything with another. */
    private static List<Map<String, List<List<String>>>> people() {
        List<Map<String, List<List<String>>>> people = new ArrayList<>();
        for (int id : List.of(3, 12, 13, 20, 33, 39)) {
            people.add(customer(id));
        }
        people.add(customer(41));
        people.add(member(4));
        people.add(member(9));
        people.add(Map.of("customer", List.of(List.of("16")), "member", List.of(List.of("m16@example.org"))));
        return people;
    }

    @Test
    void each_of_many_gets_the_answer_that_she_would_get_by_herself_and_the_rows_are_the_same() {
        List<Outcome> alone = in(
                company,
                shop -> people().stream()
                        .map(person -> shop.erase(new Erasure(shop.store(), shop.session(), person)))
                        .toList());
        Outcome together = in(other, shop -> shop.erase(Erasure.ofMany(shop.store(), shop.session(), people())));

        assertThat(together.each()).hasSize(10);
        assertThat(together.each().stream().map(Outcome::stays).map(ManyAtOnceTest::sorted))
                .containsExactlyElementsOf(alone.stream()
                        .map(Outcome::stays)
                        .map(ManyAtOnceTest::sorted)
                        .toList());
        assertThat(together.each().stream().map(Outcome::state))
                .containsExactlyElementsOf(alone.stream().map(Outcome::state).toList())
                .contains(RunState.DONE, RunState.INCOMPLETE);
        assertThat(together.each().stream().map(Outcome::standing))
                .containsExactlyElementsOf(alone.stream().map(Outcome::standing).toList())
                .contains(true, false);
        for (String table : TABLES) {
            // New keys are drawn; of threads in which several of them wrote, husks that waited for each other go at
            // once.
            String read = switch (table) {
                case "members", "dues" -> "SELECT count(*)::text FROM " + table;
                case "messages" -> "SELECT t::text FROM messages t WHERE body IS NOT NULL ORDER BY id";
                default -> "SELECT t::text FROM " + table + " t ORDER BY 1";
            };
            assertThat(other.rows("shop", read)).as(table).isEqualTo(company.rows("shop", read));
        }
        String husks = "SELECT id::text FROM messages WHERE body IS NULL";
        assertThat(company.rows("shop", husks)).containsAll(other.rows("shop", husks));
        String facts =
                "SELECT person_kind || CASE WHEN person_kind = 'member' THEN '' ELSE person_key::text END FROM kept.person_fact ORDER BY 1";
        assertThat(Company.rows(other.state(), facts))
                .isEqualTo(Company.rows(company.state(), facts))
                .isNotEmpty();
    }

    private static List<String> sorted(List<Stay> stays) {
        return stays.stream().map(Stay::toString).sorted().toList();
    }

    @Test
    void told_apart_before_anything_goes_it_is_what_each_look_by_itself_sees() {
        in(company, shop -> {
            List<Map<String, List<List<String>>>> people = new ArrayList<>();
            for (int id = 1; id <= 40; id++) {
                people.add(customer(id));
            }
            Planning planning = new Planning(shop.home().state());
            var now = shop.home().clock().instant();
            Map<String, List<List<String>>> all = Map.of(
                    "customer",
                    people.stream()
                            .map(person -> person.get("customer").getFirst())
                            .toList());
            Plan plan = planning.erasure(shop.store(), now, all).plan();
            List<LookResult> each = new PersonsLook(shop.store().catalogue())
                    .look(shop.session().connection(), plan, people, LIMIT);
            for (int i = 0; i < 40; i++) {
                Plan one = planning.erasure(shop.store(), now, people.get(i)).plan();
                LookResult alone = shop.runs().look(shop.store(), shop.session(), one);
                LookResult apart = each.get(i);
                alone.tables().forEach((table, look) -> {
                    var seen = apart.tables().get(table);
                    assertThat(seen == null ? 0 : seen.rows())
                            .as(table.toString())
                            .isEqualTo(look.rows());
                    if (seen != null
                            && !table.toString().equals("addresses")
                            && !table.toString().equals("messages")) {
                        // Shared rows of people who all leave are kept for nobody; each by herself leaves them to the
                        // others.
                        assertThat(seen).as(table.toString()).isEqualTo(look);
                    }
                });
            }
            return Grounds.of(shop.store().bound(), plan, each.getFirst());
        });
    }

    @Test
    void rows_of_two_who_both_leave_go_and_each_is_told_so() {
        other.database("shop")
                .execute(
                        "UPDATE messages SET sender = 1, recipient = 2 WHERE id = 40; UPDATE messages SET sender = 3, recipient = 1 WHERE id = 41");
        Outcome together = in(
                other,
                shop -> shop.erase(
                        Erasure.ofMany(shop.store(), shop.session(), List.of(customer(1), customer(2), customer(3)))));

        assertThat(other.rows("shop", "SELECT coalesce(body, 'gone') FROM messages WHERE id IN (40, 41)"))
                .containsOnly("gone");
        assertThat(together.each()).hasSize(3);
        assertThat(together.each().get(1).stays())
                .noneMatch(stay -> stay.table().toString().equals("messages")
                        && stay.ground().equals("rights-of-others"));
    }

    @Test
    void somebody_named_twice_gets_her_answer_twice() {
        Outcome together = in(
                other,
                shop -> shop.erase(
                        Erasure.ofMany(shop.store(), shop.session(), List.of(customer(5), customer(5), customer(6)))));

        assertThat(together.each().get(0).stays())
                .isEqualTo(together.each().get(1).stays())
                .isNotEmpty();
    }
}
