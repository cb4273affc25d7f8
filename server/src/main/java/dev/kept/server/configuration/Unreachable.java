package dev.kept.server.configuration;

import dev.kept.server.failure.CannotRun;
import java.sql.SQLException;

/** Says why a database does not answer; the driver's own words may quote its address and are not repeated. */
public final class Unreachable {

    private Unreachable() {}

    /** One sentence and what to try. */
    public static CannotRun of(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        String code = state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
        return switch (state) {
            case "28P01", "28000" ->
                says(error, "client certificate") || says(error, "certificate authentication")
                        ? cannotRun(
                                "the server asks for a client's certificate that it can check",
                                code,
                                "`sslcert=FILE&sslkey=FILE` in the URL name one of the user's name, signed by an authority in the server's"
                                        + " `ssl_ca_file`, and its key",
                                error)
                        : cannotRun(
                                "the database refuses the user or the password",
                                code,
                                "say both where the address is: `SHOP_URL_USER` and `SHOP_URL_PASSWORD` beside a variable `SHOP_URL` that is"
                                        + " named as '${SHOP_URL}', or `?user=…&password=…` in the URL; and see the server's `pg_hba.conf`",
                                error);
            case "08004" ->
                says(error, "SSL")
                        ? cannotRun(
                                "the server offers no TLS, which the address asks for",
                                code,
                                "`ssl = on` at the server; an `sslmode` below `require` would send all that is read in the clear",
                                error)
                        : cannotRun(
                                "the server asks for a password, and none is known",
                                code,
                                "`SHOP_URL_PASSWORD` beside a variable `SHOP_URL`, or a line `host:port:database:user:password` in a file that"
                                        + " `passfile=` in the URL or `PGPASSFILE` names, or in `~/.pgpass`",
                                error);
            case "08001", "08006" -> Tls.refused(error).orElseGet(() -> silent(code, error));
            case "3D000" ->
                cannotRun("the server has no database of this name", code, "see the name at the end of the URL", error);
            case "42501" ->
                cannotRun(
                        "the role may not connect to the database",
                        code,
                        "GRANT CONNECT ON DATABASE to it; docs/postgres.md lists all it needs",
                        error);
            case "53300" -> cannotRun("the server has no connection left", code, "try again later", error);
            case "57P03" -> cannotRun("the database is still starting", code, "try again in a moment", error);
            case "57014", "55P03" ->
                cannotRun(
                        "the database does not answer in time",
                        code,
                        "see what holds locks there in `pg_locks`, and try again",
                        error);
            default -> silent(code, error);
        };
    }

    private static CannotRun silent(String code, SQLException error) {
        return cannotRun(
                "the database does not answer",
                code,
                "see that it runs and can be reached from here, and that address and TLS settings are right",
                error);
    }

    /** Whether a word stands in the driver's message, in whatever language it is. */
    static boolean says(SQLException error, String word) {
        return error.getMessage() != null && error.getMessage().contains(word);
    }

    private static CannotRun cannotRun(String problem, String code, String advice, SQLException error) {
        return new CannotRun(problem + code, advice, error);
    }
}
