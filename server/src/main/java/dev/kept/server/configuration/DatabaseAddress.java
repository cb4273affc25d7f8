package dev.kept.server.configuration;

import dev.kept.server.failure.CannotRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** How to reach a database; prints without its password. */
public record DatabaseAddress(String url, Optional<String> user, Optional<String> password) {

    private static final int CONNECT_SECONDS = 10;

    /** What its sessions call themselves where the address says nothing: a sweep tells others at work from Kept's own by it. */
    private static final String APPLICATION = "kept";

    private static final Pattern CREDENTIALS_IN_HOST = Pattern.compile("^jdbc:postgresql://[^/?]*@");

    /** What the driver would log of a connection that fails stands in its exception, too, and may quote the address. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    /** A store's address: the map's {@code database:}, with user and password from the environment where it is a reference. */
    public static DatabaseAddress of(String database, Environment environment) {
        String url = environment.resolve(database);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new CannotRun(
                    "the database's address is no JDBC URL of PostgreSQL", "write jdbc:postgresql://host:port/name");
        }
        if (CREDENTIALS_IN_HOST.matcher(url).find()) {
            throw new CannotRun(
                    "the database's address has user and password before the host, which JDBC does not read",
                    "write jdbc:postgresql://host:port/name, with user and password in variables of their own: SHOP_URL_USER, SHOP_URL_PASSWORD");
        }
        Optional<String> name = Environment.referredBy(database);
        Optional<String> user = name.flatMap(n -> environment.get(n + "_USER"));
        Optional<String> password = name.flatMap(n -> environment.get(n + "_PASSWORD"));
        return new DatabaseAddress(url, user, password.or(() -> filed(url, user, environment)));
    }

    /** The password in the file that `passfile=` in the URL or `PGPASSFILE` names; the driver itself looks into `.pgpass` in the home folder. */
    private static Optional<String> filed(String url, Optional<String> user, Environment environment) {
        Properties parts = Driver.parseURL(url, null);
        if (parts == null) {
            return Optional.empty();
        }
        Optional<String> file =
                Optional.ofNullable(parts.getProperty("passfile")).or(() -> environment.get("PGPASSFILE"));
        boolean said = parts.getProperty("password") != null && parts.getProperty("passfile") == null;
        if (file.isEmpty() || said || url.contains("password=")) {
            return Optional.empty();
        }
        String who = user.or(() -> Optional.ofNullable(parts.getProperty("user")))
                .orElse(System.getProperty("user.name", ""));
        return PasswordFile.find(
                Path.of(file.get()),
                List.of(
                        parts.getProperty("PGHOST", "localhost"),
                        parts.getProperty("PGPORT", "5432"),
                        parts.getProperty("PGDBNAME", who),
                        who));
    }

    /** Opens a connection that calls itself {@code applicationName}. */
    public Connection connect(String applicationName) {
        Properties properties = new Properties();
        user.ifPresent(value -> properties.setProperty("user", value));
        password.ifPresent(value -> properties.setProperty("password", value));
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw Unreachable.of(e);
        }
    }

    /** Connections of it, none of them pooled. */
    PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException e) {
            // its message repeats the address, and with it a password
            throw url.contains("service=")
                    ? new CannotRun(
                            "no service file has the service that the database's address names",
                            "`PGSERVICEFILE` names the file, by default `~/.pg_service.conf`")
                    : new CannotRun(
                            "the database's address is no JDBC URL of PostgreSQL",
                            "write jdbc:postgresql://host:port/name");
        }
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
        if (!url.contains("ApplicationName=")) {
            source.setApplicationName(APPLICATION);
        }
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        return source;
    }

    /** Whether the server has to show a certificate of its name: {@code sslmode=verify-full}. */
    boolean verifies() {
        return "verify-full".equals(source().getSslMode());
    }

    @Override
    public String toString() {
        return "a PostgreSQL database";
    }
}
