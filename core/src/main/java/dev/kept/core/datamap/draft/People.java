package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The tables whose rows look like persons, and the kind of each. */
final class People {

    private static final Pattern PEOPLE = Pattern.compile(
            ".*(customer|client|user|account|member|person|people|subscriber|contact|patient|student|guest|buyer|visitor|employee|staff|account_holder)s?(_entity)?");
    private static final Pattern WORKERS = Pattern.compile(".*(employee|staff|admin|operator|agent)s?");

    private static final Pattern ADDRESSES = Pattern.compile("(.*_)?e?_?mail(_?address)?(s|es)?");

    /** What, beside an e-mail address, makes a row without an owner somebody. */
    private static final Set<String> OF_SOMEBODY = Set.of("name", "username", "password", "phone", "birth-date");

    private final Catalogue catalogue;
    private final Looks looks;
    private final Map<TableName, String> kinds = new LinkedHashMap<>();

    private People(Catalogue catalogue, Looks looks) {
        this.catalogue = catalogue;
        this.looks = looks;
    }

    /** Those whose table is called after persons. */
    static People named(Catalogue catalogue, Looks looks) {
        People people = new People(catalogue, looks);
        people.add(table -> people.looksLikePeople(table));
        return people;
    }

    /**
     * Those, and tables by whose columns alone a row is somebody.
     *
     * @param owned whether a row of a table belongs to one of these people
     */
    static People all(Catalogue catalogue, Looks looks, BiPredicate<CatalogueTable, Set<TableName>> owned) {
        People people = named(catalogue, looks);
        Set<TableName> named = Set.copyOf(people.kinds.keySet());
        people.add(table -> !named.contains(table.name()) && people.reads(table) && !owned.test(table, named));
        return people;
    }

    private void add(Predicate<CatalogueTable> somebody) {
        List<CatalogueTable> found =
                catalogue.tables().values().stream().filter(somebody).toList();
        found.forEach(table -> kinds.put(table.name(), kind(table.name())));
    }

    /** By table, the kind of person. */
    Map<TableName, String> kinds() {
        return kinds;
    }

    Optional<String> kind(CatalogueTable table) {
        return Optional.ofNullable(kinds.get(table.name()));
    }

    private boolean looksLikePeople(CatalogueTable table) {
        boolean named = PEOPLE.matcher(ColumnGuess.snake(table.name().name())).matches();
        boolean described = table.columns().values().stream()
                .map(column -> looks.sign(table, column))
                .anyMatch(sign -> Set.of(Sign.EMAIL, Sign.NAME, Sign.USERNAME).contains(sign));
        return !table.primaryKey().isEmpty() && named && described;
    }

    /** A row by itself that says by its columns alone whose it is: who can be written to, and something else of them or nobody else. */
    private boolean reads(CatalogueTable table) {
        List<String> addresses = table.columns().values().stream()
                .filter(column -> Sign.EMAIL.equals(looks.sign(table, column)))
                .map(CatalogueColumn::name)
                .toList();
        boolean alone = table.uniqueKeys().stream()
                .anyMatch(key -> key.columns().size() == 1
                        && addresses.contains(key.columns().getFirst()));
        return !table.primaryKey().isEmpty()
                && !addresses.isEmpty()
                && (alone || looks.signs(table).anyMatch(OF_SOMEBODY::contains));
    }

    private String kind(TableName table) {
        String name = ColumnGuess.snake(table.name()).replaceAll("_entity$", "").replace('_', '-');
        String singular = name.endsWith("s") && !name.endsWith("ss") ? name.substring(0, name.length() - 1) : name;
        return kinds.containsValue(singular) ? table.schema() + "-" + singular : singular;
    }

    /** The addresses that a table is called after: by these its rows' persons are found. */
    Optional<Table.FinderBeside> addresses(CatalogueTable table) {
        return ADDRESSES.matcher(ColumnGuess.snake(table.name().name())).matches()
                ? table.columns().values().stream()
                        .filter(column -> looks.sign(table, column).equals(Sign.EMAIL)
                                && ADDRESSES
                                        .matcher(ColumnGuess.snake(column.name()))
                                        .matches())
                        .findFirst()
                        .map(column -> new Table.FinderBeside(table.name(), column.name(), Match.CASEFOLD_TRIM))
                : Optional.empty();
    }

    static boolean worker(TableName table) {
        return WORKERS.matcher(ColumnGuess.snake(table.name())).matches();
    }

    Map<String, Table.Finder> finders(CatalogueTable table) {
        Map<String, Table.Finder> finders = new LinkedHashMap<>();
        for (CatalogueColumn column : table.columns().values()) {
            String sign = looks.sign(table, column);
            if (sign.equals(Sign.EMAIL) || sign.equals(Sign.USERNAME)) {
                finders.putIfAbsent(sign, new Table.Finder(column.name(), Match.CASEFOLD_TRIM));
            }
        }
        return finders;
    }
}
