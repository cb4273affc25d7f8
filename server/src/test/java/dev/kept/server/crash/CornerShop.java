package dev.kept.server.crash;

import dev.kept.server.Main;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A shop with its Kept.
 *
 * @param plain the notice's folder for ordinary runs
 * @param wired the same, with addresses that go through {@link Wire}
 */
record CornerShop(TestDatabase store, TestDatabase state, Path plain, Path wired) implements AutoCloseable {

    static final List<String> TABLES =
            List.of("addresses", "customers", "letters_counted", "logins", "messages", "order_lines", "orders");

    /** What a command said. */
    record Said(int exit, String out, String err) {}

    /** Runs an ordinary command in this process. */
    Said kept(String... arguments) {
        return kept(plain, arguments);
    }

    /** Runs a command in this process whose calls pass the wire. */
    Said keptOnTheWire(String... arguments) {
        return kept(wired, arguments);
    }

    private static Said kept(Path notice, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(on(notice, arguments));
        return new Said(exit, out.toString(), err.toString());
    }

    private static String[] on(Path notice, String... arguments) {
        return Stream.concat(Arrays.stream(arguments), Stream.of("--notice", notice.toString()))
                .toArray(String[]::new);
    }

    /** Starts a command as a process of its own, held where {@code stop} says. */
    KeptProcess start(String stop, String... arguments) {
        return KeptProcess.start(wired.resolveSibling("output"), stop, on(wired, arguments));
    }

    /** A file that names persons. */
    Path persons(String... emails) {
        try {
            Path file = plain.resolveSibling("persons");
            return Files.writeString(
                    file,
                    String.join(
                                    "\n",
                                    Arrays.stream(emails)
                                            .map(e -> "email: " + e)
                                            .toList()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows of the store by table, but those that the condition for their table excludes. */
    Map<String, List<String>> rows(Map<String, String> but) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : TABLES) {
            String where = but.containsKey(table) ? " WHERE NOT coalesce(" + but.get(table) + ", false)" : "";
            rows.put(table, ask(store, "SELECT t::text FROM " + table + " t" + where + " ORDER BY 1"));
        }
        return rows;
    }

    /** Rows by table. */
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new TreeMap<>();
        TABLES.forEach(table -> sizes.put(
                table,
                Long.parseLong(ask(store, "SELECT count(*) FROM " + table).getFirst())));
        return sizes;
    }

    /** What the journal's evidence says was done, summed over all runs: {@code customers.deleted} → 12. */
    Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        for (String row : ask(state, """
                SELECT key || '=' || sum(value::bigint) FROM kept.journal,
                    jsonb_each_text(coalesce(entry::jsonb -> 'changed', '{}'::jsonb)) GROUP BY key ORDER BY key""")) {
            counted.put(row.substring(0, row.indexOf('=')), Long.parseLong(row.substring(row.indexOf('=') + 1)));
        }
        return counted;
    }

    /** Everything in Kept's own database, as text. */
    String allOfState() {
        StringBuilder all = new StringBuilder();
        for (String table : ask(
                state, "SELECT tablename FROM pg_tables WHERE schemaname = 'kept' AND tablename NOT LIKE 'flyway%'")) {
            ask(state, "SELECT t::text FROM kept." + table + " t")
                    .forEach(row -> all.append(table).append(' ').append(row).append('\n'));
        }
        return all.toString();
    }

    List<String> state(String query) {
        return ask(state, query);
    }

    List<String> store(String query) {
        return ask(store, query);
    }

    private static List<String> ask(TestDatabase database, String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return rows;
    }

    @Override
    public void close() {
        store.close();
        state.close();
    }
}
