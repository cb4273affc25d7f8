package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.TableName;
import dev.kept.server.failure.CannotRun;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records of a store that are named by their primary key. */
public final class Records {

    private Records() {}

    /**
     * The key of a record that is there, as the database writes it.
     *
     * @param written the value of each column of the primary key
     * @throws CannotRun where the table has no such key, or no such record; the key itself is not repeated
     */
    public static List<String> there(LiveStore store, TableName name, List<String> written) {
        BoundTable table = store.bound().table(name);
        List<String> columns = table.catalogue().primaryKey();
        if (columns.isEmpty() || written.size() != columns.size()) {
            throw new CannotRun(
                    "a record of `" + name + "` is named by "
                            + (columns.isEmpty() ? "nothing: the table has no primary key" : columns),
                    "name the value of each column, parted by commas");
        }
        List<Sql> conditions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String type = table.catalogue().column(columns.get(i)).baseType();
            if (!KeyText.possible(type, written.get(i))) {
                throw new CannotRun(
                        "the record is named by what is no " + type + ", as `" + name + "." + columns.get(i) + "` is",
                        "look the key up again");
            }
            conditions.add(KeyText.is(columns.get(i), type, written.get(i)));
        }
        String selected = String.join(
                ", ",
                columns.stream().map(column -> Sql.quoted(column) + "::text").toList());
        Sql question = Sql.of(
                "SELECT " + selected + " FROM " + SqlTables.name(name) + " WHERE ", Sql.and(conditions), " LIMIT 1");
        return row(store, question)
                .orElseThrow(() -> new CannotRun("`" + name + "` has no record of this key", "look the key up again"));
    }

    private static Optional<List<String>> row(LiveStore store, Sql question) {
        try (StoreConnection connection = store.connector().open()) {
            List<List<@Nullable String>> rows =
                    connection.run(List.of(question)).getFirst().rows();
            connection.rollback();
            return rows.stream()
                    .findFirst()
                    .map(row -> row.stream().map(Objects::requireNonNull).toList());
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), e.attempt().isEmpty() ? "run the same command again" : e.attempt(), e);
        }
    }
}
