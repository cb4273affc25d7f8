package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.own.OwnStore;
import dev.kept.server.own.OwnSweep;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kept itself holds about requests is forgotten by the planner that forgets everything else. */
class OwnDataTest {

    private static final List<String> TABLES = List.of(
            "request",
            "request_event",
            "request_typed",
            "request_on_file",
            "request_person",
            "request_message",
            "request_store",
            "request_proof",
            "request_visit");

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    private Outcome sweep() {
        RunService runs = new RunService(bakery.home().state(), bakery.home().clock(), FaultPoints.NONE);
        return OwnSweep.sweep(bakery.home(), runs, Operator.SCHEDULE, RunOptions.defaults(), RunWatch.NONE)
                .orElseThrow();
    }

    /** Rows of one request by table. */
    private Map<String, Long> rows(StoredRequest request) {
        Map<String, Long> rows = new TreeMap<>();
        bakery.home()
                .state()
                .database()
                .useHandle(handle -> TABLES.forEach(table -> {
                    String column = table.equals("request") ? "id" : "request";
                    long count = handle.createQuery("select count(*) from kept." + table + " where " + column + " = ?")
                            .bind(0, request.id())
                            .mapTo(Long.class)
                            .one();
                    if (count > 0) {
                        rows.put(table, count);
                    }
                }));
        return rows;
    }

    @Test
    void what_was_typed_goes_when_it_is_closed_where_to_reach_her_later_and_the_rest_when_it_may() {
        StoredRequest request = bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        bakery.step();
        assertThat(bakery.again(request).request().closedAt()).isPresent();
        assertThat(rows(request)).containsKeys("request_typed", "request_on_file", "request_person", "request_event");

        bakery.turn(Duration.ofMinutes(1));
        assertThat(sweep().state()).isEqualTo(RunState.DONE);
        assertThat(rows(request))
                .doesNotContainKey("request_typed")
                .containsKeys("request", "request_on_file", "request_person", "request_event", "request_store");

        bakery.turn(Duration.ofDays(31));
        sweep();
        assertThat(rows(request)).containsOnlyKeys("request", "request_event", "request_store");

        bakery.turn(Duration.ofDays(690));
        sweep();
        assertThat(rows(request)).containsOnlyKeys("request", "request_event", "request_store");

        bakery.turn(Duration.ofDays(12));
        Outcome last = sweep();
        assertThat(rows(request)).isEmpty();
        assertThat(last.look().orElseThrow().left()).isZero();
    }

    @Test
    void what_nobody_proved_goes_a_month_after_it_was_given_up() {
        StoredRequest proven = bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        StoredRequest unproven = bakery.ask(Ask.of(Kind.ACCESS), "ben@example.org", Visits.secret());
        bakery.step();
        bakery.turn(Duration.ofDays(15));
        bakery.keepTime();
        assertThat(bakery.again(unproven).request().closedAt()).isPresent();

        bakery.turn(Duration.ofDays(31));
        sweep();

        assertThat(rows(unproven)).isEmpty();
        assertThat(rows(proven)).containsKeys("request", "request_event");
    }

    @Test
    void what_a_command_left_goes_although_nobody_ever_asked_for_anything() {
        Map<String, Integer> days =
                Map.of("correction", 91, "hook", 367, "informing", 740); // of what names a run, no request is there
        for (String table : days.keySet()) {
            bakery.home()
                    .state()
                    .database()
                    .useHandle(handle -> handle.execute(
                            switch (table) {
                                case "correction" ->
                                    "insert into kept.correction (run, store, made_at) values (gen_random_uuid(), 'shop', ?)";
                                case "informing" ->
                                    "insert into kept.informing (id, request, recipient, done, way, state, made_at, due_at, ended_at, confirm) select gen_random_uuid(),"
                                            + " gen_random_uuid(), 'mailer', 'rectification', 'by-hand', 'closed', at, at, at, '' from (select ?::timestamptz as at) made";
                                default ->
                                    "insert into kept.hook (id, recipient, type, state, made_at, due_at) select gen_random_uuid(), 'carrier', 'dev.kept.rectification',"
                                            + " 'taken', at, at from (select ?::timestamptz as at) made";
                            },
                            Requests.at(bakery.now())));
            bakery.turn(Duration.ofDays(days.get(table)));

            sweep();

            long left = bakery.home()
                    .state()
                    .database()
                    .withHandle(handle -> handle.createQuery("select count(*) from kept." + table)
                            .mapTo(Long.class)
                            .one());
            assertThat(left).as(table).isZero();
        }
    }

    @Test
    void what_is_open_stays() {
        StoredRequest open = bakery.proven(Ask.of(Kind.RECTIFICATION), "anna@example.org");
        bakery.step();
        Map<String, Long> before = rows(open);
        bakery.turn(Duration.ofDays(900));

        sweep();

        Map<String, Long> after = rows(open);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void other_peoples_requests_are_not_touched() {
        StoredRequest annas = bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        bakery.step();
        StoredRequest bens = bakery.proven(Ask.of(Kind.RECTIFICATION), "ben@example.org");
        Map<String, Long> before = rows(bens);
        bakery.turn(Duration.ofDays(800));

        sweep();

        assertThat(rows(annas)).isEmpty();
        assertThat(rows(bens)).isEqualTo(before);
    }

    @Test
    void nothing_outside_refers_to_what_is_forgotten_and_whatever_is_about_a_request_is_mapped() {
        LiveStore own = OwnStore.live(bakery.home());
        List<String> mapped = own.bound().store().tables().keySet().stream()
                .map(Object::toString)
                .toList();
        assertThat(mapped).hasSizeGreaterThan(10);
        bakery.home().state().database().useHandle(handle -> {
            assertThat(handle.createQuery(
                                    "select conrelid::regclass::text from pg_constraint where contype = 'f'"
                                            + " and confdeltype <> 'c' and confrelid::regclass::text = any (:mapped) and not conrelid::regclass::text = any (:mapped)")
                            .bindArray("mapped", String.class, mapped)
                            .mapTo(String.class)
                            .list())
                    .as("tables that refer to what is forgotten, and are not in kept's own map")
                    .isEmpty();
            assertThat(handle.createQuery("select 'kept.' || table_name from information_schema.columns"
                                    + " where table_schema = 'kept' and column_name = 'request'"
                                    + " and not 'kept.' || table_name = any (:mapped) and table_name <> 'person_fact'")
                            .bindArray("mapped", String.class, mapped)
                            .mapTo(String.class)
                            .list())
                    .as("tables about a request that are not in kept's own map")
                    .isEmpty();
        });
    }

    @Test
    void who_asks_for_access_also_gets_what_kept_holds_about_her_requests_and_nothing_of_others() throws IOException {
        StoredRequest annas = bakery.proven(Ask.of(Kind.RECTIFICATION), "anna@example.org");
        StoredRequest bens = bakery.proven(Ask.of(Kind.RECTIFICATION), "ben@example.org");
        Path person = Files.writeString(folder.resolve("anna.txt"), "email: anna@example.org\n");
        Path zip = folder.resolve("anna.zip");

        var said = bakery.company()
                .kept(
                        "access",
                        "--operator",
                        "Anna",
                        "--checked",
                        "signed in",
                        "--persons",
                        person.toString(),
                        "--to",
                        zip.toString());

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        String all = unpacked(zip);
        assertThat(all)
                .contains(annas.number(), "kept.request", "rectification", "Anna@example.org")
                .doesNotContain(bens.number(), "ben@example.org");
        bakery.home()
                .state()
                .database()
                .useHandle(handle -> handle.createQuery(
                                "select encode(hash, 'hex') from kept.request_proof union select encode(browser, 'hex') from kept.request_visit")
                        .mapTo(String.class)
                        .forEach(secret -> assertThat(all).doesNotContain(secret)));
    }

    private static String unpacked(Path zip) throws IOException {
        StringBuilder all = new StringBuilder();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                all.append(new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    @Test
    void proving_finds_what_should_have_gone_and_a_sweep_mends_it() {
        bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        bakery.step();
        assertThat(bakery.company().kept("prove", "--json").out())
                .contains("rows of what Kept itself holds about requests, of which none is overdue");
        bakery.company()
                .state()
                .execute(
                        "update kept.request set closed_at = now() - interval '5 days', settled_at = now() - interval '5 days'");

        var broken = bakery.company().kept("prove", "--json");

        assertThat(broken.out())
                .contains("in 1 row of `kept.request_typed` of Kept's own database", "kept sweep --store kept");
        assertThat(bakery.company().kept("sweep", "--store", "kept").exit()).isZero();
        assertThat(bakery.company().kept("prove", "--json").out()).doesNotContain("was due to go more than a day ago");
    }

    @Test
    void a_sweep_of_a_store_says_what_went_of_requests() {
        bakery.proven(Ask.of(Kind.ERASURE), "anna@example.org");
        bakery.step();
        bakery.company()
                .state()
                .execute(
                        "update kept.request set closed_at = now() - interval '5 days', settled_at = now() - interval '5 days'");

        var said = bakery.company().kept("sweep", "--operator", "Anna");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("What Kept itself holds about requests: done, 1 change.");
    }

    @Test
    void its_schedule_is_shown_like_a_companys() {
        var said = bakery.company().kept("plan", "--store", "kept");

        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("The schedule of `kept`", "kept.request_typed", "0 days after request.closed")
                .contains("2 years after request.closed");
    }

    @Test
    void longer_than_the_notice_promises_is_refused() throws IOException {
        bakery.close();
        Path other = folder.resolve("other");
        bakery = new Bakery(other, "requests: {kept-for: 5 years}\n");

        var said = bakery.company().kept("plan", "--store", "kept");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("`requests: {kept-for: 5 years}` in `kept.yaml` is longer than the notice promises: 2 years");
    }
}
