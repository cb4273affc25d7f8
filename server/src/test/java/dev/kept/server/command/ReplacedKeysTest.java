package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.command.Company.Said;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.RunService;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Members whose key is their address: it is replaced while an order of theirs is open, and what Kept knows of them goes on under the new one. */
class ReplacedKeysTest extends OneShop {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example], services: [shop]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              address: {from: you, is: pd:PhysicalAddress}
              order-line: {from: you, is: pd:Purchase}
            uses:
              account: {basis: contract, data: [email], ends: [{after: account.opened, for: 1 year}]}
              delivery: {basis: contract, data: [address], ends: [{after: order.placed, for: 2 years}]}
            keeps:
              longest: 2 years
              beyond: {accounting: {law: "HGB 257", duty: required, data: [order-line], ends: [{after: order.placed, for: 10 years, rounded: end-of-year}]}}
              then: {rows: delete}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            We hold your addresses and what you order. {#collects.email collects.address collects.order-line}

            Accounts. {#uses.account} Deliveries. {#uses.delivery}

            At most {{keeps.longest}}. {#keeps.longest} Invoices longer. {#keeps.beyond.accounting} Then all goes. {#keeps.then}

            Write to us. {#contact} We answer. {#rights.answered-within rights.erase}
            """;

    private static final String SHOP = """
            CREATE TABLE members (email text PRIMARY KEY, opened timestamptz NOT NULL);
            CREATE TABLE orders (id int PRIMARY KEY, member text NOT NULL REFERENCES members, address text, state text NOT NULL,
                total text, placed timestamptz NOT NULL);
            CREATE TABLE notes (member text REFERENCES members, number int, note text, placed timestamptz NOT NULL, PRIMARY KEY (member, number));
            INSERT INTO members VALUES ('m1@example.org', now() - interval '100 days'), ('m2@example.org', now() - interval '100 days');
            INSERT INTO orders VALUES (1, 'm1@example.org', 'Mill Lane 1', 'paid', '10', now() - interval '99 days'),
                (2, 'm1@example.org', 'Mill Lane 1', 'sent', '20', now() - interval '99 days'),
                (3, 'm2@example.org', 'Mill Lane 2', 'paid', '30', now() - interval '99 days');
            INSERT INTO notes VALUES ('m1@example.org', 1, 'note 1', now() - interval '99 days'), ('m2@example.org', 1, 'note 2', now() - interval '99 days');
            """;

    private static final String MAP = """
            members:
              person: {member: {key: email, found-by: {email: email}}}
              uses: [account]
              events: {account.opened: opened}
              columns: {email: email, opened: not-personal}
            orders:
              belongs-to: {buyer: {person: member, via: member}}
              uses: [delivery, accounting]
              events: {order.placed: placed}
              while: {order.open: {state: [paid]}}
              columns: {address: {is: address, for: [delivery]}, total: order-line, state: not-personal, placed: not-personal}
            notes:
              belongs-to: {writer: {person: member, via: member}}
              uses: [delivery]
              events: {order.placed: placed}
              columns: {note: address, placed: not-personal}
            """;

    ReplacedKeysTest() {
        super(NOTICE, PROSE, SHOP, MAP);
    }

    private String addresses() {
        return String.join(
                " ", company.rows("shop", "SELECT id || ':' || coalesce(address, '-') FROM orders ORDER BY id"));
    }

    @Test
    void request_stands_under_the_new_key_and_is_applied_when_the_order_closes() throws IOException {
        Said said = company.erase("email: m1@example.org");

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out().lines())
                .anyMatch(line -> line.matches(" *orders +1 row +for `delivery` +contract-open.*"));
        assertThat(company.rows("shop", "SELECT email FROM members WHERE email LIKE 'm1@%'"))
                .isEmpty();
        assertThat(addresses()).isEqualTo("1:Mill Lane 1 2:- 3:Mill Lane 2");
        assertThat(Company.rows(company.state(), "SELECT person_key[1] FROM kept.person_fact"))
                .isEqualTo(company.rows("shop", "SELECT member FROM orders WHERE id = 1"));

        company.database("shop").execute("UPDATE orders SET state = 'sent'");
        assertThat(company.kept("sweep").exit()).isZero();

        assertThat(addresses()).isEqualTo("1:- 2:- 3:Mill Lane 2");
    }

    @Test
    void who_comes_back_under_the_old_address_is_somebody_else_to_the_request() throws IOException {
        company.erase("email: m1@example.org");
        company.database("shop")
                .execute("INSERT INTO members VALUES ('m1@example.org', now());"
                        + " INSERT INTO orders VALUES (9, 'm1@example.org', 'Mill Lane 9', 'sent', '90', now())");
        company.kept("sweep");

        assertThat(addresses()).isEqualTo("1:Mill Lane 1 2:- 3:Mill Lane 2 9:Mill Lane 9");
        assertThat(company.rows("shop", "SELECT email FROM members WHERE email LIKE 'm1@%'"))
                .containsExactly("m1@example.org");
    }

    @Test
    void key_that_a_sweep_replaces_takes_along_what_kept_knows_and_holds() {
        company.kept(
                "hold",
                "--operator",
                "Anna",
                "--table",
                "notes",
                "--record",
                "m1@example.org,1",
                "--reason",
                "a claim",
                "--review",
                "2099-01-01");
        company.database("shop")
                .execute("UPDATE members SET opened = now() - interval '400 days' WHERE email LIKE 'm1@%'");
        Company.rows(
                company.state(),
                "INSERT INTO kept.person_fact (id, store, person_kind, person_key, what, since) VALUES (gen_random_uuid(),"
                        + " 'shop', 'member', '{m1@example.org}', 'erased', now()) RETURNING what");

        assertThat(company.kept("sweep").exit()).isZero();

        String key =
                company.rows("shop", "SELECT member FROM orders WHERE id = 1").getFirst();
        assertThat(key).startsWith("erased-");
        assertThat(Company.rows(company.state(), "SELECT person_key[1] FROM kept.person_fact"))
                .containsExactly(key);
        assertThat(Company.rows(company.state(), "SELECT record_key[1] || ',' || record_key[2] FROM kept.hold"))
                .containsExactly(key + ",1");
        assertThat(company.rows("shop", "SELECT note FROM notes ORDER BY note")).containsExactly("note 1", "note 2");

        company.database("shop").execute("UPDATE orders SET state = 'sent'");
        assertThat(company.kept("sweep").exit()).isZero();

        assertThat(addresses()).isEqualTo("1:- 2:- 3:Mill Lane 2");
        assertThat(company.rows("shop", "SELECT note FROM notes ORDER BY note")).containsExactly("note 1", "note 2");
    }

    @Test
    void address_that_only_begins_like_a_replaced_key_is_replaced_too() throws IOException {
        company.database("shop")
                .execute(
                        "INSERT INTO members VALUES ('erased-bob@example.org', now());"
                                + " INSERT INTO orders VALUES (9, 'erased-bob@example.org', 'Mill Lane 9', 'paid', '90', now())");

        assertThat(company.erase("email: erased-bob@example.org").exit()).isZero();

        assertThat(company.rows("shop", "SELECT email FROM members WHERE email LIKE '%bob@%'"))
                .isEmpty();
    }

    /** A process that was killed runs nothing any more. */
    private static final class Killed extends Error {
        Killed(Point point) {
            super(point.name());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"RUN_NOTED", "KEYS_REPLACED", "PENDING_NOTED", "COMMITTED", "END_REACHED", "END_NOTED"})
    void request_stands_under_the_new_key_whenever_its_run_broke_off(Point point) {
        try (Home home = Home.open(folder, new Environment(Map.of()), InstantSource.system())) {
            LiveStore store = home.stores(Optional.of("shop")).stream()
                    .map(bound -> LiveStore.open(home, bound))
                    .findFirst()
                    .orElseThrow();
            RunService killed = new RunService(home.state(), home.clock(), at -> {
                if (at == point) {
                    throw new Killed(at);
                }
            });
            assertThatThrownBy(() -> killed.erase(
                            store,
                            Map.of("member", List.of(List.of("m1@example.org"))),
                            new Operator("Anna", "by letter"),
                            RunOptions.defaults(),
                            RunWatch.NONE))
                    .isInstanceOf(Killed.class);
        }

        assertThat(company.kept("sweep").exit()).isZero();

        assertThat(addresses()).isEqualTo("1:Mill Lane 1 2:- 3:Mill Lane 2");
        assertThat(company.rows("shop", "SELECT email FROM members WHERE email LIKE 'm1@%'"))
                .isEmpty();
        assertThat(Company.rows(company.state(), "SELECT person_key[1] FROM kept.person_fact"))
                .isEqualTo(company.rows("shop", "SELECT member FROM orders WHERE id = 1"));
        assertThat(Company.rows(company.state(), "SELECT count(*) FROM kept.run WHERE run_key IS NOT NULL"))
                .containsExactly("0");

        company.database("shop").execute("UPDATE orders SET state = 'sent'");
        assertThat(company.kept("sweep").exit()).isZero();

        assertThat(addresses()).isEqualTo("1:- 2:- 3:Mill Lane 2");
    }
}
