package dev.kept.server.suppression;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.suppression.Identifier;
import dev.kept.core.suppression.Sighting;
import dev.kept.core.suppression.Sighting.Judgement;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Planning;
import dev.kept.server.state.State;
import dev.kept.server.state.Suppressions.Mark;
import dev.kept.server.state.Suppressions.NumberedKey;
import dev.kept.stores.postgres.look.Identities;
import dev.kept.stores.postgres.look.Identities.Known;
import dev.kept.stores.postgres.look.PersonsDates;
import dev.kept.stores.postgres.look.PersonsDates.Dated;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through a store for persons who were erased: every person's row is read in a snapshot, a portion at a time, what she is known by is
 * hashed with the keys there are, and the hashes are asked for. Changes nothing.
 */
public final class LookThrough {

    /** How long each snapshot may stand. */
    public static final Duration LIMIT = Duration.ofHours(1);

    /** Rows read at once. */
    private static final int ROWS_AT_ONCE = 5_000;

    /** Persons judged at once. */
    private static final int JUDGED_AT_ONCE = 1_000;

    private static final String SESSION = "kept look";

    private final State state;
    private final LiveStore store;
    private final Duration limit;
    private final List<NumberedKey> keys;

    public LookThrough(State state, LiveStore store, Duration limit) {
        this.state = state;
        this.store = store;
        this.limit = limit;
        this.keys = state.suppressions().keys(store.name());
    }

    /** What a look found, as counts: how many persons are back, and of how many it is doubtful. */
    public record Found(long looked, long back, long doubtful) {}

    /** Looks, and says only how many. */
    public Found counted() {
        Seen seen = look();
        return new Found(seen.looked(), seen.back(), seen.doubtful().size());
    }

    /** Looks at every kind of person in the store; at nobody where nobody was erased yet. */
    Seen look() {
        Map<String, List<List<String>>> again = new LinkedHashMap<>();
        List<Seen.Doubtful> doubtful = new ArrayList<>();
        long[] counts = new long[2];
        boolean more = false;
        if (!keys.isEmpty()) {
            for (BoundTable table : store.bound().tables().values()) {
                if (table.map().person().isPresent()) {
                    Matches matches = matches(new Identities(table, new SqlTables(store.catalogue())));
                    counts[0] += matches.looked;
                    counts[1] += judge(matches, again, doubtful);
                    more |= matches.full();
                }
            }
        }
        return new Seen(counts[0], again, doubtful, counts[1], more);
    }

    /** Persons of one kind who are known by something that an erased person was known by. */
    private static final class Matches {
        private final String kind;
        private final Map<List<String>, Mark> found = new LinkedHashMap<>();
        private long looked;

        Matches(String kind) {
            this.kind = kind;
        }

        boolean full() {
            return found.size() >= KeySet.MAX_KEYS;
        }
    }

    private Matches matches(Identities identities) {
        Matches matches = new Matches(identities.kind());
        try (Snapshot snapshot = Snapshot.take(store.connector(), SESSION, limit, System::nanoTime)) {
            identities.each(snapshot, ROWS_AT_ONCE, rows -> {
                matches.looked += rows.size();
                keys.forEach(key -> match(key, rows, matches));
            });
        }
        return matches;
    }

    private void match(NumberedKey key, List<Known> rows, Matches matches) {
        Map<String, List<List<String>>> persons = new HashMap<>();
        for (Known row : rows) {
            hashed(key, Identifier.key(matches.kind, row.key()), row, persons);
            row.values()
                    .forEach((finder, value) ->
                            hashed(key, Identifier.found(matches.kind, finder, value), row, persons));
        }
        if (persons.isEmpty()) {
            return;
        }
        state.suppressions().find(key, List.copyOf(persons.keySet())).forEach((hash, mark) -> {
            for (List<String> person : persons.getOrDefault(hash, List.of())) {
                if (!matches.full() || matches.found.containsKey(person)) {
                    matches.found.merge(person, mark, Mark::and);
                }
            }
        });
    }

    private void hashed(NumberedKey key, Identifier identifier, Known row, Map<String, List<List<String>>> persons) {
        persons.computeIfAbsent(key.key().hash(store.name(), identifier), hash -> new ArrayList<>())
                .add(row.key());
    }

    /** @return how many are left alone */
    private long judge(Matches matches, Map<String, List<List<String>>> again, List<Seen.Doubtful> doubtful) {
        Set<List<String>> known = known(matches.kind);
        List<List<String>> persons = matches.found.keySet().stream()
                .filter(person -> !known.contains(person))
                .toList();
        boolean restored = state.restores().isolated(store.name()).isPresent();
        long alone = (long) matches.found.size() - persons.size();
        try (StoreConnection connection = open()) {
            for (int from = 0; from < persons.size(); from += JUDGED_AT_ONCE) {
                List<List<String>> some = persons.subList(from, Math.min(persons.size(), from + JUDGED_AT_ONCE));
                List<Optional<Dated>> dates = dates(connection, matches.kind, some);
                for (int i = 0; i < some.size(); i++) {
                    Mark mark = matches.found.get(some.get(i));
                    if (mark == null) {
                        continue;
                    }
                    Sighting sighting = new Sighting(
                            mark.fit(),
                            restored,
                            mark.erasedAt(),
                            dates.get(i).map(Dated::earliest),
                            dates.get(i).map(Dated::latest));
                    Judgement judgement = sighting.judge();
                    if (judgement == Judgement.ERASE) {
                        again.computeIfAbsent(matches.kind, kind -> new ArrayList<>())
                                .add(some.get(i));
                    } else if (judgement == Judgement.LEAVE) {
                        alone++;
                    } else {
                        doubtful.add(new Seen.Doubtful(matches.kind, some.get(i), judgement, mark.endsAt()));
                    }
                }
            }
        }
        return alone;
    }

    /** Who needs no judgement: her request stands, so that every sweep applies it; or somebody has decided that it is not she. */
    private Set<List<String>> known(String kind) {
        Set<List<String>> known = new HashSet<>(state.doubts().left(store.name(), kind));
        state.facts(store.name()).persons().stream()
                .filter(fact -> fact.kind().equals(kind) && fact.what() instanceof What.Erased)
                .forEach(fact -> known.addAll(fact.keys()));
        return known;
    }

    private StoreConnection open() {
        StoreConnection connection = store.connector().open();
        // Data that a policy hides would be data that is said not to be there.
        connection.run(Sql.of("SELECT set_config('row_security', 'off', false), set_config('TimeZone', 'UTC', false)"));
        connection.commit();
        return connection;
    }

    private List<Optional<Dated>> dates(StoreConnection connection, String kind, List<List<String>> persons) {
        Instant now = state.clock().instant();
        Plan plan =
                new Planning(state).erasure(store, now, Map.of(kind, persons)).plan();
        List<Map<String, List<List<String>>>> each =
                persons.stream().map(person -> Map.of(kind, List.of(person))).toList();
        return new PersonsDates(store.bound(), store.catalogue()).read(connection, plan, each, now, limit);
    }
}
