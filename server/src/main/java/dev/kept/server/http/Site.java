package dev.kept.server.http;

import dev.kept.server.failure.CannotRun;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The HTTP server: documents by their paths, read only, and rooms that act. Nothing is noted about who reads: no cookies, no log of addresses.
 */
public final class Site implements AutoCloseable {

    /** How long answers under way may take once the server stops. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int MOST_AT_ONCE = 500;

    /** How long the next bytes of a request may take. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** A path as browsers write the ones of this site: nothing to decode, no empty parts, none that lead elsewhere, no parameters. */
    private static final Pattern PLAIN = Pattern.compile("/|(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+/?");

    private static final int LONGEST_PATH = 500;

    /** Held, so that its level stays: the library tells of every start, and commands speak for themselves. */
    private static final Logger LIBRARY = Logger.getLogger("io.helidon");

    /** It writes a stack trace for everybody who hangs up within a request: what strangers do must not fill the log. */
    private static final Logger CONNECTIONS = Logger.getLogger("io.helidon.webserver.http1.Http1Connection");

    private static final String CANNOT_LISTEN_TRY =
            "see what listens there already, or name another --port, or another --host: an address of this machine";

    private static final String NOTHING_HERE = "there is nothing at this address; the notice is at /notice";

    private final List<Shelving> sources;
    private final Rooms rooms;
    private final Answering answering;
    private final Map<String, Document> assets;
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

    /**
     * What is at a site.
     *
     * @param sources of documents, the first that has one gives it
     */
    record Content(List<Shelving> sources, Rooms rooms, Answering answering, List<Asset> assets) {
        Content {
            sources = List.copyOf(sources);
            assets = List.copyOf(assets);
        }
    }

    Site(String host, int port, Content content, Traffic traffic) {
        this.sources = content.sources();
        this.rooms = content.rooms();
        this.answering = content.answering();
        this.assets = content.assets().stream().collect(Collectors.toMap(Asset::address, Asset::document));
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
                    .maxPayloadSize(Visit.MOST_BODY_BYTES)
                    .connectionOptions(Site::socket)
                    .directHandlers((DirectHandlers.Builder handlers) -> ofTheLibrary(handlers))
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

    /** An answer is written in several pieces: they do not wait for the reader's acknowledgement of the first (RFC 896), which comes 40 ms late. */
    private static void socket(SocketOptions.Builder socket) {
        socket.readTimeout(SILENCE).tcpNoDelay(true);
    }

    /** What the library answers by itself, to what is no HTTP or too much, says of itself what every answer does. */
    private static void ofTheLibrary(DirectHandlers.Builder handlers) {
        DirectHandler plain = DirectHandler.defaultHandler();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (request, event, status, headers, message) -> {
                Headers.security(headers);
                return plain.handle(request, event, status, headers, message);
            });
        }
    }

    private static String cannotListen(String host, int port) {
        return "port " + port + " of `" + host + "` cannot be listened on";
    }

    public int port() {
        return server.port();
    }

    /** What the sockets of its connections are set to. */
    SocketOptions connections() {
        return server.prototype().connectionOptions();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        long began = System.nanoTime();
        String method = request.prologue().method().text();
        String path = request.path().rawPath();
        Headers.security(response.headers());
        if (path.length() > LONGEST_PATH || !PLAIN.matcher(path).matches()) {
            nothing(request, response, began);
            return;
        }
        boolean head = method.equals("HEAD");
        if (head || method.equals("GET")) {
            Question question = new Question(
                    path, request.headers().first(HeaderNames.ACCEPT_LANGUAGE).orElse(""));
            Optional<Answer> answer = document(question);
            if (answer.isPresent()) {
                int status = send(answer.get(), head, request, response);
                traffic.answered(answer.get().route(), status, began);
                return;
            }
        }
        Optional<Rooms.Answered> answered = Rooms.method(method).flatMap(known -> rooms.answer(known, request));
        if (answered.isPresent()) {
            int status = answering.send(answered.get().reply(), head, request, response);
            traffic.answered(answered.get().room(), status, began);
        } else if (head || method.equals("GET")) {
            nothing(request, response, began);
        } else {
            response.header(HeaderNames.ALLOW, "GET, HEAD");
            refused(Status.METHOD_NOT_ALLOWED_405, "this address is only read: GET or HEAD", response, began);
        }
    }

    /** A page for people, a line for programs. */
    private void nothing(ServerRequest request, ServerResponse response, long began) {
        boolean person = request.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html");
        if (person) {
            boolean head = request.prologue().method().text().equals("HEAD");
            answering.send(Reply.Problem.of(Trouble.NOT_FOUND), head, request, response);
            traffic.answered("none", Trouble.NOT_FOUND.status(), began);
        } else {
            refused(Status.NOT_FOUND_404, NOTHING_HERE, response, began);
        }
    }

    private Optional<Answer> document(Question question) {
        Document asset = assets.get(question.path());
        return asset != null
                ? Optional.of(new Answer.Found("asset", asset))
                : sources.stream()
                        .flatMap(source -> source.find(question).stream())
                        .findFirst();
    }

    private void refused(Status status, String why, ServerResponse response, long began) {
        text(response, status, why);
        traffic.answered("none", status.code(), began);
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
