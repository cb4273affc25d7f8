package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A first data map of a store nobody has described yet: persons from tables that look like people, owners from foreign keys, categories
 * from names and sampled values. Nothing in it is trusted: every column is a guess until somebody takes the word away.
 */
public final class MapDraft {

    /** The use a draft names where the notice offers none; no notice has it, so the check asks for a real one. */
    public static final String UNNAMED_USE = "name-the-use";

    private static final Pattern PEOPLE = Pattern.compile(
            ".*(customer|client|user|account|member|person|people|subscriber|contact|patient|student|guest|buyer|visitor|employee|staff|account_holder)s?");
    private static final Pattern WORKERS = Pattern.compile(".*(employee|staff|admin|operator|agent)s?");

    /** What says nothing of who shares a row: what things cost, not where and who somebody is. */
    private static final Set<String> OF_THINGS = Set.of("order-line", "message", "picture");

    /** What, beside an e-mail address, makes a row without an owner somebody. */
    private static final Set<String> OF_SOMEBODY = Set.of("name", "username", "password", "phone", "birth-date");

    /** So many columns that look personal make a table that is pointed to a shared one; fewer are a list of cities. */
    private static final int SHARED_COLUMNS = 2;

    private final Catalogue catalogue;
    private final Optional<Notice> notice;
    private final Map<TableName, Map<String, String>> samples;
    private final Map<TableName, String> kinds = new LinkedHashMap<>();
    private final Set<TableName> owned = new LinkedHashSet<>();

    private MapDraft(Catalogue catalogue, Optional<Notice> notice, Map<TableName, Map<String, String>> samples) {
        this.catalogue = catalogue;
        this.notice = notice;
        this.samples = samples;
    }

    /**
     * Drafts a map.
     *
     * @param samples what sampled values look like, by table and column: {@code email}, {@code phone}, {@code log} (an IP address)
     */
    public static Draft draft(
            String store,
            String database,
            ZoneId zone,
            Catalogue catalogue,
            Optional<Notice> notice,
            Map<TableName, Map<String, String>> samples) {
        MapDraft draft = new MapDraft(catalogue, notice, samples);
        Map<TableName, List<Column>> columns = new LinkedHashMap<>();
        catalogue
                .tables()
                .values()
                .forEach(table -> columns.put(
                        table.name(),
                        table.columns().values().stream()
                                .filter(column -> !column.generated())
                                .map(column -> column(draft.guess(table, column), column.name()))
                                .toList()));
        return new Draft(
                new Store(store, database, zone, List.of(), Optional.empty(), draft.tables()), catalogue, columns);
    }

    private Map<TableName, Table> tables() {
        catalogue.tables().values().stream()
                .filter(this::looksLikePeople)
                .forEach(table -> kinds.put(table.name(), kind(table.name())));
        Set<TableName> named = Set.copyOf(kinds.keySet());
        catalogue.tables().values().stream()
                .filter(table -> !named.contains(table.name()) && reads(table, named))
                .forEach(table -> kinds.put(table.name(), kind(table.name())));
        owned.addAll(kinds.keySet());
        boolean grown = true;
        while (grown) {
            grown = false;
            for (CatalogueTable table : catalogue.tables().values()) {
                if (!owned.contains(table.name()) && !ownersOf(table).isEmpty()) {
                    grown |= owned.add(table.name());
                }
            }
        }
        Map<TableName, Table> tables = new LinkedHashMap<>();
        catalogue.tables().values().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(table -> tables.put(
                        table.name(),
                        owned.contains(table.name()) || !pointers(table).isEmpty()
                                ? personal(table)
                                : Table.notPersonal(table.name(), Optional.of(whyNot(table)))));
        return tables;
    }

    /** Why a table seems to hold nothing of persons: what speaks against it is said, too. */
    private String whyNot(CatalogueTable table) {
        List<String> personal = personalColumns(table);
        return "nothing leads from here to a person"
                + (personal.isEmpty()
                        ? ", and no column looks like a person's"
                        : ", but `" + String.join("`, `", personal) + "` might be a person's");
    }

    private List<String> personalColumns(CatalogueTable table) {
        return table.columns().values().stream()
                .filter(column -> guess(table, column).category().isPresent())
                .map(CatalogueColumn::name)
                .toList();
    }

    /** Owned tables that point to a table which looks like something people share: an address several rows refer to. */
    private List<Table.Pointer> pointers(CatalogueTable table) {
        long ofPersons = categories(table)
                .filter(category -> !OF_THINGS.contains(category))
                .count();
        if (owned.contains(table.name()) || ofPersons < SHARED_COLUMNS) {
            return List.of();
        }
        return catalogue.tables().values().stream()
                .filter(from -> owned.contains(from.name()))
                .flatMap(from -> from.foreignKeys().stream())
                .filter(key -> key.to().equals(table.name()))
                .map(key -> new Table.Pointer(key.from(), key.columns()))
                .distinct()
                .toList();
    }

    private boolean looksLikePeople(CatalogueTable table) {
        boolean named = PEOPLE.matcher(ColumnGuess.snake(table.name().name())).matches();
        boolean described = table.columns().values().stream()
                .map(column -> guess(table, column).category().orElse(""))
                .anyMatch(category -> Set.of("email", "name", "username").contains(category));
        return !table.primaryKey().isEmpty() && named && described;
    }

    /** A row by itself that says by its columns alone whose it is: who can be written to, and something else of them or nobody else. */
    private boolean reads(CatalogueTable table, Set<TableName> people) {
        List<String> addresses = table.columns().values().stream()
                .filter(column -> "email".equals(guess(table, column).category().orElse("")))
                .map(CatalogueColumn::name)
                .toList();
        boolean alone = table.uniqueKeys().stream()
                .anyMatch(key -> key.columns().size() == 1
                        && addresses.contains(key.columns().getFirst()));
        return !table.primaryKey().isEmpty()
                && table.foreignKeys().stream().noneMatch(key -> people.contains(key.to()))
                && !addresses.isEmpty()
                && (alone || categories(table).anyMatch(OF_SOMEBODY::contains));
    }

    private Stream<String> categories(CatalogueTable table) {
        return table.columns().values().stream().flatMap(column -> guess(table, column).category().stream());
    }

    private String kind(TableName table) {
        String name = ColumnGuess.snake(table.name()).replace('_', '-');
        String singular = name.endsWith("s") && !name.endsWith("ss") ? name.substring(0, name.length() - 1) : name;
        return kinds.containsValue(singular) ? table.schema() + "-" + singular : singular;
    }

    private boolean worker(TableName table) {
        return WORKERS.matcher(ColumnGuess.snake(table.name())).matches();
    }

    /** Foreign keys through which a table belongs to somebody: to customers rather than to the staff that served them. */
    private List<ForeignKey> ownersOf(CatalogueTable table) {
        List<ForeignKey> owners = Stream.concat(table.foreignKeys().stream(), undeclared(table))
                .filter(key -> !key.to().equals(table.name()))
                .filter(key -> owned.contains(key.to()) && !worker(key.to()))
                .toList();
        List<ForeignKey> persons =
                owners.stream().filter(key -> kinds.containsKey(key.to())).toList();
        return persons.isEmpty() ? owners.stream().limit(1).toList() : persons;
    }

    /** Columns named like a person's key that no foreign key covers: a partitioned table, a log. */
    private Stream<ForeignKey> undeclared(CatalogueTable table) {
        return kinds.keySet().stream()
                .flatMap(person -> catalogue.find(person).stream())
                .filter(person ->
                        person.primaryKey().size() == 1 && !person.name().equals(table.name()))
                .flatMap(person -> Stream.of(
                                person.primaryKey().getFirst(),
                                kinds.getOrDefault(person.name(), "").replace('-', '_') + "_id")
                        .distinct()
                        .filter(column ->
                                !column.equals("id") && table.columns().containsKey(column))
                        .filter(column -> table.foreignKeys().stream()
                                .noneMatch(key -> key.columns().contains(column)))
                        .limit(1)
                        .map(column -> new ForeignKey(
                                "",
                                table.name(),
                                List.of(column),
                                person.name(),
                                person.primaryKey(),
                                Catalogue.Action.NO_ACTION,
                                Catalogue.Action.NO_ACTION,
                                false)));
    }

    private Table personal(CatalogueTable table) {
        List<Table.Pointer> pointers = pointers(table);
        Optional<Table.Person> person = Optional.ofNullable(kinds.get(table.name()))
                .map(kind -> new Table.Person(kind, table.primaryKey(), finders(table)));
        Map<String, Table.BelongsTo> belongsTo = new LinkedHashMap<>();
        if (person.isEmpty()) {
            for (ForeignKey key : ownersOf(table)) {
                String role = role(key, belongsTo.keySet());
                Table.Target target = kinds.containsKey(key.to())
                        ? new Table.Target.OfKind(kinds.getOrDefault(key.to(), ""))
                        : new Table.Target.OfTable(key.to());
                belongsTo.put(role, new Table.BelongsTo(role, target, key.columns(), List.of(), Match.EXACT));
            }
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        Set<String> categories = new LinkedHashSet<>();
        Set<String> structure = new HashSet<>(table.primaryKey());
        table.foreignKeys().forEach(key -> structure.addAll(key.columns()));
        belongsTo.values().forEach(entry -> structure.addAll(entry.via()));
        for (CatalogueColumn column : table.columns().values()) {
            if (!structure.contains(column.name()) && !column.generated()) {
                ColumnGuess guess = guess(table, column);
                guess.category().ifPresent(categories::add);
                columns.put(column.name(), column(guess, column.name()));
            }
        }
        return new Table(
                table.name(),
                true,
                person,
                belongsTo,
                pointers,
                uses(categories),
                Map.of(),
                Map.of(),
                Map.of(),
                columns,
                Optional.empty(),
                Optional.empty(),
                Optional.of(why(person, belongsTo, pointers)));
    }

    private static Column column(ColumnGuess guess, String name) {
        return new Column(
                name,
                List.of(),
                guess.category().stream().toList(),
                guess.category().isEmpty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(guess.why()));
    }

    private static String why(
            Optional<Table.Person> person, Map<String, Table.BelongsTo> belongsTo, List<Table.Pointer> pointers) {
        if (person.isPresent()) {
            return "a row looks like a person, by the table's name or its columns";
        }
        if (!pointers.isEmpty()) {
            return "it looks shared: rows of `"
                    + String.join(
                            "`, `",
                            pointers.stream()
                                    .map(pointer -> pointer.table().toString())
                                    .distinct()
                                    .toList())
                    + "` point here";
        }
        return belongsTo.values().stream()
                .map(way -> "`" + String.join(", ", way.via()) + "` leads to "
                        + switch (way.target()) {
                            case Table.Target.OfKind(String kind) -> "a " + kind;
                            case Table.Target.OfTable(TableName table) -> "`" + table + "`";
                        })
                .collect(java.util.stream.Collectors.joining(", "));
    }

    private ColumnGuess guess(CatalogueTable table, CatalogueColumn column) {
        Optional<String> looksLike = Optional.ofNullable(samples.get(table.name()))
                .flatMap(columns -> Optional.ofNullable(columns.get(column.name())));
        return ColumnGuess.of(column, looksLike, notice);
    }

    private Map<String, Table.Finder> finders(CatalogueTable table) {
        Map<String, Table.Finder> finders = new LinkedHashMap<>();
        for (CatalogueColumn column : table.columns().values()) {
            String category = guess(table, column).category().orElse("");
            if (category.equals("email") || category.equals("username")) {
                finders.putIfAbsent(category, new Table.Finder(column.name(), Match.CASEFOLD_TRIM));
            }
        }
        return finders;
    }

    private static String role(ForeignKey key, Set<String> taken) {
        String column = ColumnGuess.snake(key.columns().getFirst())
                .replaceAll("_?(id|fk|no)$", "")
                .replace('_', '-');
        String role = column.isEmpty() || !Character.isLetter(column.charAt(0)) ? "owner" : column;
        String unique = role;
        for (int i = 2; taken.contains(unique); i++) {
            unique = role + "-" + i;
        }
        return unique;
    }

    /** The uses of the notice that use any of these categories; a name that is no use where there is none. */
    private List<String> uses(Set<String> categories) {
        List<String> uses = new ArrayList<>();
        notice.map(Notice::uses).orElse(Map.of()).values().stream()
                .filter(Use::concernsPersons)
                .filter(use -> use.data().stream().anyMatch(categories::contains))
                .forEach(use -> uses.add(use.id()));
        return uses.isEmpty() ? List.of(UNNAMED_USE) : uses;
    }
}
