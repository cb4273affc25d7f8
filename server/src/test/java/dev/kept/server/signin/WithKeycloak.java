package dev.kept.server.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.kept.server.configuration.SignInSettings;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in at a real Keycloak: {@code mvn -Pkeycloak test -pl server -am -Dtest=WithKeycloak -Dsurefire.failIfNoSpecifiedTests=false}. Not part of the usual tests: its distribution has 177 MB. */
class WithKeycloak {

    private static final String REDIRECT = "http://127.0.0.1:1/console/sign-in/back";

    private static final BlockingQueue<String> loggedOut = new LinkedBlockingQueue<>();
    private static HttpServer listening;
    private static Keycloak keycloak;

    private final TestDatabase database = TestCluster.shared().freshDatabase();
    private Duration ahead = Duration.ZERO;
    private final State state = State.open(
            database.jdbcUrl(),
            database.user(),
            database.password(),
            () -> Instant.now().plus(ahead));
    private final SignIn signIn = new SignIn(
            state,
            Optional.of(new SignInSettings(
                    keycloak.issuer(),
                    "kept",
                    Keycloak.SECRET,
                    "groups",
                    Map.of("officer", List.of("privacy"), "auditor", List.of("audit")))),
            URI.create(REDIRECT));

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listening.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            loggedOut.add(URLDecoder.decode(body.replaceFirst("^logout_token=", ""), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listening.start();
        keycloak = new Keycloak(
                Path.of(System.getProperty("kept.keycloak")),
                REDIRECT,
                "http://127.0.0.1:" + listening.getAddress().getPort() + "/ended");
    }

    @AfterAll
    static void stopAll() {
        keycloak.close();
        listening.stop(0);
    }

    @AfterEach
    void stop() {
        state.close();
        database.close();
    }

    private String signedIn(String name, String password) throws Exception {
        SignIn.Begun begun = signIn.begin();
        return signIn.finish(keycloak.signIn(begun.address(), name, password), begun.browser());
    }

    @Test
    void who_is_in_a_group_with_a_role_is_signed_in_and_others_are_not() throws Exception {
        StaffSession session = signIn.session(signedIn("ann", "ann-password")).orElseThrow();
        assertThat(session.roles()).containsExactly(Role.OFFICER);
        assertThat(session.names()).contains("Ann Lee", "ann");
        assertThatThrownBy(() -> signedIn("sam", "sam-password"))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining("no role");
    }

    @Test
    void a_code_is_good_once() throws Exception {
        SignIn.Begun begun = signIn.begin();
        Map<String, List<String>> back = keycloak.signIn(begun.address(), "ann", "ann-password");
        signIn.finish(back, begun.browser());
        assertThatThrownBy(() -> signIn.finish(back, begun.browser())).isInstanceOf(SignInRefused.class);
    }

    @Test
    void a_changed_group_ends_the_session_when_keycloak_is_next_asked() throws Exception {
        String token = signedIn("ann", "ann-password");
        ahead = Duration.ofMinutes(6);
        assertThat(signIn.session(token)).isPresent();
        keycloak.administer("DELETE", "/users/" + keycloak.user("ann") + "/groups/" + keycloak.group("privacy"), "");
        keycloak.administer("PUT", "/users/" + keycloak.user("ann") + "/groups/" + keycloak.group("audit"), "");
        try {
            ahead = Duration.ofMinutes(12);
            assertThat(signIn.session(token)).isEmpty();
        } finally {
            keycloak.administer("DELETE", "/users/" + keycloak.user("ann") + "/groups/" + keycloak.group("audit"), "");
            keycloak.administer("PUT", "/users/" + keycloak.user("ann") + "/groups/" + keycloak.group("privacy"), "");
        }
    }

    @Test
    void a_locked_account_ends_the_session_when_keycloak_is_next_asked() throws Exception {
        String token = signedIn("ann", "ann-password");
        keycloak.administer("PUT", "/users/" + keycloak.user("ann"), "{\"enabled\": false}");
        try {
            ahead = Duration.ofMinutes(6);
            assertThat(signIn.session(token)).isEmpty();
        } finally {
            keycloak.administer("PUT", "/users/" + keycloak.user("ann"), "{\"enabled\": true}");
        }
    }

    @Test
    void a_new_password_with_signing_out_everywhere_ends_the_session_at_once_by_a_logout_token() throws Exception {
        loggedOut.clear();
        String token = signedIn("ann", "ann-password");
        String ann = keycloak.user("ann");
        keycloak.administer(
                "PUT",
                "/users/" + ann + "/reset-password",
                "{\"type\": \"password\", \"value\": \"ann-password\", \"temporary\": false}");
        keycloak.administer("POST", "/users/" + ann + "/logout", "");

        // every session of hers is told of, those of other tests, too
        int ended = 0;
        while (ended == 0) {
            String logout = loggedOut.poll(20, TimeUnit.SECONDS);
            assertThat(logout).as("a logout token about this session").isNotNull();
            ended = signIn.loggedOut(logout);
            assertThatThrownBy(() -> signIn.loggedOut(logout)).hasMessageContaining("here before");
        }
        assertThat(ended).isEqualTo(1);
        assertThat(signIn.session(token)).isEmpty();
    }

    @Test
    void who_signs_out_here_is_signed_out_at_keycloak_which_sends_her_back_and_says_so_to_us() throws Exception {
        loggedOut.clear();
        String token = signedIn("ann", "ann-password");
        String other = signedIn("ann", "ann-password");

        SignIn.Away away =
                signIn.signOut(signIn.session(token).orElseThrow(), token).orElseThrow();

        assertThat(keycloak.signOut(away.address()))
                .isEqualTo(REDIRECT.replaceFirst("back$", SignIn.SIGNED_OUT) + "?state=" + away.state());
        String logout = loggedOut.poll(20, TimeUnit.SECONDS);
        assertThat(logout).as("a logout token about the session").isNotNull();
        assertThat(signIn.loggedOut(logout)).isZero();
        ahead = Duration.ofMinutes(6);
        assertThat(signIn.session(other)).as("another browser of hers").isPresent();
    }
}
