package dev.kept.server.inform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.kept.server.configuration.AddressRange;
import dev.kept.server.configuration.RecipientSettings.Way.ByHook;
import dev.kept.server.inform.HookClient.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages over real connections, and what names, addresses and servers do to lead them elsewhere. */
class HookClientTest {

    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final List<byte[]> KEYS = List.of(Signature.key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");

    private final Listener listener = new Listener("127.0.0.1");
    private final Listener other = new Listener("127.0.0.2");

    @AfterEach
    void close() {
        listener.close();
        other.close();
    }

    private static ByHook hook(String address, String... allow) {
        return new ByHook(
                URI.create(address),
                List.of("${X}"),
                List.of(allow).stream()
                        .flatMap(text -> AddressRange.parse(text).stream())
                        .toList());
    }

    private static Answer post(Names names, ByHook hook) {
        return new HookClient(names, Duration.ofSeconds(5)).post(hook, KEYS, new UUID(0, 7), NOW, BODY);
    }

    private static Names always(String... addresses) {
        return host -> List.of(addresses).stream().map(InetAddress::ofLiteral).toList();
    }

    @Test
    void a_message_arrives_signed_and_2xx_takes_it() {
        Answer answer =
                post(always("127.0.0.1"), hook("http://hooks.example:" + listener.port() + "/kept?x=1", "127.0.0.1"));

        assertThat(answer).isEqualTo(new Answer(true, "http 204"));
        Listener.Heard heard = listener.heard().getFirst();
        assertThat(heard.body()).isEqualTo("{\"a\":1}");
        assertThat(heard.headers().getFirst("Host")).startsWith("hooks.example");
        assertThat(heard.headers().getFirst("Content-type")).startsWith("application/cloudevents+json");
        assertThat(heard.headers().getFirst("Webhook-id")).isEqualTo(new UUID(0, 7).toString());
        assertThat(heard.headers().getFirst("Webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(heard.headers().getFirst("Webhook-signature"))
                .isEqualTo(Signature.header(KEYS, new UUID(0, 7).toString(), NOW, BODY));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 404, 410, 500, 503})
    void any_other_answer_does_not(int status) {
        listener.status = status;

        assertThat(post(always("127.0.0.1"), hook("http://hooks.example:" + listener.port(), "127.0.0.1")))
                .isEqualTo(new Answer(false, "http " + status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "2130706433",
                "0x7f000001",
                "017700000001",
                "0.0.0.0",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::]",
                "[0:0:0:0:0:ffff:7f00:1]"
            })
    void this_machine_is_not_reached_however_it_is_written(String host) {
        Answer answer = post(Names.SYSTEM, hook("http://" + host + ":" + listener.port() + "/"));

        assertThat(answer.taken()).isFalse();
        assertThat(answer.outcome()).isIn("not-public", "unknown-host", "unreachable");
        assertThat(listener.heard()).isEmpty();
    }

    @Test
    void a_name_is_looked_up_once_and_what_was_checked_is_what_is_connected_to() {
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "127.0.0.2", "127.0.0.2"));
        AtomicInteger asked = new AtomicInteger();
        Names rebinding = host -> {
            asked.incrementAndGet();
            return List.of(InetAddress.ofLiteral(answers.pop()));
        };
        ByHook hook = hook("http://rebinding.example:" + listener.port() + "/", "127.0.0.1");

        assertThat(post(rebinding, hook).taken()).isTrue();
        assertThat(asked).hasValue(1);
        assertThat(post(rebinding, hook)).isEqualTo(new Answer(false, "not-public"));
        assertThat(listener.heard()).hasSize(1);
        assertThat(other.heard()).isEmpty();
    }

    @Test
    void a_name_with_one_private_address_among_others_leads_nowhere() {
        ByHook hook = hook("http://mixed.example:" + listener.port() + "/", "127.0.0.1");

        assertThat(post(always("127.0.0.1", "169.254.169.254"), hook).outcome()).isEqualTo("not-public");
        assertThat(post(always("127.0.0.1", "64:ff9b::a9fe:a9fe"), hook).outcome())
                .isEqualTo("not-public");
        assertThat(listener.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirects_are_not_followed(int status) {
        listener.status = status;
        listener.location = "http://127.0.0.2:" + other.port() + "/latest/meta-data/";

        Answer answer = post(always("127.0.0.1"), hook("http://hooks.example:" + listener.port(), "127.0.0.0/8"));

        assertThat(answer).isEqualTo(new Answer(false, "http " + status));
        assertThat(other.heard()).isEmpty();
    }

    @Test
    void an_answer_without_end_is_not_listened_to() {
        listener.status = 200;
        listener.endless = true;

        assertThat(post(always("127.0.0.1"), hook("http://hooks.example:" + listener.port(), "127.0.0.1")))
                .isEqualTo(new Answer(true, "http 200"));
    }

    @Test
    void a_server_that_answers_a_byte_at_a_time_is_left_in_time() throws IOException {
        try (ServerSocket dripping = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> drip(dripping));
            ByHook hook = hook("http://hooks.example:" + dripping.getLocalPort(), "127.0.0.1");

            Answer answer = new HookClient(always("127.0.0.1"), Duration.ofMillis(300))
                    .post(hook, KEYS, new UUID(0, 7), NOW, BODY);

            assertThat(answer).isEqualTo(new Answer(false, "timed-out"));
        }
    }

    private static void drip(ServerSocket socket) {
        try (Socket client = socket.accept()) {
            OutputStream out = client.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('x');
                out.flush();
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            // the one who asked has gone
        }
    }

    @Test
    void headers_without_end_and_what_is_no_http_are_no_answer() throws IOException {
        for (String said : List.of(
                "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000),
                "HTTP/1.1 200 " + "x".repeat(100_000),
                "SSH-2.0-x\r\n")) {
            try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
                Thread.ofVirtual().start(() -> say(socket, said));

                assertThat(post(always("127.0.0.1"), hook("http://hooks.example:" + socket.getLocalPort(), "127.0.0.1"))
                                .taken())
                        .isFalse();
            }
        }
    }

    private static void say(ServerSocket socket, String said) {
        try (Socket client = socket.accept()) {
            client.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            // the one who asked has gone
        }
    }

    @Test
    void a_server_whose_certificate_nobody_vouches_for_gets_nothing(@TempDir Path folder) throws Exception {
        HttpsServer secure = secure(folder);
        AtomicInteger asked = new AtomicInteger();
        secure.createContext("/", exchange -> asked.incrementAndGet());
        secure.start();
        try {
            ByHook hook = hook("https://hooks.example:" + secure.getAddress().getPort(), "127.0.0.1");

            assertThat(post(always("127.0.0.1"), hook)).isEqualTo(new Answer(false, "tls"));
            assertThat(asked).hasValue(0);
        } finally {
            secure.stop(0);
        }
    }

    private static HttpsServer secure(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hooks.example",
                        "-ext",
                        "SAN=dns:hooks.example",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    @Test
    void names_that_are_none_and_ports_where_nobody_is_are_said() throws IOException {
        Names none = host -> {
            throw new java.net.UnknownHostException(host);
        };
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(post(none, hook("https://nowhere.example/")).outcome()).isEqualTo("unknown-host");
        assertThat(post(always("127.0.0.1"), hook("http://hooks.example:" + free, "127.0.0.1"))
                        .outcome())
                .isEqualTo("unreachable");
    }
}
