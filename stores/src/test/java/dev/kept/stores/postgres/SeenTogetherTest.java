package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.model.Model;
import dev.kept.core.model.Values;
import dev.kept.core.model.random.History;
import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.Sight;
import dev.kept.core.source.Places;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.access.AccessReading;
import dev.kept.stores.postgres.access.ReadOfHer;
import dev.kept.stores.postgres.access.ReadingOfMany;
import dev.kept.stores.postgres.access.ToldRows;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.StoreConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random stores, notices, maps and persons: what persons see who are read together is what each of them sees who is read alone, row by row and value by
 * value.
 *
 * <p>{@code -Dkept.seen.stores=N} asks for another number of stores, {@code -Dkept.seed=S} for another first seed.
 */
class SeenTogetherTest {

    private static final int STORES = Integer.getInteger("kept.seen.stores", 80);
    private static final long FIRST_SEED = Long.getLong("kept.seed", 70_000);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private int together;
    private int rows;
    private int hidden;
    private int severals;

    @Test
    void who_is_read_with_others_sees_what_she_sees_alone() throws SQLException {
        try (TestDatabase database = TestCluster.shared().freshDatabase()) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + STORES; seed++) {
                Optional<History.Sweep> sweep = History.of(seed).next();
                if (sweep.isPresent()) {
                    compare(database, seed, sweep.get().question());
                }
            }
        }

        assertThat(together).as("persons read with others").isGreaterThan(STORES);
        assertThat(rows).isGreaterThan(STORES);
        assertThat(hidden).as("values of somebody else's").isPositive();
        assertThat(severals).as("rows by several ways").isPositive();
    }

    private void compare(TestDatabase database, long seed, Model.Question question) throws SQLException {
        Optional<BoundStore> bound = Binder.bind(
                        question.notice(), question.store(), question.catalogue(), Places.none("random"))
                .value();
        if (bound.isEmpty()) {
            return;
        }
        try (Connection connection = database.connect()) {
            PostgresSweep.load(connection, question.catalogue(), question.before());
        }
        ReadingOfMany reading = new ReadingOfMany(question.catalogue());
        Map<List<String>, List<Sight>> alike = new LinkedHashMap<>();
        people(bound.get(), question, new Random(seed))
                .forEach(person -> alike.computeIfAbsent(
                                reading.asked(sight(bound.get(), question, person)), asked -> new ArrayList<>())
                        .add(sight(bound.get(), question, person)));
        try (StoreConnection connection =
                JdbcStoreConnection.connector(database.dataSource()).open()) {
            for (List<Sight> sights : alike.values()) {
                List<Optional<ReadOfHer>> read = reading.read(connection, sights, 0, LIMIT, () -> {});
                for (int i = 0; i < sights.size(); i++) {
                    ToldRows alone = new ToldRows();
                    new AccessReading(question.catalogue()).read(connection, sights.get(i), LIMIT, () -> {}, alone);
                    ToldRows hers = new ToldRows();
                    read.get(i).orElseThrow().tell(hers);
                    assertThat(hers.all())
                            .as("seed %d, person %d of %d", seed, i, sights.size())
                            .isEqualTo(alone.all());
                    count(sights, alone);
                }
            }
        }
    }

    private void count(Collection<Sight> sights, ToldRows alone) {
        if (sights.size() < 2) {
            return;
        }
        together++;
        rows += alone.rows().size();
        hidden += (int) alone.rows().stream()
                .flatMap(row -> row.cells().stream())
                .filter(SeenRow.Cell.NotHers.class::isInstance)
                .count();
        severals += (int) alone.rows().stream()
                .filter(row -> row.mine().stream().filter(mine -> mine).count() > 1)
                .count();
    }

    private static Sight sight(BoundStore store, Model.Question question, Map<String, List<List<String>>> keys) {
        return Sight.of(
                store,
                question.asOf(),
                question.facts(),
                new Scope.Persons(keys.entrySet().stream()
                        .map(kind -> new Scope.Identified(
                                kind.getKey(), new KeySet("the " + kind.getKey(), kind.getValue())))
                        .toList()));
    }

    /** Everybody by herself, and some who are several: of one kind, or of two; or the same twice. */
    private static List<Map<String, List<List<String>>>> people(
            BoundStore store, Model.Question question, Random random) {
        Map<String, List<List<String>>> kinds = new LinkedHashMap<>();
        for (BoundTable table : store.tables().values()) {
            table.map().person().ifPresent(person -> kinds.put(person.kind(), keys(question, table, person.key())));
        }
        List<Map<String, List<List<String>>>> people = new ArrayList<>();
        kinds.forEach((kind, keys) -> keys.forEach(key -> people.add(Map.of(kind, List.of(key)))));
        kinds.forEach((kind, keys) -> {
            for (int i = 0; i + 1 < keys.size(); i += 2) {
                people.add(Map.of(kind, keys.subList(i, i + 2)));
                people.add(Map.of(kind, List.of(keys.get(i), keys.get(i))));
            }
        });
        if (kinds.size() > 1) {
            for (int i = 0; i < 3; i++) {
                people.add(kinds.entrySet().stream()
                        .filter(kind -> !kind.getValue().isEmpty())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                kind -> List.of(kind.getValue()
                                        .get(random.nextInt(kind.getValue().size()))))));
            }
        }
        people.removeIf(Map::isEmpty);
        Collections.shuffle(people, random);
        return people.subList(0, Math.min(people.size(), ReadingOfMany.MOST_PERSONS));
    }

    private static List<List<String>> keys(Model.Question question, BoundTable table, List<String> key) {
        return question.before().rows(table.name()).stream()
                .map((Map<String, @Nullable Object> row) -> key.stream()
                        .map(column -> Values.print(Objects.requireNonNull(row.get(column))))
                        .toList())
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
