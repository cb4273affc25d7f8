package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.AccessOfMany;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessOfMany.Gathered;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Extent;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.State;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that are read together: each is what it is alone, part by part, and what goes wrong with one is hers. */
class AccessOfManyTest {

    /** Fifty more who write to one another, share addresses, answer comments and have what they like in their rows; from one seed. */
    private static final String CROWD = """
            SELECT setseed(0.4);
            INSERT INTO customers (id, email, full_name, password_hash, referred_by, address_id, created_at, seen_at)
                SELECT i, 'p' || i || '@example.org', 'Person ' || i, 'secret ' || i,
                CASE WHEN random() < .5 THEN 1 ELSE 770002 END, NULL, '2025-01-01Z',
                CASE WHEN random() < .5 THEN timestamptz '2025-02-01Z' + random() * interval '1 year' END
                FROM generate_series(100, 149) i;
            INSERT INTO addresses SELECT i, 100 + (random() * 49)::int, 'Street ' || i, '2025-01-01Z' FROM generate_series(200, 240) i;
            UPDATE customers SET address_id = 200 + (random() * 40)::int WHERE id BETWEEN 100 AND 149;
            INSERT INTO subscribers SELECT email, full_name, '2026-02-01Z' FROM customers WHERE id BETWEEN 100 AND 149 AND random() < .7;
            INSERT INTO orders SELECT i, 100 + (random() * 49)::int, 200 + (random() * 40)::int,
                CASE WHEN random() < .3 THEN 'open' ELSE 'sent' END, 'note ' || i, random() * 100, random(), '\\x01'::bytea, '{x}'::text[], NULL::timestamp,
                timestamptz '2016-02-01Z' + random() * interval '10 years' FROM generate_series(1000, 1300) i;
            INSERT INTO order_lines SELECT 1000 + (random() * 300)::int, i, 1, 'line ' || i FROM generate_series(1, 500) i;
            INSERT INTO messages (id, sender_id, recipient_id, sender_name, subject, body, read_note, sent_at)
                SELECT i, 100 + (random() * 49)::int, CASE WHEN random() < .9 THEN 100 + (random() * 49)::int END, 'sender ' || i,
                'subject ' || i, 'body ' || i, 'read ' || i, '2026-02-01Z' FROM generate_series(2000, 2400) i;
            INSERT INTO comments SELECT i, 100 + (random() * 49)::int, CASE WHEN i > 3000 AND random() < .8 THEN 3000 + (random() * (i - 3001))::int END,
                'comment ' || i, '2026-02-01Z' FROM generate_series(3000, 3200) i;
            INSERT INTO profiles SELECT i, jsonb_build_object('email', 'p' || i, 'contact', jsonb_build_object('name', 'P' || i), 'token', 'T' || i)
                FROM generate_series(100, 149) i WHERE random() < .6;
            INSERT INTO sessions SELECT 'token ' || i, 100 + (random() * 49)::int, 'agent ' || i, '2026-02-20Z' FROM generate_series(1, 100) i;
            INSERT INTO session_pages SELECT i, 'token ' || (1 + (random() * 99)::int), '/' || i FROM generate_series(4000, 4200) i;
            INSERT INTO mail_log SELECT ' P' || (100 + (random() * 49)::int) || '@Example.org', 'mx' || i, '2026-02-20Z' FROM generate_series(1, 200) i;
            INSERT INTO customers (id, email, created_at) VALUES (150, '', '2025-01-01Z'), (151, ' ', '2025-01-01Z');
            INSERT INTO mail_log VALUES ('', 'nobody', '2026-02-20Z'), ('  ', 'nobody', '2026-02-20Z'), (NULL, 'nobody', '2026-02-20Z');
            ANALYZE;
            """;

    private final Bazaar bazaar = new Bazaar();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        bazaar.close();
    }

    private static Asking asking(Extent extent, Map<String, List<List<String>>> keys) {
        return new Asking(Map.of("bazaar", keys), extent, Bazaar.OPERATOR, "en");
    }

    private static Asking customer(int... ids) {
        List<List<String>> keys = new ArrayList<>();
        for (int id : ids) {
            keys.add(List.of(Integer.toString(id)));
        }
        return asking(Extent.EVERYTHING, Map.of("customer", keys));
    }

    private static Asking both(Extent extent, int id) {
        return asking(
                extent,
                Map.of(
                        "customer",
                        List.of(List.of(Integer.toString(id))),
                        "subscriber",
                        List.of(List.of("p" + id + "@example.org"))));
    }

    private static List<Asking> crowd() {
        List<Asking> people = new ArrayList<>();
        for (int id = 100; id < 150; id++) {
            people.add(id % 5 == 0 ? both(Extent.EVERYTHING, id) : customer(id));
        }
        people.add(customer(150));
        people.add(customer(151));
        people.add(customer(1));
        people.add(customer(770001));
        people.add(customer(770002));
        people.add(customer(101));
        people.add(customer(120, 130));
        people.add(customer(1, 770001));
        people.add(customer(4711));
        return people;
    }

    private static void facts(State state) {
        state.personFacts()
                .apply(List.of(
                        state.personFacts()
                                .add("bazaar", "customer", List.of("101"), new What.Restricted(), UUID.randomUUID()),
                        state.personFacts()
                                .add("bazaar", "customer", List.of("102"), new What.Erased(), UUID.randomUUID()),
                        state.personFacts()
                                .add(
                                        "bazaar",
                                        "customer",
                                        List.of("103"),
                                        new What.Objected("orders"),
                                        UUID.randomUUID()),
                        state.holds()
                                .opening(
                                        UUID.randomUUID(),
                                        "bazaar",
                                        TableName.parse("orders"),
                                        List.of("1001"),
                                        "a claim",
                                        LocalDate.of(2026, 9, 1),
                                        state.privateLog().record("Olga", Optional.empty(), "court letter"))));
    }

    @Test
    void packages_that_are_read_together_are_those_that_are_read_alone() {
        bazaar.execute(CROWD);
        try (State state = bazaar.state()) {
            facts(state);
            MadePackages making = new MadePackages(state, List.of(bazaar.store()), List.of(), folder);
            List<Asking> people = crowd();

            int together = making.compare(people);

            assertThat(together).isEqualTo(people.size());
        }
    }

    @Test
    void so_are_those_of_what_may_be_taken_along() {
        bazaar.execute(CROWD);
        try (State state = bazaar.state()) {
            MadePackages making = new MadePackages(state, List.of(bazaar.store()), List.of(), folder);
            List<Asking> people = new ArrayList<>();
            for (int id = 100; id < 140; id++) {
                people.add(both(id % 2 == 0 ? Extent.PORTABLE : Extent.EVERYTHING, id));
            }

            assertThat(making.compare(people)).isEqualTo(people.size());
        }
    }

    @Test
    void who_has_more_than_is_held_in_memory_falls_out_and_holds_nobody_up() {
        bazaar.execute(CROWD);
        bazaar.execute(
                "INSERT INTO orders (id, customer_id, note, placed_at)"
                        + " SELECT 100000 + i, 110, 'note ' || i, '2026-02-01Z' FROM generate_series(1, 20000) i;"
                        + "INSERT INTO comments SELECT 100000 + i, 111, NULL, repeat('long ', 200000), '2026-02-01Z' FROM generate_series(1, 30) i");
        try (State state = bazaar.state()) {
            MadePackages making = new MadePackages(state, List.of(bazaar.store()), List.of(), folder);
            List<Asking> people = List.of(customer(109), customer(110), customer(111), customer(112));

            List<Optional<Gathered>> gathered = making.gather(people);

            assertThat(gathered).extracting(Optional::isPresent).containsExactly(true, false, false, true);
            assertThat(making.compare(people)).isEqualTo(2);
            assertThat(making.alone(people.get(1)).counts().get("orders")).isGreaterThan(20_000);
        }
    }

    @Test
    void who_is_asked_what_nobody_else_is_asked_is_read_by_herself() {
        bazaar.execute(CROWD);
        try (State state = bazaar.state()) {
            MadePackages making = new MadePackages(state, List.of(bazaar.store()), List.of(), folder);

            assertThat(making.gather(List.of(customer(100), both(Extent.EVERYTHING, 105), customer(101))))
                    .extracting(Optional::isPresent)
                    .containsExactly(true, false, true);
        }
    }

    @Test
    void what_cannot_be_written_of_one_is_hers_alone() {
        bazaar.execute(CROWD);
        try (State state = bazaar.state()) {
            LiveStore store = bazaar.store();
            MadePackages making = new MadePackages(state, List.of(store), List.of(), folder);
            List<Asking> people = List.of(customer(100), customer(101));
            List<Optional<Gathered>> gathered = making.gather(people);
            OutputStream full = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("no room");
                }
            };

            assertThatThrownBy(() -> new AccessService(state, state.clock())
                            .write(List.of(store), gathered.getFirst().orElseThrow(), full))
                    .isInstanceOf(IOException.class);

            assertThat(making.together(gathered.getLast().orElseThrow())).isEqualTo(making.alone(people.getLast()));
        }
    }

    @Test
    void a_file_beside_the_package_that_fails_in_the_middle_is_told_as_what_cannot_be_written() {
        bazaar.execute(CROWD);
        bazaar.execute(
                "INSERT INTO orders (id, customer_id, note, placed_at)"
                        + " SELECT 100000 + i, 100 + mod(i, 2), md5(i::text) || md5((-i)::text) || md5(i || chr(97)), '2026-02-01Z' FROM generate_series(1, 6200) i");
        try (State state = bazaar.state()) {
            LiveStore store = bazaar.store();
            MadePackages making = new MadePackages(state, List.of(store), List.of(), folder);
            List<Asking> people = List.of(customer(100), customer(101));
            List<Optional<Gathered>> gathered = making.gather(people);
            // a thread that is interrupted cannot write to files any more; by then the page has all of the rows that it
            // shows, and only the data goes on
            OutputStream interrupting = new OutputStream() {
                private int bytes;

                @Override
                public void write(int b) {
                    if (++bytes == 128_000) {
                        Thread.currentThread().interrupt();
                    }
                }
            };

            assertThatThrownBy(() -> new AccessService(state, state.clock())
                            .write(List.of(store), gathered.getFirst().orElseThrow(), interrupting))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the data cannot be written");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(making.together(gathered.getLast().orElseThrow())).isEqualTo(making.alone(people.getLast()));
        }
    }

    @Test
    void one_moment_is_handed_out_whatever_happens_before_it_is_written() {
        bazaar.execute(CROWD);
        try (State state = bazaar.state()) {
            MadePackages making = new MadePackages(state, List.of(bazaar.store()), List.of(), folder);
            List<Asking> people = List.of(customer(100), customer(101));
            MadePackages.Made before = making.alone(people.getFirst());
            List<Optional<Gathered>> gathered = making.gather(people);

            bazaar.execute(
                    "DELETE FROM session_pages; DELETE FROM order_lines; UPDATE customers SET full_name = 'ZZ-PLANTED'");

            assertThat(making.together(gathered.getFirst().orElseThrow())).isEqualTo(before);
        }
    }

    @Test
    void what_takes_too_long_in_all_is_given_up_for_all() {
        bazaar.execute(CROWD);
        try (State state = bazaar.state()) {
            List<LiveStore> stores = List.of(bazaar.store());
            Deque<Instant> times = new ArrayDeque<>();
            for (int i = 0; i < 10; i++) {
                times.add(state.clock()
                        .instant()
                        .plus(AccessOfMany.LIMIT.multipliedBy(2 * i).dividedBy(3)));
            }
            AccessOfMany many = new AccessOfMany(state, times::remove);
            List<Asking> one = List.of(customer(100), customer(101));
            List<Asking> several =
                    List.of(customer(100), customer(101), both(Extent.EVERYTHING, 105), both(Extent.EVERYTHING, 110));
            AccessService access = new AccessService(state, state.clock());

            assertThat(many.gather(stores, List.of(), access.recorded(stores, one)))
                    .allMatch(Optional::isPresent);
            assertThatThrownBy(() -> many.gather(stores, List.of(), access.recorded(stores, several)))
                    .isInstanceOf(CannotRun.class)
                    .hasMessageContaining("longer than");
        }
    }

    @Test
    void a_store_that_is_isolated_is_not_read_and_not_handed_out() {
        try (State state = bazaar.state()) {
            LiveStore store = bazaar.store();
            MadePackages making = new MadePackages(state, List.of(store), List.of(), folder);
            List<Asking> people = List.of(customer(1), customer(770001));
            List<Optional<Gathered>> gathered = making.gather(people);

            bazaar.executeState(
                    "insert into kept.restored values (gen_random_uuid(), 'bazaar', now(), 'nobody', null)");

            assertThatThrownBy(() -> making.gather(people)).isInstanceOf(CannotRun.class);
            assertThatThrownBy(() -> new AccessService(state, state.clock())
                            .write(List.of(store), gathered.getFirst().orElseThrow(), OutputStream.nullOutputStream()))
                    .isInstanceOf(CannotRun.class);
        }
    }

    @Test
    void who_acts_is_recorded_for_each_before_a_store_that_fails_is_read() {
        try (State state = bazaar.state()) {
            LiveStore store = bazaar.store();
            bazaar.execute("DROP TABLE session_pages");
            MadePackages making = new MadePackages(state, List.of(store), List.of(), folder);

            assertThatThrownBy(() -> making.gather(List.of(customer(1), customer(770001))))
                    .isInstanceOf(CannotRun.class);

            assertThat(bazaar.stateRows("select operator from kept.private_log"))
                    .hasSize(2);
            assertThat(bazaar.stateRows("select kind from kept.journal")).isEmpty();
        }
    }
}
