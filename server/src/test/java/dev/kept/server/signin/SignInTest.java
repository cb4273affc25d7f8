package dev.kept.server.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.kept.server.configuration.SignInSettings;
import dev.kept.server.signin.SignIn.Begun;
import dev.kept.server.signin.TestProvider.Signing;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Staff sign in at a real provider over HTTP, which here and there is an attacker; and sessions end when they should. */
class SignInTest {

    private static final URI REDIRECT = URI.create("https://privacy.mill.example/console/sign-in/back");

    private final TestDatabase database = TestCluster.shared().freshDatabase();
    private Instant now = Instant.parse("2027-03-01T10:00:00Z");
    private final State state = State.open(database.jdbcUrl(), database.user(), database.password(), () -> now);
    private TestProvider provider;
    private SignIn signIn;

    @BeforeEach
    void start() {
        provider = new TestProvider(() -> now);
        signIn = signIn(provider.issuer());
    }

    @AfterEach
    void stop() {
        provider.close();
        state.close();
        database.close();
    }

    private SignIn signIn(String issuer) {
        return new SignIn(
                state,
                Optional.of(new SignInSettings(
                        issuer,
                        TestProvider.CLIENT,
                        TestProvider.SECRET,
                        "groups",
                        Map.of(
                                "officer",
                                List.of("privacy"),
                                "auditor",
                                List.of("audit"),
                                "engineer",
                                List.of("platform")))),
                REDIRECT);
    }

    private String signedIn() throws SignInRefused {
        Begun begun = signIn.begin();
        return signIn.finish(provider.signIn(begun.address()), begun.browser());
    }

    private void refused(String why) {
        long before = sessions();
        assertThatThrownBy(this::signedIn).isInstanceOf(SignInRefused.class).hasMessageContaining(why);
        assertThat(sessions()).isEqualTo(before);
    }

    private long sessions() {
        return state.database()
                .withHandle(handle -> handle.createQuery("select count(*) from kept.staff_session")
                        .mapTo(Long.class)
                        .one());
    }

    private void claims(UnaryOperator<JWTClaimsSet.Builder> changes) {
        provider.claims = changes;
    }

    @ParameterizedTest
    @EnumSource(
            value = Signing.class,
            names = {"RSA", "EC"})
    void who_signs_in_at_the_provider_has_a_session_with_the_roles_it_names(Signing signing) throws SignInRefused {
        provider.signing = signing;
        StaffSession session = signIn.session(signedIn()).orElseThrow();

        assertThat(session.roles()).containsExactly(Role.OFFICER);
        assertThat(session.names()).containsExactly("Ann Lee", "alee", "f1");
        assertThat(session.caller().role()).isEqualTo("officer");
        assertThat(state.journal().latest("signed-in", 1).getFirst().json())
                .contains("\"role\":\"officer\"")
                .doesNotContain("Ann", "alee");
        List<String> accounts = state.database()
                .withHandle(handle -> handle.createQuery(
                                "select issuer || ' ' || subject from kept.private_log where said = 'signed in'")
                        .mapTo(String.class)
                        .list());
        assertThat(accounts)
                .as("who it was, whatever her name")
                .containsExactly(session.provider().orElseThrow().issuer() + " "
                        + session.provider().orElseThrow().subject());
    }

    @ParameterizedTest
    @EnumSource(
            value = Signing.class,
            names = {"RSA", "EC"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_token_that_the_providers_private_key_did_not_sign_signs_nobody_in(Signing signing) {
        provider.signing = signing;
        refused(signing == Signing.NONE ? "token" : "signature");
    }

    @Test
    void a_token_of_another_issuer_is_refused() {
        claims(token -> token.issuer("https://evil.example"));
        refused("issuer");
    }

    @Test
    void a_token_for_another_audience_is_refused() {
        claims(token -> token.audience("another-client"));
        refused("audience");
    }

    @Test
    void a_token_for_several_audiences_is_refused_where_it_was_not_made_for_this_one() {
        claims(token -> token.audience(List.of(TestProvider.CLIENT, "another")));
        refused("another client");
        claims(token -> token.audience(List.of(TestProvider.CLIENT, "another")).claim("azp", "another"));
        refused("another client");
    }

    @Test
    void a_token_with_another_nonce_or_none_is_refused() {
        claims(token -> token.claim("nonce", "stolen"));
        refused("nonce");
        claims(token -> token.claim("nonce", null));
        refused("nonce");
    }

    @Test
    void an_expired_token_and_one_from_the_future_are_refused_beyond_the_clocks_difference() throws SignInRefused {
        claims(token -> token.expirationTime(Date.from(now.minusSeconds(61))));
        refused("time");
        claims(token -> token.issueTime(Date.from(now.plusSeconds(61))));
        refused("time");
        claims(token -> token.expirationTime(null));
        refused("time");
        claims(token ->
                token.expirationTime(Date.from(now.minusSeconds(30))).issueTime(Date.from(now.plusSeconds(30))));
        assertThat(signIn.session(signedIn())).isPresent();
    }

    @Test
    void a_token_about_nobody_is_refused() {
        claims(token -> token.subject(" "));
        refused("not what it should be");
    }

    @Test
    void an_answer_begun_in_another_browser_is_refused() throws SignInRefused {
        Begun victim = signIn.begin();
        Begun attacker = signIn.begin();
        Map<String, List<String>> answer = provider.signIn(attacker.address());

        assertThatThrownBy(() -> signIn.finish(answer, victim.browser()))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining("not begun in this browser");
        assertThat(sessions()).isZero();
    }

    @Test
    void an_answer_is_good_once_and_for_ten_minutes() throws SignInRefused {
        Begun begun = signIn.begin();
        Map<String, List<String>> answer = provider.signIn(begun.address());
        signIn.finish(answer, begun.browser());
        assertThatThrownBy(() -> signIn.finish(answer, begun.browser())).isInstanceOf(SignInRefused.class);

        Begun late = signIn.begin();
        now = now.plus(SignIn.AT_THE_PROVIDER);
        assertThatThrownBy(() -> signIn.finish(provider.signIn(late.address()), late.browser()))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining("too long ago");
    }

    @Test
    void a_code_of_another_sign_in_is_refused_by_its_challenge() throws SignInRefused {
        Begun mine = signIn.begin();
        Begun theirs = signIn.begin();
        Map<String, List<String>> injected = new LinkedHashMap<>(provider.signIn(mine.address()));
        injected.put("code", provider.signIn(theirs.address()).get("code"));

        assertThatThrownBy(() -> signIn.finish(injected, mine.browser())).isInstanceOf(SignInRefused.class);
    }

    @Test
    void an_answer_that_does_not_name_the_provider_is_refused_where_it_announces_to_do_so() throws SignInRefused {
        provider.answersWithIssuer = false;
        refused("does not come from the provider");

        Begun begun = signIn.begin();
        Map<String, List<String>> mixedUp = new HashMap<>(provider.signIn(begun.address()));
        mixedUp.put("iss", List.of("https://evil.example"));
        assertThatThrownBy(() -> signIn.finish(mixedUp, begun.browser()))
                .hasMessageContaining("does not come from the provider");

        provider.announcesIssuer = false;
        signIn = signIn(provider.issuer());
        assertThat(signIn.session(signedIn())).isPresent();
    }

    @Test
    void parameters_that_come_twice_are_refused() throws SignInRefused {
        Begun begun = signIn.begin();
        Map<String, List<String>> twice = new HashMap<>(provider.signIn(begun.address()));
        twice.put("code", List.of(twice.get("code").getFirst(), "other"));
        assertThatThrownBy(() -> signIn.finish(twice, begun.browser())).hasMessageContaining("twice");
    }

    @Test
    void a_provider_that_calls_itself_otherwise_is_not_used() {
        provider.callsItself = "https://evil.example";
        signIn = signIn(provider.issuer());
        refused("calls itself otherwise");
    }

    @Test
    void somebody_without_a_role_here_is_not_signed_in() {
        provider.person = Map.of("sub", "f2", "groups", List.of("sales"));
        refused("names no role");
    }

    @Test
    void a_provider_that_does_not_answer_signs_nobody_in_and_is_asked_again_later() throws SignInRefused {
        provider.down = true;
        assertThatThrownBy(() -> signIn.begin()).hasMessageContaining("does not answer");
        provider.down = false;
        assertThat(signIn.session(signedIn())).isPresent();
    }

    @Test
    void a_session_opens_nothing_after_signing_out() throws SignInRefused {
        String token = signedIn();
        assertThat(signIn.signOut(signIn.session(token).orElseThrow(), token)).isEmpty();
        assertThat(signIn.session(token)).isEmpty();
    }

    private static final String OUT = "https://privacy.mill.example/console/sign-in/out";

    @Test
    void who_signs_out_here_signs_out_at_the_provider_too_and_it_need_not_ask_who() throws SignInRefused {
        provider.endSession = provider.issuer() + "/logout?theme=blue";
        String token = signedIn();

        SignIn.Away away =
                signIn.signOut(signIn.session(token).orElseThrow(), token).orElseThrow();

        assertThat(signIn.session(token)).isEmpty();
        assertThat(away.address().toString())
                .startsWith(provider.issuer() + "/logout?")
                .contains("theme=blue");
        assertThat(provider.signOut(away.address(), OUT)).isEqualTo(OUT + "?state=" + away.state());
        assertThat(away.toString()).doesNotContain(away.state());
    }

    @Test
    void signing_out_ends_the_session_also_where_the_provider_does_not_answer_or_cannot() throws SignInRefused {
        provider.endSession = provider.issuer() + "/logout";
        String token = signedIn();
        StaffSession session = signIn.session(token).orElseThrow();
        provider.down = true;
        signIn = signIn(provider.issuer());
        assertThat(signIn.signOut(session, token)).isEmpty();
        assertThat(signIn.session(token)).isEmpty();
        provider.down = false;

        String link = signIn.redeem(new SignInLinks(state).issue("first", Set.of(Role.OFFICER)))
                .orElseThrow();
        assertThat(signIn.signOut(signIn.session(link).orElseThrow(), link)).isEmpty();
        assertThat(sessions()).isZero();
    }

    @Test
    void an_id_token_is_sent_nowhere_without_tls() {
        provider.endSession = "http://id.mill.example/logout";
        refused("an address without TLS");
    }

    @Test
    void an_id_token_that_is_too_long_for_an_address_is_left_out() throws SignInRefused {
        provider.endSession = provider.issuer() + "/logout";
        claims(token -> token.claim("picture", "x".repeat(8_000)));
        String token = signedIn();

        URI address = signIn.signOut(signIn.session(token).orElseThrow(), token)
                .orElseThrow()
                .address();

        assertThat(address.toString())
                .hasSizeLessThan(1_000)
                .contains("client_id=kept")
                .doesNotContain("id_token_hint");
    }

    @Test
    void what_lies_sealed_of_a_session_opens_with_its_token_and_as_what_it_is_only() throws SignInRefused {
        provider.endSession = provider.issuer() + "/logout";
        String token = signedIn();
        String subject = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\"".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String row = state.database()
                .withHandle(handle -> handle.createQuery("select encode(id_token, 'escape') from kept.staff_session")
                        .mapTo(String.class)
                        .one());
        assertThat(row).doesNotContain("eyJ", subject);
        state.database().useHandle(handle -> handle.execute("update kept.staff_session set id_token = renewal"));

        URI address = signIn.signOut(signIn.session(token).orElseThrow(), token)
                .orElseThrow()
                .address();

        assertThat(address.toString()).doesNotContain("id_token_hint");
    }

    @Test
    void every_sign_in_begins_a_session_of_its_own_whatever_the_browser_brings_along() throws SignInRefused {
        String first = signedIn();
        String second = signedIn();
        assertThat(second).isNotEqualTo(first);
        assertThat(signIn.session("A".repeat(43))).isEmpty();
        assertThat(signIn.session("")).isEmpty();
    }

    @Test
    void the_database_holds_no_token_a_browser_could_use() throws SignInRefused {
        String token = signedIn();
        String all = state.database()
                .withHandle(handle -> handle.createQuery("select string_agg(s::text, ' ') from kept.staff_session s")
                        .mapTo(String.class)
                        .one());
        assertThat(all).doesNotContain(token);
    }

    @Test
    void an_idle_session_ends_and_a_used_one_goes_on_until_its_last_hour() throws SignInRefused {
        String idle = signedIn();
        now = now.plus(Sessions.IDLE);
        assertThat(signIn.session(idle)).isEmpty();

        String used = signedIn();
        Instant began = now;
        while (now.isBefore(began.plus(Sessions.LONGEST).minus(Duration.ofMinutes(4)))) {
            assertThat(signIn.session(used)).as("at %s", now).isPresent();
            now = now.plus(Duration.ofMinutes(4));
        }
        now = began.plus(Sessions.LONGEST);
        assertThat(signIn.session(used)).isEmpty();
    }

    @Test
    void the_provider_is_asked_now_and_then_and_a_changed_role_ends_the_session() throws SignInRefused {
        String token = signedIn();
        now = now.plus(Duration.ofMinutes(6));
        assertThat(signIn.session(token)).isPresent();
        assertThat(provider.renewed).hasValue(1);
        assertThat(signIn.session(token)).isPresent();
        assertThat(provider.renewed).hasValue(1);

        provider.person = Map.of("sub", "f1", "name", "Ann Lee", "groups", List.of("audit"));
        now = now.plus(Duration.ofMinutes(6));
        assertThat(signIn.session(token)).isEmpty();
        assertThat(sessions()).isZero();
    }

    @Test
    void a_refusal_to_renew_ends_the_session() throws SignInRefused {
        String token = signedIn();
        provider.renews = false;
        now = now.plus(Duration.ofMinutes(6));
        assertThat(signIn.session(token)).isEmpty();
    }

    @Test
    void while_the_provider_is_down_a_session_goes_on_for_an_hour_at_most() throws SignInRefused {
        String token = signedIn();
        provider.down = true;
        for (int minutes = 0; minutes < 55; minutes += 5) {
            now = now.plus(Duration.ofMinutes(5));
            assertThat(signIn.session(token))
                    .as("after %d minutes", minutes + 5)
                    .isPresent();
        }
        now = now.plus(Duration.ofMinutes(5));
        assertThat(signIn.session(token)).isEmpty();
    }

    @Test
    void signing_in_with_other_roles_ends_the_sessions_with_the_earlier_ones() throws SignInRefused {
        String before = signedIn();
        provider.person = Map.of("sub", "f1", "name", "Ann Lee", "groups", List.of("platform"));
        String after = signedIn();
        assertThat(signIn.session(before)).isEmpty();
        assertThat(signIn.session(after).orElseThrow().roles()).containsExactly(Role.ENGINEER);
    }

    @Test
    void the_providers_logout_token_ends_one_session_by_its_id_and_all_of_an_account_by_its_name()
            throws SignInRefused {
        String one = signedIn();
        provider.person = Map.of("sub", "f1", "name", "Ann Lee", "groups", List.of("privacy"), "sid", "s-2");
        String other = signedIn();

        assertThat(signIn.loggedOut(provider.logoutToken(token -> token.claim("sid", "s-1"))))
                .isEqualTo(1);
        assertThat(signIn.session(one)).isEmpty();
        assertThat(signIn.session(other)).isPresent();
        assertThat(signIn.loggedOut(provider.logoutToken(token -> token.subject("f1"))))
                .isEqualTo(1);
        assertThat(signIn.session(other)).isEmpty();
    }

    @Test
    void logout_tokens_that_are_not_the_providers_end_nothing() throws SignInRefused {
        String token = signedIn();
        List<UnaryOperator<JWTClaimsSet.Builder>> wrong = List.of(
                built -> built.subject("f1").issuer("https://evil.example"),
                built -> built.subject("f1").audience("another"),
                built -> built.subject("f1").claim("nonce", "n"),
                built -> built.subject("f1").claim("events", Map.of()),
                built -> built.subject("f1")
                        .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", "x")),
                built -> built.subject("f1").jwtID(null),
                built -> built.subject("f1").expirationTime(Date.from(now.minusSeconds(61))),
                built -> built.subject("f1").expirationTime(null),
                built -> built.subject("f1").issueTime(Date.from(now.minusSeconds(601))),
                built -> built);
        for (UnaryOperator<JWTClaimsSet.Builder> change : wrong) {
            assertThatThrownBy(() -> signIn.loggedOut(provider.logoutToken(change)))
                    .isInstanceOf(SignInRefused.class);
        }
        for (Signing signing :
                Set.of(Signing.NONE, Signing.PUBLIC_KEY_AS_SECRET, Signing.FOREIGN_KEY, Signing.KEY_IN_HEADER)) {
            provider.signing = signing;
            assertThatThrownBy(() -> signIn.loggedOut(provider.logoutToken(built -> built.subject("f1"))))
                    .isInstanceOf(SignInRefused.class);
        }
        assertThatThrownBy(() -> signIn.loggedOut("x".repeat(100_000))).hasMessageContaining("too long");
        assertThat(signIn.session(token)).isPresent();
    }

    @Test
    void a_logout_token_is_taken_once() throws SignInRefused {
        signedIn();
        String token = provider.logoutToken(built -> built.subject("f1"));
        assertThat(signIn.loggedOut(token)).isEqualTo(1);
        assertThatThrownBy(() -> signIn.loggedOut(token)).hasMessageContaining("here before");
    }

    @Test
    void an_id_token_does_not_serve_as_a_logout_token() {
        assertThatThrownBy(() -> signIn.loggedOut(provider.logoutToken(
                        built -> built.subject("f1").claim("events", null).claim("nonce", "n"))))
                .isInstanceOf(SignInRefused.class);
    }

    @Test
    void a_link_signs_in_once_and_for_a_quarter_of_an_hour() {
        SignInLinks links = new SignInLinks(state);
        assertThat(links.neverUsed()).isTrue();
        String link = links.issue("first", Set.of(Role.OFFICER));
        String token = signIn.redeem(link).orElseThrow();

        assertThat(signIn.session(token).orElseThrow().roles()).containsExactly(Role.OFFICER);
        assertThat(signIn.redeem(link)).isEmpty();
        assertThat(links.neverUsed()).isFalse();

        String late = links.issue("late", Set.of(Role.OFFICER));
        now = now.plus(SignInLinks.LIVES);
        assertThat(signIn.redeem(late)).isEmpty();
        assertThat(signIn.redeem("")).isEmpty();
    }

    @Test
    void of_two_that_use_a_link_at_once_one_is_signed_in() throws InterruptedException {
        String link = new SignInLinks(state).issue("first", Set.of(Role.OFFICER));
        List<Optional<String>> tokens = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        List<Thread> both = List.of(
                Thread.ofVirtual().unstarted(() -> tokens.add(signIn.redeem(link))),
                Thread.ofVirtual().unstarted(() -> tokens.add(signIn.redeem(link))));
        both.forEach(Thread::start);
        for (Thread one : both) {
            one.join();
        }
        assertThat(tokens.stream().filter(Optional::isPresent)).hasSize(1);
    }
}
