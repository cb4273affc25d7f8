package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.http.Visitor;
import dev.kept.server.request.Proofs;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody asks in another's name from many networks: her mailbox is not flooded, and she gets through. */
class CrowdedTest {

    private static final String UNKNOWN = "nobody@example.org";

    @TempDir
    private Path folder;

    private Harbour harbour;
    private int networks;

    @BeforeEach
    void open() throws IOException {
        harbour = new Harbour(folder, "serve: {proxies: [127.0.0.0/8]}\n");
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    private Visitor elsewhere() {
        networks++;
        return harbour.visitor().from("2001:db8:" + Integer.toHexString(networks) + "::1");
    }

    private static HttpResponse<String> ask(Visitor visitor, String address) throws Exception {
        visitor.get("/privacy/en/ask/access");
        return visitor.send("/privacy/en/ask/access", "address", address);
    }

    private static String plain(String page) {
        return page.replaceAll("[0-9A-Z]{4}-[0-9A-Z]{4}", "NUMBER").replaceAll("value=\"[^\"]{20,}\"", "TOKEN");
    }

    private void flood() throws Exception {
        for (int i = 0; i < Proofs.MOST_LETTERS + 5; i++) {
            assertThat(ask(elsewhere(), Harbour.ANNA).statusCode()).isEqualTo(200);
            harbour.step();
        }
    }

    @Test
    void so_many_letters_go_to_one_address_and_asking_goes_on_and_looks_the_same() throws Exception {
        flood();
        assertThat(harbour.letters()).hasSize(Proofs.MOST_LETTERS);

        Visitor late = elsewhere();
        Visitor other = elsewhere();
        String known = plain(ask(late, Harbour.ANNA).body());
        String unknown = plain(ask(other, UNKNOWN).body());
        assertThat(known).isEqualTo(unknown);
        harbour.step();
        assertThat(harbour.letters()).hasSize(Proofs.MOST_LETTERS);
        for (Visitor visitor : new Visitor[] {late, other}) {
            assertThat(visitor.send(visitor.path() + "/link").body()).contains("another e-mail is on its way");
        }
        harbour.step();
        assertThat(harbour.letters()).hasSize(Proofs.MOST_LETTERS);
        harbour.turn(Duration.ofHours(25));
        ask(elsewhere(), Harbour.ANNA);
        harbour.step();
        assertThat(harbour.letters()).hasSize(Proofs.MOST_LETTERS + 1);
    }

    @Test
    void whoever_reads_the_letters_gets_through_with_the_code_of_any_of_them() throws Exception {
        flood();
        harbour.turn(Duration.ofHours(5));
        Visitor anna = elsewhere();
        ask(anna, Harbour.ANNA);
        harbour.step();
        String request = anna.path();
        String code = harbour.letters().get(3).code();

        assertThat(anna.send(request + "/code", "code", code).body()).contains("another e-mail is on its way");
        harbour.step();

        assertThat(harbour.letters()).hasSize(Proofs.MOST_LETTERS + 1);
        assertThat(harbour.lastLetter().address()).isEqualTo(Harbour.ANNA);
        anna.get(request);
        assertThat(harbour.at(anna).request().stage()).isInstanceOf(Stage.Received.class);
        anna.get(harbour.lastLetter().link());
        anna.send(anna.path());
        harbour.step();
        assertThat(harbour.at(anna).request().identity()).isPresent();

        Visitor again = elsewhere();
        ask(again, Harbour.ANNA);
        harbour.step();
        assertThat(again.send(again.path() + "/code", "code", code).body())
                .as("a code lets one letter go")
                .contains("This code is not right");
    }

    @Test
    void who_does_not_read_the_letters_gets_nothing_and_few_tries() throws Exception {
        flood();
        Visitor eve = elsewhere();
        Visitor other = elsewhere();
        ask(eve, Harbour.ANNA);
        ask(other, UNKNOWN);
        harbour.step();
        String request = eve.path();
        for (int i = 0; i < Proofs.MOST_TRIES; i++) {
            String code = "0000-000" + i;
            assertThat(plain(eve.send(request + "/code", "code", code).body()).replace(code, ""))
                    .isEqualTo(plain(other.send(other.path().replaceAll("/code$", "") + "/code", "code", code)
                                    .body())
                            .replace(code, ""));
        }

        String right = harbour.letters().get(3).code();
        assertThat(eve.send(request + "/code", "code", right).body()).contains("This code is not right");
        harbour.step();
        assertThat(harbour.letters()).hasSize(Proofs.MOST_LETTERS);
    }

    @Test
    void a_code_that_went_to_somebody_else_lets_nothing_go() throws Exception {
        flood();
        Visitor ben = elsewhere();
        ask(ben, "ben@example.org");
        harbour.step();
        String bens = harbour.lastLetter().code();
        Visitor eve = elsewhere();
        ask(eve, Harbour.ANNA);
        harbour.step();

        assertThat(eve.send(eve.path() + "/code", "code", bens).body()).contains("This code is not right");
        harbour.step();
        assertThat(harbour.letters()).hasSize(Proofs.MOST_LETTERS + 1);
    }

    @Test
    void who_has_a_whole_site_of_ipv6_has_not_as_many_tries_as_addresses() throws Exception {
        Set<Integer> statuses = new HashSet<>();
        int admitted = 0;
        for (int i = 0; i < 200; i++) {
            Visitor eve = harbour.visitor().from("2001:db8:7:" + Integer.toHexString(i) + "::1");
            int status = ask(eve, "person" + i + "@example.org").statusCode();
            statuses.add(status);
            admitted += status == 200 ? 1 : 0;
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 429);
        assertThat(admitted).isEqualTo(160);
        assertThat(ask(elsewhere(), "person@example.org").statusCode()).isEqualTo(200);
        assertThat(harbour.visitor()
                        .from("2001:db8:7:ffff::1")
                        .get("/privacy/en/ask/" + Kind.ACCESS.word())
                        .statusCode())
                .isEqualTo(200);
    }
}
