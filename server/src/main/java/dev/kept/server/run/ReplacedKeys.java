package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.server.state.Holds.OpenHold;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunKey;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import dev.kept.stores.postgres.step.NewKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run replaces of the keys that Kept knows persons and held records by, and what was replaced when it has done its steps. */
final class ReplacedKeys {

    private final State state;
    private final LiveStore store;
    private final KnownKeys known;
    private final Map<String, Map<List<String>, List<String>>> persons = new LinkedHashMap<>();
    private final Map<OpenHold, List<String>> holds = new LinkedHashMap<>();

    private ReplacedKeys(State state, LiveStore store, KnownKeys known) {
        this.state = state;
        this.store = store;
        this.known = known;
    }

    /** Empty where the plan replaces no keys, or the run was begun before runs had keys to draw them from. */
    static Optional<ReplacedKeys> of(State state, LiveStore store, Run run, Plan plan) {
        if (plan.rekeyed().isEmpty()) {
            return Optional.empty();
        }
        Optional<RunKey> secret = state.runs().key(run);
        return secret.map(key -> {
            ReplacedKeys keys = new ReplacedKeys(state, store, new KnownKeys(store.bound(), plan, key));
            keys.collect(run);
            return keys;
        });
    }

    private void collect(Run run) {
        if (run.wholeStore()) {
            state.facts(store.name()).persons().forEach(fact -> fact.keys().forEach(key -> person(fact.kind(), key)));
        } else {
            state.runs().identifiers(run).forEach((kind, keys) -> keys.forEach(key -> person(kind, key)));
        }
        for (OpenHold hold : state.holds().open(store.name())) {
            known.ofRecord(hold.table(), hold.key()).ifPresent(after -> holds.put(hold, after));
        }
    }

    private void person(String kind, List<String> key) {
        known.ofPerson(kind, key)
                .ifPresent(after -> persons.computeIfAbsent(kind, name -> new LinkedHashMap<>())
                        .put(key, after));
    }

    /** What the executor replaces keys by. */
    NewKeys settled() {
        return known.settled();
    }

    /** These persons' keys, and those that replace them. */
    Map<String, List<List<String>>> both(Map<String, List<List<String>>> identifiers) {
        return known.both(identifiers);
    }

    /**
     * Under which keys the persons are to be found now: their new ones where these stand in the store.
     *
     * @param identifiers as frozen when the run began
     */
    Map<String, List<List<String>>> now(StoreSession session, Map<String, List<List<String>>> identifiers) {
        Map<String, List<List<String>>> now = new LinkedHashMap<>();
        identifiers.forEach((kind, keys) -> {
            Map<List<String>, List<String>> after = persons.getOrDefault(kind, Map.of());
            Set<List<String>> there = there(session, kind, after);
            now.put(
                    kind,
                    keys.stream()
                            .map(key -> there.contains(after.get(key)) ? after.getOrDefault(key, key) : key)
                            .toList());
        });
        return now;
    }

    /** Everything known of persons and records whose key was replaced goes on under the new one. */
    List<StateChange> moved(StoreSession session) {
        List<StateChange> changes = new ArrayList<>();
        persons.forEach((kind, keys) -> {
            Set<List<String>> there = there(session, kind, keys);
            keys.forEach((before, after) -> {
                if (there.contains(after)) {
                    changes.add(state.personFacts().rekey(store.name(), kind, before, after));
                }
            });
        });
        Map<TableName, Set<List<String>>> records = new LinkedHashMap<>();
        holds.forEach((hold, after) -> records.computeIfAbsent(hold.table(), table -> new LinkedHashSet<>())
                .add(after));
        records.replaceAll((table, keys) -> {
            BoundTable bound = store.bound().table(table);
            return there(session.connection(), bound, bound.catalogue().primaryKey(), keys);
        });
        holds.forEach((hold, after) -> {
            if (records.getOrDefault(hold.table(), Set.of()).contains(after)) {
                changes.add(state.holds().rekey(hold.id(), after));
            }
        });
        return changes;
    }

    private Set<List<String>> there(StoreSession session, String kind, Map<List<String>, List<String>> keys) {
        return store.bound()
                .personTable(kind)
                .map(table -> there(
                        session.connection(),
                        table,
                        table.map().person().map(Table.Person::key).orElse(List.of()),
                        new LinkedHashSet<>(keys.values())))
                .orElse(Set.of());
    }

    /** Those of the keys that rows have. */
    private Set<List<String>> there(
            StoreConnection connection, BoundTable table, List<String> columns, Set<List<String>> keys) {
        Set<List<String>> there = new LinkedHashSet<>();
        List<List<String>> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KeySet.MAX_KEYS) {
            List<List<String>> some = all.subList(from, Math.min(all.size(), from + KeySet.MAX_KEYS));
            there.addAll(stand(connection, table, columns, some));
        }
        return there;
    }

    private List<List<String>> stand(
            StoreConnection connection, BoundTable table, List<String> columns, List<List<String>> keys) {
        Row row = Row.outer(table.name());
        SqlReach reach = new SqlReach(new SqlConditions(new SqlTables(store.catalogue())));
        String selected = String.join(
                ", ",
                columns.stream().map(column -> row.column(column) + "::text").toList());
        List<List<String>> found = connection
                .run(Sql.of(
                        "SELECT " + selected + " FROM ",
                        SqlTables.as(row),
                        " WHERE ",
                        reach.reached(new Reach.Keys(columns, Match.EXACT, new KeySet("new keys", keys)), row)))
                .rows()
                .stream()
                .<List<String>>map(
                        values -> values.stream().map(String::valueOf).toList())
                .toList();
        connection.rollback();
        return found;
    }
}
