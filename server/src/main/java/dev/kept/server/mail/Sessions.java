package dev.kept.server.mail;

import dev.kept.server.configuration.MailSettings.Security;
import dev.kept.server.configuration.MailSettings.Server;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;

/** How mail servers are spoken to: with time-outs, and in the open on this machine only. */
final class Sessions {

    static final Duration CONNECT = Duration.ofSeconds(10);

    /** For each answer of a server; a mail needs fewer than twenty. */
    static final Duration ANSWER = Duration.ofSeconds(30);

    private Sessions() {}

    /** @param protocol {@code smtp} or {@code imap} */
    static Session of(Server server, String protocol, String greeting, boolean login) {
        Properties properties = new Properties();
        String key = "mail." + protocol + ".";
        properties.put(key + "host", server.host());
        properties.put(key + "port", Integer.toString(server.port()));
        properties.put(key + "connectiontimeout", Long.toString(CONNECT.toMillis()));
        properties.put(key + "timeout", Long.toString(ANSWER.toMillis()));
        properties.put(key + "writetimeout", Long.toString(ANSWER.toMillis()));
        properties.put(key + "ssl.checkserveridentity", "true");
        properties.put(key + "ssl.enable", Boolean.toString(server.security() == Security.TLS));
        boolean upgrade = server.security() == Security.STARTTLS;
        properties.put(key + "starttls.enable", Boolean.toString(upgrade));
        properties.put(key + "starttls.required", Boolean.toString(upgrade));
        properties.put(key + "auth", Boolean.toString(login));
        // else the name of this machine would be looked up, and told
        properties.put(key + "localhost", greeting);
        return Session.getInstance(properties);
    }
}
