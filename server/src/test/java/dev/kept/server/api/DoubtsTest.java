package dev.kept.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.api.Dairy.Said;
import dev.kept.server.command.Company;
import dev.kept.server.signin.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs decide about persons who may be those who were erased. */
class DoubtsTest {

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

    private List<String> customers() {
        return dairy.company().rows("shop", "select id from customers order by id");
    }

    private String journal() {
        return String.join(
                "\n", Company.rows(dairy.company().state(), "select entry::text from kept.journal order by seq"));
    }

    @Test
    void it_is_she_and_she_is_erased_again_and_nobody_else() {
        String doubt = dairy.doubtful("customer", "key-of-zoe", "mixed");

        Said said = dairy.decide(doubt, "erase");

        assertThat(said.status()).isEqualTo(200);
        assertThat(said.word("decision")).isEqualTo("erased");
        assertThat(customers()).containsExactly("other");
        assertThat(dairy.get("/api/v1/doubts").json().get("all").intValue()).isZero();
        assertThat(journal())
                .contains("\"decision\":\"erased\"", "\"role\":\"key\"")
                .doesNotContain("Sue", "key-of-zoe", "by letter");
        assertThat(Company.rows(dairy.company().state(), "select operator || ': ' || said from kept.private_log"))
                .anyMatch(line -> line.startsWith("Sue Support, with key ") && line.endsWith("asked her by letter"));
        assertThat(dairy.decide(doubt, "erase").status()).isEqualTo(404);
    }

    @Test
    void it_is_not_she_and_her_data_stays() {
        String doubt = dairy.doubtful("customer", "key-of-zoe", "shared");

        assertThat(dairy.decide(doubt, "leave").word("decision")).isEqualTo("left-alone");

        assertThat(customers()).containsExactly("key-of-zoe", "other");
        assertThat(dairy.decide(doubt, "erase").status()).isEqualTo(404);
        assertThat(customers()).hasSize(2);
    }

    @Test
    void who_she_is_is_told_only_with_the_scope_for_that_and_decided_only_with_another() {
        String doubt = dairy.doubtful("customer", "key-of-zoe", "undated");
        String auditor = dairy.grant(Set.of(Action.SEE_DOUBTS));

        Said seen = dairy.send(0, "GET", "/api/v1/doubts", auditor, null);
        assertThat(seen.text()).contains(doubt, "undated").doesNotContain("key-of-zoe");
        assertThat(dairy.get("/api/v1/doubts").text()).contains("key-of-zoe");
        for (String decision : List.of("erase", "leave")) {
            Said refused = dairy.send(
                    0,
                    "POST",
                    "/api/v1/doubts/" + doubt + "/" + decision,
                    dairy.grant(Set.of(Action.SEE_DOUBTS, Action.SEE_DOUBTFUL)),
                    "{\"by\": \"x\", \"checked\": \"y\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("decide-doubt");
        }
        assertThat(customers()).hasSize(2);
    }

    @Test
    void a_decision_that_is_sent_twice_is_made_once_and_answered_twice() {
        String doubt = dairy.doubtful("customer", "key-of-zoe", "mixed");
        String once = "\"" + UUID.randomUUID() + "\"";

        Said first = dairy.decide(doubt, "erase", "Idempotency-Key", once);
        Said second = dairy.decide(doubt, "erase", "Idempotency-Key", once);
        dairy.company().state().execute("update kept.api_call set status = null, body = null, headers = null");
        Said afterCrash = dairy.decide(doubt, "erase", "Idempotency-Key", once);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(afterCrash.status()).isEqualTo(200);
        assertThat(afterCrash.word("decision")).isEqualTo("erased");
        assertThat(Company.rows(dairy.company().state(), "select kind from kept.journal where kind = 'doubt-decided'"))
                .hasSize(1);
    }

    @Test
    void of_two_who_decide_at_once_the_first_holds_and_the_other_is_told() throws Exception {
        dairy.start();
        for (int i = 0; i < 10; i++) {
            String key = "guest-" + i;
            dairy.company()
                    .database("shop")
                    .execute("insert into customers values ('" + key + "', 'G', 'g" + i
                            + "@planted.example', now() - interval '9 days')");
            String doubt = dairy.doubtful("customer", key, "mixed");
            try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Said>> said = new ArrayList<>();
                for (String decision : List.of("erase", "leave")) {
                    said.add(both.submit(() -> dairy.send(
                            decision.equals("erase") ? 0 : 1,
                            "POST",
                            "/api/v1/doubts/" + doubt + "/" + decision,
                            dairy.key,
                            "{\"by\": \"x\", \"checked\": \"y\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
                }
                boolean erased = said.get(0).get().status() == 200;
                boolean left = said.get(1).get().status() == 200;
                assertThat(erased).isNotEqualTo(left);
                assertThat(said.get(erased ? 1 : 0).get().status()).isIn(404, 409);
                assertThat(customers().contains(key)).isEqualTo(left);
            }
        }
    }

    private List<String> decisions() {
        return Company.rows(
                dairy.company().state(),
                "select entry::jsonb ->> 'decision' from kept.journal where kind = 'doubt-decided' order by seq");
    }

    private List<String> restrictions() {
        return Company.rows(
                dairy.company().state(),
                "select array_to_string(person_key, ',') from kept.person_fact where what = 'restricted'");
    }

    @Test
    void whose_erasure_leaves_something_undecided_is_erased_in_part_and_still_asked_about() throws IOException {
        dairy.close();
        dairy = Dairy.withInvoices(folder);
        String doubt = dairy.doubtful("customer", "key-of-zoe", "mixed");
        dairy.home
                .state()
                .apply(List.of(
                        dairy.home.state().personFacts().restrictDoubtful("shop", "customer", List.of("key-of-zoe"))));
        String once = "\"" + UUID.randomUUID() + "\"";

        Said said = dairy.decide(doubt, "erase", "Idempotency-Key", once);

        assertThat(said.status()).isEqualTo(200);
        assertThat(said.word("decision")).isEqualTo("erased-in-part");
        assertThat(Company.rows(
                        dairy.company().state(), "select state from kept.run where id = '" + said.word("run") + "'"))
                .containsExactly("incomplete");
        assertThat(decisions()).containsExactly("erased-in-part");
        assertThat(dairy.get("/api/v1/doubts").json().get("all").intValue()).isEqualTo(1);
        assertThat(restrictions()).containsExactly("key-of-zoe");
        assertThat(dairy.decide(doubt, "leave").problem()).isEqualTo("not-possible");
        dairy.company().state().execute("update kept.api_call set status = null, body = null, headers = null");
        assertThat(dairy.decide(doubt, "erase", "Idempotency-Key", once).word("decision"))
                .as("nobody was answered when it was decided")
                .isEqualTo("erased-in-part");

        dairy.company().database("shop").execute("update orders set placed = now() - interval '20 years'");
        assertThat(dairy.decide(doubt, "erase").word("decision")).isEqualTo("erased");

        assertThat(decisions()).containsExactly("erased-in-part", "erased");
        assertThat(dairy.get("/api/v1/doubts").json().get("all").intValue()).isZero();
        assertThat(restrictions()).isEmpty();
        assertThat(customers()).containsExactly("other");
    }

    @Test
    void of_two_who_erase_her_at_once_one_settles_it() throws Exception {
        dairy.start();
        for (int i = 0; i < 5; i++) {
            String key = "guest-" + i;
            dairy.company()
                    .database("shop")
                    .execute("insert into customers values ('" + key + "', 'G', 'g" + i
                            + "@planted.example', now() - interval '9 days')");
            String doubt = dairy.doubtful("customer", key, "mixed");
            try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Said>> said = new ArrayList<>();
                for (int node : new int[] {0, 1}) {
                    said.add(both.submit(() -> dairy.send(
                            node,
                            "POST",
                            "/api/v1/doubts/" + doubt + "/erase",
                            dairy.key,
                            "{\"by\": \"x\", \"checked\": \"y\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
                }
                for (Future<Said> one : said) {
                    assertThat(one.get().status()).isIn(200, 404, 409, 503);
                }
            }
            if (dairy.get("/api/v1/doubts").json().get("all").intValue() > 0) {
                assertThat(dairy.decide(doubt, "erase").status()).isEqualTo(200);
            }
            assertThat(customers()).doesNotContain(key);
            assertThat(decisions()).hasSize(i + 1).containsOnly("erased");
        }
    }

    @Test
    void whose_erasure_has_begun_can_only_be_erased() {
        String doubt = dairy.doubtful("customer", "key-of-zoe", "mixed");
        dairy.company().state().execute("update kept.suppression_doubt set erasing_at = now()");

        assertThat(dairy.decide(doubt, "leave").problem()).isEqualTo("not-possible");
        assertThat(dairy.decide(doubt, "erase").status()).isEqualTo(200);
        assertThat(customers()).containsExactly("other");
    }
}
