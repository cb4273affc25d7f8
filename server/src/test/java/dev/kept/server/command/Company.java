package dev.kept.server.command;

import dev.kept.server.Main;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** A notice in a folder with databases of its own, and the real command line that works on it. */
public final class Company implements AutoCloseable {

    private final Path folder;
    private final Map<String, TestDatabase> stores = new LinkedHashMap<>();
    private final TestDatabase state = TestCluster.shared().freshDatabase();

    public Company(Path folder, String notice, String prose) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("stores"));
        Files.writeString(folder.resolve("notice.yaml"), notice);
        Files.writeString(folder.resolve("notice.en.md"), prose);
        Files.writeString(folder.resolve("kept.yaml"), "state: " + address(state) + "\n");
    }

    /** Adds a store: its schema and rows, and its map without the first two lines. */
    public void store(String name, String script, String tables) throws IOException {
        TestDatabase database = TestCluster.shared().freshDatabase();
        database.execute(script);
        stores.put(name, database);
        Files.writeString(
                folder.resolve("stores/" + name + ".yaml"),
                "store: " + name + "\ndatabase: " + address(database) + "\ntables:\n" + tables.indent(2));
        run("map", name, "--from", address(database), "--notice", folder.toString());
    }

    /** Fails with what `kept check` says where the notice does not check. */
    public Company checked() {
        Said said = run("check", folder.toString());
        if (said.exit() != 0) {
            throw new AssertionError(said.out() + said.err());
        }
        return this;
    }

    public static String address(TestDatabase database) {
        return database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "user=" + database.user()
                + "&password=" + database.password();
    }

    public TestDatabase database(String store) {
        return java.util.Objects.requireNonNull(stores.get(store));
    }

    public TestDatabase state() {
        return state;
    }

    public Path folder() {
        return folder;
    }

    /** What a command said, and how it ended. */
    public record Said(int exit, String out, String err) {}

    /** Runs a command on the notice. */
    public Said kept(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--notice");
        all.add(folder.toString());
        return run(all.toArray(String[]::new));
    }

    /** An erasure of one person, as she is named on a line. */
    Said erase(String person, String... options) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("erase", "--operator", "Anna", "--checked", "by letter", "--persons"));
        words.add(persons(person).toString());
        words.addAll(List.of(options));
        return kept(words.toArray(String[]::new));
    }

    static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    /** A file that names persons. */
    Path persons(String... lines) throws IOException {
        return Files.write(folder.resolve("persons.txt"), Arrays.asList(lines));
    }

    /** Rows as text, in order. */
    public List<String> rows(String store, String query) {
        return rows(database(store), query);
    }

    public static List<String> rows(TestDatabase database, String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    @Override
    public void close() {
        stores.values().forEach(TestDatabase::close);
        state.close();
    }
}
