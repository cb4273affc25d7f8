package dev.kept.server.inform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.rights.request.Kind;
import dev.kept.server.inform.Informed.Confirmation;
import dev.kept.server.inform.Told.Standing;
import dev.kept.server.state.StateChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recipients from the erasure to their confirmation, with a real mail server and a real server of theirs. */
class InformingTest {

    private final Exchange exchange = new Exchange();

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void every_recipient_of_the_data_is_told_or_is_somebody_s_task() {
        exchange.carriedOut();

        assertThat(exchange.told("mailer").standing()).isEqualTo(Standing.WAITING);
        assertThat(exchange.told("carrier").standing()).isEqualTo(Standing.WAITING);
        assertThat(exchange.told("printer").reason()).contains("no-way");
        assertThat(exchange.told("counter").reason()).as("it has only a log").contains("nothing-known-by");
        assertThat(exchange.informed.tasks(10))
                .extracting(Told::recipient)
                .containsExactlyInAnyOrder("printer", "counter");
        assertThat(exchange.state.journal().of(Exchange.REQUEST).getFirst().json())
                .contains(
                        "\"event\":\"to-tell\"", "shares.carrier", "shares.counter", "shares.mailer", "shares.printer");
    }

    @Test
    void who_received_nothing_of_it_is_not_told() {
        Carried correction = new Carried(
                Exchange.REQUEST,
                "R-17",
                Kind.RECTIFICATION,
                LocalDate.parse("2027-03-01"),
                List.of(new Carried.Data(Set.of("email"), Set.of("newsletter"))),
                Map.of("email", "anna.secret@reader.example"));

        exchange.state.apply(exchange.informing.tell(correction));

        assertThat(exchange.informed.of(Exchange.REQUEST))
                .extracting(Told::recipient)
                .containsExactly("mailer");
        assertThat(exchange.told("mailer").done()).isEqualTo("rectification");
        assertThatThrownBy(
                        () -> new Carried(Exchange.REQUEST, "R-17", Kind.ACCESS, LocalDate.EPOCH, List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_goes_with_what_was_carried_out_or_not_at_all() {
        List<StateChange> changes = new ArrayList<>(exchange.informing.tell(Exchange.erasure()));
        changes.add(
                StateChange.of("insert into kept.hook_key (hook, key) values (?, ?)", UUID.randomUUID(), new byte[1]));

        assertThatThrownBy(() -> exchange.state.apply(changes)).isInstanceOf(JdbiException.class);

        exchange.step();
        assertThat(exchange.informed.of(Exchange.REQUEST)).isEmpty();
        assertThat(exchange.post.getReceivedMessages()).isEmpty();
        assertThat(exchange.carrier.heard()).isEmpty();
    }

    @Test
    void a_mail_says_what_was_done_in_the_recipient_s_language_and_whom_it_knows() {
        exchange.carriedOut();
        exchange.step();

        assertThat(exchange.lastMail())
                .contains("Die Daten wurden gelöscht", "Die Daten: email.", "> email: anna.secret@reader.example")
                .doesNotContain("River Street");
        assertThat(exchange.told("mailer").standing()).isEqualTo(Standing.TOLD);
        assertThat(exchange.told("mailer").toldAt()).contains(exchange.now());
    }

    @Test
    void a_confirmation_ends_it_once_and_destroys_what_was_sealed() {
        exchange.carriedOut();
        exchange.step();
        String token = exchange.token();
        UUID mailer = exchange.told("mailer").id();
        assertThat(exchange.informed.knownBy(mailer))
                .hasValueSatisfying(known -> assertThat(known).containsKey("email"));
        assertThat(exchange.informed.find(token))
                .hasValueSatisfying(told -> assertThat(told.standing()).isEqualTo(Standing.TOLD));

        assertThat(exchange.informed.confirm(token)).isEqualTo(Confirmation.CONFIRMED);
        assertThat(exchange.informed.confirm(token)).isEqualTo(Confirmation.ALREADY);
        assertThat(exchange.informed.confirm(token + "x")).isEqualTo(Confirmation.UNKNOWN);
        assertThat(exchange.informed.confirm("x".repeat(100_000))).isEqualTo(Confirmation.UNKNOWN);

        assertThat(exchange.told("mailer").standing()).isEqualTo(Standing.CONFIRMED);
        assertThat(exchange.told("mailer").endedAt()).contains(exchange.now());
        assertThat(exchange.informed.knownBy(mailer)).isEmpty();
        assertThat(exchange.number("select count(*) from kept.informing_key where informing = '" + mailer + "'"))
                .isZero();
        exchange.later(Reminding.PATIENCE);
        exchange.step();
        assertThat(exchange.post.getReceivedMessages())
                .as("nobody is reminded any more")
                .hasSize(1);
    }

    @Test
    void nothing_of_the_person_stands_readable_or_in_the_ledger() {
        exchange.carriedOut();
        assertThat(exchange.readable()).doesNotContain("anna.secret", "River Street", "R-17");
        exchange.step();
        exchange.informed.confirm(exchange.token());

        assertThat(exchange.readable()).doesNotContain("anna.secret", "River Street", exchange.token());
        assertThat(exchange.state.journal().of(Exchange.REQUEST))
                .extracting(
                        entry -> entry.json().replaceAll(".*\"by\":\"([a-z-]+)\".*\"event\":\"([a-z-]+)\".*", "$2 $1"))
                .contains("told mail", "confirmed link", "confirmed webhook");
    }

    @Test
    void who_does_not_confirm_is_reminded_so_often_and_then_it_is_somebody_s_task() {
        exchange.carriedOut();
        exchange.step();
        for (int reminder = 1; reminder <= Reminding.MOST_REMINDERS; reminder++) {
            exchange.later(Reminding.PATIENCE.minusSeconds(1));
            exchange.step();
            assertThat(exchange.told("mailer").reminders()).isEqualTo(reminder - 1);
            exchange.later(Duration.ofSeconds(1));
            exchange.step();
            assertThat(exchange.told("mailer").reminders()).isEqualTo(reminder);
            assertThat(exchange.told("mailer").standing()).isEqualTo(Standing.TOLD);
            assertThat(exchange.lastMail()).contains("noch nichts von Ihnen gehört");
        }
        exchange.later(Reminding.PATIENCE);
        exchange.step();

        assertThat(exchange.post.getReceivedMessages()).hasSize(1 + Reminding.MOST_REMINDERS);
        assertThat(exchange.told("mailer").standing()).isEqualTo(Standing.TASK);
        assertThat(exchange.told("mailer").reason()).contains("not-confirmed");
        assertThat(exchange.informed.confirm(exchange.token()))
                .as("late is not never")
                .isEqualTo(Confirmation.CONFIRMED);
    }

    @Test
    void a_task_is_closed_by_somebody_once_and_the_ledger_hears_of_it() {
        exchange.carriedOut();
        Told printer = exchange.told("printer");
        Informed.Staff officer = new Informed.Staff("officer", "c".repeat(64));

        assertThat(exchange.informed.close(printer.id(), officer, List.of())).isTrue();
        assertThat(exchange.informed.close(printer.id(), officer, List.of())).isFalse();
        assertThat(exchange.informed.close(exchange.told("mailer").id(), officer, List.of()))
                .as("that is none")
                .isFalse();

        assertThat(exchange.told("printer").standing()).isEqualTo(Standing.CLOSED);
        assertThat(exchange.informed.knownBy(printer.id())).isEmpty();
        assertThat(exchange.state.journal().latest("recipients", 1).getFirst().json())
                .contains(
                        "\"event\":\"closed\"",
                        "\"recipient\":\"shares.printer\"",
                        "\"actor\":{\"commitment\":\"" + "c".repeat(64) + "\",\"role\":\"officer\"}");
    }

    @Test
    void a_mail_that_comes_back_is_a_task_at_once() {
        exchange.carriedOut();
        exchange.step();
        exchange.state.database().useHandle(handle -> handle.execute("update kept.mail set state = 'undeliverable'"));

        exchange.step();

        assertThat(exchange.told("mailer").standing()).isEqualTo(Standing.TASK);
        assertThat(exchange.told("mailer").reason()).contains("undeliverable");
    }

    @Test
    void a_message_is_a_cloud_event_under_both_keys_and_an_answer_of_2xx_confirms_it() {
        exchange.carriedOut();
        exchange.step();

        Listener.Heard heard = exchange.carrier.heard().getFirst();
        JsonNode event = JsonMapper.builder().build().readTree(heard.body());
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("type").asString()).isEqualTo("dev.kept.recipient.erasure");
        assertThat(event.get("source").asString()).isEqualTo("https://privacy.mill.example/");
        assertThat(event.get("id").asString()).isEqualTo(heard.headers().getFirst("Webhook-id"));
        assertThat(event.get("data").get("person").toString())
                .isIn(
                        "{\"email\":\"anna.secret@reader.example\",\"address\":\"2 River Street\"}",
                        "{\"address\":\"2 River Street\",\"email\":\"anna.secret@reader.example\"}");
        assertThat(event.get("data").get("data").toString()).isEqualTo("[\"address\",\"email\"]");
        Instant at = Instant.ofEpochSecond(Long.parseLong(heard.headers().getFirst("Webhook-timestamp")));
        byte[] body = heard.body().getBytes(StandardCharsets.UTF_8);
        assertThat(heard.headers().getFirst("Webhook-signature"))
                .isEqualTo(Signature.header(
                        List.of(Signature.key(Exchange.NEW_SECRET), Signature.key(Exchange.SECRET)),
                        event.get("id").asString(),
                        at,
                        body));
        assertThat(exchange.told("carrier").standing()).isEqualTo(Standing.CONFIRMED);
        assertThat(exchange.number("select count(*) from kept.hook_key")).isZero();
        assertThat(exchange.number("select count(*) from kept.hook where sealed is not null"))
                .isZero();
    }

    @Test
    void a_message_that_is_not_taken_is_posted_again_under_the_same_id_and_every_try_is_visible() {
        exchange.carrier.status = 503;
        exchange.carriedOut();
        exchange.step();
        exchange.step();
        exchange.carrier.status = 200;
        exchange.later(Hooks.BACK_OFF.getFirst());
        exchange.step();
        exchange.later(Duration.ofMinutes(1));
        exchange.step();

        assertThat(exchange.informed.attempts(exchange.told("carrier").id()))
                .extracting(Attempt::outcome)
                .containsExactly("http 503", "http 200");
        assertThat(exchange.carrier.heard()).hasSize(2);
        assertThat(exchange.carrier.heard().get(0).headers().getFirst("Webhook-id"))
                .isEqualTo(exchange.carrier.heard().get(1).headers().getFirst("Webhook-id"));
        assertThat(exchange.told("carrier").standing()).isEqualTo(Standing.CONFIRMED);
    }

    @Test
    void a_message_that_is_never_taken_becomes_a_task_and_is_destroyed() {
        exchange.carrier.status = 500;
        exchange.carriedOut();
        for (int tries = 0; tries < Hooks.MOST_TRIES; tries++) {
            exchange.reminding.step();
            exchange.later(Duration.ofDays(1));
        }
        exchange.reminding.step();

        assertThat(exchange.told("carrier").standing()).isEqualTo(Standing.TASK);
        assertThat(exchange.told("carrier").reason()).contains("not-taken");
        assertThat(exchange.carrier.heard()).hasSize(Hooks.MOST_TRIES);
        assertThat(exchange.number("select count(*) from kept.hook where sealed is not null"))
                .isZero();
        assertThat(exchange.informed.knownBy(exchange.told("carrier").id()))
                .as("somebody must tell it")
                .isPresent();
    }

    @Test
    void a_message_that_a_process_took_into_its_grave_is_posted_by_another() {
        exchange.carriedOut();
        Hooks dying = new Hooks(exchange.state);
        Hooks.Taken taken = dying.take(Set.of()).orElseThrow();
        exchange.reminding.step();
        assertThat(exchange.carrier.heard()).isEmpty();

        exchange.later(Hooks.LEASE);
        exchange.reminding.step();
        dying.later(taken, "the one who was dead comes back");

        assertThat(exchange.carrier.heard()).hasSize(1);
        assertThat(exchange.informed.attempts(exchange.told("carrier").id()))
                .extracting(Attempt::outcome)
                .containsExactly("http 204");
    }

    @Test
    void two_processes_tell_everybody_once() {
        for (int i = 0; i < 20; i++) {
            exchange.carriedOut();
        }
        CompletableFuture<Void> other = CompletableFuture.runAsync(exchange.reminding::step);
        exchange.reminding.step();
        other.join();

        assertThat(exchange.carrier.heard()).hasSize(20);
        assertThat(exchange.carrier.heard().stream()
                        .map(heard -> heard.headers().getFirst("Webhook-id"))
                        .distinct())
                .hasSize(20);
    }

    @Test
    void hostile_names_of_a_person_stay_text_for_recipients() {
        Carried attack = new Carried(
                Exchange.REQUEST,
                "R-17\r\nBcc: x@example.org",
                Kind.ERASURE,
                LocalDate.parse("2027-03-01"),
                List.of(new Carried.Data(Set.of("email"), Set.of())),
                Map.of("email", "a\"},\"done\":\"nothing\r\nBcc: victim@example.org {{7*7}} <script>".repeat(200)));
        exchange.state.apply(exchange.informing.tell(attack));
        exchange.step();

        JsonNode event = JsonMapper.builder()
                .build()
                .readTree(exchange.carrier.heard().getFirst().body());
        assertThat(event.get("data").get("done").asString()).isEqualTo("erasure");
        assertThat(exchange.post.getReceivedMessages()).hasSize(1);
        assertThat(exchange.lastMail()).contains("{{7*7}} <script>");
    }
}
