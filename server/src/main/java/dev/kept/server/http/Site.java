package dev.kept.server.http;

import dev.kept.server.failure.CannotRun;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The HTTP server: documents by their paths, read only. Nothing is noted about who reads: no cookies, no log of addresses.
 */
public final class Site implements AutoCloseable {

    /** How long answers under way may take once the server stops. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int MOST_AT_ONCE = 500;

    /** Requests bring nothing along. */
    private static final long LARGEST_BODY = 1_024;

    /** Held, so that its level stays: the library tells of every start, and commands speak for themselves. */
    private static final Logger LIBRARY = Logger.getLogger("io.helidon");

    /** It writes a stack trace for everybody who hangs up within a request: what strangers do must not fill the log. */
    private static final Logger CONNECTIONS = Logger.getLogger("io.helidon.webserver.http1.Http1Connection");

    private static final String CANNOT_LISTEN_TRY =
            "see what listens there already, or name another --port, or another --host: an address of this machine";

    private final List<Shelving> sources;
    private final Traffic traffic;
    private final WebServer server;

    /** Where documents come from. */
    interface Shelving {
        Optional<Answer> find(Question question);
    }

    /**
     * What is asked for.
     *
     * @param path decoded, without query
     * @param languages the header {@code Accept-Language}; empty where there is none
     */
    record Question(String path, String languages) {}

    /** A document, or another address; {@code route} names the kind of address for metrics, never the address itself. */
    sealed interface Answer {
        String route();

        record Found(String route, Document document) implements Answer {}

        record Elsewhere(String route, String address) implements Answer {}

        record Broken(String route, String text) implements Answer {}
    }

    Site(String host, int port, List<Shelving> sources, Traffic traffic) {
        this.sources = List.copyOf(sources);
        this.traffic = traffic;
        LIBRARY.setLevel(Level.OFF);
        CONNECTIONS.setLevel(Level.OFF);
        this.server = start(host, port);
        LIBRARY.setLevel(Level.WARNING);
    }

    private WebServer start(String host, int port) {
        try {
            WebServer started = WebServer.builder()
                    .host(host)
                    .port(port)
                    .shutdownGracePeriod(GRACE)
                    .idleConnectionTimeout(IDLE)
                    .maxTcpConnections(MOST_CONNECTIONS)
                    .maxConcurrentRequests(MOST_AT_ONCE)
                    .maxPayloadSize(LARGEST_BODY)
                    .shutdownHook(false)
                    .routing((HttpRouting.Builder routing) -> routing.any(this::handle))
                    .build()
                    .start();
            if (!started.isRunning()) { // all the library says of a port that is taken
                throw new CannotRun(cannotListen(host, port), CANNOT_LISTEN_TRY);
            }
            return started;
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            throw new CannotRun(cannotListen(host, port), CANNOT_LISTEN_TRY, e);
        }
    }

    private static String cannotListen(String host, int port) {
        return "port " + port + " of `" + host + "` cannot be listened on";
    }

    public int port() {
        return server.port();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        long began = System.nanoTime();
        Method method = request.prologue().method();
        Headers.security(response);
        if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            response.header(HeaderNames.ALLOW, "GET, HEAD");
            text(response, Status.METHOD_NOT_ALLOWED_405, "this address is only read: GET or HEAD");
            traffic.answered("none", 405, began);
            return;
        }
        Question question = new Question(
                request.path().path(),
                request.headers().first(HeaderNames.ACCEPT_LANGUAGE).orElse(""));
        Optional<Answer> answer = sources.stream()
                .flatMap(source -> source.find(question).stream())
                .findFirst();
        if (answer.isEmpty()) {
            text(response, Status.NOT_FOUND_404, "there is nothing at this address; the notice is at /notice");
            traffic.answered("none", 404, began);
            return;
        }
        int status = send(answer.get(), method.equals(Method.HEAD), request, response);
        traffic.answered(answer.get().route(), status, began);
    }

    private static int send(Answer answer, boolean head, ServerRequest request, ServerResponse response) {
        return switch (answer) {
            case Answer.Found found -> Sending.send(found.document(), head, request, response);
            case Answer.Elsewhere elsewhere -> {
                response.status(Status.SEE_OTHER_303);
                response.header(HeaderNames.LOCATION, elsewhere.address());
                response.header(HeaderNames.VARY, "Accept-Language");
                response.header(HeaderNames.CACHE_CONTROL, "no-cache");
                response.send();
                yield 303;
            }
            case Answer.Broken broken -> {
                text(response, Status.SERVICE_UNAVAILABLE_503, broken.text());
                yield 503;
            }
        };
    }

    private static void text(ServerResponse response, Status status, String text) {
        response.status(status);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.CONTENT_TYPE, Document.TEXT);
        response.send(text + "\n");
    }

    /** Lets answers under way end, then stops. */
    @Override
    public void close() {
        server.stop();
    }
}
