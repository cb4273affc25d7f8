package dev.kept.server.crash;

import dev.kept.server.Main;
import dev.kept.stores.embedded.TestCluster;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A company whose persons are in two stores, small enough to be put back as it was in a moment, and its Kept: commands run in this process,
 * or in one of their own, through {@link Wire}.
 */
final class Mill implements AutoCloseable {

    private static final String LATELY =
            Instant.now().minus(Duration.ofDays(100)).toString();
    private static final Map<String, List<String>> TABLES =
            Map.of("shop", List.of("customers", "orders"), "crm", List.of("contacts"));

    private final TestDatabase shop;
    private final TestDatabase crm;
    private final TestDatabase state;
    private final Path folder;
    private final Path notice;

    private Mill(TestDatabase shop, TestDatabase crm, TestDatabase state, Path folder) {
        this.shop = shop;
        this.crm = crm;
        this.state = state;
        this.folder = folder;
        this.notice = folder.resolve("privacy");
    }

    /** @param stores the server for both stores; {@code states} for Kept's own database, which may be the same */
    static Mill found(TestCluster stores, TestCluster states, Path folder) {
        Mill mill = new Mill(stores.freshDatabase(), stores.freshDatabase(), states.freshDatabase(), folder);
        mill.shop.execute(resource("shop.sql"));
        mill.crm.execute(resource("crm.sql"));
        mill.reset();
        mill.write();
        for (String store : List.of("shop", "crm")) {
            Said said = run("map", store, "--from", Site.url(mill.database(store)), "--notice", mill.notice.toString());
            if (said.exit() == 2) {
                throw new IllegalStateException(said.toString());
            }
        }
        // Migrates Kept's own database, and finds out whether all of it fits.
        Said holds = mill.kept("hold", "--store", "shop");
        if (holds.exit() != 0) {
            throw new IllegalStateException(
                    holds + run("check", mill.notice.toString()).toString());
        }
        return mill;
    }

    /** The addresses are written anew: a server that was killed may have got another port. */
    void write() {
        write(Site.wired(shop, "store"), Site.wired(crm, "store"), Site.wired(state, "state"));
    }

    /** The same with other addresses. */
    void write(String shopAddress, String crmAddress, String stateAddress) {
        try {
            Files.createDirectories(notice.resolve("stores"));
            for (String file : List.of("notice.yaml", "notice.en.md", "stores/shop.yaml", "stores/crm.yaml")) {
                Files.writeString(
                        notice.resolve(file),
                        resource(file)
                                .replace("${SHOP}", "'" + shopAddress + "'")
                                .replace("${CRM}", "'" + crmAddress + "'"));
            }
            Files.writeString(notice.resolve("kept.yaml"), "state: '" + stateAddress + "'\nbrake: 100\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows as they were at first, and a Kept that has done nothing yet. */
    void reset() {
        shop.execute(resource("shop.rows.sql").replace("${LATELY}", LATELY));
        crm.execute(resource("crm.rows.sql").replace("${LATELY}", LATELY));
        String kept = String.join(", ", stateTables());
        if (!kept.isEmpty()) {
            state.execute(
                    "TRUNCATE " + kept + " RESTART IDENTITY CASCADE; INSERT INTO kept.ledger_head (size) VALUES (0)");
        }
    }

    private List<String> stateTables() {
        return ask(
                state,
                "SELECT 'kept.' || tablename FROM pg_tables WHERE schemaname = 'kept' AND tablename NOT LIKE 'flyway%'");
    }

    /** What a command said. */
    record Said(int exit, String out, String err) {}

    Said kept(String... arguments) {
        return run(on(arguments));
    }

    /** The same in a process of its own, held where {@code stop} says. */
    KeptProcess start(String stop, String... arguments) {
        return KeptProcess.start(folder.resolve("output"), stop, on(arguments));
    }

    private String[] on(String... arguments) {
        return Stream.concat(Arrays.stream(arguments), Stream.of("--notice", notice.toString()))
                .toArray(String[]::new);
    }

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    /** A file in the company's folder. */
    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path notice() {
        return notice;
    }

    TestDatabase database(String name) {
        return switch (name) {
            case "shop" -> shop;
            case "crm" -> crm;
            default -> state;
        };
    }

    /** All rows of both stores by table. */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        TABLES.forEach((store, tables) -> tables.forEach(table ->
                rows.put(store + "." + table, ask(database(store), "SELECT t::text FROM " + table + " t ORDER BY 1"))));
        return rows;
    }

    /** What the journal's evidence says was done, summed over all runs. */
    List<String> counted() {
        return state("""
                SELECT key || '=' || sum(value::bigint) FROM kept.journal,
                    jsonb_each_text(coalesce(entry::jsonb -> 'changed', '{}'::jsonb))
                    GROUP BY key HAVING sum(value::bigint) > 0 ORDER BY key""");
    }

    /** Whether the evidence says that what some batch did is not known. */
    boolean saysThatCountsAreUnknown() {
        return !state("SELECT seq FROM kept.journal WHERE entry LIKE '%batchesWithUnknownCount%'")
                .isEmpty();
    }

    /** Everything in Kept's own database, as text. */
    String allOfState() {
        StringBuilder all = new StringBuilder();
        stateTables()
                .forEach(table -> ask(state, "SELECT t::text FROM " + table + " t")
                        .forEach(
                                row -> all.append(table).append(' ').append(row).append('\n')));
        return all.toString();
    }

    List<String> state(String query) {
        return ask(state, query);
    }

    List<String> ask(String database, String query) {
        return ask(database(database), query);
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

    private static String resource(String name) {
        return Site.resource("faults/" + name);
    }

    @Override
    public void close() {
        shop.close();
        crm.close();
        state.close();
    }
}
