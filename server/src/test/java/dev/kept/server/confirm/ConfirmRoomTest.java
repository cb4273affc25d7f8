package dev.kept.server.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Kind;
import dev.kept.server.command.Company;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.http.Serving;
import dev.kept.server.inform.Carried;
import dev.kept.server.inform.Channels;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Informing;
import dev.kept.server.inform.Told;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.server.request.Office;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page behind a recipient's link, over HTTP. */
class ConfirmRoomTest {

    private static final String NOTICE = """
            notice: mill
            controller: {name: "The <Mill>", email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example]}
            collects: {email: {from: you, is: pd:EmailAddress}}
            uses:
              account: {basis: contract, data: [email], ends: [{after: account.opened, for: 2 years}]}
            shares:
              mailer: {kind: processor, uses: [account], data: [email], contract: {signed: 2026-03-01, keeps: {after: contract.ended, for: 30 days}}}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, erase: {}}
            """;

    private static final String PROSE = """
            Your address. {#collects.email} Accounts. {#uses.account} A mailer. {#shares.mailer}

            At most {{keeps.longest}}. {#keeps.longest} Then it goes. {#keeps.then} Write to us. {#contact} We answer within
            {{rights.answered-within}}. {#rights.answered-within} You may delete. {#rights.erase}
            """;

    private static final UUID REQUEST = UUID.randomUUID();
    private static final String TOKEN = "t0ken_of-a-test";

    @TempDir
    private Path folder;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private Company company;
    private Home home;
    private Serving serving;

    @BeforeEach
    void open() throws Exception {
        company = new Company(folder, NOTICE, PROSE);
        company.store(
                "shop",
                "create table customers (id bigint primary key, email text, opened timestamptz not null);",
                """
                customers:
                  person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
                  uses: [account]
                  events: {account.opened: opened}
                  columns: {email: email}
                """);
        company.checked();
        Path kept = folder.resolve("kept.yaml");
        Files.writeString(kept, Files.readString(kept) + "recipients: {mailer: {mail: privacy@mailer.example}}\n");
        Instant now = Instant.now();
        Freezing.freeze(
                folder, Candidate.of(PrivacyFolder.read(folder), () -> now).publication());
        home = Home.obeyed(folder, new Environment(Map.of()), Instant::now);
        serving = Serving.start(
                home,
                folder,
                new Serving.Plan("127.0.0.1", 0, Duration.ZERO, Office::new),
                premises -> List.of(new ConfirmRoom(premises)),
                complaint -> {});
        home.state()
                .apply(new Channels(home)
                        .informing()
                        .tell(new Carried(
                                REQUEST,
                                "R-17",
                                Kind.ERASURE,
                                LocalDate.parse("2027-03-01"),
                                List.of(new Carried.Data(Set.of("email"), Set.of())),
                                Map.of("email", "anna.secret@reader.example"))));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8));
        home.state()
                .database()
                .useHandle(handle -> handle.execute("update kept.informing set confirm = ?", (Object) hash));
    }

    @AfterEach
    void close() {
        serving.close();
        home.close();
        company.close();
    }

    private HttpResponse<String> get(String token, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(token));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private URI address(String token) {
        return URI.create("http://127.0.0.1:" + serving.port() + Informing.CONFIRM + token);
    }

    private HttpResponse<String> post(String token, String field) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(address(token))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", "http://127.0.0.1:" + serving.port())
                        .POST(HttpRequest.BodyPublishers.ofString("token=" + field))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String field(String page) {
        Matcher field = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).isTrue();
        return field.group(1);
    }

    private Told.Standing standing() {
        return new Informed(home.state()).of(REQUEST).getFirst().standing();
    }

    @Test
    void following_the_link_confirms_nothing_and_the_button_does() throws Exception {
        HttpResponse<String> page = get(TOKEN);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Please confirm", "mailer", "The data was deleted", "The &lt;Mill&gt;")
                .doesNotContain("anna.secret", "<script", "style=");
        assertThat(standing()).isEqualTo(Told.Standing.WAITING);

        HttpResponse<String> posted = post(TOKEN, field(page.body()));

        assertThat(posted.statusCode()).isEqualTo(303);
        assertThat(standing()).isEqualTo(Told.Standing.CONFIRMED);
        assertThat(get(TOKEN).body()).contains("Thank you").doesNotContain("<form");
    }

    @Test
    void a_form_of_another_page_confirms_nothing() throws Exception {
        get(TOKEN);

        assertThat(post(TOKEN, "guessed").statusCode()).isEqualTo(403);
        assertThat(standing()).isEqualTo(Told.Standing.WAITING);
    }

    @Test
    void a_link_that_is_none_leads_nowhere() throws Exception {
        for (String token :
                List.of("", "x", TOKEN + "x", TOKEN.toUpperCase(java.util.Locale.ROOT), "x".repeat(2_000))) {
            assertThat(get(token).statusCode()).as(token).isEqualTo(404);
        }
    }

    @Test
    void it_speaks_the_reader_s_language() throws Exception {
        assertThat(get(TOKEN, "Accept-Language", "de-AT").body()).contains("<html lang=\"de\"", "Bitte bestätigen");
        assertThat(get(TOKEN, "Accept-Language", "zh-CN").body()).contains("请确认");
        assertThat(get(TOKEN, "Accept-Language", "pl").body()).contains("<html lang=\"pl\"", "Prosimy o potwierdzenie");
    }
}
