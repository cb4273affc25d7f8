package dev.kept.server.configuration;

import dev.kept.core.letter.MailAddress;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How mail is sent, and where what cannot be delivered comes back, from {@code kept.yaml}.
 *
 * <pre>{@code
 * mail:
 *   smtp: smtps://mail.example.org          # TLS from the beginning; smtp:// changes to TLS or does not send
 *   user: kept
 *   password: ${KEPT_MAIL_PASSWORD}
 *   from: privacy@example.org
 *   name: Example Ltd
 *   bounces: {imap: imaps://mail.example.org, address: bounces@example.org, user: bounces, password: "${KEPT_BOUNCES_PASSWORD}"}
 * }</pre>
 *
 * @param login to the server; empty for one that asks for none
 * @param name of the sender; empty for the controller's
 * @param bounces empty where only what is refused at once is seen
 */
public record MailSettings(
        Server smtp, Optional<Login> login, MailAddress from, Optional<String> name, Optional<Bounces> bounces) {

    /** Whom mails name as sender has at most so many characters. */
    public static final int MOST_NAME_CHARACTERS = 100;

    private static final int LARGEST_PORT = 65_535;
    private static final Map<String, Integer> PORTS = Map.of("smtps", 465, "smtp", 587, "imaps", 993, "imap", 143);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** How a connection is kept from others' eyes. */
    public enum Security {
        /** TLS from the beginning. */
        TLS,
        /** Begun in the open and changed to TLS, or not used. */
        STARTTLS,
        /** In the open: on this machine only. */
        PLAIN
    }

    public record Server(String host, int port, Security security) {}

    /** @param password as written: a reference to the environment, which is looked up when it is needed */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "a login";
        }
    }

    /**
     * The mailbox that takes what comes back.
     *
     * @param address of the mailbox; letters are sent as from it with {@code +} and a tag
     */
    public record Bounces(Server imap, MailAddress address, Login login, String folder) {}

    /** Reads the entry {@code mail}; empty where it has errors, which are then noted. */
    static Optional<MailSettings> read(Element mail) {
        Fields fields = mail.fields("smtp", "user", "password", "from", "name", "bounces");
        Optional<Server> smtp = fields.required("smtp", "write smtp: smtps://mail.example.org")
                .flatMap(element -> server(element, "smtp"));
        Optional<MailAddress> from =
                fields.required("from", "write from: privacy@example.org").flatMap(MailSettings::address);
        Optional<String> name = fields.get("name").flatMap(MailSettings::name);
        Optional<Bounces> bounces = fields.get("bounces").flatMap(MailSettings::bounces);
        if (fields.has("password") && !fields.has("user")) {
            mail.error("password-without-user", "`mail` has a password and no user", "write user: …");
        }
        Optional<Login> login = fields.has("user") ? login(fields) : Optional.empty();
        return smtp.flatMap(server -> from.map(address -> new MailSettings(server, login, address, name, bounces)));
    }

    private static Optional<Bounces> bounces(Element element) {
        Fields fields = element.fields("imap", "address", "user", "password", "folder");
        Optional<Server> imap = fields.required("imap", "write imap: imaps://mail.example.org")
                .flatMap(server -> server(server, "imap"));
        Optional<MailAddress> address =
                fields.required("address", "write address: bounces@example.org").flatMap(MailSettings::address);
        Optional<Login> login = login(fields);
        String folder = fields.get("folder").flatMap(Element::text).orElse("INBOX");
        return imap.flatMap(
                server -> address.flatMap(box -> login.map(with -> new Bounces(server, box, with, folder))));
    }

    private static Optional<Login> login(Fields fields) {
        Optional<String> user = fields.required("user", "write user: …").flatMap(Element::text);
        Optional<String> password = fields.required("password", "write password: ${NAME}, a name of the environment")
                .flatMap(MailSettings::reference);
        return user.flatMap(name -> password.map(secret -> new Login(name, secret)));
    }

    /** What is written there is not repeated: it may be the password itself. */
    private static Optional<String> reference(Element element) {
        Optional<String> written = element.text();
        Optional<String> name = written.flatMap(Environment::referredBy);
        if (written.isPresent() && name.isEmpty()) {
            element.error(
                    "password-in-file",
                    "a password does not stand in a file",
                    "write ${NAME}, a name of the environment");
        }
        return name.map(known -> "${" + known + "}");
    }

    private static Optional<MailAddress> address(Element element) {
        return element.parsed("bad-address", "a mail address", "write name@example.org", MailAddress::parse);
    }

    private static Optional<String> name(Element element) {
        return element.parsed(
                "bad-name",
                "a name on one line",
                "write it shorter",
                text -> Optional.of(text)
                        .filter(name -> name.length() <= MOST_NAME_CHARACTERS
                                && name.codePoints().noneMatch(Character::isISOControl)));
    }

    private static Optional<Server> server(Element element, String scheme) {
        return element.parsed(
                "bad-server",
                "an address of a server",
                "write " + scheme + "s://host or " + scheme + "://host, with :port where it is another than usual",
                text -> parse(text, scheme));
    }

    private static Optional<Server> parse(String text, String scheme) {
        try {
            URI uri = new URI(text);
            String written = uri.getScheme();
            boolean plain = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && (uri.getRawPath() == null || uri.getRawPath().matches("/?"))
                    && uri.getRawQuery() == null
                    && uri.getPort() <= LARGEST_PORT;
            if (!plain || written == null || !written.matches(scheme + "s?")) {
                return Optional.empty();
            }
            int port = uri.getPort() > 0 ? uri.getPort() : PORTS.getOrDefault(written, 0);
            return Optional.of(new Server(uri.getHost(), port, security(written, uri.getHost())));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Security security(String scheme, String host) {
        if (scheme.endsWith("s")) {
            return Security.TLS;
        }
        return THIS_MACHINE.contains(host) ? Security.PLAIN : Security.STARTTLS;
    }
}
