package dev.kept.server.configuration;

import dev.kept.server.failure.CannotRun;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** How to reach a database; prints without its password. */
public record DatabaseAddress(String url, Optional<String> user, Optional<String> password) {

    private static final int CONNECT_SECONDS = 10;
    private static final Pattern CREDENTIALS_IN_HOST = Pattern.compile("^jdbc:postgresql://[^/?]*@");

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
        return new DatabaseAddress(
                url,
                name.flatMap(n -> environment.get(n + "_USER")),
                name.flatMap(n -> environment.get(n + "_PASSWORD")));
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
            throw new CannotRun(
                    "the database's address is no JDBC URL of PostgreSQL", "write jdbc:postgresql://host:port/name");
        }
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
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
