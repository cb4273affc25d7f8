package dev.kept.server.inform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.letter.Letters;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.configuration.AddressRange;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.RecipientSettings;
import dev.kept.server.configuration.RecipientSettings.Way;
import dev.kept.server.configuration.RecipientSettings.Way.ByHook;
import dev.kept.server.configuration.SubscriptionSettings;
import dev.kept.server.configuration.SubscriptionSettings.Subscription;
import dev.kept.server.configuration.Topic;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.inform.Deliveries.Delivery;
import dev.kept.server.mail.Mails;
import dev.kept.server.request.Desk;
import dev.kept.server.request.Requests;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The company's own endpoints hear of what is committed, once, signed, and of nobody by name. */
class SubscriptionTest {

    private static final URI OWN = URI.create("https://privacy.mill.example/");

    private final TestDatabase database = TestCluster.shared().freshDatabase();
    private volatile Instant now = Instant.parse("2027-03-01T12:00:00Z");
    private final State state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
    private final Listener pager = new Listener("127.0.0.1");
    private final Listener board = new Listener("127.0.0.1");
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<String, Way> recipients = new LinkedHashMap<>();
    private String leadsTo = "127.0.0.1";

    @BeforeEach
    void subscribe() {
        subscriptions.put("pager", subscription(pager, EnumSet.allOf(Topic.class)));
        step();
    }

    @AfterEach
    void close() {
        pager.close();
        board.close();
        state.close();
        database.close();
    }

    private static Subscription subscription(Listener at, EnumSet<Topic> topics) {
        return new Subscription(
                new ByHook(
                        URI.create("http://hooks.mill.example:" + at.port() + "/secret-path"),
                        List.of("${PAGER}"),
                        List.of(AddressRange.parse("127.0.0.1").orElseThrow())),
                topics);
    }

    private SubscriptionSettings settings() {
        return new SubscriptionSettings(subscriptions);
    }

    /** What the job does, once. */
    private void step() {
        new Reminding(
                        state,
                        new RecipientSettings(recipients),
                        settings(),
                        new Mails(state, Letters.of(List.of()), Exchange.notice(), OWN),
                        (language, word) -> word,
                        OWN,
                        new Environment(Map.of("PAGER", Exchange.SECRET)),
                        host -> List.of(InetAddress.ofLiteral(leadsTo)))
                .step();
    }

    private StoredRequest asks() {
        return new Desk(state, new Requests(state, Exchange.notice()))
                .receive(
                        Ask.of(Kind.QUESTION),
                        new Typed("Zoe Planted", "zoe@planted.example", "words-of-hers", Map.of()),
                        "en",
                        "browser");
    }

    private void proof(String... broken) {
        state.journal()
                .append(
                        UUID.randomUUID(),
                        "prove",
                        Map.of("verdicts", Map.of("broken", List.of(broken), "kept", List.of("keeps.longest"))));
    }

    private static List<String> types(Listener listener) {
        return listener.heard().stream()
                .map(heard -> CanonicalJson.read(heard.body()).get("type").toString())
                .toList();
    }

    private static List<Object> rules(Listener listener) {
        return listener.heard().stream()
                .map(heard -> CanonicalJson.read(heard.body()).get("data"))
                .map(data -> data instanceof Map<?, ?> map ? (Object) map.get("rule") : "")
                .toList();
    }

    private List<Delivery> last() {
        return new Deliveries(state, settings()).all().getFirst().last();
    }

    @Test
    void a_request_that_comes_in_is_told_once_signed_and_without_the_person() {
        StoredRequest request = asks();

        step();
        step();

        assertThat(types(pager)).containsExactly("dev.kept.request.received");
        Listener.Heard heard = pager.heard().getFirst();
        Map<String, Object> event = CanonicalJson.read(heard.body());
        assertThat(event)
                .containsEntry("specversion", "1.0")
                .containsEntry("source", OWN.toString())
                .containsEntry("time", "2027-03-01T12:00:00Z");
        assertThat(event.get("data").toString())
                .contains(request.id().toString(), "kind=question", "role=person", "channel=form", "due=2027-03-31");
        assertThat(heard.body()).doesNotContain("Planted", "planted.example", "words-of-hers", "commitment");
        assertThat(heard.headers().getFirst("webhook-signature"))
                .isEqualTo(Signature.header(
                        List.of(Signature.key(Exchange.SECRET)),
                        event.get("id").toString(),
                        now,
                        heard.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(last()).singleElement().satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo("taken");
            assertThat(delivery.outcome()).contains("http 204");
        });
        assertThat(new Deliveries(state, settings()).all().getFirst().address()).isEqualTo("http://hooks.mill.example");
    }

    @Test
    void an_endpoint_hears_only_of_what_it_asked_for() {
        subscriptions.put("board", subscription(board, EnumSet.of(Topic.STORE_ISOLATED, Topic.SWEEP_WAITING)));
        step();
        asks();
        state.journal()
                .append(
                        null,
                        "store-restored",
                        Map.of("store", "shop", "actor", Map.of("role", "engineer", "commitment", "c0ffee")));
        state.journal().append(UUID.randomUUID(), "sweep-waits", Map.of("store", "shop", "brakes", List.of("much")));
        state.journal().append(UUID.randomUUID(), "access", Map.of("secret", "never told"));

        step();

        assertThat(types(board)).containsExactly("dev.kept.store.isolated", "dev.kept.sweep.waiting");
        assertThat(types(pager)).hasSize(3);
        assertThat(pager.heard().toString()).doesNotContain("c0ffee", "never told", "much");
    }

    @Test
    void a_recipient_whom_somebody_has_to_tell_is_told_of_without_the_person() {
        state.apply(new Informing(
                        state,
                        Exchange.notice(),
                        RecipientSettings.NONE,
                        new Mails(state, Letters.of(List.of()), Exchange.notice(), OWN),
                        (language, word) -> word,
                        OWN)
                .tell(Exchange.erasure()));

        step();

        assertThat(types(pager)).containsOnly("dev.kept.recipient.task").hasSize(4);
        assertThat(pager.heard().toString())
                .contains("shares.printer", "no-way", Exchange.REQUEST.toString())
                .doesNotContain("anna.secret", "River Street");
    }

    @Test
    void what_happened_before_it_was_named_is_not_told() {
        asks();
        subscriptions.put("board", subscription(board, EnumSet.allOf(Topic.class)));

        step();
        asks();
        step();

        assertThat(types(board)).hasSize(1);
        assertThat(types(pager)).hasSize(2);
    }

    @Test
    void a_promise_is_told_when_it_breaks_and_not_at_every_proof() {
        proof("uses.account");
        proof("uses.account", "rights.erase");
        proof("uses.account", "rights.erase");
        proof();
        proof("uses.account");

        step();

        assertThat(rules(pager)).containsExactly("uses.account", "rights.erase", "uses.account");
    }

    @Test
    void a_proof_that_did_not_look_at_a_rule_changes_nothing_about_it() {
        proof("uses.account");
        state.journal()
                .append(UUID.randomUUID(), "prove", Map.of("verdicts", Map.of("not shown", List.of("uses.account"))));
        proof("uses.account");
        state.journal()
                .append(
                        UUID.randomUUID(),
                        "prove",
                        Map.of("verdicts", Map.of("not exceeded", List.of("uses.account"))));
        proof("uses.account");

        step();

        assertThat(rules(pager)).containsExactly("uses.account", "uses.account");
    }

    /** A message to a recipient, who listens where the board does. */
    private UUID toTheCarrier() {
        recipients.put(
                "carrier", subscription(board, EnumSet.noneOf(Topic.class)).to());
        Event event = new Event(UUID.randomUUID(), "dev.kept.erasure", OWN.toString(), now, Map.of());
        state.apply(List.of(new Hooks(state).post("carrier", Exchange.REQUEST, event)));
        return event.id();
    }

    private static List<String> ids(Listener listener) {
        return listener.heard().stream()
                .map(heard -> heard.headers().getFirst("webhook-id"))
                .toList();
    }

    @Test
    void recipients_come_first_and_an_endpoint_with_much_to_hear_has_its_share_of_a_round() {
        for (int i = 0; i < 50; i++) {
            asks();
        }
        new Feeding(state, settings(), OWN).step();
        List<Integer> heardBefore = new ArrayList<>();
        board.meanwhile = () -> heardBefore.add(pager.heard().size());
        now = now.plusSeconds(60);
        UUID recipient = toTheCarrier();

        step();

        assertThat(ids(board)).containsExactly(recipient.toString());
        assertThat(heardBefore).containsExactly(0);
        assertThat(pager.heard()).hasSize(Hooking.MOST_A_ROUND);
        step();
        step();
        assertThat(pager.heard()).as("the rest follows").hasSize(50);
    }

    @Test
    void an_endpoint_that_takes_its_time_takes_only_its_own() {
        subscriptions.put("board", subscription(board, EnumSet.allOf(Topic.class)));
        step();
        for (int i = 0; i < 10; i++) {
            asks();
        }
        pager.meanwhile = () -> now = now.plusSeconds(3);

        step();

        assertThat(pager.heard()).hasSize(2);
        assertThat(board.heard()).hasSize(10);
    }

    @Test
    void a_proof_of_many_entries_is_one() {
        List<String> many = IntStream.range(0, 600)
                .mapToObj(i -> "uses.a-rule-with-a-rather-long-name-to-fill-entries-" + i)
                .toList();
        for (int i = 0; i < 2; i++) {
            state.journal()
                    .append(UUID.randomUUID(), "prove", Map.of("verdicts", Map.of("broken", many, "not shown", many)));
        }
        assertThat(state.journal().latest("prove", 100)).hasSizeGreaterThan(2);

        new Feeding(state, settings(), OWN).step();

        assertThat(new Deliveries(state, settings()).all().getFirst().waiting()).isEqualTo(600);
    }

    @Test
    void any_number_of_processes_tell_each_event_once() throws Exception {
        for (int i = 0; i < 20; i++) {
            asks();
        }
        try (ExecutorService processes = Executors.newFixedThreadPool(6)) {
            List<Callable<Boolean>> all = Collections.nCopies(6, () -> {
                step();
                return true;
            });
            for (var done : processes.invokeAll(all)) {
                done.get();
            }
        }
        step();

        assertThat(pager.heard()).hasSize(20);
        assertThat(pager.heard().stream()
                        .map(heard -> heard.headers().getFirst("webhook-id"))
                        .distinct())
                .hasSize(20);
    }

    @Test
    void one_that_breaks_off_in_the_middle_loses_nothing_and_tells_nothing_twice() {
        asks();
        asks();
        database.execute("""
                create function kept.fails() returns trigger language plpgsql as $$
                begin if (select count(*) from kept.hook) > 0 then raise exception 'broken off'; end if; return new; end $$;
                create trigger fails before insert on kept.hook for each row execute function kept.fails();
                """);
        UUID recipient = toTheCarrier();

        assertThatThrownBy(this::step).isInstanceOf(JdbiException.class);

        assertThat(pager.heard()).isEmpty();
        assertThat(ids(board)).as("recipients hear all the same").containsExactly(recipient.toString());
        database.execute("drop trigger fails on kept.hook");

        step();

        assertThat(pager.heard()).hasSize(2);
    }

    @Test
    void an_endpoint_that_fails_is_tried_again_and_holds_no_other_up() {
        subscriptions.put("board", subscription(board, EnumSet.allOf(Topic.class)));
        step();
        pager.status = 503;
        for (int i = 0; i < 5; i++) {
            asks();
        }

        step();

        assertThat(pager.heard()).as("one try a round").hasSize(1);
        assertThat(board.heard()).hasSize(5);
        pager.status = 204;
        step();
        assertThat(pager.heard()).as("the first one waits for its time").hasSize(5);
        now = now.plus(Duration.ofSeconds(31));
        step();
        assertThat(last()).allMatch(delivery -> delivery.state().equals("taken"));
        assertThat(pager.heard()).hasSize(6);
    }

    @Test
    void redirects_private_addresses_and_a_cloud_s_metadata_are_nowhere() {
        asks();
        pager.status = 302;
        pager.location = "http://127.0.0.1:" + board.port() + "/";
        step();
        assertThat(board.heard()).isEmpty();
        assertThat(last().getFirst().outcome()).contains("http 302");

        for (String address : List.of("169.254.169.254", "10.0.0.1", "::1", "192.168.1.1")) {
            leadsTo = address;
            asks();
            step();
            assertThat(last().stream().flatMap(delivery -> delivery.outcome().stream()))
                    .as(address)
                    .contains("not-public");
        }
        assertThat(pager.heard()).hasSize(1);
    }

    @Test
    void what_nobody_takes_for_a_week_is_given_up_and_forgotten_after_a_month() {
        pager.status = 500;
        asks();
        step();
        now = now.plus(Feeding.LONGEST_WAIT).plusSeconds(1);
        assertThatThrownBy(this::step)
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("a message to `pager` was given up");
        step();
        assertThat(last()).extracting(Delivery::state).containsExactly("given-up");

        now = now.plus(Feeding.KEPT_FOR);
        step();

        assertThat(last()).isEmpty();
    }

    @Test
    void an_endpoint_that_comes_back_after_long_is_not_flooded_with_what_it_missed() {
        Subscription before = subscriptions.remove("pager");
        asks();
        asks();
        now = now.plus(Feeding.LONGEST_GAP).plusSeconds(1);
        subscriptions.put("pager", before);
        assertThatThrownBy(this::step)
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining(
                        "`pager` was told of nothing for more than 7 days and begins anew: entries 0 to 1");
        asks();
        step();

        assertThat(types(pager)).containsExactly("dev.kept.subscription.gap", "dev.kept.request.received");
        assertThat(CanonicalJson.read(pager.heard().getFirst().body()).get("data"))
                .as("which entries it can read in the ledger")
                .isEqualTo(Map.of("first", 0, "last", 1));
    }

    @Test
    void what_an_endpoint_has_missed_is_said_once_also_where_it_did_not_ask_to_hear_of_it() {
        subscriptions.put("board", subscription(board, EnumSet.of(Topic.REQUEST_RECEIVED)));
        step();
        Subscription before = subscriptions.remove("board");
        asks();
        for (int half = 0; half < 2; half++) {
            now = now.plus(Feeding.LONGEST_GAP.dividedBy(2)).plusSeconds(1);
            step();
        }
        subscriptions.put("board", before);

        assertThatThrownBy(this::step).hasMessageContaining("`board` was told of nothing");
        step();
        asks();
        step();

        assertThat(types(board)).containsExactly("dev.kept.request.received");
    }

    @Test
    void an_endpoint_that_is_down_for_days_is_said_to_lose_what_it_did_not_take() {
        pager.status = 503;
        asks();
        for (int tries = 1; tries < Hooks.MOST_TRIES; tries++) {
            step();
            now = now.plus(Duration.ofDays(1));
            // within the seven days after which it would be given up anyway
            database.execute("update kept.hook set made_at = '" + now + "'");
        }

        assertThatThrownBy(this::step)
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("a message to `pager` was given up");
        assertThat(last()).extracting(Delivery::state).containsExactly("given-up");
        step();
    }

    @Test
    void what_a_message_says_lies_sealed_until_it_is_taken() {
        asks();
        new Feeding(state, settings(), OWN).step();
        assertThat(rows("select encode(sealed, 'escape') from kept.hook").getFirst())
                .doesNotContain("specversion");

        step();

        assertThat(
                        rows(
                                "select id::text from kept.hook where sealed is not null union all select hook::text from kept.hook_key"))
                .isEmpty();
    }

    private List<String> rows(String sql) {
        return state.database()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
