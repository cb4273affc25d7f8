package dev.kept.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.server.Main;
import dev.kept.server.command.ServeCommand;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.http.Serving;
import dev.kept.server.mail.Mailing;
import dev.kept.server.publish.Candidate;
import dev.kept.server.publish.Freezing;
import dev.kept.server.request.Office;
import dev.kept.server.signin.Role;
import dev.kept.server.signin.SignInLinks;
import dev.kept.stores.embedded.EmbeddedOptions;
import dev.kept.stores.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A company with a shop, its privacy centre as {@code kept serve} serves it, with its jobs, real mail and a site that hands persons over. */
final class Harbour implements AutoCloseable {

    private static final String NOTICE = """
            notice: harbour
            languages: [en, de, zh]
            controller: {name: The Harbour, email: privacy@harbour.example, post: "1 Quay, Harbour Town", zone: Europe/Berlin}
            covers: {sites: [harbour.example], services: [shop]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 2 years}]}
              newsletter: {basis: consent, direct-marketing: true, data: [email], ends: [{after: account.opened, for: 2 years}]}
              safety: {basis: legitimate-interests, interest: keeping the shop safe, data: [name], ends: [{after: account.opened, for: 1 year}]}
            keeps: {longest: 2 years, then: {rows: delete}}
            contact: {email: privacy@harbour.example, post: "1 Quay, Harbour Town"}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}, portability: {}, restrict: {}, object: {}, withdraw: {}, complain: {}}
            """;

    private static final String PROSE = """
            # %s

            We hold this. {#collects.name collects.email}

            - **Accounts.** We keep one for your orders. {#uses.account}
            - **The newsletter.** It tells you of new goods, once a month, as long as you want it. {#uses.newsletter}
            - **A safe shop.** We look out for thieves. {#uses.safety}

            {{keeps.longest}}. {#keeps.longest keeps.then} Write. {#contact} {{rights.answered-within}}. {#rights.answered-within}

            You may. {#rights.access rights.correct rights.erase rights.portability rights.restrict rights.object rights.withdraw rights.complain}
            """;

    private static final String MAP = """
            store: shop
            database: embedded:shop
            tables:
              customers:
                person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
                uses: [account]
                events: {account.opened: opened}
                columns: {full_name: name, email: email}
            """;

    /** More than a request needs until it waits for somebody. */
    private static final int MOST_STEPS = 10;

    private final PostBox box;
    private final EmbeddedPostgres postgres;
    private final Home home;
    private final Serving serving;
    private final HandOver site;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Harbour(Path folder) throws IOException, SQLException {
        this(folder, List.of("en", "de", "zh"));
    }

    /** @param languages of the notice; what else they need lies in the folder already */
    Harbour(Path folder, List<String> languages) throws IOException, SQLException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        box = new PostBox();
        site = new HandOver("http://127.0.0.1:" + port + "/privacy");
        Path privacy = folder.resolve("privacy");
        Files.createDirectories(privacy.resolve("stores"));
        Files.writeString(privacy.resolve("notice.yaml"), NOTICE.replace("[en, de, zh]", languages.toString()));
        for (String language : languages) {
            String title = Map.of("de", "Die Erklärung", "zh", "隐私声明").getOrDefault(language, "The notice");
            Files.writeString(privacy.resolve("notice." + language + ".md"), PROSE.formatted(title));
        }
        Files.writeString(privacy.resolve("stores/shop.yaml"), MAP);
        Files.writeString(
                privacy.resolve("kept.yaml"),
                "mail: {smtp: 'smtp://127.0.0.1:" + box.port() + "', from: privacy@harbour.example}\n"
                        + "serve: {address: 'http://127.0.0.1:" + port + "'}\n"
                        + "requests: {review: [erasure], " + site.settings() + "}\n");
        postgres = EmbeddedPostgres.open(folder.resolve(".kept"), EmbeddedOptions.defaults());
        postgres.createDatabase("shop");
        try (Connection shop = postgres.dataSource("shop").getConnection();
                Statement statement = shop.createStatement()) {
            statement.execute("create table customers (id int primary key, full_name text, email text unique,"
                    + " opened timestamptz not null); insert into customers values"
                    + " (1, 'Anna Berg', 'anna@example.org', now() - interval '30 days'),"
                    + " (2, 'Ben Cole', 'ben@example.org', now() - interval '30 days'),"
                    + " (3, 'Cem Demir', 'cem@example.org', now() - interval '30 days')");
        }
        String shop = postgres.jdbcUrl("shop");
        String from = shop + (shop.contains("?") ? "&" : "?") + "user=" + postgres.user() + "&password="
                + new String(postgres.password().reveal());
        assertThat(Main.commandLine().execute("map", "shop", "--from", from, "--notice", privacy.toString()))
                .isZero();
        Freezing.freeze(
                privacy,
                Candidate.of(PrivacyFolder.read(privacy), InstantSource.system())
                        .publication());
        home = Home.obeyed(privacy, new Environment(Map.of()), InstantSource.system())
                .on(postgres);
        serving = Serving.start(
                home,
                privacy,
                new Serving.Plan("127.0.0.1", port, Duration.ZERO, Office::new),
                ServeCommand::rooms,
                complaints::add);
    }

    String address(String path) {
        return "http://127.0.0.1:" + serving.port() + path;
    }

    PostBox box() {
        return box;
    }

    /** The company's own site, where its customers are signed in. */
    HandOver site() {
        return site;
    }

    /** Where somebody of the staff signs in, once. */
    String signIn(Role role) {
        return "/console/sign-in/link/" + new SignInLinks(home.state()).issue("Olga Berg", Set.of(role));
    }

    /** Does now what the jobs do at their next time. */
    void step() {
        Office office = new Office(home);
        for (int i = 0; i < MOST_STEPS && office.due(); i++) {
            try (Home now = home.again()) {
                office.work(now, complaints::add);
            }
        }
        new Mailing(home.state(), home.settings().mail(), "The Harbour", home.environment()).send();
    }

    /** The shop's customers, every column of each. */
    List<String> customers() throws SQLException {
        try (Connection shop = postgres.dataSource("shop").getConnection();
                Statement statement = shop.createStatement();
                ResultSet found = statement.executeQuery("select c::text from customers as c order by id")) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }

    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() throws IOException {
        serving.close();
        home.close();
        postgres.close();
        box.close();
    }
}
