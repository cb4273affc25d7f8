package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Epoch;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.draft.Ways.Way;
import dev.kept.core.datamap.join.JoinGuess;
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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A first data map of a store nobody has described yet: persons from tables that look like people, owners from foreign keys and guessed joins, categories
 * from names and sampled values. Nothing in it is trusted: every column is a guess until somebody takes the word away.
 */
public final class MapDraft {

    /** The use a draft names where the notice offers none; no notice has it, so the check asks for a real one. */
    public static final String UNNAMED_USE = "name-the-use";

    /** What says nothing of who shares a row: what things cost, not where and who somebody is. */
    private static final Set<String> OF_THINGS = Set.of("order-line", "message", "picture");

    /** So many columns that look personal make a table that is pointed to a shared one; fewer are a list of cities. */
    private static final int SHARED_COLUMNS = 2;

    private final Catalogue catalogue;
    private final Optional<Notice> notice;
    private final Looks looks;
    private final Ways ways;
    private final People people;
    private final Map<TableName, List<Way>> owners = new LinkedHashMap<>();

    private MapDraft(Catalogue catalogue, Optional<Notice> notice, Looks looks, Ways ways) {
        this.catalogue = catalogue;
        this.notice = notice;
        this.looks = looks;
        this.ways = ways;
        this.people = People.all(catalogue, looks, ways::leadsTo);
    }

    /**
     * The tables that are called after persons, with the columns by which these are found: where joins that nobody declared may lead.
     *
     * @param samples as of {@link #draft}
     */
    public static Map<TableName, Set<String>> people(
            Catalogue catalogue, Optional<Notice> notice, Map<TableName, Map<String, String>> samples) {
        People people = People.named(catalogue, new Looks(notice, samples));
        Map<TableName, Set<String>> finders = new LinkedHashMap<>();
        people.kinds().keySet().stream()
                .flatMap(table -> catalogue.find(table).stream())
                .forEach(table -> finders.put(
                        table.name(),
                        people.finders(table).values().stream()
                                .map(Table.Finder::column)
                                .collect(Collectors.toUnmodifiableSet())));
        return finders;
    }

    /**
     * Drafts a map.
     *
     * @param samples what sampled values look like, by table and column: {@code email}, {@code phone}, {@code log} (an IP address), {@code milliseconds} (and other units) since 1970
     * @param joins that no foreign key declares
     */
    public static Draft draft(
            String store,
            String database,
            ZoneId zone,
            Catalogue catalogue,
            Optional<Notice> notice,
            Map<TableName, Map<String, String>> samples,
            List<JoinGuess> joins) {
        MapDraft draft = new MapDraft(catalogue, notice, new Looks(notice, samples), new Ways(catalogue, joins));
        Map<TableName, List<Column>> columns = new LinkedHashMap<>();
        catalogue
                .tables()
                .values()
                .forEach(table -> columns.put(
                        table.name(),
                        table.columns().values().stream()
                                .filter(column -> !column.generated())
                                .map(column -> draft.column(table, column))
                                .toList()));
        Map<TableName, Table> tables = draft.tables();
        return new Draft(
                new Store(store, database, zone, List.of(), epoch(samples), Optional.empty(), tables),
                catalogue,
                columns,
                draft.comments());
    }

    /** What most columns of numbers count that look like times. */
    private static Optional<Epoch> epoch(Map<TableName, Map<String, String>> samples) {
        Map<Epoch, Long> columns = samples.values().stream()
                .flatMap(table -> table.values().stream())
                .flatMap(looks -> Epoch.of(looks).stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return columns.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private Map<TableName, Table> tables() {
        people.kinds().keySet().forEach(person -> owners.put(person, List.of()));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (CatalogueTable table : catalogue.tables().values()) {
                List<Way> leading = owners.containsKey(table.name()) ? List.of() : ownersOf(table);
                if (!leading.isEmpty()) {
                    owners.put(table.name(), leading);
                    grown = true;
                }
            }
        }
        Map<TableName, Table> tables = new LinkedHashMap<>();
        catalogue.tables().values().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(table -> tables.put(
                        table.name(),
                        owners.containsKey(table.name()) || !pointers(table).isEmpty()
                                ? personal(table)
                                : Table.notPersonal(table.name(), Optional.of(whyNot(table)))));
        return tables;
    }

    /** Why a table seems to hold nothing of persons: what speaks against it is said, too. */
    private String whyNot(CatalogueTable table) {
        List<String> personal = looks.personalColumns(table);
        return "nothing leads from here to a person"
                + (personal.isEmpty()
                        ? ", and no column looks like a person's"
                        : ", but `" + String.join("`, `", personal) + "` might be a person's");
    }

    /** Owned tables that point to a table which looks like something people share: an address several rows refer to. */
    private List<Table.Pointer> pointers(CatalogueTable table) {
        long ofPersons =
                looks.signs(table).filter(sign -> !OF_THINGS.contains(sign)).count();
        if (owners.containsKey(table.name()) || ofPersons < SHARED_COLUMNS) {
            return List.of();
        }
        return catalogue.tables().values().stream()
                .filter(from -> owners.containsKey(from.name()))
                .flatMap(from -> ways.from(from).stream())
                .filter(way -> way.to().equals(table.name())
                        && way.guess().map(ways::toKey).orElse(true))
                .map(way -> new Table.Pointer(way.from(), way.columns(), way.why()))
                .distinct()
                .toList();
    }

    /** Ways by which a table belongs to somebody: to customers rather than to the staff that served them. */
    private List<Way> ownersOf(CatalogueTable table) {
        List<Way> leading = ways.from(table).stream()
                .filter(way -> owners.containsKey(way.to()) && !People.worker(way.to()))
                .toList();
        List<Way> persons = leading.stream()
                .filter(way -> people.kinds().containsKey(way.to()))
                .toList();
        return persons.isEmpty() ? leading.stream().limit(1).toList() : persons;
    }

    /** Where people's addresses stand in a table of their own. */
    private Map<String, Table.FinderBeside> besides(CatalogueTable person) {
        return people.finders(person).containsKey(Sign.EMAIL)
                ? Map.of()
                : catalogue.tables().values().stream()
                        .filter(table -> leadsOnlyTo(table, person))
                        .flatMap(table -> people.addresses(table).stream())
                        .limit(1)
                        .collect(Collectors.toMap(finder -> Sign.EMAIL, finder -> finder));
    }

    private boolean leadsOnlyTo(CatalogueTable table, CatalogueTable person) {
        List<Way> ways = owners.getOrDefault(table.name(), List.of());
        return ways.size() == 1
                && ways.getFirst().to().equals(person.name())
                && ways.getFirst().match() == Match.EXACT;
    }

    private Map<String, Way> roles(CatalogueTable table) {
        Map<String, Way> roles = new LinkedHashMap<>();
        owners.getOrDefault(table.name(), List.of()).forEach(way -> roles.put(role(way, roles.keySet()), way));
        return roles;
    }

    private Table.BelongsTo belongsTo(String role, Way way) {
        String kind = people.kinds().get(way.to());
        Table.Target target = kind == null ? new Table.Target.OfTable(way.to()) : new Table.Target.OfKind(kind);
        List<String> to = way.guess()
                .filter(join -> !ways.toKey(join))
                .map(join -> List.of(join.target()))
                .orElse(List.of());
        return new Table.BelongsTo(role, target, way.columns(), to, way.match(), way.why());
    }

    private Table personal(CatalogueTable table) {
        List<Table.Pointer> pointers = pointers(table);
        Optional<Table.Person> person = people.kind(table)
                .map(kind -> new Table.Person(
                        kind, table.primaryKey(), people.finders(table), besides(table), Optional.empty()));
        Map<String, Table.BelongsTo> belongsTo = new LinkedHashMap<>();
        roles(table).forEach((role, way) -> belongsTo.put(role, belongsTo(role, way)));
        Optional<Table.Replies> replies =
                tree(table).map(join -> new Table.Replies(List.of(join.column()), false, Optional.of(join.why())));
        Map<String, Column> columns = new LinkedHashMap<>();
        Set<String> categories = new LinkedHashSet<>();
        Set<String> structure = new HashSet<>(table.primaryKey());
        table.foreignKeys().forEach(key -> structure.addAll(key.columns()));
        belongsTo.values().forEach(entry -> structure.addAll(entry.via()));
        replies.ifPresent(tree -> structure.addAll(tree.via()));
        for (CatalogueColumn column : table.columns().values()) {
            if (listed(table, column, structure)) {
                looks.of(table, column).category().ifPresent(categories::add);
                columns.put(column.name(), column(table, column));
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
                replies,
                Optional.of(why(person, belongsTo, pointers)));
    }

    /** Keys need no word, but for what is somebody's by itself: an address by which a row is joined. */
    private boolean listed(CatalogueTable table, CatalogueColumn column, Set<String> structure) {
        boolean telling = ways.guesses(table.name()).stream()
                        .anyMatch(join -> join.column().equals(column.name()))
                && looks.of(table, column).category().isPresent();
        return !column.generated() && (telling || !structure.contains(column.name()));
    }

    private Optional<JoinGuess> tree(CatalogueTable table) {
        return people.kind(table).isPresent() || !owners.containsKey(table.name())
                ? Optional.empty()
                : ways.tree(table);
    }

    private Map<TableName, Map<String, List<String>>> comments() {
        Map<TableName, Map<String, List<String>>> comments = new LinkedHashMap<>();
        for (CatalogueTable table : catalogue.tables().values()) {
            Map<String, List<String>> said = new LinkedHashMap<>();
            roles(table).forEach((role, way) -> said.put(role, way.comments()));
            tree(table)
                    .ifPresent(join -> said.put(
                            "replies",
                            new Way(table.name(), List.of(join.column()), join.to(), Optional.of(join)).comments()));
            comments.put(table.name(), said);
        }
        return comments;
    }

    /** A column that leads somewhere else than to an owner says so in its guess. */
    private Column column(CatalogueTable table, CatalogueColumn column) {
        ColumnGuess guess = looks.of(table, column);
        String leads = ways.guesses(table.name()).stream()
                .filter(join -> join.column().equals(column.name()))
                .map(join -> "; it seems to lead to `" + join.to() + "." + join.target() + "`: " + join.why())
                .findFirst()
                .orElse("");
        return column(new ColumnGuess(guess.sign(), guess.category(), guess.why() + leads), column.name());
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
                            case Table.Target.OfKind(String kind) ->
                                (kind.matches("[aeiou].*") && !kind.matches("us.*|eu.*") ? "an " : "a ") + kind;
                            case Table.Target.OfTable(TableName table) -> "`" + table + "`";
                        })
                .collect(Collectors.joining(", "));
    }

    private static String role(Way way, Set<String> taken) {
        String column = ColumnGuess.snake(way.columns().getFirst())
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
