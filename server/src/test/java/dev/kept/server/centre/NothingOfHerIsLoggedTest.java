package dev.kept.server.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Visitor;
import dev.kept.server.mail.StubbornSmtp;
import dev.kept.server.request.Actor;
import dev.kept.server.request.StoredRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * From the first form to the answer nothing of a person is logged, nor what would open her request: also where mail servers, stores and Kept's own
 * database fail and say her name in doing so.
 */
class NothingOfHerIsLoggedTest {

    private static final String NAME = "Anna Berg";
    private static final String BEN = "ben@example.org";
    private static final String WORDS = "words of hers alone";
    private static final String TO_HER = "words to her alone";
    private static final Actor OFFICER = Actor.staff("officer", "Olga Officer", "looked at it");

    @TempDir
    private Path folder;

    private Harbour harbour;
    private Visitor anna;
    private final List<String> secrets =
            new ArrayList<>(List.of(NAME, Harbour.ANNA, BEN, Harbour.SECRET, WORDS, TO_HER, "Olga Officer"));

    @BeforeEach
    void open() throws IOException {
        harbour = new Harbour(folder);
        anna = harbour.visitor();
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    private void ask(Kind kind, String address) throws Exception {
        anna.get("/privacy/en/ask/" + kind.word());
        anna.send("/privacy/en/ask/" + kind.word(), "address", address, "name", NAME, "words", WORDS);
        harbour.step();
        Harbour.Sent letter = harbour.lastLetter();
        assertThat(letter.address()).isEqualTo(address);
        assertThat(letter.code()).isNotEmpty();
        secrets.add(letter.link().replaceFirst(".*/", ""));
        secrets.add(letter.code());
        secrets.add(letter.code().replace("-", ""));
        secrets.addAll(anna.cookies().values());
    }

    /** As the job does it: what goes wrong is said in a line. */
    private void post(StubbornSmtp smtp) {
        try {
            harbour.post(smtp.port());
        } catch (CannotRun e) {
            harbour.complaints().add(e.problem() + "; try: " + e.advice());
        }
    }

    /** A request that is none, which quotes her; whatever the server says to it. */
    private void raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), harbour.port())) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    private void mangled(String link) throws IOException {
        String host = "Host: localhost\r\nConnection: close\r\n";
        raw("GET " + link + "/%zz HTTP/1.1\r\n" + host + "\r\n");
        raw("GET " + link + "?" + Harbour.ANNA + " and more HTTP/1.1\r\n" + host + "\r\n");
        raw("GET " + link + " HTTP/1.1\r\n" + host + "X-" + NAME + ": " + Harbour.ANNA + "\r\n\r\n");
        raw("POST " + link + " HTTP/1.1\r\n" + host + "Content-Length: 900\r\n\r\nname=" + NAME);
        raw("POST " + link + " HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n" + NAME + "\r\n");
        raw(link + " " + Harbour.ANNA + "\r\n\r\n");
    }

    private String serverLog() throws IOException {
        Path data = Path.of(harbour.rows("show data_directory").getFirst());
        return Files.readString(data.resolveSibling("server.log"));
    }

    @Test
    void what_goes_well_and_what_fails_is_logged_without_her() throws Exception {
        String before = serverLog();
        try (Logged logged = new Logged();
                StubbornSmtp smtp = new StubbornSmtp()) {
            // the net catches what swims in it
            Logger.getLogger("io.helidon.webserver").log(Level.WARNING, "caught one", new IOException("caught two"));
            LoggerFactory.getLogger("com.github.kagkarlsson").error("caught three", new IOException("caught four"));
            System.err.println("caught five");
            assertThat(logged.text())
                    .contains("caught one", "caught two", "caught three", "caught four", "caught five");

            answered(smtp);
            erased(smtp);
            inWords();
            withoutDatabase();

            String all = (logged.text() + "\n" + String.join("\n", harbour.complaints())
                            + serverLog().substring(before.length()))
                    .toLowerCase(Locale.ROOT);
            for (String secret : secrets) {
                assertThat(all).doesNotContain(secret.toLowerCase(Locale.ROOT));
            }
        }
    }

    /** She asks for access while the mail server is out of order and then quotes her, proves it by the link, and fetches the answer. */
    private void answered(StubbornSmtp smtp) throws Exception {
        ask(Kind.ACCESS, Harbour.ANNA);
        smtp.toSender = "421 4.3.2 closing down, " + NAME;
        post(smtp);
        assertThat(harbour.complaints()).anyMatch(line -> line.contains("mail"));
        harbour.turn(Duration.ofMinutes(16));
        smtp.toSender = "250 2.1.0 fine";
        smtp.toRecipient = "450 4.2.1 <" + Harbour.ANNA + "> " + NAME + " is busy";
        post(smtp);
        smtp.toRecipient = "250 2.1.5 fine";
        String link = harbour.lastLetter().link();
        mangled(link);
        harbour.visitor().get(link);
        anna.get(link);
        anna.send(anna.path());
        String request = anna.path();
        harbour.step();
        assertThat(anna.get(request + "/answer").statusCode()).isEqualTo(200);
        assertThat(harbour.at(anna).request().stage()).isInstanceOf(Stage.Answered.class);
        post(smtp);
    }

    /** She asks for erasure and proves it by the code; the shop fails and quotes her row, and then does it. */
    private void erased(StubbornSmtp smtp) throws Exception {
        ask(Kind.ERASURE, Harbour.ANNA);
        String request = anna.path();
        anna.send(request + "/code", "code", "0000-0000");
        anna.send(request + "/code", "code", harbour.lastLetter().code());
        harbour.inShop("""
                create function quoting() returns trigger language plpgsql as $$
                  begin raise exception 'the row of % at % stays', old.full_name, old.email using detail = old.street; end $$;
                create trigger quoting before delete on customers for each row execute function quoting();
                """);
        int said = harbour.complaints().size();
        harbour.step();
        StoredRequest failed =
                harbour.requests.byNumber(request.replaceFirst(".*/", "")).orElseThrow();
        assertThat(failed.request().stage()).isInstanceOf(Stage.Failed.class);
        assertThat(harbour.complaints()).hasSizeGreaterThan(said);

        harbour.inShop("drop trigger quoting on customers");
        harbour.staff.retry(failed, OFFICER);
        harbour.step();
        assertThat(harbour.customers()).containsExactly(BEN);
        smtp.toMessage = "554 5.6.0 nothing for " + Harbour.ANNA;
        post(smtp);
        anna.get(request);
    }

    /** What is answered in words stays among those whom it is for. */
    private void inWords() throws Exception {
        anna = harbour.visitor();
        anna.get("/privacy/en/ask/question");
        anna.send("/privacy/en/ask/question", "address", Harbour.ANNA, "name", NAME, "words", WORDS);
        harbour.staff.answer(harbour.at(anna), TO_HER, OFFICER);
        assertThat(harbour.at(anna).request().stage()).isInstanceOf(Stage.Answered.class);
        secrets.addAll(anna.cookies().values());
    }

    /** Kept's own database is gone while a link is opened and a form comes; the other customer asks, since of her nothing is known any more. */
    private void withoutDatabase() throws Exception {
        ask(Kind.ACCESS, BEN);
        String link = harbour.lastLetter().link();
        anna.get("/privacy/en/ask/access");
        harbour.home().state().close();
        int said = harbour.complaints().size();
        anna.send("/privacy/en/ask/access", "address", Harbour.ANNA, "name", NAME, "words", WORDS);
        assertThat(anna.get(link).statusCode()).isEqualTo(503);
        assertThat(harbour.complaints()).hasSizeGreaterThan(said + 1);
    }
}
