package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.suppression.Identifier;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.RunState;
import dev.kept.server.state.Suppressions.Mark;
import dev.kept.server.state.Suppressions.NumberedKey;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What erased persons were known by is remembered by hashes, once, whatever breaks off; and nothing that somebody else is known by. */
class MarkingTest {

    private static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, post: here, zone: Europe/Berlin}
            covers: {sites: [shop.example]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              phone: {from: you, is: pd:TelephoneNumber}
            uses:
              account: {basis: contract, data: [email, phone], ends: [{after: account.opened, for: 9 years}]}
            shares: {sale: never}
            cookies: {}
            keeps: {longest: 9 years, then: {rows: delete, backups: isolate}}
            signals: {dnt: not-answered, gpc: not-answered}
            contact: {email: privacy@shop.example, post: here}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    private static final String SCHEMA = """
            create table customers (id bigint primary key, email text, phone text, nick text unique, joined timestamptz not null default now());
            insert into customers select n, 'c' || n || '@shop.example', '+49 ' || n, 'nick' || n from generate_series(1, %d) as n;
            update customers set email = ' C2@Shop.example ', phone = '+49 2' where id = 3;
            create index on customers (lower(btrim(email)));
            analyze customers;
            """;

    private static final String MAP = """
            customers:
              person:
                customer:
                  key: id
                  found-by:
                    email: {column: email, match: casefold-trim}
                    phone: {column: phone}
                    nick: {column: nick}
              uses: [account]
              events: {account.opened: joined}
              columns: {email: email, phone: phone, nick: email}
            """;

    private static final CorrectionShop SMALL = new CorrectionShop(NOTICE, SCHEMA.formatted(5), MAP);

    @AfterAll
    static void close() {
        SMALL.close();
    }

    private static final class Broken extends RuntimeException {
        Broken() {
            super("broken off");
        }
    }

    private static Outcome erase(CorrectionShop shop, FaultPoints faults, String... keys) {
        RunService runs = new RunService(shop.state(), InstantSource.system(), faults);
        List<List<String>> persons = List.of(keys).stream().map(List::of).toList();
        return runs.erase(
                shop.live(),
                Map.of("customer", persons),
                CorrectionShop.OPERATOR,
                RunOptions.defaults(),
                RunWatch.NONE);
    }

    private static Map<String, String> known(CorrectionShop shop, String id, String email, String phone, String nick) {
        List<NumberedKey> keys = shop.state().suppressions().keys("shop");
        Map<String, String> known = new HashMap<>();
        for (NumberedKey key : keys) {
            Map<String, Identifier> names = Map.of(
                    "key", Identifier.key("customer", List.of(id)),
                    "email", Identifier.found("customer", "email", email),
                    "phone", Identifier.found("customer", "phone", phone),
                    "nick", Identifier.found("customer", "nick", nick));
            names.forEach((name, identifier) -> {
                String hash = key.key().hash("shop", identifier);
                Mark mark = shop.state().suppressions().find(key, List.of(hash)).get(hash);
                if (mark != null) {
                    known.put(name, mark.fit().name());
                }
            });
        }
        return known;
    }

    @Test
    void a_value_that_somebody_else_has_is_not_hers() {
        CorrectionShop shop = SMALL.reset();
        assertThat(erase(shop, FaultPoints.NONE, "2").state()).isEqualTo(RunState.DONE);
        assertThat(known(shop, "2", "c2@shop.example", "+49 2", "nick2"))
                .isEqualTo(Map.of("key", "KEY", "nick", "VALUE"));
        assertThat(erase(shop, FaultPoints.NONE, "4").state()).isEqualTo(RunState.DONE);
        assertThat(known(shop, "4", "c4@shop.example", "+49 4", "nick4"))
                .isEqualTo(Map.of("key", "KEY", "email", "VALUE", "phone", "VALUE", "nick", "VALUE"));
    }

    @Test
    void a_value_that_those_erased_together_share_is_theirs() {
        CorrectionShop shop = SMALL.reset();
        assertThat(erase(shop, FaultPoints.NONE, "2", "3").state()).isEqualTo(RunState.DONE);
        assertThat(known(shop, "2", "c2@shop.example", "+49 2", "nick2"))
                .isEqualTo(Map.of("key", "KEY", "email", "VALUE", "phone", "VALUE", "nick", "VALUE"));
    }

    @Test
    void in_a_large_table_it_is_asked_only_where_an_index_tells() {
        try (CorrectionShop shop = new CorrectionShop(NOTICE, SCHEMA.formatted(10_100), MAP)) {
            assertThat(erase(shop, FaultPoints.NONE, "2").state()).isEqualTo(RunState.DONE);
            assertThat(known(shop, "2", "c2@shop.example", "+49 2", "nick2"))
                    .isEqualTo(Map.of("key", "KEY", "phone", "SHARED_VALUE", "nick", "VALUE"));
            assertThat(erase(shop, FaultPoints.NONE, "4").state()).isEqualTo(RunState.DONE);
            assertThat(known(shop, "4", "c4@shop.example", "+49 4", "nick4"))
                    .isEqualTo(Map.of("key", "KEY", "email", "VALUE", "phone", "SHARED_VALUE", "nick", "VALUE"));
        }
    }

    @Test
    void an_index_of_another_column_of_a_like_name_tells_nothing() {
        String schema = SCHEMA.formatted(10_100)
                .replace(
                        "create index on customers (lower(btrim(email)));",
                        "alter table customers add backup_email text;"
                                + " create index on customers (lower(btrim(backup_email)));");
        String map = MAP.replace("columns: {", "columns: {backup_email: email, ");
        try (CorrectionShop shop = new CorrectionShop(NOTICE, schema, map)) {
            assertThat(erase(shop, FaultPoints.NONE, "2").state()).isEqualTo(RunState.DONE);
            assertThat(known(shop, "2", "c2@shop.example", "+49 2", "nick2"))
                    .containsEntry("email", "SHARED_VALUE")
                    .containsEntry("nick", "VALUE");
        }
    }

    @Test
    void a_table_that_has_grown_since_it_was_read_is_not_searched() {
        try (CorrectionShop shop = new CorrectionShop(NOTICE, SCHEMA.formatted(5), MAP)) {
            shop.live();
            shop.execute(
                    "insert into customers select n, 'x', '+49 ' || n, repeat('x', 700) || n from generate_series(10, 110000) as n");
            assertThat(erase(shop, FaultPoints.NONE, "4").state()).isEqualTo(RunState.DONE);
            assertThat(known(shop, "4", "c4@shop.example", "+49 4", "nick4"))
                    .isEqualTo(Map.of("key", "KEY", "email", "VALUE", "phone", "SHARED_VALUE", "nick", "VALUE"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"RUN_NOTED", "PENDING_NOTED", "COMMITTED", "END_REACHED"})
    void nothing_is_remembered_before_the_end_and_all_of_it_after_whatever_broke_off(Point point) {
        CorrectionShop shop = SMALL.reset();
        brokenAt(point, shop);
        finished(shop);
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"RUN_PLANNED", "BATCH_BEGUN", "ROWS_LOCKED", "TRANSACTION_NUMBERED"})
    void what_broke_off_before_its_first_note_has_not_happened(Point point) {
        CorrectionShop shop = SMALL.reset();
        List<String> before = shop.rows("select * from customers order by id");
        brokenAt(point, shop);
        assertThat(shop.state().runs().recent(1)).isEmpty();
        assertThat(shop.rows("select * from customers order by id")).isEqualTo(before);

        assertThat(erase(shop, FaultPoints.NONE, "4").state()).isEqualTo(RunState.DONE);
        assertThat(known(shop, "4", "c4@shop.example", "+49 4", "nick4"))
                .isEqualTo(Map.of("key", "KEY", "email", "VALUE", "phone", "VALUE", "nick", "VALUE"));
    }

    /** As where the process ends there. */
    private static void brokenAt(Point point, CorrectionShop shop) {
        assertThatThrownBy(() -> erase(
                        shop,
                        reached -> {
                            if (reached == point) {
                                throw new Broken();
                            }
                        },
                        "4"))
                .isInstanceOf(Broken.class);
        assertThat(known(shop, "4", "c4@shop.example", "+49 4", "nick4")).isEmpty();
    }

    /** The run that was to erase the fourth is brought to its end. */
    private static void finished(CorrectionShop shop) {
        RunService runs = new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE);
        try (StoreSession session = runs.open(shop.live(), SessionOptions.forPersons("kept test"))) {
            assertThat(runs.finishBroken(shop.live(), session, RunOptions.defaults(), RunWatch.NONE))
                    .extracting(Outcome::state)
                    .containsExactly(RunState.DONE);
        }
        assertThat(known(shop, "4", "c4@shop.example", "+49 4", "nick4"))
                .isEqualTo(Map.of("key", "KEY", "email", "VALUE", "phone", "VALUE", "nick", "VALUE"));
        assertThat(shop.rows("select count(*) from customers where id = 4")).containsExactly("0");
    }

    /** Not a process that ends but a store that says no: the run is stopped in good order, and goes on once the store does its part. */
    @Test
    void where_the_store_refuses_the_first_change_nothing_is_remembered_and_the_run_can_be_finished() {
        CorrectionShop shop = SMALL.reset();
        shop.execute("create function refused() returns trigger language plpgsql as"
                + " $$ begin raise exception 'not now'; end $$;"
                + " create trigger refused before delete on customers for each row execute function refused()");
        assertThatThrownBy(() -> erase(shop, FaultPoints.NONE, "4")).isInstanceOf(CannotRun.class);
        assertThat(known(shop, "4", "c4@shop.example", "+49 4", "nick4")).isEmpty();
        shop.execute("drop trigger refused on customers");
        finished(shop);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void also_in_batches_and_for_who_is_not_there_by_her_key(int rows) {
        CorrectionShop shop = SMALL.reset();
        RunService runs = new RunService(shop.state(), InstantSource.system(), FaultPoints.NONE);
        Outcome outcome = runs.erase(
                shop.live(),
                Map.of("customer", List.of(List.of("5"), List.of("77"))),
                CorrectionShop.OPERATOR,
                new RunOptions(Duration.ofMillis(250), Pace.FULL, 10_000, 1_000, rows),
                RunWatch.NONE);
        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        assertThat(known(shop, "5", "c5@shop.example", "+49 5", "nick5"))
                .isEqualTo(Map.of("key", "KEY", "email", "VALUE", "phone", "VALUE", "nick", "VALUE"));
        assertThat(known(shop, "77", "", "", "")).isEqualTo(Map.of("key", "KEY"));
    }
}
