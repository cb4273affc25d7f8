package dev.kept.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import dev.kept.server.api.Dairy.Said;
import dev.kept.server.configuration.Home;
import dev.kept.server.state.Served;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The description is of what is there: every route is in it, and everything in it answers as it says. */
class ApiDescriptionTest {

    @TempDir
    private Path folder;

    private Dairy dairy;
    private JsonNode description;

    @BeforeEach
    void open() throws IOException {
        dairy = new Dairy(
                folder,
                "requests: {review: [erasure], by-hand: {crm: delete the contact}}\n"
                        + "serve: {address: https://privacy.dairy.example}\nmail: {smtp: smtp://127.0.0.1:1, from: kept@dairy.example}\n"
                        + "subscriptions: {pager: {webhook: https://hooks.dairy.example/kept, secrets: [\"${PAGER}\"]}}\n");
        description = dairy.send(0, "GET", "/api/v1/openapi.json", "", null).json();
    }

    @AfterEach
    void close() {
        dairy.close();
    }

    @Test
    void every_route_is_described_and_nothing_else() {
        Set<String> described = new TreeSet<>();
        description
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> routes = new TreeSet<>();
        dairy.routes.forEach(route -> routes.add(route.method() + " " + route.path()));

        assertThat(described).isEqualTo(routes).hasSizeGreaterThan(25);
        assertThat(description.get("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(dairy.routes).extracting(Route::id).doesNotHaveDuplicates();
    }

    @Test
    void every_reference_of_the_description_leads_somewhere_and_every_schema_is_one() {
        description
                .findValuesAsString("$ref")
                .forEach(reference -> assertThat(
                                description.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        description
                .get("components")
                .get("schemas")
                .forEach(schema ->
                        assertThat(Dairy.misfits(description, schema, "{}")).isNotEmpty());
        dairy.routes.forEach(route -> assertThat(operation(route.id()).get("responses"))
                .as(route.id())
                .isNotEmpty());
    }

    private JsonNode operation(String id) {
        for (JsonNode path : description.get("paths")) {
            for (JsonNode operation : path) {
                if (operation.get("operationId").stringValue().equals(id)) {
                    return operation;
                }
            }
        }
        throw new AssertionError(id);
    }

    /** A call of an operation that is sent with a body. */
    private Said sent(String id, String number, String body) {
        JsonNode schema = operation(id).at("/requestBody/content/application~1json/schema");
        assertThat(Dairy.misfits(description, schema, body)).as(id).isEmpty();
        return id.equals("note")
                ? dairy.post("/api/v1/requests/" + number + "/notes", body)
                : dairy.act(number, id, body);
    }

    private String waited = "";

    private String lifted() {
        String number = dairy.proven("restriction");
        dairy.work();
        byHand(number);
        return number;
    }

    private Said byHand(String number) {
        Said said = sent("done-by-hand", number, "{\"store\": \"crm\"}");
        dairy.work();
        return said;
    }

    /** What the same person asks again while the first is open is joined: so that is closed before. */
    private String waitsForHands() {
        if (!waited.isEmpty()) {
            dairy.work();
            sent("refuse", waited, "{\"ground\": \"unfounded-or-excessive\", \"reason\": \"asked again\"}");
        }
        String number = dairy.proven("portability");
        waited = number;
        dairy.work();
        return number;
    }

    private String later(int days) {
        return LocalDate.ofInstant(dairy.now(), ZoneOffset.UTC).plusDays(days).toString();
    }

    private Map<String, Supplier<Said>> calls() {
        Map<String, Supplier<Said>> calls = new LinkedHashMap<>();
        calls.put("enter", () -> {
            String body = "{\"kind\": \"question\", \"words\": \"Why?\", \"details\": {\"place\": \"Ulm\"},"
                    + " \"received\": \"2026-01-31T10:00:00+01:00\", \"channel\": \"import\", \"language\": \"en\"}";
            JsonNode schema = operation("enter").at("/requestBody/content/application~1json/schema");
            assertThat(Dairy.misfits(description, schema, body)).isEmpty();
            return dairy.enter(body);
        });
        calls.put("list", () -> dairy.get("/api/v1/requests?limit=1&kind=question&closed=false"));
        calls.put("deadlines", () -> dairy.get("/api/v1/deadlines"));
        calls.put("get", () -> dairy.get("/api/v1/requests/" + dairy.entered("access")));
        calls.put("events", () -> dairy.get("/api/v1/requests/" + dairy.proven("access") + "/events"));
        calls.put("stores", () -> dairy.get("/api/v1/requests/" + waitsForHands() + "/stores"));
        calls.put("person", () -> dairy.get("/api/v1/requests/" + dairy.proven("access") + "/person"));
        calls.put("messages", () -> {
            String number = dairy.entered("access");
            sent("note", number, "{\"text\": \"she called\"}");
            return dairy.get("/api/v1/requests/" + number + "/messages");
        });
        acts(calls);
        records(calls);
        staff(calls);
        return calls;
    }

    private void acts(Map<String, Supplier<Said>> calls) {
        calls.put("prove", () -> sent("prove", dairy.entered("access"), Dairy.PROOF));
        calls.put("approve", () -> {
            String number = dairy.proven("erasure", "ben@example.org");
            dairy.work();
            return sent("approve", number, "{}");
        });
        calls.put(
                "refuse",
                () -> sent(
                        "refuse",
                        dairy.entered("access"),
                        "{\"ground\": \"identity-not-established\", \"reason\": \"nobody answered\"}"));
        calls.put(
                "extend",
                () -> sent(
                        "extend",
                        dairy.proven("erasure"),
                        "{\"why\": \"complexity\", \"months\": 2, \"reason\": \"many stores\"}"));
        calls.put(
                "ask-back",
                () -> sent("ask-back", dairy.entered("access"), "{\"question\": \"scope\", \"text\": \"Which?\"}"));
        calls.put("clarify", () -> {
            String number = dairy.entered("access");
            sent("ask-back", number, "{\"question\": \"identity\", \"text\": \"Who?\"}");
            return sent("clarify", number, "{}");
        });
        calls.put("hold", () -> sent("hold", dairy.entered("access"), hold()));
        calls.put("release", () -> {
            String number = dairy.entered("access");
            sent("hold", number, hold());
            return sent("release", number, "{}");
        });
        calls.put("retry", () -> sent("retry", waitsForHands(), "{}"));
        calls.put("answer", () -> sent("answer", dairy.entered("question"), "{\"text\": \"Because.\"}"));
        calls.put(
                "answer-in-part",
                () -> sent("answer-in-part", waitsForHands(), "{\"text\": \"all but what is in the CRM\"}"));
        calls.put("join", () -> {
            String into = dairy.proven("access");
            return sent("join", dairy.proven("access"), "{\"into\": \"" + into + "\"}");
        });
        calls.put("reopen", () -> {
            String number = dairy.entered("question");
            sent("answer", number, "{\"text\": \"Because.\"}");
            return sent("reopen", number, "{}");
        });
        calls.put(
                "lift-restriction",
                () -> sent(
                        "lift-restriction",
                        lifted(),
                        "{\"on\": \"" + later(8) + "\", \"reason\": \"it was checked\"}"));
        calls.put("done-by-hand", () -> byHand(waitsForHands()));
        calls.put("correct", () -> {
            String number = dairy.proven("rectification");
            dairy.work();
            return sent(
                    "correct",
                    number,
                    "{\"store\": \"shop\", \"set\": {\"customers\": {\"full_name\": \"Zoe Planted-Berg\"}}, \"dry-run\": false}");
        });
        calls.put("note", () -> sent("note", dairy.entered("access"), "{\"text\": \"she called\"}"));
    }

    private String hold() {
        return "{\"review-on\": \"" + later(10) + "\", \"reason\": \"a court asks\"}";
    }

    private void records(Map<String, Supplier<Said>> calls) {
        Home home = dairy.home;
        calls.put("verdicts", () -> {
            home.state()
                    .served()
                    .replace(List.of(new Served.Page(
                            "/report/prove.json",
                            "application/json",
                            ("{\"id\": \"" + UUID.randomUUID() + "\", \"asOf\": \"2027-01-01T00:00:00Z\","
                                            + " \"counts\": {\"kept\": 3, \"not shown\": 1}, \"promises\":"
                                            + " [{\"path\": \"uses.account\", \"verdict\": \"kept\", \"seen\": []}]}")
                                    .getBytes(StandardCharsets.UTF_8))));
            return dairy.get("/api/v1/verdicts");
        });
        calls.put("proofs", () -> {
            home.state()
                    .journal()
                    .append(
                            UUID.randomUUID(),
                            "prove",
                            Map.of("verdicts", Map.of("broken", List.of("uses.account"), "kept", List.of("contact"))));
            return dairy.get("/api/v1/proofs");
        });
        calls.put("runs", () -> {
            swept();
            return dairy.get("/api/v1/runs?kind=sweep&limit=1");
        });
        calls.put("run", () -> {
            swept();
            JsonNode first = dairy.get("/api/v1/runs").json().get("runs").get(0);
            return dairy.get("/api/v1/runs/" + first.get("id").stringValue());
        });
        calls.put("holds", () -> {
            home.state()
                    .apply(List.of(home.state()
                            .holds()
                            .opening(
                                    UUID.randomUUID(),
                                    "shop",
                                    TableName.parse("customers"),
                                    List.of("key-of-zoe"),
                                    "a court asks",
                                    LocalDate.of(2027, 6, 1),
                                    "c0ffee")));
            return dairy.get("/api/v1/holds");
        });
        calls.put("doubts", () -> {
            dairy.doubtful("customer", "other", "mixed");
            return dairy.get("/api/v1/doubts");
        });
        calls.put("erase-doubtful", () -> dairy.decide(dairy.doubtful("customer", "key-of-nobody", "mixed"), "erase"));
        calls.put("leave-doubtful", () -> dairy.decide(dairy.doubtful("customer", "another", "shared"), "leave"));
        calls.put("contact", () -> dairy.get("/api/v1/contact"));
        calls.put("ask-contact", () -> {
            // the one that Kept may have written by itself
            dairy.company().state().execute("delete from kept.contact_check");
            return dairy.post("/api/v1/contact/ask", "{}");
        });
        calls.put(
                "arrived",
                () -> dairy.post(
                        "/api/v1/contact/arrived", "{\"on\": \"" + later(-7) + "\", \"how\": \"it lies here\"}"));
        calls.put("subscriptions", () -> dairy.get("/api/v1/subscriptions"));
        calls.put("ledger", () -> dairy.get("/api/v1/ledger"));
        calls.put("key", () -> dairy.get("/api/v1/key"));
    }

    /** A call of an operation, held against the description of its body. */
    private Said posted(String id, String path, String body) {
        JsonNode schema = operation(id).at("/requestBody/content/application~1json/schema");
        assertThat(Dairy.misfits(description, schema, body)).as(id).isEmpty();
        return dairy.post("/api/v1" + path, body, "Idempotency-Key", "\"" + UUID.randomUUID() + "\"");
    }

    private void staff(Map<String, Supplier<Said>> calls) {
        calls.put("open-hold", this::opened);
        calls.put("lift-hold", () -> posted("lift-hold", "/holds/" + opened().word("id") + "/lift", "{}"));
        calls.put("approve-sweep", () -> {
            dairy.company()
                    .database("shop")
                    .execute("insert into customers select 'c' || i, 'C', 'c' || i || '@planted.example',"
                            + " now() - (case when i <= 150 then interval '900 days' else interval '9 days' end)"
                            + " from generate_series(1, 300) i");
            dairy.company().kept("sweep", "--operator", "Ed");
            JsonNode waiting =
                    dairy.get("/api/v1/runs?state=waiting").json().get("runs").get(0);
            return posted(
                    "approve-sweep", "/runs/" + waiting.get("id").stringValue() + "/approve", "{\"by\": \"Sue\"}");
        });
        calls.put("look-ahead", () -> posted("look-ahead", "/stores/shop/next-sweep", "{}"));
        calls.put("next-sweep", () -> looked("/api/v1/stores/shop/next-sweep"));
        calls.put("start-sweep", () -> posted("start-sweep", "/stores/shop/sweep", "{\"by\": \"Sue\"}"));
        calls.put("sweep", () -> looked("/api/v1/stores/shop/sweep"));
        String planned = "/requests/" + dairy.proven("marketing-objection", "ben@example.org") + "/plan";
        calls.put("look-at-plan", () -> posted("look-at-plan", planned, "{}"));
        calls.put("plan", () -> looked("/api/v1" + planned));
        calls.put("settings", () -> dairy.get("/api/v1/settings"));
        calls.put("list-stores", () -> dairy.get("/api/v1/stores"));
        calls.put("map", () -> dairy.get("/api/v1/stores/shop/map"));
        calls.put("retention", () -> dairy.get("/api/v1/stores/shop/retention"));
        calls.put("letters", () -> {
            String number = dairy.entered("access");
            dairy.work();
            return dairy.get("/api/v1/requests/" + number + "/letters");
        });
        calls.put(
                "letter",
                () -> posted(
                        "letter",
                        "/requests/" + dairy.entered("question") + "/letter",
                        "{\"to\": [\"Zoe\", \"Cow Lane 2\"], \"subject\": \"Your question\", \"text\": \"Because.\"}"));
        calls.put("recipients-of", () -> {
            String number = dairy.entered("question");
            recipient(dairy.get("/api/v1/requests/" + number).word("id"));
            return dairy.get("/api/v1/requests/" + number + "/recipients");
        });
        calls.put("recipients", () -> {
            recipient(UUID.randomUUID().toString());
            return dairy.get("/api/v1/recipients");
        });
        calls.put(
                "recipient",
                () -> dairy.get(
                        "/api/v1/recipients/" + recipient(UUID.randomUUID().toString())));
        calls.put(
                "told-recipient",
                () -> posted(
                        "told-recipient",
                        "/recipients/" + recipient(UUID.randomUUID().toString()) + "/told",
                        "{\"by\": \"Sue\", \"how\": \"called them at noon\"}"));
        calls.put("keys", () -> dairy.get("/api/v1/keys"));
        calls.put("grant-key", this::granted);
        calls.put("revoke-key", () -> posted("revoke-key", "/keys/" + granted().word("id") + "/revoke", "{}"));
        calls.put("verify-ledger", () -> posted("verify-ledger", "/ledger/verify", "{}"));
        calls.put("verification", () -> {
            Dairy.awaitVerified(dairy.home);
            return dairy.get("/api/v1/ledger/verification");
        });
    }

    /** A recipient whom somebody has to tell; answers its id. */
    private String recipient(String request) {
        UUID id = UUID.randomUUID();
        dairy.company()
                .state()
                .execute(
                        "insert into kept.informing (id, request, recipient, done, way, state, reason, made_at, due_at, confirm)"
                                + " values ('" + id + "', '" + request
                                + "', 'mailer', 'erasure', 'by-hand', 'task', 'no-way', now(), now(), '"
                                + id + "')");
        return id.toString();
    }

    /** What a task that takes longer than a call has found. */
    private Said looked(String path) {
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            Said said = dairy.get(path);
            if (!said.word("state").equals("under-way")) {
                return said;
            }
            if (System.nanoTime() > until) {
                throw new AssertionError(said.text());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private Said opened() {
        dairy.company()
                .database("shop")
                .execute(
                        "insert into customers values ('held', 'Hal', 'hal@example.org', now()) on conflict do nothing");
        return posted(
                "open-hold",
                "/holds",
                "{\"store\": \"shop\", \"table\": \"customers\", \"key\": [\"held\"], \"reason\": \"a court asks\","
                        + " \"review-on\": \"" + later(10) + "\"}");
    }

    private Said granted() {
        return posted(
                "grant-key",
                "/keys",
                "{\"name\": \"crm\", \"scopes\": [\"see-requests\"], \"last-day\": \"" + later(9) + "\"}");
    }

    private void swept() {
        dairy.company().kept("sweep", "--operator", "Ed");
        dairy.company().kept("sweep", "--operator", "Ed");
    }

    @Test
    void everything_that_is_described_answers_as_it_is_described() {
        Map<String, Supplier<Said>> calls = calls();
        assertThat(calls.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        dairy.routes.stream().map(Route::id).toList());
        List<String> broken = new ArrayList<>();
        calls.forEach((id, call) -> {
            Said said = call.get();
            JsonNode responses = operation(id).get("responses");
            String status = Integer.toString(said.status());
            if (said.status() >= 300 || !responses.has(status)) {
                broken.add(id + ": " + status + " " + said.text());
                return;
            }
            JsonNode schema = responses.get(status).at("/content/application~1json/schema");
            Dairy.misfits(description, schema, said.text()).forEach(misfit -> broken.add(id + ": " + misfit));
            boolean tagged = responses.get(status).has("headers");
            if (tagged == said.header("etag").isEmpty()) {
                broken.add(id + ": " + (tagged ? "no ETag" : "an ETag that is not described"));
            }
        });
        assertThat(broken).isEmpty();
        assertThat(dairy.complaints.stream().filter(line -> line.startsWith("a page")))
                .isEmpty();
    }

    @Test
    void whatever_a_program_does_is_in_the_ledger_by_role_and_in_the_private_log_by_name() {
        Map<String, Supplier<Said>> calls = calls();
        List<String> unnoted = new ArrayList<>();
        Set<String> acts = dairy.routes.stream()
                .filter(route -> route.effect() != Route.Effect.READS)
                .map(Route::id)
                .collect(Collectors.toSet());
        calls.forEach((id, call) -> {
            if (acts.contains(id)) {
                Said said = call.get();
                assertThat(said.status()).as(id + said.text()).isBetween(200, 201);
                if (dairy.noted() == 0) {
                    unnoted.add(id);
                }
            }
        });
        assertThat(unnoted).isEmpty();
    }

    @Test
    void every_problem_type_is_explained_at_its_address() {
        for (ProblemType type : ProblemType.values()) {
            Said said = dairy.send(0, "GET", type.address(), "", null);
            assertThat(said.status()).isEqualTo(200);
            assertThat(said.word("title")).isEqualTo(type.title());
            assertThat(said.json().get("status").intValue()).isEqualTo(type.status());
        }
        assertThat(dairy.send(0, "GET", ProblemType.ROOT + "nothing", "", null).status())
                .isEqualTo(404);
    }

    @Test
    void a_correction_is_looked_at_and_then_made() {
        String number = dairy.proven("rectification");
        dairy.work();
        String body = "{\"store\": \"shop\", \"set\": {\"customers\": {\"full_name\": \"Zoe 'Q: #1' Berg\"}}%s}";

        Said dry = sent("correct", number, body.formatted(", \"dry-run\": true"));
        assertThat(dry.word("state")).isEqualTo("dry-run");
        assertThat(dairy.company().rows("shop", "select full_name from customers where id = 'key-of-zoe'"))
                .containsExactly("Zoe Planted");
        Said done = sent("correct", number, body.formatted(""));
        assertThat(done.word("state")).isEqualTo("done");
        assertThat(done.text()).doesNotContain("Berg", "Planted");
        assertThat(dairy.company().rows("shop", "select full_name from customers where id = 'key-of-zoe'"))
                .containsExactly("Zoe 'Q: #1' Berg");
        Said refused = sent(
                "correct", number, "{\"store\": \"shop\", \"set\": {\"customers\": {\"secret-name\": \"planted\"}}}");
        assertThat(refused.word("state")).isEqualTo("refused");
        assertThat(refused.text()).doesNotContain("secret-name", "planted");
    }
}
