package dev.kept.server.run;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Epoch;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.draft.MapDraft;
import dev.kept.core.datamap.join.JoinCandidates;
import dev.kept.core.datamap.join.JoinGuess;
import dev.kept.core.datamap.join.JoinGuesses;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.notice.Notice;
import dev.kept.server.failure.CannotRun;
import dev.kept.stores.postgres.sample.JoinSampling;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What a draft is told of a store's values: what those of text columns look like, and where those of others are found again, from samples counted
 * in the database. No value leaves it.
 *
 * @param looks by table and column: {@code email}, {@code phone} or {@code log} (an IP address) where most sampled values look like it, or what a number counts since 1970
 * @param joins that no foreign key declares
 * @param unread tables that could not be looked at, and why
 */
public record Samples(Map<TableName, Map<String, String>> looks, List<JoinGuess> joins, Map<TableName, String> unread) {

    /** How long all samples of a store may take. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int SAMPLED_ROWS = 200;
    private static final int ENOUGH_PERCENT = 60;
    private static final Set<String> TEXT = Set.of("text", "character varying", "citext", "character");
    private static final Map<String, String> SHAPES = Map.of(
            "email", "^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$",
            "phone", "^\\+?[0-9][0-9 ()/.-]{6,17}$",
            "log", "^([0-9]{1,3}\\.){3}[0-9]{1,3}$");

    /**
     * Looks at a store, read-only and within {@link #LIMIT}; a table that cannot be read is left out, and said.
     *
     * @throws CannotRun where the connection is lost
     */
    public static Samples of(DataSource source, Catalogue catalogue, Optional<Notice> notice) {
        try (Snapshot snapshot =
                Snapshot.take(JdbcStoreConnection.connector(source), "kept map", LIMIT, System::nanoTime)) {
            Map<TableName, Map<String, String>> looks = new LinkedHashMap<>();
            Map<TableName, String> unread = new LinkedHashMap<>();
            for (CatalogueTable table : catalogue.tables().values()) {
                try {
                    looks.put(table.name(), looks(snapshot, table));
                } catch (StoreException e) {
                    unread.put(table.name(), why(e));
                }
            }
            var candidates = JoinCandidates.of(catalogue, MapDraft.people(catalogue, notice, looks));
            return new Samples(looks, JoinGuesses.of(candidates, new JoinSampling(snapshot).of(candidates)), unread);
        } catch (StoreException e) {
            throw new CannotRun("the store cannot be sampled: " + e.getMessage(), e.attempt(), e);
        }
    }

    private static String why(StoreException e) {
        return switch (e.kind()) {
            case LOST -> throw e;
            case PRIVILEGE -> "the role may not read all of it";
            case TIME_LIMIT -> "it took too long";
            case CONFLICT -> "it was locked";
            case CONSTRAINT, BUSY, UNFIT, NO_PROGRESS, OTHER -> e.getMessage();
        };
    }

    private static Map<String, String> looks(Snapshot snapshot, CatalogueTable table) {
        List<String> columns = table.columns().values().stream()
                .filter(column -> TEXT.contains(column.baseType().replaceAll("\\(\\d+\\)", "")))
                .map(CatalogueColumn::name)
                .toList();
        List<String> shapes = SHAPES.keySet().stream().sorted().toList();
        List<String> counts = new ArrayList<>(List.of("count(*)"));
        for (String column : columns) {
            String name = Sql.quoted(column) + "::text";
            for (String shape : shapes) {
                counts.add("100 * count(*) FILTER (WHERE " + name + " ~ " + Sql.literal(SHAPES.getOrDefault(shape, ""))
                        + ") / greatest(1, count(" + name + "))");
            }
        }
        List<String> numbers = table.columns().values().stream()
                .filter(column -> DateKind.counts(column.baseType())
                        && !table.primaryKey().contains(column.name()))
                .map(CatalogueColumn::name)
                .toList();
        for (String column : numbers) {
            for (Epoch epoch : Epoch.values()) {
                counts.add(likely(Sql.quoted(column), epoch));
            }
        }
        Answer row = snapshot.ask(
                Sql.of("SELECT " + String.join(", ", counts) + " FROM (SELECT * FROM " + SqlTables.name(table.name())
                        + " LIMIT " + SAMPLED_ROWS + ") AS sample"),
                JoinSampling.MOST_TIME);
        Map<String, String> looks = new LinkedHashMap<>();
        int position = 1;
        for (String column : columns) {
            for (String shape : shapes) {
                if (!row.rows().isEmpty() && row.number(position++) >= ENOUGH_PERCENT) {
                    looks.putIfAbsent(column, shape);
                }
            }
        }
        for (String column : numbers) {
            for (Epoch epoch : Epoch.values()) {
                if (!row.rows().isEmpty() && row.number(position++) >= ENOUGH_PERCENT) {
                    looks.put(column, epoch.word());
                }
            }
        }
        return looks;
    }

    /** In how many of a hundred rows a number counts a time; 0 is none. */
    private static String likely(String column, Epoch epoch) {
        return "100 * count(*) FILTER (WHERE " + column + " BETWEEN " + epoch.likelyFrom() + " AND " + epoch.likelyTo()
                + ") / greatest(1, count(nullif(" + column + ", 0)))";
    }
}
