package dev.kept.core.binding;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Epoch;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.FinderBeside;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.lifecycle.WholePartitions;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.Spelling;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ties a data map to the notice and the catalogue, with every problem at once.
 *
 * <p>Whether every use ends, and in time, is asked of the bound store by {@link dev.kept.core.lifecycle.UseBounds}.
 */
public final class Binder {

    private static final Set<String> UNDECLARED = Set.of("undeclared-table", "undeclared-column");

    private final Notice notice;
    private final Store store;
    private final Catalogue catalogue;
    private final Problems problems;
    private final Links links;
    private final Roles roles;
    private final Columns columns;
    private final Figures figures;

    private Binder(Notice notice, Store store, Catalogue catalogue, Places places) {
        this.notice = notice;
        this.store = store;
        this.catalogue = catalogue;
        this.problems = new Problems(store.name(), places);
        this.links = new Links(store, catalogue, problems);
        this.roles = new Roles(store, links, problems);
        this.columns = new Columns(notice, problems);
        this.figures = new Figures(notice, store, catalogue, problems);
    }

    public static Reading<BoundStore> bind(Notice notice, Store store, Catalogue catalogue, Places places) {
        Binder binder = new Binder(notice, store, catalogue, places);
        BoundStore bound = binder.bind();
        return new Reading<>(
                binder.problems.any() ? Optional.empty() : Optional.of(bound), binder.problems.all(), places);
    }

    /** As {@link #bind}, with a store also where tables or columns are undeclared: not to be worked with, only to check on. */
    public static Reading<BoundStore> draft(Notice notice, Store store, Catalogue catalogue, Places places) {
        Binder binder = new Binder(notice, store, catalogue, places);
        BoundStore bound = binder.bind();
        boolean usable = binder.problems.all().stream()
                .allMatch(
                        problem -> problem.severity() != Problem.Severity.ERROR || UNDECLARED.contains(problem.code()));
        return new Reading<>(usable ? Optional.of(bound) : Optional.empty(), binder.problems.all(), places);
    }

    /** Whether a problem says that the live schema has a table or a column that the map does not know. */
    public static boolean undeclared(Problem problem) {
        return UNDECLARED.contains(problem.code());
    }

    private BoundStore bind() {
        Map<TableName, BoundTable> bound = new LinkedHashMap<>();
        for (Table table : store.tables().values()) {
            CatalogueTable live = catalogue.tables().get(table.name());
            if (live == null) {
                problems.error(
                        "unknown-table",
                        table.name(),
                        List.of(),
                        "the store has no table `" + table.name() + "`",
                        Spelling.suggest(
                                table.name().toString(),
                                catalogue.tables().keySet().stream()
                                        .map(TableName::toString)
                                        .toList()));
            } else if (table.personal()) {
                bound.put(table.name(), bind(table, live));
            }
        }
        for (TableName name : catalogue.tables().keySet()) {
            if (!store.tables().containsKey(name)) {
                problems.error(
                        "undeclared-table",
                        name,
                        List.of(),
                        "the map does not say what `" + name + "` holds",
                        "declare it, or say `" + name + ": not-personal`");
            }
        }
        BoundStore whole = new BoundStore(notice, store, catalogue, bound);
        store.tables()
                .values()
                .forEach(table -> table.person()
                        .ifPresent(person -> person.foundBeside()
                                .forEach((name, finder) -> checkBeside(whole, table.name(), person, name, finder))));
        return whole;
    }

    /** A finder's value in another table leads to one person, or else others might be taken for her. */
    private void checkBeside(BoundStore whole, TableName table, Table.Person person, String name, FinderBeside finder) {
        List<String> element = List.of("person", person.kind(), "found-by", name);
        Optional<Table> other = Optional.ofNullable(store.tables().get(finder.table()))
                .filter(found -> found.personal() && !found.name().equals(table));
        if (other.isEmpty()) {
            problems.error(
                    "finder-beside",
                    table,
                    element,
                    "`" + name + "` stands in `" + finder.table()
                            + "`, which is no other table of the map with persons' data",
                    "name the table whose rows belong to a " + person.kind() + ", or leave `table` out");
        } else if (whole.toFound(person, finder).isEmpty()) {
            problems.error(
                    "finder-beside",
                    table,
                    element,
                    "rows of `" + finder.table() + "` do not lead straight to one `" + person.kind()
                            + "`, and by one way",
                    "give it one `belongs-to` entry to `person: " + person.kind() + "`, by an exact match");
        } else if (links.columnsExist(finder.table(), List.of(finder.column()), element)) {
            identifies(other.get(), finder.column(), element);
        }
    }

    private BoundTable bind(Table table, CatalogueTable live) {
        checkUses(table);
        checkPerson(table);
        List<Role> ways = roles.of(table);
        if (ways.isEmpty() && !table.shared()) {
            problems.error(
                    "no-owner",
                    table.name(),
                    List.of(),
                    "the map does not say whose the rows of `" + table.name() + "` are",
                    "add `person:` or `belongs-to:`, or say `not-personal`");
        }
        if (table.shared() && !(table.belongsTo().isEmpty() && table.person().isEmpty())) {
            problems.error(
                    "shared-and-owned",
                    table.name(),
                    List.of("belongs-to"),
                    "`" + table.name() + "` is owned through what points to it and has an owner of its own besides",
                    "keep `any-of`, or the owner");
        }
        if (table.person().isPresent()
                && table.replies().filter(Table.Replies::branch).isPresent()) {
            problems.error(
                    "branch-of-persons",
                    table.name(),
                    List.of("replies"),
                    "the rows of `" + table.name() + "` are persons: with `delete: branch` one would take others along",
                    "leave `delete: branch` to what persons have written; by default only a row's own end counts");
        }
        referredBesides(table);
        partitions(table, live);
        Optional<Link> parent = links.parent(table);
        Set<String> deciding = deciding(table);
        Set<Link> all = new LinkedHashSet<>(roles.entryLinks(table).values());
        List<Link> others = new ArrayList<>(links.foreignKeys(table.name()));
        parent.ifPresent(others::add);
        others.addAll(links.pointing(table.name()));
        for (Link link : others) {
            if (all.stream().noneMatch(other -> sameEnds(other, link))) {
                all.add(link);
            }
        }
        Set<String> structure = new LinkedHashSet<>(live.primaryKey());
        structure.addAll(deciding);
        all.forEach(link -> structure.addAll(link.columns()));
        table.person().ifPresent(person -> structure.addAll(person.key()));
        BoundTable bound = new BoundTable(
                table,
                live,
                ways,
                pointers(table),
                keepers(table),
                columns.of(table, live, ways, structure),
                deciding,
                List.copyOf(all),
                parent);
        figures.check(bound);
        return bound;
    }

    private static boolean sameEnds(Link a, Link b) {
        return a.to().equals(b.to())
                && a.columns().equals(b.columns())
                && a.targetColumns().equals(b.targetColumns());
    }

    private void checkUses(Table table) {
        for (String id : table.uses()) {
            Use use = notice.uses().get(id);
            if (use == null) {
                problems.error(
                        "unknown-use",
                        table.name(),
                        List.of("uses"),
                        "the notice has no use `" + id + "`",
                        Spelling.suggest(id, notice.uses().keySet()));
            } else if (!use.concernsPersons()) {
                problems.error(
                        "anonymised-use-of-rows",
                        table.name(),
                        List.of("uses"),
                        "`" + id + "` works on anonymised data only and keeps no row",
                        "name the use for which these rows are held");
            }
        }
        if (table.uses().isEmpty()) {
            problems.error(
                    "table-for-no-use",
                    table.name(),
                    List.of(),
                    "`" + table.name() + "` is held for no use",
                    "add `uses: [...]`, or say `not-personal`");
        }
    }

    private void checkPerson(Table table) {
        table.person().ifPresent(person -> {
            links.columnsExist(table.name(), person.key(), List.of("person", person.kind(), "key"));
            keyThatIsForgotten(table, person);
            neverMet(table, person);
            person.foundBy().forEach((name, finder) -> {
                List<String> element = List.of("person", person.kind(), "found-by", name);
                links.columnsExist(table.name(), List.of(finder.column()), element);
                identifies(table, finder.column(), element);
            });
            if (person.finders().isEmpty()) {
                problems.advice(
                        "no-finder",
                        table.name(),
                        List.of("person", person.kind()),
                        "nobody of kind `" + person.kind() + "` can be found by who they are, only by key",
                        "add `found-by: {email: …}`");
            }
        });
    }

    /** Rows that are persons themselves and belong to persons of another kind: who is found by what only the one kind has is not met as the other. */
    private void neverMet(Table table, Table.Person person) {
        table.belongsTo().values().forEach(way -> {
            if (way.target() instanceof Table.Target.OfKind(String kind) && !kind.equals(person.kind())) {
                links.personTable(kind)
                        .flatMap(Table::person)
                        .filter(owner ->
                                !person.finders().isEmpty() && Collections.disjoint(owner.finders(), person.finders()))
                        .ifPresent(owner -> problems.advice(
                                "kinds-never-meet",
                                table.name(),
                                List.of("person", person.kind()),
                                "who is found as `" + person.kind() + "` by `"
                                        + String.join("`, `", person.finders()) + "` is not found as the `" + kind
                                        + "` to whom the row belongs: an erasure leaves it, on the ground of that person's rights",
                                "where they are the same person, the rows are no persons: say it at `" + kind
                                        + "`, `found-by: {"
                                        + person.finders().iterator().next() + ": {table: "
                                        + table.name() + ", column: …}}`"));
            }
        });
    }

    /** A personal key is replaced, and known again; data beside the primary key is forgotten, and what was known by it is lost with it. */
    private void keyThatIsForgotten(Table table, Table.Person person) {
        List<String> primary = Optional.ofNullable(catalogue.tables().get(table.name()))
                .map(CatalogueTable::primaryKey)
                .orElse(List.of());
        table.columns().values().stream()
                .filter(column ->
                        person.key().contains(column.name()) && column.path().isEmpty())
                .filter(column -> !column.notPersonal() && !primary.isEmpty() && !primary.contains(column.name()))
                .forEach(column -> problems.advice(
                        "person-key-is-data",
                        table.name(),
                        List.of("person", person.kind(), "key"),
                        "`" + column.name()
                                + "` is forgotten as data while the row may stay: a request that stands until an order closes"
                                + " would not be known again",
                        "name the primary key as `key`, and `" + column.name() + "` under `found-by`"));
    }

    /** What by the notice says of nobody who it is does not find a person. */
    private void identifies(Table table, String finder, List<String> element) {
        table.columns().values().stream()
                .filter(column -> column.name().equals(finder) && column.path().isEmpty())
                .flatMap(column -> column.categories().stream())
                .flatMap(id -> Optional.ofNullable(notice.collects().get(id)).stream())
                .filter(category -> !category.identifies())
                .forEach(category -> problems.error(
                        "finder-not-identifying",
                        table.name(),
                        element,
                        "`" + finder + "` finds persons by `" + category.id()
                                + "`, which by the notice says of nobody by itself who it is",
                        "find them by something else, or take `identifies: false` off `" + category.path() + "`"));
    }

    /** A shared row is emptied once its last owner has gone, whatever else still refers to it. */
    private void referredBesides(Table table) {
        if (!table.shared()) {
            return;
        }
        for (ForeignKey key : catalogue.referringTo(table.name())) {
            boolean named = table.anyOf().stream()
                    .anyMatch(pointer -> pointer.table().equals(key.from())
                            && Set.copyOf(pointer.via()).equals(Set.copyOf(key.columns())));
            Table from = store.tables().get(key.from());
            if (!named && from != null) {
                String columns = key.from() + "." + String.join(", ", key.columns());
                problems.advice(
                        "shared-with-others",
                        table.name(),
                        List.of("belongs-to"),
                        "`" + columns + "` refers to rows of `" + table.name()
                                + "`, too: they are emptied there once the last of those in `any-of` has gone",
                        from.personal()
                                ? "name it in `any-of`, if these rows own what they refer to"
                                : "name it in `any-of`, if these rows are to keep what they refer to as it is");
            }
        }
    }

    private List<PointerLink> pointers(Table table) {
        return table.anyOf().stream()
                .filter(pointer -> !ofNobody(pointer))
                .flatMap(pointer ->
                        links.of(table, pointer).map(link -> new PointerLink(link, served(pointer, link))).stream())
                .toList();
    }

    private List<Link> keepers(Table table) {
        return table.anyOf().stream()
                .filter(this::ofNobody)
                .flatMap(pointer -> links.of(table, pointer).stream())
                .toList();
    }

    private boolean ofNobody(Table.Pointer pointer) {
        Table from = store.tables().get(pointer.table());
        return from != null && !from.personal();
    }

    /** The uses a pointing link serves: those of its column where that is classified, else those of its table. */
    private Set<String> served(Table.Pointer pointer, Link link) {
        Table from = store.tables().get(pointer.table());
        Set<String> uses = new LinkedHashSet<>();
        if (from == null) {
            return uses;
        }
        List<Column> classified = link.columns().stream()
                .flatMap(name -> Optional.ofNullable(from.columns().get(name)).stream())
                .filter(column -> !column.notPersonal() && !column.categories().isEmpty())
                .toList();
        for (String id : from.uses()) {
            Use use = notice.uses().get(id);
            boolean serves = use != null
                    && use.concernsPersons()
                    && (classified.isEmpty()
                            || classified.stream()
                                    .anyMatch(column ->
                                            column.categories().stream().anyMatch(use.data()::contains)
                                                    && (column.onlyFor().isEmpty()
                                                            || column.onlyFor().contains(id))));
            if (serves) {
                uses.add(id);
            }
        }
        return uses;
    }

    private Set<String> deciding(Table table) {
        Set<String> deciding = new LinkedHashSet<>();
        table.events().values().forEach(event -> {
            List<String> element = List.of("events", event.name());
            if (links.columnsExist(table.name(), List.of(event.column()), element)) {
                deciding.add(event.column());
                dated(table, event.column(), element);
                counted(table, event, element);
                event.sentinels().forEach(none -> sentinel(table, event.column(), none, element));
            }
            for (TableName other : event.dates()) {
                datedTable(table, other, element);
            }
        });
        table.person()
                .ifPresent(person -> person.restricted().ifPresent(column -> {
                    List<String> element = List.of("person", person.kind(), "restricted");
                    if (links.columnsExist(table.name(), List.of(column), element)) {
                        deciding.add(column);
                        dated(table, column, element);
                    }
                }));
        table.facts().values().forEach(facts -> {
            List<String> element = List.of("facts", facts.use());
            for (Optional<String> column : List.of(facts.given(), facts.withdrawn(), facts.objected())) {
                if (column.isPresent() && links.columnsExist(table.name(), List.of(column.get()), element)) {
                    deciding.add(column.get());
                    dated(table, column.get(), element);
                }
            }
            facts.state().ifPresent(state -> {
                if (links.columnsExist(table.name(), List.of(state.column()), element)) {
                    deciding.add(state.column());
                }
            });
            if (!notice.uses().containsKey(facts.use())) {
                problems.error(
                        "unknown-use",
                        table.name(),
                        element,
                        "the notice has no use `" + facts.use() + "`",
                        Spelling.suggest(facts.use(), notice.uses().keySet()));
            }
        });
        table.whiles().values().forEach(condition -> {
            for (Table.ColumnValues column : condition.columns()) {
                if (links.columnsExist(table.name(), List.of(column.column()), List.of("while", condition.name()))) {
                    deciding.add(column.column());
                }
            }
            condition.dates().forEach(other -> datedTable(table, other, List.of("while", condition.name())));
        });
        table.unowned()
                .filter(Table.Unowned.After.class::isInstance)
                .map(Table.Unowned.After.class::cast)
                .filter(after -> !table.events().containsKey(after.event()) && !saidByFacts(table, after.event()))
                .ifPresent(after -> problems.error(
                        "unknown-event",
                        table.name(),
                        List.of("unowned"),
                        "`" + table.name() + "` maps no event `" + after.event() + "`",
                        Spelling.suggest(after.event(), table.events().keySet())));
        return deciding;
    }

    private void partitions(Table table, CatalogueTable live) {
        if (!table.dropsPartitions()) {
            return;
        }
        List<String> obstacles = new ArrayList<>(WholePartitions.obstacles(catalogue, live));
        if (table.statistics().isPresent()) {
            obstacles.add("its ended rows leave figures, which are made of rows");
        }
        if (table.person().isPresent() || table.shared()) {
            obstacles.add("its rows are persons, or belong to all who point to them, and are looked for one by one");
        }
        for (String obstacle : obstacles) {
            problems.error(
                    "partitions-stay",
                    table.name(),
                    List.of("partitions"),
                    "partitions of `" + table.name() + "` cannot be dropped as a whole: " + obstacle,
                    "leave `partitions` out: its rows are deleted one by one");
        }
    }

    private static boolean saidByFacts(Table table, String event) {
        return table.facts().values().stream()
                .anyMatch(facts -> (facts.given().isPresent() && event.equals(facts.use() + ".given"))
                        || (facts.withdrawn().isPresent() && event.equals(facts.use() + ".withdrawn")));
    }

    private void dated(Table table, String column, List<String> element) {
        String type = catalogue
                .find(table.name())
                .map(live -> live.column(column).baseType())
                .orElse("");
        if (DateKind.of(store, table, column, type).isEmpty()) {
            problems.error(
                    "event-without-date",
                    table.name(),
                    element,
                    "`" + table.name() + "." + column + "` is `" + type + "`, which dates nothing",
                    DateKind.counts(type)
                            ? "where it counts the time since 1970, say so: `epoch: milliseconds` (or seconds, microseconds) at the event,"
                                    + " or above `tables`; else name a column of type timestamp with time zone, timestamp or date"
                            : "name a column of type timestamp with time zone, timestamp or date");
        }
    }

    /** The numbers of a column count one thing, whichever event they date. */
    private void counted(Table table, Table.Event event, List<String> element) {
        String type = catalogue
                .find(table.name())
                .map(live -> live.column(event.column()).baseType())
                .orElse("");
        Optional<Epoch> read = DateKind.of(store, table, event.column(), type).flatMap(DateKind::epoch);
        if (read.isPresent() && event.epoch().isPresent() && !event.epoch().equals(read)) {
            problems.error(
                    "two-epochs",
                    table.name(),
                    element,
                    "another event says that `" + table.name() + "." + event.column() + "` counts "
                            + read.get().word() + ", this one "
                            + event.epoch().get().word(),
                    "say at all events of the column what its numbers count, or at one");
        }
    }

    /** A value that means "none" is one of the column's type: another would be found nowhere. */
    private void sentinel(Table table, String column, String none, List<String> element) {
        String type = catalogue
                .find(table.name())
                .map(live -> live.column(column).baseType())
                .orElse("");
        try {
            ValueType.of(type).read(none.replaceFirst(" BC$", ""));
        } catch (IllegalArgumentException notOfThisType) {
            problems.error(
                    "misfit-sentinel",
                    table.name(),
                    element,
                    "`" + none + "` is no value of `" + table.name() + "." + column + "`, which is `" + type + "`",
                    "write the value as PostgreSQL prints it: a date, `infinity`, or a whole number such as 0");
        }
    }

    private void datedTable(Table table, TableName other, List<String> element) {
        Table target = store.tables().get(other);
        boolean onTheWay = target != null
                && roles.of(table).stream()
                        .flatMap(role -> role.path().stream())
                        .anyMatch(link -> link.to().equals(other));
        if (!onTheWay) {
            problems.error(
                    "dates-elsewhere",
                    table.name(),
                    element,
                    "`" + table.name() + "` does not belong to `" + other + "`, so it cannot date it",
                    "name a table on the way to an owner");
        }
    }
}
