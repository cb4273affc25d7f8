package dev.kept.bench;

import dev.kept.server.command.ServeCommand;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.http.Serving;
import dev.kept.server.request.Office;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests sent in through the form by many people at once, each from an address of her own and written durably, beside a bare server that takes the
 * same posts and does nothing, in the same process.
 */
final class FormsBench {

    private static final int POSTS = 20_000;
    private static final int WARM = 2_000;
    private static final int AT_ONCE = 32;
    private static final double BAR = 500;
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final String FORM = "/privacy/en/ask/access";

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final AtomicLong people = new AtomicLong();
    private String token = "";
    private String cookies = "";

    private FormsBench() {}

    /** @param scale the share of all posts that is sent */
    static List<Figure> run(double scale) throws Exception {
        return new FormsBench().measure((int) Math.round(POSTS * scale));
    }

    private List<Figure> measure(int posts) throws Exception {
        Path folder = Place.root()
                .resolve("bench/target/forms-" + ProcessHandle.current().pid());
        Path privacy = folder.resolve("privacy");
        try {
            ConsoleBench.example(privacy);
            Files.writeString(
                    privacy.resolve("kept.yaml"),
                    "serve: {address: \"https://privacy.larkfield.example\", proxies: [127.0.0.0/8]}\n");
            Consumer<String> complaints = line -> System.err.println(line);
            try (Home home = Home.obeyed(privacy, new Environment(Map.of()), InstantSource.system())) {
                Serving.Plan plan = new Serving.Plan("127.0.0.1", 0, Duration.ZERO, Office::new);
                try (Serving serving = Serving.start(home, privacy, plan, ServeCommand::rooms, complaints)) {
                    return List.of(measure(serving.port(), posts));
                }
            }
        } finally {
            Database.delete(folder);
        }
    }

    private Figure measure(int port, int posts) throws Exception {
        WebServer bare = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing((HttpRouting.Builder routing) -> routing.any((request, response) -> {
                    request.content().as(byte[].class);
                    response.status(Status.SEE_OTHER_303).send();
                }))
                .build()
                .start();
        try {
            form(port);
            send(port, WARM);
            send(bare.port(), WARM);
            double alone = posts / send(bare.port(), posts);
            Runtime.getRuntime().gc();
            long before = used();
            double kept = posts / send(port, posts);
            Runtime.getRuntime().gc();
            long after = used();
            return new Figure(
                    "forms",
                    "posts",
                    kept,
                    "posts/s",
                    ">= 500",
                    kept >= BAR,
                    String.format(
                            Locale.ROOT,
                            "%,d requests written durably by %d at once, %.2f x a bare server's %,.0f/s; heap %d MB before, %d MB after",
                            posts,
                            AT_ONCE,
                            kept / alone,
                            alone,
                            before >> 20,
                            after >> 20));
        } finally {
            bare.stop();
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A form as a browser gets it: with its token, and the cookie that the token is bound to. */
    private void form(int port) throws IOException, InterruptedException {
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + FORM))
                        .header("X-Forwarded-Proto", "https")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher found = TOKEN.matcher(page.body());
        if (page.statusCode() != 200 || !found.find()) {
            throw new IllegalStateException("the form is answered with " + page.statusCode());
        }
        token = found.group(1);
        cookies = String.join(
                "; ",
                page.headers().allValues("Set-Cookie").stream()
                        .map(cookie -> cookie.split(";", 2)[0])
                        .toList());
    }

    /** @return seconds */
    private double send(int port, int posts) throws InterruptedException {
        AtomicLong failed = new AtomicLong();
        Semaphore free = new Semaphore(AT_ONCE);
        long began = System.nanoTime();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < posts; i++) {
                free.acquire();
                senders.execute(() -> {
                    try {
                        failed.addAndGet(post(port) == 303 ? 0 : 1);
                    } catch (IOException e) {
                        failed.incrementAndGet();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        free.release();
                    }
                });
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " of " + posts + " posts were not taken");
        }
        return seconds;
    }

    private int post(int port) throws IOException, InterruptedException {
        long person = people.incrementAndGet();
        String address = "10." + (person >> 16 & 255) + "." + (person >> 8 & 255) + "." + (person & 255);
        String body = "token=" + token + "&address=person" + person + "%40example.org&words=";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + FORM))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "https://privacy.larkfield.example")
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-Forwarded-For", address)
                .header("X-Forwarded-Proto", "https")
                .header("Cookie", cookies)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
