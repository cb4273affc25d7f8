package dev.kept.bench;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.command.ServeCommand;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.http.Serving;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Office;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import dev.kept.server.signin.Role;
import dev.kept.server.signin.SignInLinks;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pages of the console over HTTP, one after the other by one reader who is signed in, with 100,000 requests on record: a fifth of them open, the others answered,
 * and as many entries in the ledger. It has no rival: what it should reach is a time.
 */
final class ConsoleBench {

    private static final int ALL_REQUESTS = 100_000;
    private static final int WARM = 40;
    private static final int ROUNDS = 200;
    private static final double BAR_MILLIS = 100;
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private final long requests;
    private final HttpClient client = HttpClient.newHttpClient();
    private String site = "";
    private String cookies = "";

    private ConsoleBench(long requests) {
        this.requests = requests;
    }

    /** @param scale the share of all requests that is made */
    static List<Figure> run(double scale) throws Exception {
        return new ConsoleBench(Math.round(ALL_REQUESTS * scale)).measure();
    }

    private List<Figure> measure() throws Exception {
        Path folder = Place.root()
                .resolve("bench/target/console-" + ProcessHandle.current().pid());
        try {
            example(folder.resolve("privacy"));
            Path privacy = folder.resolve("privacy");
            try (Home home = Home.obeyed(privacy, new Environment(Map.of()), InstantSource.system())) {
                StoredRequest one = fill(home);
                Serving.Plan plan = new Serving.Plan("127.0.0.1", 0, Duration.ZERO, Office::new);
                Consumer<String> complaints = line -> System.err.println(line);
                try (Serving serving = Serving.start(home, privacy, plan, ServeCommand::rooms, complaints)) {
                    site = "http://127.0.0.1:" + serving.port();
                    signIn(new SignInLinks(home.state()).issue("bench", Set.of(Role.OFFICER)));
                    return measure(pages(one));
                }
            }
        } finally {
            Database.delete(folder);
        }
    }

    /** The example company's folder, published. */
    static void example(Path privacy) throws Exception {
        Path from = Place.root().resolve("examples/larkfield/privacy");
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path copy = privacy.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Freezing.freeze(
                privacy,
                Candidate.of(PrivacyFolder.read(privacy), InstantSource.system())
                        .publication());
    }

    /** Two requests are made as people make them; the others are their copies, with their events, texts and messages. */
    private StoredRequest fill(Home home) {
        Office office = new Office(home);
        Actor staff = Actor.staff("officer", "bench", "");
        Typed typed = new Typed("Mara Lindqvist", "mara@example.org", "What do you hold about me?", Map.of());
        StoredRequest open = office.staffDesk()
                .enter(Ask.of(Kind.ACCESS), typed, "en", home.clock().instant(), staff);
        StoredRequest closed = office.staffDesk()
                .enter(Ask.of(Kind.QUESTION), typed, "en", home.clock().instant(), staff);
        office.staffDesk().note(open, "called back at noon");
        office.staffDesk().answer(closed, "We hold what the notice says.", staff);
        home.state().database().useTransaction(handle -> {
            handle.execute("""
                    insert into kept.request (id, number, kind, uses, language, channel, first_received_at, received_at, stage, proven,
                      reading, due_on, closed_at, version)
                    select gen_random_uuid(), lpad(upper(to_hex(n / 65536)), 4, '0') || '-'
                      || lpad(upper(to_hex(n % 65536)), 4, '0'), case when n % 5 = 0 then
                      (array['access', 'erasure', 'rectification', 'portability', 'restriction'])[1 + n / 5 % 5] else t.kind end,
                      '{}', 'en', 'form', now() - n * interval '20 seconds', now() - n * interval '20 seconds', t.stage, false, t.reading,
                      current_date + (30 - n % 33)::integer, t.closed_at, t.version
                    from generate_series(1, ?) as n join kept.request t on t.id = case when n % 5 = 0 then ?::uuid else ?::uuid end""", requests, open.id(), closed.id());
            for (String table : List.of("request_event", "request_typed", "request_message")) {
                copy(handle, table, open, "closed_at is null");
                copy(handle, table, closed, "closed_at is not null");
            }
            handle.execute("analyze kept.request");
        });
        return open;
    }

    private static void copy(org.jdbi.v3.core.Handle handle, String table, StoredRequest from, String which) {
        String columns = switch (table) {
            case "request_event" -> "seq, at, data, actor_role, actor_commitment";
            case "request_typed" -> "name, address, words, details";
            default -> "at, author, internal, text";
        };
        String id = table.equals("request_message") ? "id, " : "";
        handle.execute(
                "insert into kept." + table + " (" + id + "request, " + columns + ") select "
                        + (id.isEmpty() ? "" : "gen_random_uuid(), ") + "r.id, " + "t." + columns.replace(", ", ", t.")
                        + " from kept.request r cross join kept." + table
                        + " t where t.request = ? and r.id <> ? and r." + which
                        + " and r.id not in (select request from kept." + table + ")",
                from.id(),
                from.id());
    }

    private static Map<String, String> pages(StoredRequest one) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "");
        pages.put("inbox", "/requests");
        pages.put("inbox-of-a-kind-and-stage", "/requests?kind=erasure&stage=received");
        pages.put("inbox-overdue", "/requests?alarm=overdue");
        pages.put("closed", "/requests?which=closed");
        pages.put("one-request", "/requests/" + one.number());
        pages.put("holds", "/holds");
        pages.put("sweeps", "/sweeps");
        pages.put("map", "/map");
        pages.put("retention", "/retention");
        pages.put("promises", "/promises");
        pages.put("ledger", "/ledger");
        pages.put("settings", "/settings");
        return pages;
    }

    private List<Figure> measure(Map<String, String> pages) throws Exception {
        pages.put("inbox-100-pages-on", deep());
        List<Figure> figures = new ArrayList<>();
        for (Map.Entry<String, String> page : pages.entrySet()) {
            URI address = URI.create(site + "/console" + page.getValue());
            double[] times = new double[ROUNDS];
            for (int i = -WARM; i < ROUNDS; i++) {
                long began = System.nanoTime();
                get(address);
                if (i >= 0) {
                    times[i] = (System.nanoTime() - began) / 1e6;
                }
            }
            Arrays.sort(times);
            double p95 = times[(int) (ROUNDS * 0.95)];
            figures.add(new Figure(
                    "console",
                    page.getKey(),
                    p95,
                    "ms p95",
                    "<= 100",
                    p95 <= BAR_MILLIS,
                    String.format(
                            Locale.ROOT,
                            "median %.1f ms of %d, warm, %,d requests on record",
                            Measure.median(times),
                            ROUNDS,
                            requests)));
        }
        return figures;
    }

    /** The address of a page far on in the inbox, gone to page by page. */
    private String deep() throws IOException, InterruptedException {
        String path = "/requests";
        for (int i = 0; i < 100; i++) {
            Matcher next = Pattern.compile("href=\"/console(/requests[^\"]*after=[^\"]+)\"")
                    .matcher(get(URI.create(site + "/console" + path)));
            if (!next.find()) {
                return path;
            }
            path = next.group(1).replace("&amp;", "&");
        }
        return path;
    }

    private String get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address).header("Cookie", cookies).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(address.getPath() + " is answered with " + answer.statusCode());
        }
        return answer.body();
    }

    private void signIn(String link) throws IOException, InterruptedException {
        URI address = URI.create(site + "/console/sign-in/link/" + link);
        HttpResponse<String> page =
                client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        Matcher token = TOKEN.matcher(page.body());
        if (!token.find()) {
            throw new IllegalStateException("there is no form to sign in");
        }
        keep(page);
        HttpResponse<String> in = client.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", cookies)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "token=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        keep(in);
    }

    private void keep(HttpResponse<?> answer) {
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            cookies += (cookies.isEmpty() ? "" : "; ") + cookie.split(";", 2)[0];
        }
    }
}
