package dev.kept.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.server.api.Dairy.Said;
import dev.kept.server.command.Company;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Changed;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are sent again: done once, whoever takes them and whatever breaks off. */
class IdempotencyTest {

    private static final String REQUESTS = "/api/v1/requests";
    private static final String BODY = "{\"kind\": \"access\", \"address\": \"zoe@planted.example\"}";

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

    private Said enter(String key, String body) {
        return dairy.post(REQUESTS, body, "Idempotency-Key", key);
    }

    private int entered() {
        return dairy.get(REQUESTS + "?limit=100").json().get("requests").size();
    }

    private void sql(String statement) {
        dairy.home.state().database().useHandle(handle -> handle.execute(statement));
    }

    @Test
    void a_call_that_is_sent_again_is_answered_as_before_and_done_once() {
        Said first = enter("\"one\"", BODY);
        Said again = enter("one", BODY);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("etag")).isEqualTo(first.header("etag"));
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(entered()).isEqualTo(1);
        assertThat(enter("\"two\"", BODY).word("number")).isNotEqualTo(first.word("number"));
    }

    @Test
    void an_act_that_is_sent_again_is_answered_as_before_although_the_request_changed_by_it() {
        String number = dairy.entered("access");
        String tag = dairy.tag(number);
        String path = REQUESTS + "/" + number + "/ask-back";
        String body = "{\"question\": \"scope\", \"text\": \"Which?\"}";

        Said first = dairy.post(path, body, "If-Match", tag, "Idempotency-Key", "k");
        Said again = dairy.post(path, body, "If-Match", tag, "Idempotency-Key", "k");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(dairy.post(path, body, "If-Match", tag).status()).isEqualTo(412);
        assertThat(dairy.get(REQUESTS + "/" + number + "/messages").text().split("Which\\?", -1))
                .as("asked once")
                .hasSize(2);
    }

    @Test
    void the_same_key_with_something_else_is_refused() {
        enter("k", BODY);

        Said other = enter("k", BODY.replace("access", "erasure"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
        String number = dairy.get(REQUESTS).json().at("/requests/0/number").stringValue();
        assertThat(dairy.post(REQUESTS + "/" + number + "/notes", "{\"text\": \"x\"}", "Idempotency-Key", "k")
                        .problem())
                .isEqualTo("idempotency-key-reused");
        assertThat(entered()).isEqualTo(1);
    }

    @Test
    void a_key_of_one_program_says_nothing_of_anothers() {
        Said first = enter("k", BODY);
        String other = dairy.grant(EnumSet.of(Action.ENTER_REQUEST));
        Said second = dairy.send(
                0,
                "POST",
                REQUESTS,
                other,
                BODY.replace("access", "erasure").getBytes(StandardCharsets.UTF_8),
                "Idempotency-Key",
                "k");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.word("number")).isNotEqualTo(first.word("number"));
    }

    @Test
    void to_make_something_new_a_key_is_needed_and_it_is_one_line_of_ascii() {
        assertThat(dairy.post(REQUESTS, BODY).problem()).isEqualTo("idempotency-key-missing");
        for (String bad : List.of("\"\"", "\"a", "a b", "\"" + "x".repeat(101) + "\"", "\"a\\\"b\"", "a;b")) {
            assertThat(enter(bad, BODY).problem()).as(bad).isEqualTo("idempotency-key-missing");
        }
        assertThat(dairy.post(REQUESTS, BODY, "Idempotency-Key", "a", "Idempotency-Key", "b")
                        .problem())
                .isEqualTo("idempotency-key-missing");
        assertThat(entered()).isZero();
    }

    @Test
    void what_was_not_done_may_be_mended_and_sent_with_the_same_key() {
        assertThat(enter("k", BODY.replace("access", "objection")).status()).isEqualTo(422);
        assertThat(enter("k", BODY).status()).isEqualTo(201);
    }

    @Test
    void many_at_once_on_two_nodes_make_one_request() throws Exception {
        int other = dairy.start();
        List<Callable<Said>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            int node = i % 2 == 0 ? 0 : other;
            calls.add(() -> dairy.send(
                    node, "POST", REQUESTS, dairy.key, BODY.getBytes(StandardCharsets.UTF_8), "Idempotency-Key", "k"));
        }
        List<Said> said = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Said> one : threads.invokeAll(calls)) {
                said.add(one.get());
            }
        }

        assertThat(entered()).isEqualTo(1);
        assertThat(said).extracting(Said::status).isSubsetOf(201, 409).contains(201);
        assertThat(said.stream()
                        .filter(one -> one.status() == 201)
                        .map(Said::text)
                        .distinct())
                .hasSize(1);
        assertThat(said.stream().filter(one -> one.status() == 409))
                .allMatch(one -> one.problem().equals("in-progress")
                        && !one.header("retry-after").isEmpty());
    }

    @Test
    void a_process_that_broke_off_before_it_did_anything_holds_nobody_up_for_long() {
        enter("k", BODY);
        sql("delete from kept.api_effect");
        sql("delete from kept.request");
        sql("update kept.api_call set status = null, headers = null, body = null");

        Said busy = enter("k", BODY);
        assertThat(busy.status()).isEqualTo(409);
        assertThat(busy.problem()).isEqualTo("in-progress");
        dairy.pass(Calls.BUSY.plusSeconds(1));
        assertThat(enter("k", BODY).status()).isEqualTo(201);
        assertThat(entered()).isEqualTo(1);
    }

    @Test
    void a_process_that_broke_off_before_it_answered_did_it_all_the_same() {
        Said first = enter("k", BODY);
        sql("update kept.api_call set status = null, headers = null, body = null");

        Said again = enter("k", BODY);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        dairy.pass(Calls.BUSY.plusSeconds(1));
        assertThat(enter("k", BODY).status()).isEqualTo(201);
        assertThat(entered()).isEqualTo(1);
    }

    /** A request to correct, proven, and what is sent about it. */
    private Said corrected(String number, String key) {
        return dairy.post(
                REQUESTS + "/" + number + "/correct",
                "{\"store\": \"shop\", \"set\": {\"customers\": {\"full_name\": \"Zoe Hill\"}}}",
                "If-Match",
                "*",
                "Idempotency-Key",
                key);
    }

    @Test
    void a_correction_of_which_nobody_was_answered_is_made_once_and_told_as_it_was_made() {
        String number = dairy.proven("rectification");
        dairy.work();
        Said first = corrected(number, "k");
        assertThat(first.word("state")).isEqualTo("done");
        sql("update kept.api_call set status = null, headers = null, body = null");
        dairy.company().database("shop").execute("update customers set full_name = 'Zoe Lake' where id = 'key-of-zoe'");
        dairy.pass(Calls.BUSY.plusSeconds(1));

        Said again = corrected(number, "k");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.word("state")).isEqualTo("done");
        assertThat(again.word("run")).isEqualTo(first.word("run"));
        assertThat(again.json().at("/changes/0/column").stringValue()).isEqualTo("full_name");
        assertThat(again.json().at("/changes/0/rows").intValue()).isEqualTo(1);
        assertThat(dairy.company().rows("shop", "select full_name from customers where id = 'key-of-zoe'"))
                .as("what somebody wrote since stands")
                .containsExactly("Zoe Lake");
    }

    @Test
    void what_was_done_by_hand_is_said_once_and_of_the_request_as_it_was_read() throws IOException {
        dairy.close();
        dairy = new Dairy(folder, "requests: {by-hand: {crm: delete the contact}}\n");
        String number = dairy.proven("access");
        dairy.work();
        String path = REQUESTS + "/" + number + "/done-by-hand";
        String body = "{\"store\": \"crm\"}";
        assertThat(dairy.post(path, body, "If-Match", "\"0\"", "Idempotency-Key", "j")
                        .problem())
                .isEqualTo("stale");

        Said first = dairy.post(path, body, "If-Match", dairy.tag(number), "Idempotency-Key", "k");
        sql("update kept.api_call set status = null, headers = null, body = null");
        dairy.pass(Calls.BUSY.plusSeconds(1));
        Said again = dairy.post(path, body, "If-Match", dairy.tag(number), "Idempotency-Key", "k");

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(Company.rows(
                        dairy.company().state(),
                        "select count(*) from kept.journal where entry::jsonb ->> 'event' = 'done-by-hand'"))
                .containsExactly("1");
    }

    @Test
    void what_changed_between_reading_and_writing_is_not_done_by_hand() throws IOException {
        dairy.close();
        dairy = new Dairy(folder, "requests: {by-hand: {crm: delete the contact}}\n");
        String number = dairy.proven("access");
        dairy.work();
        StoredRequest read = dairy.office().requests().byNumber(number).orElseThrow();
        dairy.act(number, "answer-in-part", "{\"text\": \"all but what is in the CRM\"}");

        assertThatThrownBy(() ->
                        dairy.office().staffDesk().doneByHand(read, "crm", Actor.staff("officer", "Olga", "did it")))
                .isInstanceOf(Changed.class);
    }

    @Test
    void a_process_that_wakes_up_too_late_does_it_no_second_time() {
        Calls calls = new Calls(dairy.home.state());
        Calls.Call call = Calls.call(UUID.randomUUID(), "k", Calls.bytes("POST"));
        UUID request = UUID.randomUUID();
        assertThat(calls.claim(call)).isInstanceOf(Calls.Claim.Fresh.class);
        dairy.pass(Calls.BUSY.plusSeconds(1));
        assertThat(calls.claim(call)).isInstanceOf(Calls.Claim.Fresh.class);
        dairy.home.state().apply(call.effect(request));

        assertThatThrownBy(() -> dairy.home.state().apply(call.effect(UUID.randomUUID())))
                .isInstanceOf(JdbiException.class);
        calls.failed(call);
        assertThat(calls.claim(call)).isEqualTo(new Calls.Claim.Done(request));
    }

    @Test
    void keys_are_forgotten_after_a_day_and_nothing_personal_was_kept() {
        enter("k-planted", BODY);
        String kept = String.join(
                "",
                Company.rows(
                        dairy.company().state(), "select c::text || convert_from(body, 'UTF8') from kept.api_call c"));
        assertThat(kept).isNotEmpty().doesNotContain("planted", "k-");

        dairy.pass(Calls.KNOWN.plus(Duration.ofSeconds(1)));
        assertThat(enter("another", BODY).status()).isEqualTo(201);
        assertThat(Company.rows(dairy.company().state(), "select count(*) from kept.api_call"))
                .containsExactly("1");
        assertThat(Company.rows(dairy.company().state(), "select count(*) from kept.api_effect"))
                .containsExactly("1");
        assertThat(enter("k-planted", BODY).status()).isEqualTo(201);
        assertThat(entered()).isEqualTo(3);
    }
}
