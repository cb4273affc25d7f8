package dev.kept.server.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasures that wait are carried out together, and each request gets a part of its own. */
class ErasingTogetherTest {

    @TempDir
    private Path folder;

    private Bakery bakery;

    @BeforeEach
    void open() throws IOException {
        bakery = new Bakery(folder, "");
        bakery.company()
                .database("shop")
                .execute(
                        "insert into customers (full_name, email, opened) values ('Cleo Dean', 'cleo@example.org', now() - interval '9 days')");
    }

    @AfterEach
    void close() {
        bakery.close();
    }

    /** Asked and proven, and not carried out yet. */
    private List<StoredRequest> waiting(String... addresses) {
        List<String> browsers =
                List.of(addresses).stream().map(address -> Visits.secret()).toList();
        List<StoredRequest> asked = new java.util.ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            asked.add(bakery.ask(Ask.of(Kind.ERASURE), addresses[i], browsers.get(i)));
        }
        bakery.step();
        for (int i = 0; i < addresses.length; i++) {
            StoredRequest request = asked.get(i);
            String token = bakery.letters().stream()
                    .filter(letter -> letter.request().equals(request.id()))
                    .findFirst()
                    .orElseThrow()
                    .token();
            bakery.desk.open(token, browsers.get(i)).orElseThrow();
        }
        return asked;
    }

    @Test
    void one_run_erases_all_who_wait_and_each_request_is_answered() {
        List<StoredRequest> asked = waiting("anna@example.org", "cleo@example.org");

        bakery.step();

        assertThat(asked)
                .allMatch(request ->
                        bakery.again(request).request().stage().word().equals("answered"));
        assertThat(bakery.rows().toString())
                .doesNotContainIgnoringCase("anna@")
                .doesNotContain("Mill Lane", "Cleo")
                .contains("Ben Cole", "Hill Road");
        assertThat(runs()).containsExactly("erase 2");
        assertThat(asked.stream().flatMap(request -> bakery.details.stores(request.id()).stream()))
                .hasSize(2)
                .allMatch(part ->
                        part.state() == Details.StoreState.DONE && part.run().isPresent());
    }

    private List<String> runs() {
        return bakery.home()
                .state()
                .database()
                .withHandle(handle -> handle.createQuery(
                                "select kind || ' ' || (entry::jsonb ->> 'persons') from kept.journal where kind = 'erase'")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void of_whom_something_stays_that_is_said_to_her_alone() {
        var state = bakery.home().state();
        LocalDate review = LocalDate.of(2099, 1, 1);
        state.apply(List.of(state.holds()
                .opening(
                        UUID.randomUUID(),
                        "shop",
                        TableName.parse("orders"),
                        List.of("1"),
                        "a claim",
                        review,
                        "nobody")));
        List<StoredRequest> asked = waiting("anna@example.org", "cleo@example.org");

        bakery.step();

        Map<String, Object> annas =
                bakery.details.stores(asked.getFirst().id()).getFirst().result();
        Map<String, Object> cleos =
                bakery.details.stores(asked.getLast().id()).getFirst().result();
        assertThat(cleos.get("stays")).isEqualTo(List.of());
        assertThat(bakery.again(asked.getLast()).request().stage().word()).isEqualTo("answered");
        assertThat(annas.get("stays")).asString().contains("frozen");
        assertThat(bakery.rows().toString()).contains("Mill Lane").doesNotContain("Anna Berg");
    }

    @Test
    void what_fails_together_each_tries_by_itself() {
        List<StoredRequest> asked = waiting("anna@example.org", "cleo@example.org");
        bakery.company().database("shop").execute("alter table orders rename column ship_to to sent_to");
        bakery.step();
        assertThat(asked)
                .allMatch(request ->
                        bakery.again(request).request().stage().word().equals("failed"));

        bakery.company().database("shop").execute("alter table orders rename column sent_to to ship_to");
        bakery.turn(Duration.ofHours(1));
        bakery.step();

        assertThat(asked)
                .allMatch(request ->
                        bakery.again(request).request().stage().word().equals("answered"));
    }

    @Test
    void a_store_that_is_isolated_is_not_worked_on_and_shown_failing() {
        List<StoredRequest> asked = waiting("anna@example.org", "cleo@example.org");
        bakery.company()
                .state()
                .execute("insert into kept.restored values (gen_random_uuid(), 'shop', now(), 'nobody', null)");

        bakery.step();

        assertThat(asked)
                .allMatch(request ->
                        bakery.again(request).request().stage().word().equals("failed"));
        assertThat(bakery.rows().toString()).contains("Anna Berg", "Cleo Dean");
        assertThat(bakery.complaints()).anyMatch(line -> line.contains("`shop` is isolated"));
    }

    @Test
    void a_request_that_nobody_has_proven_is_not_among_them() {
        StoredRequest unproven = bakery.ask(Ask.of(Kind.ERASURE), "ben@example.org", Visits.secret());
        waiting("anna@example.org", "cleo@example.org");

        bakery.step();

        assertThat(bakery.again(unproven).request().identity()).isEmpty();
        assertThat(bakery.rows().toString()).contains("Ben Cole", "Hill Road");
    }
}
