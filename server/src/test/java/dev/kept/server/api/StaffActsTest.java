package dev.kept.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.api.Dairy.Said;
import dev.kept.server.command.Company;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Caller;
import dev.kept.server.signin.Permissions;
import dev.kept.server.signin.Role;
import dev.kept.server.state.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What staff do besides requests, done by programs: holds, a second person's yes, keys, the ledger. */
class StaffActsTest {

    private static final String HOLDS = "/api/v1/holds";
    private static final String KEYS = "/api/v1/keys";

    @TempDir
    private Path folder;

    private Dairy dairy;

    @BeforeEach
    void open() throws IOException {
        dairy = new Dairy(folder, "");
    }

    @AfterEach
    void close() {
        dairy.close();
    }

    private static String fresh() {
        return "\"" + UUID.randomUUID() + "\"";
    }

    private Said post(String key, String path, String body, String idempotency) {
        return dairy.send(0, "POST", path, key, body.getBytes(StandardCharsets.UTF_8), "Idempotency-Key", idempotency);
    }

    private Said post(String path, String body) {
        return post(dairy.key, path, body, fresh());
    }

    private List<String> state(String sql) {
        return Company.rows(dairy.company().state(), sql);
    }

    private String journal() {
        return String.join("\n", state("select entry::text from kept.journal order by seq"));
    }

    /** Each process breaks off between what it does and its answer. */
    private void unanswered() {
        dairy.company().state().execute("update kept.api_call set status = null, body = null, headers = null");
    }

    private String day(int later) {
        return LocalDate.ofInstant(dairy.now(), ZoneOffset.UTC).plusDays(later).toString();
    }

    private String hold(String key, int review) {
        return "{\"store\": \"shop\", \"table\": \"customers\", \"key\": [\"" + key
                + "\"], \"reason\": \"a court asks\", \"review-on\": \"" + day(review) + "\"}";
    }

    private static final String TABLE = """
            open-hold     officer engineer
            lift-hold     officer engineer
            approve-sweep officer engineer
            start-sweep   officer engineer
            look-ahead    officer engineer
            next-sweep    officer engineer auditor
            sweep         officer engineer auditor
            plan          officer engineer auditor support
            look-at-plan  officer
            keys          officer engineer auditor
            grant-key     officer
            revoke-key    officer
            verify-ledger officer engineer auditor
            verification  officer engineer auditor
            letters       officer engineer auditor support
            recipients-of officer engineer auditor support
            recipients    officer engineer auditor support
            recipient     officer support
            told-recipient officer support
            """;

    @Test
    void a_key_with_the_rights_of_a_role_does_here_what_the_role_may_and_nothing_else() {
        List<String> wrong = new ArrayList<>();
        for (Role role : Role.values()) {
            String key = dairy.grant(Permissions.of(Set.of(role)));
            for (String line : TABLE.lines().toList()) {
                List<String> cells = List.of(line.split(" +"));
                Route route = dairy.routes.stream()
                        .filter(one -> one.id().equals(cells.getFirst()))
                        .findFirst()
                        .orElseThrow();
                String path = "/api/v1"
                        + route.path()
                                .replace("{id}", UUID.randomUUID().toString())
                                .replace("{store}", "shop")
                                .replace("{number}", "R-1");
                byte[] body = route.body().isPresent() ? new byte[] {'!'} : null;
                Said said = dairy.send(0, route.method().name(), path, key, body);
                if ((said.status() == 403) == cells.contains(role.word())) {
                    wrong.add(role.word() + " at " + route.id() + ": " + said.status());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_store_that_was_restored_is_looked_into_for_nobody_until_it_is_clean() {
        String number = dairy.entered("erasure");
        dairy.isolate();

        Said proven = dairy.act(number, "prove", Dairy.PROOF);
        Said held = post(HOLDS, hold("key-of-zoe", 10));

        assertThat(List.of(proven.problem(), held.problem())).containsOnly("store-unavailable");
        assertThat(proven.text()).contains("is isolated");
        assertThat(state("select store from kept.request_person")).isEmpty();
        assertThat(dairy.home.state().holds().open("shop")).isEmpty();
        dairy.clean();
        assertThat(dairy.act(number, "prove", Dairy.PROOF).status()).isEqualTo(200);
        assertThat(post(HOLDS, hold("key-of-zoe", 10)).status()).isEqualTo(201);
    }

    @Test
    void a_hold_is_opened_on_a_record_that_is_there_and_lifted_once() {
        Said opened = post(HOLDS, hold("key-of-zoe", 10));

        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        assertThat(opened.text()).doesNotContain("key-of-zoe", "court");
        assertThat(dairy.get(HOLDS).text()).contains(opened.word("id"), "key-of-zoe", "a court asks");
        assertThat(journal())
                .contains("\"hold\":\"" + opened.word("id") + "\"", "\"role\":\"key\"")
                .doesNotContain("key-of-zoe", "court");
        assertThat(state("select operator from kept.private_log where said = 'opened a hold'"))
                .singleElement()
                .asString()
                .startsWith("key ");
        String lift = HOLDS + "/" + opened.word("id") + "/lift";
        assertThat(post(lift, "{}").word("id")).isEqualTo(opened.word("id"));
        assertThat(dairy.get(HOLDS).json().get("holds")).isEmpty();
        assertThat(post(lift, "{}").problem()).isEqualTo("not-possible");
        assertThat(post(HOLDS + "/" + UUID.randomUUID() + "/lift", "{}").problem())
                .isEqualTo("not-found");
        assertThat(state("select kind from kept.journal where kind = 'hold-lifted'"))
                .hasSize(1);
    }

    @Test
    void all_that_does_not_fit_a_hold_is_told_at_once_and_nothing_of_it_repeated() {
        Said record = post(HOLDS, hold("planted-key", -2));
        assertThat(record.status()).isEqualTo(422);
        assertThat(record.pointers()).containsExactlyInAnyOrder("/review-on", "/key");
        assertThat(record.text()).doesNotContain("planted");
        Said table = post(HOLDS, hold("x", -2).replace("customers", "planted_table"));
        assertThat(table.pointers()).containsExactlyInAnyOrder("/review-on", "/table");
        assertThat(table.text()).doesNotContain("planted");
        assertThat(post(HOLDS, hold("x", 1).replace("shop", "planted")).pointers())
                .containsExactly("/store");
        assertThat(post(HOLDS, hold("x", 1).replace("[\"x\"]", "[\"x\", \"y\"]"))
                        .pointers())
                .containsExactly("/key");
        assertThat(post(HOLDS, hold("x", 1).replace("[\"x\"]", "[]")).pointers())
                .containsExactly("/key");
        assertThat(post(HOLDS, hold("x' or '1' = '1", 1)).pointers()).containsExactly("/key");
        assertThat(dairy.get(HOLDS).json().get("holds")).isEmpty();
        assertThat(state("select kind from kept.journal where kind = 'hold-opened'"))
                .isEmpty();
    }

    @Test
    void a_hold_that_is_sent_twice_is_opened_once_and_lifted_once() {
        String once = fresh();
        Said first = post(dairy.key, HOLDS, hold("other", 5), once);
        assertThat(post(dairy.key, HOLDS, hold("other", 5), once).text()).isEqualTo(first.text());
        assertThat(String.join(
                        "\n", state("select convert_from(body, 'UTF8') from kept.api_call where body is not null")))
                .doesNotContain("court", "\"other\"");
        unanswered();
        Said afterCrash = post(dairy.key, HOLDS, hold("other", 5), once);
        assertThat(afterCrash.status()).isEqualTo(201);
        assertThat(afterCrash.text()).isEqualTo(first.text());
        assertThat(state("select id from kept.hold")).hasSize(1);

        String lift = HOLDS + "/" + first.word("id") + "/lift";
        String lifting = fresh();
        assertThat(post(dairy.key, lift, "{}", lifting).status()).isEqualTo(200);
        unanswered();
        assertThat(post(dairy.key, lift, "{}", lifting).status()).isEqualTo(200);
        assertThat(state("select kind from kept.journal where kind = 'hold-lifted'"))
                .hasSize(1);
    }

    /** A sweep that takes more than one person may decide; answers its id. */
    private String waits(String operator) {
        dairy.company()
                .database("shop")
                .execute("insert into customers select 'c' || i, 'C', 'c' || i || '@planted.example',"
                        + " now() - (case when i <= 150 then interval '900 days' else interval '9 days' end)"
                        + " from generate_series(1, 300) i");
        dairy.company().kept("sweep", "--operator", operator);
        return state("select id::text from kept.run where state = 'waiting'").getFirst();
    }

    private Said approve(String key, String run, String by) {
        return post(key, "/api/v1/runs/" + run + "/approve", "{\"by\": \"" + by + "\"}", fresh());
    }

    private String keyOf(Caller caller) {
        return dairy.keys()
                .grant(
                        caller,
                        "program",
                        EnumSet.allOf(Action.class),
                        dairy.now().plus(Duration.ofDays(100)))
                .secret();
    }

    @Test
    void a_sweep_that_waits_is_approved_by_another_than_who_started_it_and_runs() {
        String run = waits("Ed Miller");
        assertThat(dairy.get("/api/v1/runs?state=waiting").text()).contains(run);
        assertThat(dairy.get("/api/v1/runs/" + run).json().get("brakes")).isNotEmpty();
        Said same = approve(dairy.key, run, " ED  miller");
        assertThat(same.status()).isEqualTo(409);
        assertThat(same.problem()).isEqualTo("not-possible");
        assertThat(approve(dairy.key, run, "Schedule").pointers()).containsExactly("/by");
        assertThat(approve(dairy.key, UUID.randomUUID().toString(), "Sue").status())
                .isEqualTo(404);
        assertThat(state("select run from kept.approval")).isEmpty();

        String once = fresh();
        String path = "/api/v1/runs/" + run + "/approve";
        Said approved = post(dairy.key, path, "{\"by\": \"Sue Second\"}", once);
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        unanswered();
        assertThat(post(dairy.key, path, "{\"by\": \"Sue Second\"}", once).word("id"))
                .isEqualTo(run);

        assertThat(state("select kind from kept.journal where kind = 'sweep-approved'"))
                .hasSize(1);
        assertThat(journal()).doesNotContain("Sue", "Ed Miller");
        assertThat(state("select operator from kept.private_log where said like 'approved run %'"))
                .singleElement()
                .asString()
                .startsWith("Sue Second, with key ");
        assertThat(dairy.company().kept("sweep", "--operator", "Ed Miller").exit())
                .isZero();
        assertThat(dairy.company().rows("shop", "select count(*)::text from customers"))
                .containsExactly("152");
        assertThat(approve(dairy.key, run, "Sue Second").problem()).isEqualTo("not-possible");
    }

    @Test
    void who_started_a_sweep_approves_it_neither_with_a_key_of_hers_nor_with_one_that_it_granted() {
        String run = waits("olga  OFFICER");
        Said child = post(
                KEYS,
                "{\"name\": \"helper\", \"scopes\": [\"approve-sweep\", \"grant-key\"], \"last-day\": \"" + day(9)
                        + "\"}");
        Said grandchild = post(
                child.word("secret"),
                KEYS,
                "{\"name\": \"helper\", \"scopes\": [\"approve-sweep\"], \"last-day\": \"" + day(8) + "\"}",
                fresh());
        for (String hers : List.of(dairy.key, child.word("secret"), grandchild.word("secret"))) {
            Said refused = approve(hers, run, "Sue Second");
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.word("detail")).contains("who started a sweep cannot approve it");
        }
        assertThat(state("select run from kept.approval")).isEmpty();
        String another = keyOf(new Caller(List.of("Nina"), "officer", EnumSet.allOf(Action.class)));
        assertThat(approve(another, run, "Nina").status()).isEqualTo(200);
    }

    @Test
    void who_started_a_sweep_is_known_by_her_account_and_a_key_of_nobody_known_approves_nothing() {
        String run = waits("Ed Miller");
        dairy.company()
                .state()
                .execute("update kept.private_log set issuer = 'https://id.example', subject = 'u1'"
                        + " where operator = 'Ed Miller'");
        String hers = keyOf(new Caller(
                List.of("Renamed Since"),
                Optional.of(new Account("https://id.example", "u1")),
                "officer",
                EnumSet.allOf(Action.class)));
        assertThat(approve(hers, run, "Sue Second").problem()).isEqualTo("not-possible");

        dairy.company().state().execute("delete from kept.private_log where said like 'granted the key %'");
        Said forgotten = approve(dairy.key, run, "Sue Second");
        assertThat(forgotten.problem()).isEqualTo("not-possible");
        assertThat(forgotten.word("detail")).contains("who granted this key");
        assertThat(state("select run from kept.approval")).isEmpty();
    }

    @Test
    void a_key_is_shown_once_and_kept_nowhere_and_ends_when_it_is_revoked() {
        String once = fresh();
        String body = "{\"name\": \"crm\", \"scopes\": [\"see-requests\"], \"last-day\": \"" + day(30) + "\"}";

        Said granted = post(dairy.key, KEYS, body, once);
        assertThat(granted.status()).as(granted.text()).isEqualTo(201);
        String secret = granted.word("secret");
        Said again = post(dairy.key, KEYS, body, once);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.word("id")).isEqualTo(granted.word("id"));
        assertThat(again.json().has("secret")).isFalse();
        String hidden = secret.substring("kept_key_".length());
        assertThat(dairy.get(KEYS).text()).contains(granted.word("id"), "crm").doesNotContain(hidden);
        for (String table : state("select table_name::text from information_schema.tables where table_schema = 'kept'"
                + " and table_type = 'BASE TABLE'")) {
            String rows = String.join(
                    "\n",
                    state("select coalesce(string_agg(t::text, ' '), '') from kept.\"" + table + "\" t where position('"
                            + hidden + "' in t::text) > 0"));
            assertThat(rows).as(table).isEmpty();
        }
        assertThat(state("select convert_from(body, 'UTF8') from kept.api_call where body is not null"))
                .noneMatch(kept -> kept.contains(hidden));
        assertThat(state("select id from kept.api_key where name = 'crm'")).hasSize(1);
        assertThat(journal()).contains(granted.word("id")).doesNotContain("\"crm\"", hidden);
        assertThat(dairy.send(0, "GET", "/api/v1/requests", secret, null).status())
                .isEqualTo(200);

        String revoke = KEYS + "/" + granted.word("id") + "/revoke";
        String revoking = fresh();
        assertThat(post(dairy.key, revoke, "{}", revoking).json().has("revoked"))
                .isTrue();
        unanswered();
        assertThat(post(dairy.key, revoke, "{}", revoking).json().has("revoked"))
                .isTrue();
        assertThat(dairy.send(0, "GET", "/api/v1/requests", secret, null).status())
                .isEqualTo(401);
        assertThat(post(revoke, "{}").problem()).isEqualTo("not-possible");
        assertThat(post(KEYS + "/" + UUID.randomUUID() + "/revoke", "{}").problem())
                .isEqualTo("not-found");
        assertThat(state("select kind from kept.journal where kind = 'key-revoked'"))
                .hasSize(1);
    }

    @Test
    void no_key_grants_more_than_it_holds_nor_for_longer() {
        for (Action action : Action.values()) {
            Set<Action> held = EnumSet.of(Action.GRANT_KEY);
            held.add(action);
            String key = dairy.grant(held);
            for (Action wanted : List.of(action, Action.SEE_PERSONS)) {
                Said said = post(
                        key,
                        KEYS,
                        "{\"name\": \"child\", \"scopes\": [\"" + wanted.word() + "\"], \"last-day\": \"" + day(5)
                                + "\"}",
                        fresh());
                assertThat(said.status())
                        .as("%s grants %s: %s", held, wanted, said.text())
                        .isEqualTo(held.contains(wanted) ? 201 : 403);
            }
        }
        String narrow = dairy.grant(Set.of(Action.GRANT_KEY, Action.SEE_MAP));
        Said all = post(
                narrow,
                KEYS,
                "{\"name\": \"child\", \"scopes\": [\"see-map\", \"see-persons\", \"erase-all\"], \"last-day\": \""
                        + day(5) + "\"}",
                fresh());
        assertThat(all.status()).isEqualTo(422);
        assertThat(all.pointers()).containsExactly("/scopes/2");
        Said both = post(
                narrow,
                KEYS,
                "{\"name\": \"child\", \"scopes\": [\"see-persons\", \"see-map\"], \"last-day\": \"" + day(-5) + "\"}",
                fresh());
        assertThat(both.problem()).isEqualTo("missing-scope");
        assertThat(both.pointers()).containsExactly("/scopes/0", "/last-day");
        for (int late : new int[] {-5, 100, 400}) {
            Said said =
                    post(KEYS, "{\"name\": \"child\", \"scopes\": [\"see-map\"], \"last-day\": \"" + day(late) + "\"}");
            assertThat(said.status()).as("in %d days", late).isEqualTo(422);
            assertThat(said.pointers()).containsExactly("/last-day");
        }
        assertThat(post(KEYS, "{\"name\": \"child\", \"scopes\": [], \"last-day\": \"" + day(5) + "\"}")
                        .pointers())
                .containsExactly("/scopes");
    }

    @Test
    void the_ledger_is_verified_and_what_was_changed_in_it_is_found() {
        assertThat(dairy.get("/api/v1/ledger/verification").status()).isEqualTo(404);
        dairy.home.ledger().publish();

        Said whole = verified();
        assertThat(whole.word("state")).as(whole.text()).isEqualTo("whole");
        assertThat(whole.json().get("entries").intValue()).isPositive();

        dairy.company()
                .state()
                .execute("update kept.journal set kind = 'planted' where seq = (select min(seq) from kept.journal)");
        Said flawed = verified();
        assertThat(flawed.word("state")).as(flawed.text()).isEqualTo("flawed");
        assertThat(flawed.json().get("flaws")).isNotEmpty();
    }

    private Said verified() {
        assertThat(post("/api/v1/ledger/verify", "{}").status()).isEqualTo(200);
        Dairy.awaitVerified(dairy.home);
        return dairy.get("/api/v1/ledger/verification");
    }

    // ------------------------------------------------------------------------------------------------ ahead, and begun

    private static final String NEXT = "/api/v1/stores/shop/next-sweep";
    private static final String SWEEP = "/api/v1/stores/shop/sweep";

    private Said until(String path) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            Said said = dairy.get(path);
            if (!said.word("state").equals("under-way")) {
                return said;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(said.text());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private void crowd() {
        dairy.company()
                .database("shop")
                .execute("insert into customers select 'c' || i, 'C', 'c' || i || '@planted.example',"
                        + " now() - (case when i <= 150 then interval '900 days' else interval '9 days' end)"
                        + " from generate_series(1, 300) i");
    }

    @Test
    void what_the_next_sweep_would_do_is_looked_at_and_told_with_the_brake_and_changes_nothing() {
        crowd();
        assertThat(dairy.get(NEXT).problem()).isEqualTo("not-found");
        assertThat(dairy.get("/api/v1/stores/nothing/next-sweep").problem()).isEqualTo("not-found");
        assertThat(post("/api/v1/stores/nothing/next-sweep", "{}").problem()).isEqualTo("not-found");

        assertThat(post(NEXT, "{}").status()).isEqualTo(200);
        Said found = until(NEXT);

        assertThat(found.word("state")).as(found.text()).isEqualTo("looked");
        assertThat(found.json().at("/tables/0/table").stringValue()).isEqualTo("customers");
        assertThat(found.json().at("/tables/0/delete").intValue()).isEqualTo(150);
        assertThat(found.json().at("/tables/0/rows").intValue()).isEqualTo(302);
        assertThat(found.json().get("brakes")).hasSize(1);
        assertThat(found.text()).doesNotContain("planted");
        assertThat(dairy.company().rows("shop", "select count(*)::text from customers"))
                .containsExactly("302");
        assertThat(journal()).contains("\"role\":\"key\"").doesNotContain("program");
        assertThat(state("select kind from kept.journal where kind = 'sweep-looked-ahead'"))
                .hasSize(1);
    }

    @Test
    void a_sweep_is_begun_waits_and_is_approved_by_another_and_then_carried_out() {
        crowd();
        assertThat(dairy.get(SWEEP).problem()).isEqualTo("not-found");
        assertThat(post(SWEEP, "{\"by\": \"schedule\"}").pointers()).containsExactly("/by");
        assertThat(post("/api/v1/stores/nothing/sweep", "{\"by\": \"Ed Miller\"}")
                        .problem())
                .isEqualTo("not-found");
        // nobody who is known granted the officer's own key but Olga
        assertThat(post(SWEEP, "{\"by\": \"Ed Miller\"}").status()).isEqualTo(200);
        Said waits = until(SWEEP);
        assertThat(waits.word("state")).as(waits.text()).isEqualTo("ended");
        assertThat(waits.word("outcome")).isEqualTo("waiting");
        assertThat(waits.json().get("brakes")).hasSize(1);
        String run = waits.word("run");

        String ninas = keyOf(new Caller(List.of("Nina"), "officer", EnumSet.allOf(Action.class)));
        for (Said refused : List.of(
                approve(ninas, run, "ed  MILLER"),
                approve(ninas, run, "Olga Officer"),
                approve(dairy.key, run, "Sue Second"))) {
            assertThat(refused.word("detail")).as(refused.text()).contains("who started a sweep cannot approve it");
        }
        assertThat(dairy.company()
                        .kept("approve", run, "--operator", "Olga Officer")
                        .exit())
                .as("who granted the key stands behind what was begun with it, at the command line, too")
                .isNotZero();
        assertThat(state("select run from kept.approval")).isEmpty();
        assertThat(approve(ninas, run, "Nina").status()).isEqualTo(200);

        assertThat(post(ninas, SWEEP, "{\"by\": \"Nina\"}", fresh()).status()).isEqualTo(200);
        Said done = until(SWEEP);
        assertThat(done.word("outcome")).as(done.text()).isEqualTo("done");
        assertThat(done.word("run")).isEqualTo(run);
        assertThat(dairy.company().rows("shop", "select count(*)::text from customers"))
                .containsExactly("152");
        assertThat(state("select kind from kept.journal where kind = 'sweep-begun'"))
                .hasSize(2);
        assertThat(journal()).doesNotContain("Ed Miller", "Nina", "Olga");
        assertThat(state("select operator from kept.private_log where said = 'began a sweep' order by at"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("Ed Miller, with key ");
    }

    @Test
    void a_key_of_nobody_known_begins_nothing() {
        dairy.company().state().execute("delete from kept.private_log where said like 'granted the key %'");

        assertThat(post(SWEEP, "{\"by\": \"Ed Miller\"}").word("detail")).contains("who granted this key");
        assertThat(state("select id from kept.run")).isEmpty();
    }

    @Test
    void what_a_request_would_do_is_told_before_it_runs_and_changes_nothing() {
        String number = dairy.proven("erasure");
        String plan = "/api/v1/requests/" + number + "/plan";
        assertThat(dairy.get(plan).problem()).isEqualTo("not-found");

        assertThat(post(plan, "{}").status()).isEqualTo(200);
        Said found = until(plan);

        assertThat(found.word("state")).as(found.text()).isEqualTo("looked");
        assertThat(found.json().at("/stores/0/store").stringValue()).isEqualTo("shop");
        assertThat(found.json().at("/stores/0/tables")).hasSize(2);
        assertThat(found.text()).doesNotContain("zoe", "Zoe", "Planted");
        assertThat(dairy.company().rows("shop", "select count(*)::text from customers"))
                .containsExactly("2");
        assertThat(state("select kind from kept.run")).isEmpty();
        assertThat(state("select kind from kept.journal where kind = 'request-looked-ahead'"))
                .hasSize(1);

        String question = dairy.entered("question");
        assertThat(post("/api/v1/requests/" + question + "/plan", "{}").problem())
                .isEqualTo("not-possible");
        String unproven = dairy.entered("erasure");
        assertThat(post("/api/v1/requests/" + unproven + "/plan", "{}").problem())
                .as("nothing is read for who has proven nothing")
                .isEqualTo("not-possible");
        assertThat(post("/api/v1/requests/R-NONE/plan", "{}").problem()).isEqualTo("not-found");
    }

    @Test
    void a_letter_by_post_is_told_once_and_kept_nowhere_and_written_to_nobody_unknown() {
        String body =
                "{\"to\": [\"Zoe Planted\", \"Cow Lane 2\"], \"subject\": \"Your question\", \"text\": \"We hold <b>it</b>.\"}";
        assertThat(post("/api/v1/requests/" + dairy.entered("access") + "/letter", body)
                        .problem())
                .isEqualTo("not-possible");
        String path = "/api/v1/requests/" + dairy.proven("access") + "/letter";
        String once = "\"" + UUID.randomUUID() + "\"";

        Said letter = dairy.post(path, body, "Idempotency-Key", once);

        assertThat(letter.status()).as(letter.text()).isEqualTo(200);
        assertThat(letter.word("page")).contains("Cow Lane 2", "We hold &lt;b&gt;it");
        Said again = dairy.post(path, body, "Idempotency-Key", once);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).doesNotContain("Cow Lane", "page");
        assertThat(state("select entry::text from kept.journal where kind = 'answer'"))
                .singleElement()
                .asString()
                .contains("posted")
                .doesNotContain("Planted", "Cow Lane");
        assertThat(String.join(" ", state("select coalesce(encode(body, 'escape'), '') from kept.api_call")))
                .doesNotContain("Cow Lane");
    }

    @Test
    void the_settings_are_told_without_addresses_and_secrets() {
        Said settings = dairy.get("/api/v1/settings");

        assertThat(settings.json().at("/zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(settings.json().at("/may/auditor").toString())
                .contains("see-ledger")
                .doesNotContain("see-persons", "approve-request");
        assertThat(settings.text()).doesNotContain("jdbc:", "password", "secret");
    }

    @Test
    void the_map_and_the_schedule_are_told_as_the_console_shows_them_and_name_nobody() {
        assertThat(dairy.get("/api/v1/stores").json().at("/stores/0/store").asString())
                .isEqualTo("shop");
        Said map = dairy.get("/api/v1/stores/shop/map");
        assertThat(map.text())
                .contains("each row is a customer, found by email", "by customer_id")
                .doesNotContain("zoe");
        Said retention = dairy.get("/api/v1/stores/shop/retention");
        assertThat(retention.json().at("/tables").toString()).contains("deleted: the row", "on request:");
        assertThat(retention.json().at("/uses/0/basis").asString()).isEqualTo("contract");
        assertThat(dairy.get("/api/v1/stores/none/map").problem()).isEqualTo("not-found");
    }

    @Test
    void what_a_request_or_a_sweep_would_do_says_that_a_partition_stands_outside_its_table() {
        dairy.company()
                .state()
                .execute("insert into kept.detached_partition (store, partition, parent, bounds)"
                        + " values ('shop', array['public', 'orders_2024'], array['public', 'orders'], '')");
        String plan = "/api/v1/requests/" + dairy.proven("erasure") + "/plan";
        post(plan, "{}");
        post("/api/v1/stores/shop/next-sweep", "{}");

        assertThat(until(plan).json().at("/stores/0/doubt").asString()).contains("stands outside its table `orders`");
        assertThat(until("/api/v1/stores/shop/next-sweep").word("doubt")).contains("stands outside its table `orders`");
    }

    @Test
    void what_the_end_of_a_use_would_do_is_told_too_and_what_would_stay() {
        String number = dairy.proven("marketing-objection");
        String plan = "/api/v1/requests/" + number + "/plan";

        assertThat(post(plan, "{}").status()).isEqualTo(200);
        Said found = until(plan);

        assertThat(found.word("state")).as(found.text()).isEqualTo("looked");
        assertThat(found.json().at("/stores/0/stays")).isNotEmpty();
        assertThat(found.text()).contains("another-use").doesNotContain("zoe");
    }

    @Test
    void a_store_that_does_not_answer_is_said_and_nothing_breaks() {
        String number = dairy.proven("erasure");
        dairy.company().database("shop").execute("alter table orders rename column ship_to to sent_to");
        String plan = "/api/v1/requests/" + number + "/plan";

        assertThat(post(plan, "{}").status()).isEqualTo(200);
        assertThat(until(plan).json().at("/stores/0/problem").stringValue()).contains("does not fit");
        assertThat(post(NEXT, "{}").status()).isEqualTo(200);
        Said next = until(NEXT);
        assertThat(next.word("state")).isEqualTo("broken-off");
        assertThat(next.word("problem")).contains("does not fit");
        assertThat(post(SWEEP, "{\"by\": \"Ed\"}").status()).isEqualTo(200);
        assertThat(until(SWEEP).word("state")).isEqualTo("broken-off");
    }
}
