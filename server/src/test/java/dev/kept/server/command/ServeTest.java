package dev.kept.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.SignedNote;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.http.Serving;
import dev.kept.server.request.Office;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The whole server on a company with a shop: report, ledger, health, and how it stops. */
class ServeTest extends OneShop {

    private static final String NOTICE = """
            notice: mill
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: UTC}
            covers: {sites: [mill.example]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 2 years}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            # The notice

            Your name and address. {#collects.name collects.email} Accounts. {#uses.account}

            At most {{keeps.longest}}. {#keeps.longest keeps.then} {{rights.answered-within}}. {#contact rights.answered-within rights.erase}
            """;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    ServeTest() {
        super(NOTICE, PROSE, """
                CREATE TABLE customers (id int PRIMARY KEY, email text, name text, opened timestamptz NOT NULL);
                INSERT INTO customers SELECT i, 'c' || i || '@example.org', 'Name ' || i, now() - interval '1 year' FROM generate_series(1, 5) i;
                """, """
                customers:
                  person: {customer: {key: id, found-by: {email: email}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email, name: name}
                """);
    }

    private Home home() {
        return Home.obeyed(folder, new Environment(Map.of()), InstantSource.system());
    }

    private HttpResponse<String> get(Serving serving, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serving.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private interface Asked {
        boolean so() throws IOException, InterruptedException;
    }

    /** Waits for what happens in another thread; the limit is only there so that a failure ends. */
    private static void await(Asked asked) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofMinutes(2));
        while (!asked.so()) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.sleep(50);
        }
    }

    @Test
    void the_report_and_the_ledger_are_there_once_their_jobs_are_done() throws Exception {
        Company.run("publish", folder.toString());
        try (Home home = home();
                Serving serving = Serving.start(
                        home,
                        folder,
                        new Serving.Plan("127.0.0.1", 0, Duration.ofHours(1), Office::new),
                        ServeCommand::rooms,
                        complaints::add)) {
            await(() -> get(serving, "/report/prove.json").statusCode() == 200);
            await(() -> get(serving, "/ledger/checkpoint").statusCode() == 200);
            await(() -> get(serving, "/ledger/proof/1").statusCode() == 200);

            assertThat(get(serving, "/report").headers().firstValue("location")).contains("/report/report.en.html");
            HttpResponse<String> report = get(serving, "/report/report.en.html");
            assertThat(report.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
            assertThat(report.body()).contains("Accounts.");
            assertThat(get(serving, "/report/badge.svg").body()).startsWith("<svg");
            assertThat(get(serving, "/metrics").body()).contains("kept_promises{verdict=", "kept_http_answers");
            SignedNote note =
                    SignedNote.parse(get(serving, "/ledger/checkpoint").body());
            assertThat(Checkpoint.parse(note.text()).size()).isGreaterThanOrEqualTo(2);
            assertThat(get(serving, "/ledger/proof/99").statusCode()).isEqualTo(404);
            assertThat(get(serving, "/ledger/tile/0/000").statusCode()).isEqualTo(404);
            assertThat(get(serving, "/ledger/../notice/en").statusCode()).isIn(200, 400, 404);
        }
        assertThat(complaints).isEmpty();
        assertThat(Company.rows(company.state(), "SELECT kind FROM kept.journal ORDER BY seq"))
                .startsWith("published", "prove");
        assertThat(Company.rows(company.state(), "SELECT convert_from(body, 'UTF8') FROM kept.served"))
                .isNotEmpty()
                .noneMatch(page -> page.contains("@example.org") || page.contains("Name 1"));
    }

    @Test
    void a_version_is_entered_into_the_ledger_once() throws Exception {
        Company.run("publish", folder.toString());
        company.kept("sweep", "--dry-run");
        company.kept("sweep", "--dry-run");

        assertThat(Company.rows(company.state(), "SELECT entry FROM kept.journal WHERE kind = 'published'"))
                .hasSize(1)
                .first()
                .asString()
                .contains("\"version\":1", "notice.en.md");
    }

    @Test
    void nothing_published_is_not_served() {
        try (Home home = home()) {
            BooleanSupplier starts = () -> {
                try (Serving serving = Serving.start(
                        home,
                        folder,
                        new Serving.Plan("127.0.0.1", 0, Duration.ZERO, Office::new),
                        ServeCommand::rooms,
                        complaints::add)) {
                    return serving.port() > 0;
                }
            };
            org.assertj.core.api.Assertions.assertThatThrownBy(starts::getAsBoolean)
                    .hasMessageContaining("is published");
        }
    }

    @Test
    void readiness_tells_of_the_database_and_life_does_not() throws Exception {
        Company.run("publish", folder.toString());
        try (Home home = home();
                Serving serving = Serving.start(
                        home,
                        folder,
                        new Serving.Plan("127.0.0.1", 0, Duration.ZERO, Office::new),
                        ServeCommand::rooms,
                        complaints::add)) {
            assertThat(get(serving, "/health/ready").statusCode()).isEqualTo(200);
            home.state().close();

            assertThat(get(serving, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(serving, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(serving, "/notice/en").statusCode()).isEqualTo(200);
            assertThat(get(serving, "/ledger/checkpoint").statusCode()).isEqualTo(503);
            assertThat(get(serving, "/report/prove.json").statusCode()).isEqualTo(503);
        }
    }
}
