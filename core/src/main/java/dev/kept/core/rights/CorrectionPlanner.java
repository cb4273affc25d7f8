package dev.kept.core.rights;

import dev.kept.core.constraint.Acceptance;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.rights.Correction.Cell;
import dev.kept.core.rights.Correction.Entry;
import dev.kept.core.rights.CorrectionPlan.Change;
import dev.kept.core.rights.CorrectionPlan.FinderColumn;
import dev.kept.core.rights.CorrectionPlan.NewValue;
import dev.kept.core.rights.CorrectionPlan.PersonKey;
import dev.kept.core.rights.CorrectionPlan.PersonTable;
import dev.kept.core.rights.CorrectionPlan.Refusal;
import dev.kept.core.rights.CorrectionPlan.Target;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a request for correction (Art. 16) means in a store, and all that can be said against it before a row is looked at. Problems never
 * repeat a value; a name that is not known is not repeated either, since it may be one.
 */
public final class CorrectionPlanner {

    private static final Set<String> TEXT =
            Set.of("text", "character varying", "character", "citext", "public.citext", "name");

    private final BoundStore store;
    private final Map<String, List<List<String>>> identifiers;
    private final Facts facts;
    private final PersonRows rows;
    private final List<Link> links;
    private final Correctable correctable;
    private final List<Problem> problems = new ArrayList<>();

    private CorrectionPlanner(BoundStore store, Map<String, List<List<String>>> identifiers, Facts facts) {
        this.store = store;
        this.identifiers = identifiers;
        this.facts = facts;
        Map<String, KeySet> keys = new LinkedHashMap<>();
        identifiers.forEach((kind, all) -> keys.put(kind, new KeySet("this person's " + kind, all)));
        this.rows = new PersonRows(store, keys, facts);
        this.links = StoreLinks.of(store);
        this.correctable = new Correctable(store, links);
    }

    /** @param identifiers the person's keys by kind, in this store */
    public static CorrectionPlan plan(
            BoundStore store, Correction correction, Map<String, List<List<String>>> identifiers, Facts facts) {
        return new CorrectionPlanner(store, identifiers, facts).plan(correction);
    }

    private CorrectionPlan plan(Correction correction) {
        restricted(correction.personPlace());
        Map<TableName, PersonTable> tables = new LinkedHashMap<>();
        store.tables().forEach((name, table) -> tables.put(name, table(table)));
        List<Change> changes = new ArrayList<>();
        correction.entries().forEach(entry -> change(entry, tables).ifPresent(changes::add));
        return new CorrectionPlan(changes, tables, persons(), finders(), links, problems);
    }

    /** Art. 18(2): while data is restricted, it is stored and nothing else. */
    private void restricted(Place place) {
        boolean restricted = facts.persons().stream()
                .filter(fact -> fact.what() instanceof What.Restricted)
                .anyMatch(fact -> identifiers.getOrDefault(fact.kind(), List.of()).stream()
                        .anyMatch(fact.keys()::contains));
        if (restricted) {
            problem(
                    "restricted",
                    place,
                    "",
                    "the person's data is restricted (Art. 18), and only stored until that is lifted",
                    "lift the restriction, tell the person, and correct then");
        }
    }

    // ------------------------------------------------------------------------------------------------- tables

    private PersonTable table(BoundTable table) {
        List<Target> targets = new ArrayList<>();
        table.columns().values().forEach(column -> targets.add(target(table, column)));
        for (CatalogueColumn column : table.catalogue().columns().values()) {
            boolean declared = table.columns().values().stream()
                    .anyMatch(bound -> bound.map().name().equals(column.name()));
            if (!declared
                    && !column.generated()
                    && TEXT.contains(column.baseType().replaceAll("\\(\\d+\\)", ""))) {
                targets.add(new Target(
                        table.name(),
                        column.name(),
                        List.of(),
                        List.of(),
                        rows.reach(table, table.roles()),
                        rows.others(table, table.roles()),
                        Optional.of(correctable.undeclared(table, column))));
            }
        }
        List<List<Link>> owners = table.roles().stream()
                .map(Role::path)
                .filter(path -> !path.isEmpty())
                .distinct()
                .toList();
        return new PersonTable(table.name(), rows.reach(table, table.roles()), rows.held(table), owners, targets);
    }

    private Target target(BoundTable table, BoundColumn column) {
        List<Role> roles = column.roles().stream().map(table::role).toList();
        return new Target(
                table.name(),
                column.map().name(),
                column.map().path(),
                column.map().categories(),
                rows.reach(table, roles),
                rows.others(table, roles),
                correctable.refusal(table, column));
    }

    // ------------------------------------------------------------------------------------------------ changes

    private Optional<Change> change(Entry entry, Map<TableName, PersonTable> tables) {
        BoundTable table = store.tables().get(entry.table());
        if (table == null) {
            unknownTable(entry);
            return Optional.empty();
        }
        PersonTable person = tables.getOrDefault(entry.table(), table(table));
        boolean clear =
                entry.where().stream().filter(cell -> !condition(table, cell)).count() == 0;
        List<NewValue> values = new ArrayList<>();
        for (Cell cell : entry.set()) {
            value(table, person, cell).ifPresent(value -> {
                overlap(values, value);
                values.add(value);
            });
        }
        Set<Target> misfits = misfits(table, values);
        values.removeIf(value -> misfits.contains(value.target()));
        return clear
                ? Optional.of(new Change(entry.table(), entry.where(), entry.rows(), values, entry.place()))
                : Optional.empty();
    }

    private void unknownTable(Entry entry) {
        boolean known = store.store().tables().containsKey(entry.table());
        problem(
                "unknown-table",
                entry.place(),
                known ? entry.table().toString() : "",
                known
                        ? "`" + entry.table() + "` holds nothing of persons, as the map says"
                        : "the map has no table of that name",
                Spelling.suggest(
                        entry.table().toString(),
                        new TreeSet<>(store.tables().keySet().stream()
                                .map(TableName::toString)
                                .toList())));
    }

    /** Whether rows can be asked for it. */
    private boolean condition(BoundTable table, Cell cell) {
        CatalogueColumn column = table.catalogue().columns().get(cell.column());
        if (column == null) {
            problem(
                    "unknown-column",
                    cell.place(),
                    table.name().toString(),
                    "`where` names a column that `" + table.name() + "` does not have",
                    Spelling.suggest(cell.column(), table.catalogue().columns().keySet()));
            return false;
        }
        boolean readable = readable(table.catalogue(), column, cell.value());
        if (!readable) {
            problem(
                    "where-misfit",
                    cell.place(),
                    table.name() + "." + column.name(),
                    "the value in `where` is none of type " + column.type(),
                    "write it as the database prints it");
        }
        return readable;
    }

    private static boolean readable(CatalogueTable table, CatalogueColumn column, Optional<String> value) {
        return value.isEmpty()
                || new Acceptance(table)
                        .refusals(Set.of(column.name()), Map.of(column.name(), value)).stream()
                                .noneMatch(refusal -> refusal.constraint().startsWith("type "));
    }

    private Optional<NewValue> value(BoundTable table, PersonTable person, Cell cell) {
        String written = cell.column().replaceFirst("\\s+\\$\\.", "\\$.");
        Optional<Target> target = person.targets().stream()
                .filter(one -> one.id().replaceFirst(" \\$\\.", "\\$.").equals(written))
                .findFirst();
        if (target.isPresent()) {
            Optional<Refusal> refusal = target.get().refusal();
            refusal.ifPresent(
                    no -> refuse(no, cell, table.name() + "." + target.get().column()));
            return refusal.isPresent()
                    ? Optional.empty()
                    : Optional.of(new NewValue(target.get(), cell.value(), cell.place()));
        }
        CatalogueColumn live = table.catalogue().columns().get(cell.column());
        if (live == null) {
            unknownColumn(table, person, cell);
        } else {
            refuse(correctable.undeclared(table, live), cell, table.name() + "." + live.name());
        }
        return Optional.empty();
    }

    private void unknownColumn(BoundTable table, PersonTable person, Cell cell) {
        problem(
                "unknown-column",
                cell.place(),
                table.name().toString(),
                "`" + table.name() + "` has no such column or path in the map",
                Spelling.suggest(
                        cell.column(),
                        new TreeSet<>(person.targets().stream()
                                .filter(target -> target.refusal().isEmpty())
                                .map(Target::id)
                                .toList())));
    }

    /** A path inside another, or a column and a path in it, cannot be set at once. */
    private void overlap(List<NewValue> before, NewValue value) {
        Target target = value.target();
        boolean overlaps = before.stream().map(NewValue::target).anyMatch(other -> {
            int shorter = Math.min(other.path().size(), target.path().size());
            return other.column().equals(target.column())
                    && other.path().subList(0, shorter).equals(target.path().subList(0, shorter));
        });
        if (overlaps) {
            problem(
                    "overlap",
                    value.place(),
                    target.table() + "." + target.id(),
                    "`" + target.id() + "` is set together with what it is a part of",
                    "set one of them");
        }
    }

    /** What the schema alone refuses, whatever else the row holds. */
    private Set<Target> misfits(BoundTable table, List<NewValue> values) {
        Set<Target> misfits = new HashSet<>();
        Map<String, Optional<String>> row = new LinkedHashMap<>();
        Map<String, NewValue> byColumn = new LinkedHashMap<>();
        for (NewValue value : values) {
            if (value.target().path().isEmpty()) {
                row.put(value.target().column(), value.value());
                byColumn.put(value.target().column(), value);
            } else if (!value.value().map(Acceptance::writable).orElse(true)) {
                misfits.add(value.target());
                misfit(value, "type jsonb", "leave out the character that no JSON text holds");
            }
        }
        for (Acceptance.Refusal refusal : new Acceptance(table.catalogue()).refusals(row.keySet(), row)) {
            Optional.ofNullable(byColumn.get(refusal.column())).ifPresent(value -> {
                misfits.add(value.target());
                misfit(
                        value,
                        refusal.constraint(),
                        refusal.constraint().startsWith("type ")
                                ? "write it as the database prints it: dates as 2027-03-01"
                                : "give a value that satisfies it");
            });
        }
        return misfits;
    }

    private void misfit(NewValue value, String constraint, String attempt) {
        Target target = value.target();
        problem(
                "misfit",
                value.place(),
                target.table() + "." + target.id(),
                "the new value of `" + target.id() + "` does not satisfy `" + constraint + "` of `" + target.table()
                        + "`",
                attempt);
    }

    private void refuse(Refusal refusal, Cell cell, String path) {
        problem(refusal.code(), cell.place(), path, refusal.message(), refusal.attempt());
    }

    private void problem(String code, Place place, String path, String message, String attempt) {
        problems.add(Problem.error(code, place, path, message, attempt));
    }

    // -------------------------------------------------------------------------------------- persons and finders

    private List<PersonKey> persons() {
        List<PersonKey> persons = new ArrayList<>();
        store.tables()
                .forEach((name, table) -> table.map()
                        .person()
                        .filter(person -> identifiers.containsKey(person.kind()))
                        .ifPresent(person -> persons.add(new PersonKey(person.kind(), name, person.key()))));
        return persons;
    }

    private List<FinderColumn> finders() {
        List<FinderColumn> finders = new ArrayList<>();
        for (BoundTable table : store.tables().values()) {
            table.map().person().ifPresent(person -> {
                List<List<String>> keys = identifiers.getOrDefault(person.kind(), List.of());
                Condition she = keys.isEmpty()
                        ? Condition.FALSE
                        : new Condition.KeyIn(person.key(), Match.EXACT, new KeySet("this person's", keys));
                person.foundBy()
                        .forEach((name, finder) -> finders.add(new FinderColumn(
                                name, person.kind(), table.name(), finder.column(), finder.match(), she)));
                person.foundBeside()
                        .forEach((name, finder) -> store.toFound(person, finder)
                                .ifPresent(link -> finders.add(new FinderColumn(
                                        name,
                                        person.kind(),
                                        finder.table(),
                                        finder.column(),
                                        finder.match(),
                                        new Condition.Through(link, she)))));
                if (person.key().size() == 1 && person.finders().isEmpty()) {
                    String key = person.key().getFirst();
                    finders.add(new FinderColumn(person.kind(), person.kind(), table.name(), key, Match.EXACT, she));
                }
            });
        }
        return finders;
    }
}
