package dev.kept.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.api.Dairy.Said;
import dev.kept.server.command.Company;
import dev.kept.server.signin.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls that are not done: each is told what is wrong, all at once, and nothing of what it sent. */
class ApiProblemsTest {

    private static final String REQUESTS = "/api/v1/requests";

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

    private static void problem(Said said, int status, String type) {
        assertThat(said.status()).as(said.text()).isEqualTo(status);
        assertThat(said.problem()).isEqualTo(type);
        assertThat(said.header("content-type")).isEqualTo("application/problem+json");
        assertThat(said.json().get("status").intValue()).isEqualTo(status);
        assertThat(said.header("cache-control")).isEqualTo("no-store");
        assertThat(said.headers().allValues("set-cookie")).isEmpty();
        assertThat(said.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    private Said raw(byte[] body, String... headers) {
        List<String> all =
                new ArrayList<>(List.of("Idempotency-Key", UUID.randomUUID().toString()));
        all.addAll(List.of(headers));
        return dairy.send(0, "POST", REQUESTS, dairy.key, body, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"kind\": \"access\"",
                "{\"kind\": \"access\"} x",
                "{\"kind\": \"access\"}{}",
                "{'kind': 'access'}",
                "{\"kind\": \"access\", \"kind\": \"erasure\"}",
                "{\"kind\": 1e}",
                "{\"kind\": 123456789012345678901234567890}",
                "{\"kind\": NaN}",
                "{\"kind\": \"planted-value",
                "// hello\n{}",
                "\uFEFF{\"kind\": \"access\"}",
                "{\"kind\": tru}"
            })
    void what_is_no_json_is_refused(String body) {
        Said said = raw(body.getBytes(StandardCharsets.UTF_8));

        problem(said, 400, "malformed-json");
        assertThat(said.text()).doesNotContain("planted", "1234567890");
    }

    @Test
    void json_of_another_encoding_is_refused() {
        String body = "{\"kind\": \"access\"}";
        problem(raw(body.getBytes(StandardCharsets.UTF_16)), 400, "malformed-json");
        problem(raw(body.getBytes(StandardCharsets.UTF_16LE)), 400, "malformed-json");
        problem(raw(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}), 400, "malformed-json");
    }

    @Test
    void deep_nesting_many_parts_and_large_bodies_are_refused() {
        problem(raw(("{\"words\": " + "[".repeat(5_000)).getBytes(StandardCharsets.UTF_8)), 400, "malformed-json");
        problem(
                raw(("{\"details\": " + "{\"a\":".repeat(11) + "1" + "}".repeat(12)).getBytes(StandardCharsets.UTF_8)),
                400,
                "malformed-json");
        problem(
                raw(("{\"uses\": [" + "1,".repeat(10_000) + "1]}").getBytes(StandardCharsets.UTF_8)),
                400,
                "malformed-json");
        Said large = raw(("{\"words\": \"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8));
        problem(large, 413, "too-large");
        assertThat(dairy.get("/api/v1/key").status()).isEqualTo(200);
    }

    @Test
    void all_that_does_not_fit_is_told_at_once_with_pointers_and_without_values() {
        Said said = dairy.enter("""
                {"kind": "acess", "adress": "zoe@planted.example", "name": 5, "words": "planted\\u0000words",
                 "uses": ["a", 7], "details": {"place/~x": "planted", "y": ["planted"]}, "language": "planted-language-of-hers-far-too-long",
                 "received": "2027-02-30T10:00:00Z", "channel": "form", "zoe@planted.example": true}
                """);

        problem(said, 422, "invalid-body");
        assertThat(said.pointers())
                .containsExactlyInAnyOrder(
                        "/kind",
                        "/adress",
                        "",
                        "/name",
                        "/words",
                        "/uses/1",
                        "/details",
                        "/details/y",
                        "/language",
                        "/received",
                        "/channel");
        assertThat(said.text())
                .contains("did you mean `access`?", "did you mean `address`?")
                .doesNotContain("planted");
    }

    @Test
    void what_only_the_notice_knows_is_told_at_once_too() {
        Said said = dairy.enter("{\"kind\": \"marketing-objection\", \"uses\": [\"planted\", \"offers\", \"account\"],"
                + " \"language\": \"xx\", \"received\": \"2999-01-01T00:00:00Z\"}");

        problem(said, 422, "invalid-body");
        assertThat(said.pointers()).containsExactly("/uses/0", "/uses/2", "/language", "/received");
        assertThat(said.text()).doesNotContain("planted", "2999");
        problem(dairy.enter("{\"kind\": \"marketing-objection\"}"), 422, "invalid-body");
        problem(dairy.enter("{\"kind\": \"access\", \"uses\": [\"offers\"]}"), 422, "invalid-body");
        problem(dairy.enter("{\"kind\": \"access\", \"received\": \"1999-01-01T00:00:00Z\"}"), 422, "invalid-body");
        problem(dairy.enter("{\"words\": \"\\ud800\", \"kind\": \"access\"}"), 422, "invalid-body");
        problem(dairy.enter("[]"), 422, "invalid-body");
        problem(dairy.enter("null"), 422, "invalid-body");
        problem(dairy.enter("{\"kind\": null}"), 422, "invalid-body");
    }

    @Test
    void a_body_of_another_type_is_refused() {
        byte[] body = "{\"kind\": \"access\"}".getBytes(StandardCharsets.UTF_8);
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/json-patch+json")) {
            problem(raw(body, "Content-Type", type), 415, "not-json");
        }
        assertThat(raw(body, "Content-Encoding", "gzip").status()).isIn(400, 415);
        assertThat(raw(body, "Content-Type", "Application/JSON; charset=utf-8").status())
                .isEqualTo(201);
    }

    @Test
    void an_unknown_address_is_not_found_and_another_method_is_told_what_is_allowed() {
        for (String path :
                List.of("/api", "/api/v2/requests", "/api/v1", "/api/v1/", "/api/v1/requests/", "/api/v1/x")) {
            problem(dairy.get(path), 404, "not-found");
        }
        problem(dairy.get(REQUESTS + "/AAAA-AAAA"), 404, "not-found");
        problem(dairy.get(REQUESTS + "/x"), 404, "not-found");
        problem(dairy.get("/api/v1/runs/x"), 404, "not-found");
        problem(dairy.get("/api/v1/runs/" + UUID.randomUUID()), 404, "not-found");
        problem(dairy.get("/api/v1/verdicts"), 404, "not-found");
        Said put = dairy.send(0, "PUT", REQUESTS, dairy.key, new byte[0]);
        problem(put, 405, "method-not-allowed");
        assertThat(put.header("allow")).isEqualTo("GET, HEAD, POST");
        Said delete = dairy.send(0, "DELETE", REQUESTS + "/AAAA-AAAA", dairy.key, null);
        problem(delete, 405, "method-not-allowed");
        assertThat(delete.header("allow")).isEqualTo("GET, HEAD");
        assertThat(dairy.post("/api/v1/openapi.json", "{}").header("allow")).isEqualTo("GET, HEAD");
        Said head = dairy.send(0, "HEAD", REQUESTS, dairy.key, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
    }

    @Test
    void parameters_are_held_against_the_description() {
        Said said = dairy.get(
                REQUESTS + "?limt=5&limit=0&kind=planted&closed=maybe&stage=received&stage=held&cursor=planted");
        problem(said, 400, "invalid-query");
        assertThat(said.pointers()).containsExactlyInAnyOrder("limt", "stage", "limit", "kind", "closed");
        assertThat(said.text()).contains("did you mean `limit`?").doesNotContain("planted", "maybe");
        problem(dairy.get(REQUESTS + "?cursor=planted"), 400, "invalid-query");
        problem(dairy.get(REQUESTS + "?limit=99999999999"), 400, "invalid-query");
        problem(dairy.get(REQUESTS + "?limit=%ff"), 400, "malformed-json");
        problem(dairy.get("/api/v1/key?x=1"), 400, "invalid-query");
    }

    @Test
    void nobody_without_a_key_that_is_good_learns_or_does_anything() {
        List<String> bad = new ArrayList<>(List.of("", "kept_key_", "kept_key_" + "A".repeat(43), "x".repeat(3_000)));
        var granted = dairy.keys()
                .grant(
                        Dairy.officer(),
                        "short",
                        Set.of(Action.SEE_REQUESTS),
                        dairy.now().plusSeconds(60));
        var revoked = dairy.keys()
                .grant(
                        Dairy.officer(),
                        "revoked",
                        Set.of(Action.SEE_REQUESTS),
                        dairy.now().plusSeconds(6_000));
        assertThat(dairy.send(0, "GET", REQUESTS, granted.secret(), null).status())
                .isEqualTo(200);
        dairy.keys().revoke(Dairy.officer(), revoked.id());
        bad.add(revoked.secret());
        bad.add(granted.secret());
        dairy.pass(Duration.ofMinutes(1));
        for (String key : bad) {
            Said said = dairy.send(0, "GET", REQUESTS, key, null);
            problem(said, 401, "unauthorized");
            assertThat(said.header("www-authenticate")).isEqualTo("Bearer realm=\"kept\"");
            problem(dairy.send(0, "GET", "/api/v1/nothing", key, null), 401, "unauthorized");
        }
        Said basic = dairy.send(0, "GET", REQUESTS, "", null, "Authorization", "Basic " + dairy.key);
        problem(basic, 401, "unauthorized");
        Said cookie = dairy.send(0, "GET", REQUESTS, "", null, "Cookie", "kept-session=" + dairy.key);
        problem(cookie, 401, "unauthorized");
        Said twice =
                dairy.send(0, "GET", REQUESTS, dairy.key, null, "Authorization", "Bearer kept_key_" + "A".repeat(43));
        problem(twice, 401, "unauthorized");
    }

    @Test
    void a_page_of_another_site_can_neither_post_nor_read() {
        Said posted = dairy.post(
                REQUESTS, "{\"kind\": \"access\"}", "Idempotency-Key", "a", "Origin", "https://evil.example");
        assertThat(posted.status()).isEqualTo(403);
        Said read = dairy.get(REQUESTS, "Origin", "https://evil.example");
        assertThat(read.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(dairy.send(0, "OPTIONS", REQUESTS, "", null, "Origin", "https://evil.example")
                        .headers()
                        .map()
                        .keySet())
                .noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void a_key_is_good_for_what_it_names_and_for_nothing_else() {
        String number = dairy.entered("access");
        List<String> wrong = new ArrayList<>();
        for (Action action : Action.values()) {
            String key = dairy.grant(EnumSet.of(action));
            String others = dairy.grant(EnumSet.complementOf(EnumSet.of(action)));
            for (Route route : dairy.routes) {
                boolean needed = route.needs().equals(java.util.Optional.of(action));
                if (forbidden(route, number, key) == (needed || route.needs().isEmpty())) {
                    wrong.add(action + " alone at " + route.id());
                }
                if (needed && !forbidden(route, number, others)) {
                    wrong.add("all but " + action + " at " + route.id());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private boolean forbidden(Route route, String number, String key) {
        String path = "/api/v1"
                + route.path()
                        .replace("{number}", number)
                        .replace("{store}", "shop")
                        .replace("{id}", UUID.randomUUID().toString());
        byte[] body = route.body().isPresent() ? new byte[] {'!'} : null;
        Said said = dairy.send(0, route.method().name(), path, key, body);
        if (said.status() == 403) {
            problem(said, 403, "missing-scope");
            String scope = route.needs().map(Action::word).orElse("");
            assertThat(said.header("www-authenticate")).contains("insufficient_scope", "scope=\"" + scope + "\"");
            return true;
        }
        assertThat(said.status()).as(route.id()).isIn(200, 400, 404);
        return false;
    }

    @Test
    void what_was_changed_since_it_was_read_is_not_overwritten() {
        String number = dairy.entered("access");
        String read = dairy.tag(number);
        String hold = "{\"review-on\": \""
                + LocalDate.ofInstant(dairy.now(), ZoneOffset.UTC).plusDays(9) + "\", \"reason\": \"a court asks\"}";
        String path = REQUESTS + "/" + number;

        problem(dairy.post(path + "/hold", hold), 428, "precondition-required");
        assertThat(dairy.post(path + "/hold", hold, "If-Match", read).status()).isEqualTo(200);
        problem(dairy.post(path + "/release", "{}", "If-Match", read), 412, "stale");
        problem(dairy.post(path + "/release", "{}", "If-Match", "W/" + dairy.tag(number)), 412, "stale");
        problem(dairy.post(path + "/release", "{}", "If-Match", "\"\""), 412, "stale");
        Said released = dairy.post(path + "/release", "{}", "If-Match", "\"x\", " + dairy.tag(number));
        assertThat(released.status()).isEqualTo(200);
        assertThat(released.header("etag")).isEqualTo(dairy.tag(number)).isNotEqualTo(read);
        assertThat(dairy.post(path + "/hold", hold, "If-Match", "*").status()).isEqualTo(200);
    }

    @Test
    void what_cannot_happen_to_a_request_is_told_with_the_reason() {
        String number = dairy.entered("access");
        for (String act : List.of("approve", "clarify", "release", "retry", "reopen")) {
            problem(dairy.act(number, act, "{}"), 409, "not-possible");
        }
        Said refuse = dairy.act(number, "refuse", "{\"ground\": \"legal-claims\", \"reason\": \"planted\"}");
        problem(refuse, 409, "not-possible");
        assertThat(refuse.text()).doesNotContain("planted");
        problem(dairy.act(number, "done-by-hand", "{\"store\": \"crm\"}"), 409, "not-possible");
        problem(dairy.act(number, "answer-in-part", "{\"text\": \"planted\"}"), 409, "not-possible");
        problem(
                dairy.act(number, "lift-restriction", "{\"on\": \"2999-01-01\", \"reason\": \"x\"}"),
                409,
                "not-possible");
        problem(dairy.act(number, "join", "{\"into\": \"AAAA-AAAA\"}"), 422, "invalid-body");
        problem(dairy.act(number, "join", "{\"into\": \"" + number + "\"}"), 409, "not-possible");
        problem(dairy.act(number, "hold", "{\"review-on\": \"2020-01-01\", \"reason\": \"x\"}"), 422, "invalid-body");
        problem(
                dairy.act(number, "extend", "{\"why\": \"complexity\", \"months\": 3, \"reason\": \"x\"}"),
                422,
                "invalid-body");
        Said proven = dairy.act(number, "prove", Dairy.PROOF);
        assertThat(proven.status()).isEqualTo(200);
        problem(dairy.act(number, "prove", Dairy.PROOF), 409, "not-possible");
    }

    @Test
    void that_a_restriction_ends_is_said_once() {
        String number = dairy.proven("restriction");
        dairy.work();
        String lift = "{\"on\": \""
                + LocalDate.ofInstant(dairy.now(), ZoneOffset.UTC).plusDays(9) + "\", \"reason\": \"it was checked\"}";

        assertThat(dairy.act(number, "lift-restriction", lift).status()).isEqualTo(200);
        problem(dairy.act(number, "lift-restriction", lift), 409, "not-possible");
        String path = REQUESTS + "/" + number + "/lift-restriction";
        problem(dairy.post(path, lift, "If-Match", "*", "Idempotency-Key", "k"), 409, "not-possible");
    }

    @Test
    void how_somebody_was_told_otherwise_of_an_extension_is_said() {
        String number = dairy.proven("erasure");
        String extend =
                "{\"why\": \"complexity\", \"months\": 2, \"reason\": \"many stores\", \"told\": \"otherwise\"%s}";

        problem(dairy.act(number, "extend", extend.formatted("")), 422, "invalid-body");

        assertThat(dairy.act(number, "extend", extend.formatted(", \"how\": \"by post, on Monday\""))
                        .status())
                .isEqualTo(200);
        assertThat(dairy.get(REQUESTS + "/" + number + "/letters").text()).doesNotContain("extended");
    }

    @Test
    void the_end_of_a_restriction_that_is_told_by_a_letter_is_not_tomorrow() {
        String number = dairy.proven("restriction");
        dairy.work();
        String tomorrow =
                "{\"on\": \"" + LocalDate.ofInstant(dairy.now(), ZoneOffset.UTC).plusDays(2)
                        + "\", \"reason\": \"it was checked\"%s}";

        problem(dairy.act(number, "lift-restriction", tomorrow.formatted("")), 409, "not-possible");

        String otherwise = tomorrow.formatted(", \"told\": \"otherwise\", \"how\": \"by telephone\"");
        assertThat(dairy.act(number, "lift-restriction", otherwise).status()).isEqualTo(200);
    }

    @Test
    void a_correction_takes_no_character_that_no_text_has() {
        String number = dairy.entered("rectification");
        for (String set : List.of(
                "{\"customers\": {\"full_name\": \"planted\\u0000\"}}",
                "{\"customers\": {\"full\\u0001name\": \"x\"}}",
                "{\"customers\": [{\"set\": {\"full_name\": \"\\udc00\"}}]}",
                "\"customers: {full_name: planted}\"")) {
            Said said = dairy.act(number, "correct", "{\"store\": \"shop\", \"set\": " + set + "}");
            problem(said, 422, "invalid-body");
            assertThat(said.pointers()).containsExactly("/set");
            assertThat(said.text()).doesNotContain("planted");
        }
    }

    @Test
    void who_is_not_named_so_that_she_is_found_is_not_proven_to_ask() {
        String number = dairy.entered("access");

        Said unknown = dairy.act(number, "prove", Dairy.PROOF.replace("\"email\"", "\"e-mail\""));
        problem(unknown, 422, "person-not-told");
        assertThat(unknown.text()).doesNotContain("planted", "Zoe", "Sue");
        problem(dairy.act(number, "prove", Dairy.PROOF.replace("\"email\"", "\"\"")), 422, "invalid-body");
        problem(dairy.act(number, "prove", Dairy.PROOF.replace("called-back", "link")), 422, "invalid-body");
        problem(dairy.act(number, "prove", Dairy.PROOF.replace("called-back", "signed-in")), 422, "invalid-body");
        assertThat(dairy.get(REQUESTS + "/" + number).json().get("proven").booleanValue())
                .isFalse();
    }

    @Test
    void a_store_that_does_not_answer_is_said_to_be_so_and_nothing_of_where_it_is() {
        String number = dairy.entered("access");
        dairy.company().database("shop").execute("drop table customers cascade");

        Said said = dairy.act(number, "prove", Dairy.PROOF);

        problem(said, 503, "store-unavailable");
        assertThat(said.text()).doesNotContain("jdbc", "customers", "127.0.0.1");
        assertThat(said.header("retry-after")).isNotEmpty();
    }

    @Test
    void a_key_and_a_stranger_may_call_so_often_and_no_oftener() {
        for (int i = 0; i < ApiRoom.STRANGER_RULE.most(); i++) {
            assertThat(dairy.send(0, "GET", REQUESTS, "", null).status()).isEqualTo(401);
        }
        Said stranger = dairy.send(0, "GET", REQUESTS, "", null);
        problem(stranger, 429, "too-many");
        assertThat(Integer.parseInt(stranger.header("retry-after"))).isBetween(1, 60);
        int other = dairy.start();
        for (int i = 0; i < ApiRoom.KEY_RULE.most(); i++) {
            assertThat(dairy.send(i % 2 == 0 ? 0 : other, "GET", "/api/v1/key", dairy.key, null)
                            .status())
                    .isEqualTo(200);
        }
        problem(dairy.get("/api/v1/key"), 429, "too-many");
        problem(dairy.send(other, "GET", "/api/v1/key", dairy.key, null), 429, "too-many");
        assertThat(dairy.send(0, "GET", "/api/v1/key", dairy.grant(EnumSet.of(Action.SEE_MAP)), null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void only_who_may_see_persons_sees_anything_of_them() {
        String number = dairy.proven("access");
        dairy.act(number, "ask-back", "{\"question\": \"scope\", \"text\": \"planted question\"}");
        dairy.post(REQUESTS + "/" + number + "/notes", "{\"text\": \"planted note\"}");
        dairy.work();
        dairy.doubtful("customer", "planted-key", "mixed");
        Set<Action> nobody = EnumSet.noneOf(Action.class);
        for (Action action : Action.values()) {
            if (!action.personal()) {
                nobody.add(action);
            }
        }
        String key = dairy.grant(nobody);
        for (Route route : dairy.routes) {
            if (route.effect() == Route.Effect.READS) {
                Said said = dairy.send(
                        0,
                        "GET",
                        "/api/v1"
                                + route.path()
                                        .replace("{number}", number)
                                        .replace("{store}", "shop")
                                        .replace("{id}", "x"),
                        key,
                        null);
                assertThat(said.text())
                        .as(route.id())
                        .doesNotContainIgnoringCase("planted")
                        .doesNotContain("Zoe", "Sue");
            }
        }
        JsonNode person = dairy.get(REQUESTS + "/" + number + "/person").json();
        assertThat(person.get("on-file").stringValue()).isEqualTo("zoe@planted.example");
        assertThat(person.at("/keys/shop/customer/0/0").stringValue()).isEqualTo("key-of-zoe");
        assertThat(dairy.get(REQUESTS + "/" + number + "/messages").text())
                .contains("planted note", "planted question");
        assertThat(dairy.complaints.toString()).doesNotContain("planted");
    }

    @Test
    void who_acts_with_a_key_is_a_key_in_the_ledger_and_named_in_the_private_log_only() {
        String number = dairy.proven("access");

        List<String> entries = dairy.home.state().journal().latest("request", 20).stream()
                .map(entry -> entry.json())
                .toList();
        assertThat(entries)
                .anyMatch(entry -> entry.contains("\"prove\""))
                .allMatch(entry -> entry.contains("\"role\":\"key\""));
        assertThat(entries.toString()).doesNotContain("Sue", "planted", "Zoe", "number on file");
        List<String> known =
                Company.rows(dairy.company().state(), "select operator || ': ' || said from kept.private_log");
        assertThat(known)
                .anyMatch(line ->
                        line.startsWith("Sue Support, with key ") && line.endsWith("called her number on file"));
        assertThat(dairy.get(REQUESTS + "/" + number + "/events").text()).doesNotContain("Sue", "planted");
    }

    @Test
    void what_takes_effect_at_once_does_so_when_staff_establish_who_asks_too() {
        dairy.proven("marketing-objection");

        assertThat(Company.rows(
                        dairy.company().state(),
                        "select what || ' ' || use_id || ' ' || person_key[1] from kept.person_fact"))
                .containsExactly("ended offers key-of-zoe");
    }

    @Test
    void keys_and_holds_come_page_by_page_too() {
        List<String> days = List.of("2099-01-03", "2099-01-01", "2099-01-02", "2099-01-01");
        for (int i = 0; i < days.size(); i++) {
            dairy.grant(EnumSet.of(Action.SEE_MAP));
            dairy.company()
                    .database("shop")
                    .execute("insert into customers values ('paged" + i + "', 'H', 'h" + i + "@example.org', now())");
            Said held = dairy.post(
                    "/api/v1/holds",
                    "{\"store\": \"shop\", \"table\": \"customers\", \"key\": [\"paged" + i
                            + "\"], \"reason\": \"a court asks\", \"review-on\": \"" + days.get(i) + "\"}",
                    "Idempotency-Key",
                    "paged" + i);
            assertThat(held.status()).as(held.text()).isEqualTo(201);
        }
        for (String list : List.of("keys", "holds")) {
            List<String> all = new ArrayList<>();
            dairy.get("/api/v1/" + list)
                    .json()
                    .get(list)
                    .forEach(row -> all.add(row.get("id").stringValue()));
            assertThat(all).hasSizeGreaterThanOrEqualTo(days.size());
            List<String> seen = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = dairy.get("/api/v1/" + list + "?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next))
                        .json();
                page.get(list).forEach(row -> seen.add(row.get("id").stringValue()));
                next = page.path("next").asString("");
                assertThat(page.get(list).size()).isBetween(1, 2);
            } while (!next.isEmpty());
            assertThat(seen).as(list).isEqualTo(all);
        }
        problem(dairy.get("/api/v1/keys?cursor=x"), 400, "invalid-query");
    }

    @Test
    void pages_follow_each_other_without_gap_and_a_cursor_belongs_to_its_list() {
        Set<String> entered = new java.util.TreeSet<>();
        for (int i = 0; i < 7; i++) {
            entered.add(dairy.entered(i % 2 == 0 ? "access" : "question"));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        String first = "";
        do {
            JsonNode page = dairy.get(REQUESTS + "?limit=3" + (next.isEmpty() ? "" : "&cursor=" + next))
                    .json();
            page.get("requests").forEach(row -> seen.add(row.get("number").stringValue()));
            next = page.path("next").asString("");
            first = first.isEmpty() ? next : first;
        } while (!next.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(entered);
        problem(dairy.get(REQUESTS + "?kind=access&cursor=" + first), 400, "invalid-query");
        problem(dairy.get("/api/v1/runs?cursor=" + first), 400, "invalid-query");
        problem(dairy.get(REQUESTS + "?cursor=" + first.substring(1)), 400, "invalid-query");
        assertThat(dairy.get(REQUESTS + "?kind=access&stage=received&alarm=none")
                        .json()
                        .get("requests"))
                .hasSize(4);
        assertThat(dairy.get(REQUESTS + "?closed=true").json().get("requests")).isEmpty();
        assertThat(dairy.get("/api/v1/deadlines").json().get("none").intValue()).isEqualTo(7);
    }

    @Test
    void the_time_of_an_imported_request_counts_from_when_it_was_received() {
        dairy.pass(Duration.ofDays(1));
        String received = dairy.now().minus(Duration.ofDays(40)).toString();
        Said said = dairy.enter("{\"kind\": \"access\", \"received\": \"" + received + "\", \"channel\": \"import\"}");

        assertThat(said.status()).isEqualTo(201);
        assertThat(said.word("channel")).isEqualTo("import");
        assertThat(said.json().at("/deadline/alarm").stringValue()).isEqualTo("overdue");
        assertThat(said.json().get("proven").booleanValue()).isFalse();
        assertThat(said.header("location")).isEqualTo(REQUESTS + "/" + said.word("number"));
        assertThat(dairy.get(said.header("location")).json()).isEqualTo(said.json());
    }
}
