package dev.kept.core.cases;

import dev.kept.core.cases.Case.Fact;
import dev.kept.core.cases.Case.PersonKey;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.Hold;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Spelling;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a case starts from: its rows in a store, its facts, its time. Finds what is not as a database could hold it. */
final class Setting {

    private final Case asked;
    private final BoundStore bound;
    private final Findings findings;
    private final MemoryStore rows;

    Setting(Case asked, BoundStore bound, Findings findings) {
        this.asked = asked;
        this.bound = bound;
        this.findings = findings;
        this.rows = new MemoryStore(bound.catalogue());
        load();
    }

    MemoryStore rows() {
        return rows;
    }

    AsOf asOf() {
        return new AsOf(asked.at(), bound.notice().controller().zone());
    }

    // ---------------------------------------------------------------------------------------------------------- rows

    private void load() {
        Map<MemoryRow, Object[]> places = new LinkedHashMap<>();
        for (Map.Entry<TableName, List<Map<String, @Nullable Object>>> table :
                asked.given().byTable().entrySet()) {
            insert(table.getKey(), table.getValue(), places);
        }
        places.forEach((row, place) -> rows.violations(row).stream()
                .filter(name -> concerns(row.table(), name))
                .forEach(name -> findings.unusable(
                        "`" + name + "` of `" + row.table() + "` does not hold for this row",
                        "give the row it refers to, or another key",
                        place)));
    }

    private void insert(TableName table, List<Map<String, @Nullable Object>> given, Map<MemoryRow, Object[]> places) {
        if (!knownTable(table, "given", table)) {
            return;
        }
        int index = 0;
        for (Map<String, @Nullable Object> row : given) {
            Object[] place = {"given", table, index++};
            typed(table, row, place).ifPresent(values -> {
                decisive(table, values, place);
                places.put(rows.insert(table, values), place);
            });
        }
    }

    boolean knownTable(TableName table, Object... place) {
        boolean known = bound.catalogue().find(table).isPresent();
        if (!known) {
            findings.unusable(
                    "the store has no table `" + table + "`",
                    Spelling.suggest(
                            table.toString(),
                            bound.catalogue().tables().keySet().stream()
                                    .map(TableName::toString)
                                    .toList()),
                    place);
        }
        return known;
    }

    /** The values of a row as its columns hold them; empty, with problems, where a column or a value does not fit. */
    Optional<Map<String, @Nullable Object>> typed(
            TableName table, Map<String, @Nullable Object> given, Object... place) {
        Optional<CatalogueTable> live = bound.catalogue().find(table);
        if (live.isEmpty()) {
            return Optional.empty();
        }
        boolean fits = true;
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String column : given.keySet()) {
            Object value = given.get(column);
            if (!live.get().columns().containsKey(column)) {
                fits = false;
                findings.unusable(
                        "`" + table + "` has no column `" + column + "`",
                        Spelling.suggest(column, live.get().columns().keySet()),
                        longer(place, column));
                continue;
            }
            try {
                values.put(column, rows.type(table, column).read(value, asOf().zone()));
            } catch (IllegalArgumentException e) {
                fits = false;
                findings.unusable(
                        "`" + table + "." + column + "` cannot hold what is written here: it is `"
                                + live.get().column(column).type() + "`",
                        "write the value as the database prints it",
                        longer(place, column));
            }
        }
        return fits ? Optional.of(values) : Optional.empty();
    }

    static Object[] longer(Object[] place, Object... more) {
        Object[] all = java.util.Arrays.copyOf(place, place.length + more.length);
        System.arraycopy(more, 0, all, place.length, more.length);
        return all;
    }

    /** Columns that decide and that the database never leaves NULL must be given: the plan relies on them. */
    private void decisive(TableName name, Map<String, @Nullable Object> values, Object[] place) {
        BoundTable table = bound.tables().get(name);
        if (table == null) {
            return;
        }
        Set<String> needed = new LinkedHashSet<>(table.catalogue().primaryKey());
        needed.addAll(table.deciding());
        for (Link link : table.links()) {
            if (bound.tables().containsKey(link.to())) {
                needed.addAll(link.columns());
            }
        }
        for (String column : needed) {
            boolean never = table.catalogue().column(column).notNull()
                    || table.catalogue().primaryKey().contains(column);
            if (never && values.get(column) == null) {
                findings.unusable(
                        "`" + name + "." + column + "` is never NULL in the store and decides what happens to the row",
                        "give it a value",
                        place);
            }
        }
    }

    /** Tables without personal data need not be given. */
    private boolean concerns(TableName table, String constraint) {
        return bound.catalogue().find(table).stream()
                .flatMap(live -> live.foreignKeys().stream())
                .noneMatch(
                        key -> key.name().equals(constraint) && !bound.tables().containsKey(key.to()));
    }

    // --------------------------------------------------------------------------------------------------------- facts

    Facts facts() {
        List<PersonFact> persons = new ArrayList<>();
        List<Hold> holds = new ArrayList<>();
        for (int i = 0; i < asked.facts().size(); i++) {
            Object[] place = {"facts", i};
            switch (asked.facts().get(i)) {
                case Fact.Ended(PersonKey person, String use) ->
                    about(person, use, new What.Ended(use), place).ifPresent(persons::add);
                case Fact.Consented(PersonKey person, String use) ->
                    about(person, use, new What.Given(use), place).ifPresent(persons::add);
                case Fact.Objected(PersonKey person, String use) -> {
                    boolean atOnce = use(use).filter(Use::directMarketing).isPresent();
                    about(person, use, atOnce ? new What.Ended(use) : new What.Objected(use), place)
                            .ifPresent(persons::add);
                }
                case Fact.Signalled(PersonKey person, String signal) -> key(person, place);
                case Fact.Erased(PersonKey person) ->
                    fact(person, new What.Erased(), place).ifPresent(persons::add);
                case Fact.Restricted(PersonKey person) ->
                    fact(person, new What.Restricted(), place).ifPresent(persons::add);
                case Fact.Isolated isolated -> {}
                case Fact.Held(TableName table, List<String> key) ->
                    hold(table, key, place).ifPresent(holds::add);
            }
        }
        asked.expected()
                .erasureOf()
                .flatMap(person -> fact(person, new What.Erased(), "expect", "after-erasure-of"))
                .ifPresent(persons::add);
        return new Facts(persons, holds);
    }

    private Optional<Use> use(String id) {
        return Optional.ofNullable(bound.notice().uses().get(id));
    }

    /** The use, or a problem that there is none. */
    Optional<Use> knownUse(String id, Object... place) {
        Optional<Use> use = use(id);
        if (use.isEmpty()) {
            findings.unusable(
                    "the notice has no use `" + id + "`",
                    Spelling.suggest(id, bound.notice().uses().keySet()),
                    place);
        }
        return use;
    }

    private Optional<PersonFact> about(PersonKey person, String use, What what, Object... place) {
        Optional<PersonFact> fact = fact(person, what, place);
        return knownUse(use, place).isPresent() ? fact : Optional.empty();
    }

    private Optional<PersonFact> fact(PersonKey person, What what, Object... place) {
        return key(person, place).map(key -> new PersonFact(what, person.kind(), List.of(key)));
    }

    /** The person's key as PostgreSQL prints it; empty, with problems, where the store knows no such kind or key. */
    Optional<List<String>> key(PersonKey person, Object... place) {
        Optional<BoundTable> table = bound.personTable(person.kind());
        Optional<Table.Person> known = table.flatMap(t -> t.map().person());
        if (table.isEmpty() || known.isEmpty()) {
            findings.unusable(
                    "the store knows no person of kind `" + person.kind() + "`",
                    Spelling.suggest(
                            person.kind(),
                            bound.tables().values().stream()
                                    .flatMap(t -> t.map().person().stream())
                                    .map(Table.Person::kind)
                                    .toList()),
                    place);
            return Optional.empty();
        }
        return printed(table.get().name(), known.get().key(), person.key(), place);
    }

    private Optional<Hold> hold(TableName table, List<String> key, Object... place) {
        BoundTable held = bound.tables().get(table);
        if (held == null) {
            findings.unusable("the map has no table `" + table + "` of personal data", "", place);
            return Optional.empty();
        }
        return printed(table, held.catalogue().primaryKey(), key, place)
                .map(printed -> new Hold(table, List.of(printed)));
    }

    private Optional<List<String>> printed(
            TableName table, List<String> columns, List<String> written, Object... place) {
        if (columns.size() != written.size()) {
            findings.unusable(
                    "a key of `" + table + "` has " + columns.size() + " parts: " + String.join(", ", columns),
                    "write them as a list",
                    place);
            return Optional.empty();
        }
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            try {
                Object value = rows.type(table, columns.get(i)).read(written.get(i), asOf().zone());
                printed.add(value == null ? "" : ValueType.text(value));
            } catch (IllegalArgumentException e) {
                findings.unusable("this is no key of `" + table + "`", "write it as the database prints it", place);
                return Optional.empty();
            }
        }
        return Optional.of(printed);
    }

    Optional<Scope> only(PersonKey person, Object... place) {
        return key(person, place)
                .map(key -> new Scope.Persons(List.of(
                        new Scope.Identified(person.kind(), new KeySet("asked for " + person.kind(), List.of(key))))));
    }
}
