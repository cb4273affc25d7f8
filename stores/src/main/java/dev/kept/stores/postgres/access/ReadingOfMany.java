package dev.kept.stores.postgres.access;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Sight;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlAmong;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlEach;
import dev.kept.stores.postgres.sql.SqlMembers;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what many persons see of a store in one read-only snapshot, with one statement a table: her statement, as it is where she is alone, asked of each.
 * A row comes with the number of the person whose answer it is; one that is several persons' comes once for each, with what of it is hers.
 */
public final class ReadingOfMany {

    /** The most persons in one snapshot. */
    public static final int MOST_PERSONS = 100;

    /** How long the snapshot may stand; what takes longer, each is read by herself. */
    public static final Duration SNAPSHOT_LIMIT = Duration.ofMinutes(5);

    private final Catalogue catalogue;
    private final SqlConditions conditions;
    private final Room.Limits limits;

    public ReadingOfMany(Catalogue catalogue) {
        this(catalogue, Room.Limits.USUAL);
    }

    ReadingOfMany(Catalogue catalogue, Room.Limits limits) {
        this.catalogue = catalogue;
        this.conditions = new SqlConditions(new SqlTables(catalogue));
        this.limits = limits;
    }

    /** One of a pass's persons: her statements, in the order of her tables, each with the passes that it looks among. */
    private record Person(Sight sight, List<TableStatement> statements, List<SqlAmong> among) {
        SeenTable table(int number) {
            return sight.tables().get(number);
        }

        Map<String, List<List<String>>> keys() {
            Map<String, List<List<String>>> keys = new LinkedHashMap<>();
            scope().persons().forEach(kind -> keys.put(kind.kind(), kind.keys().keys()));
            return keys;
        }

        Scope.Persons scope() {
            return (Scope.Persons) sight.plan().scope();
        }
    }

    private Person person(Sight sight) {
        List<TableStatement> statements = new ArrayList<>();
        List<SqlAmong> among = new ArrayList<>();
        for (SeenTable table : sight.tables()) {
            SqlAmong hers = new SqlAmong();
            statements.add(new TableStatement(conditions, hers, table));
            among.add(hers);
        }
        return new Person(sight, statements, among);
    }

    /** What a person's statements say, but for what is her own: persons of whom it is equal are read together. */
    public List<String> asked(Sight sight) {
        return person(sight).statements().stream()
                .map(statement -> statement.sql().text())
                .toList();
    }

    /**
     * Reads what each sees, in a transaction of its own that is rolled back at the end.
     *
     * @param sights at most {@link #MOST_PERSONS}, of this store, of whom the same is {@link #asked}
     * @param held bytes that are held of others meanwhile
     * @param limit how long all of it may take
     * @param locked told when no partition can leave its table any more until all is read
     * @return in their order; empty where a person has more than is held in memory: she has to be read by herself
     * @throws dev.kept.stores.postgres.session.StoreException where the store fails, for whichever of them
     */
    public List<Optional<ReadOfHer>> read(
            StoreConnection store, List<Sight> sights, long held, Duration limit, Runnable locked) {
        if (sights.isEmpty() || sights.size() > MOST_PERSONS) {
            throw new IllegalArgumentException("at most " + MOST_PERSONS + " persons are read together");
        }
        TimeLimit time = new TimeLimit(limit);
        List<Person> people = sights.stream().map(this::person).toList();
        Room room = new Room(sights, limits, held);
        try {
            AccessReading.begin(store, catalogue, sights.getFirst(), time);
            locked.run();
            Cursor cursor = new Cursor(store, time);
            for (int table = 0; table < sights.getFirst().tables().size(); table++) {
                read(cursor, people, table, room);
            }
        } finally {
            store.rollback();
        }
        return room.read();
    }

    /** Who has too much is left out, and the table begun anew for the others where it would hold them up. */
    private void read(Cursor cursor, List<Person> people, int table, Room room) {
        boolean whole = false;
        while (!whole && !room.isEmpty()) {
            List<Integer> numbers = room.here();
            room.begin();
            whole = cursor.read(reads(numbers.stream().map(people::get).toList(), table), row -> {
                int number = numbers.get(number(row));
                return room.take(
                        number, people.get(number).statements().get(table).read(row.subList(1, row.size())));
            });
        }
        room.end(table);
    }

    private static int number(List<@Nullable String> row) {
        String number = row.getFirst();
        if (number == null) {
            throw new IllegalStateException("a row is nobody's");
        }
        return Integer.parseInt(number);
    }

    /** The statement that reads a table of all of them. */
    Sql statement(List<Sight> sights, int table) {
        return reads(sights.stream().map(this::person).toList(), table).sql();
    }

    private Cursor.Reads reads(List<Person> people, int table) {
        Person first = people.getFirst();
        SqlMembers members = new SqlMembers(
                conditions, first.scope(), people.stream().map(Person::keys).toList());
        List<Sql> rows = people.stream()
                .map(person -> person.statements().get(table).sql())
                .toList();
        Sql sql = new SqlEach(people.size()).rows(rows);
        List<Sql> compressed = people.stream()
                .map(person -> person.statements().get(table).compressed())
                .toList();
        Sql any = Sql.of(
                "SELECT EXISTS (SELECT FROM (",
                new SqlEach(people.size()).rows(compressed),
                ") AS asked(person, yes) WHERE yes)");
        Sql with = first.among().get(table).with(members);
        return new Cursor.Reads(first.table(table).name(), Sql.of(with, sql), Sql.of(with, any));
    }
}
