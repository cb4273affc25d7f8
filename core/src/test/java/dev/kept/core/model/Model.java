package dev.kept.core.model;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a sweep must leave, computed the slow and obvious way; see {@code docs/semantics.md}. */
public final class Model {

    private final Shape shape;
    private final Rows rows;
    private final Sweeping sweeping;
    private final Walks walks;
    private final boolean everybody;
    private final AsOf asOf;

    private Model(Question question, Optional<Set<Walk.Person>> persons) {
        this.shape = new Shape(question.notice(), question.store(), question.catalogue());
        this.rows = new Rows(shape, question.before());
        this.walks = new Walks(shape, rows);
        this.everybody = persons.isEmpty();
        this.asOf = question.asOf();
        Times times = new Times(shape, rows, question.asOf());
        this.sweeping =
                new Sweeping(shape, rows, walks, times, new KnownFacts(question.facts()), dead -> scope(persons, dead));
    }

    /** Everything a sweep depends on. */
    public record Question(Notice notice, Store store, Catalogue catalogue, Database before, AsOf asOf, Facts facts) {}

    /** Persons of one kind, by keys as PostgreSQL prints them. */
    public record Persons(String kind, List<List<String>> keys) {
        public Persons {
            keys = keys.stream().map(List::copyOf).toList();
        }
    }

    /** A sweep over everything. */
    public static Outcome sweep(
            Notice notice, Store store, Catalogue catalogue, Database before, AsOf asOf, Facts facts) {
        return sweep(new Question(notice, store, catalogue, before, asOf, facts), List.of());
    }

    /** A sweep limited to these persons' rows; over everything where none is named. */
    public static Outcome sweep(Question question, List<Persons> persons) {
        return new Model(question, named(persons)).outcome();
    }

    /** Whether a use has ended for a row, for all owners or in one role; for explanations and tests. */
    public static Ended ended(Question question, TableName table, int position, String use, Optional<String> role) {
        Model model = new Model(question, Optional.empty());
        Row row = model.rows.of(table).get(position);
        Use asked = model.shape.use(use);
        if (role.isEmpty()) {
            return model.sweeping.ends().use(asked, row);
        }
        Role found = model.shape.roles(table).stream()
                .filter(r -> r.name().equals(role.get()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no role " + role.get() + " at " + table));
        return model.sweeping.ends().role(asked, row, found);
    }

    /** The rows of these persons, by table and position: what a run for them may touch. */
    public static Set<RowAt> owned(Question question, List<Persons> persons) {
        Set<RowAt> owned = new LinkedHashSet<>();
        new Model(question, named(persons))
                .sweeping
                .scope()
                .forEach(row -> owned.add(new RowAt(row.table, row.position)));
        return owned;
    }

    /** A row by its place in the database before the sweep. */
    public record RowAt(TableName table, int position) {}

    private static Optional<Set<Walk.Person>> named(List<Persons> persons) {
        if (persons.isEmpty()) {
            return Optional.empty();
        }
        Set<Walk.Person> all = new LinkedHashSet<>();
        persons.forEach(some -> some.keys().forEach(key -> all.add(new Walk.Person(some.kind(), key))));
        return Optional.of(all);
    }

    /** Rows owned by one of the persons (shared ones by none but them), and in trees that lose branches all rows below such a row. */
    private Set<Row> scope(Optional<Set<Walk.Person>> persons, Predicate<Row> dead) {
        Set<Row> found = new LinkedHashSet<>();
        for (Row row : rows.personal()) {
            boolean owned = persons.isEmpty() || owned(row, persons.get());
            boolean branch =
                    shape.map(row.table).replies().filter(r -> r.branch()).isPresent();
            if (owned || (branch && rows.ancestors(row).stream().anyMatch(a -> owned(a, persons.get())))) {
                found.add(row);
            }
        }
        if (persons.isPresent()) {
            shared(found, dead);
        }
        return found;
    }

    /** Of shared rows those that nobody else owns: a dead row of nobody is nobody's. */
    private void shared(Set<Row> found, Predicate<Row> dead) {
        found.removeIf(row -> shape.map(row.table).shared());
        boolean grew = true;
        while (grew) {
            grew = found.addAll(rows.personal().stream()
                    .filter(row -> shape.map(row.table).shared())
                    .filter(row -> theirs(row, found, dead))
                    .toList());
        }
    }

    private boolean theirs(Row row, Set<Row> found, Predicate<Row> dead) {
        List<Row> owners = walks.owners(row);
        return owners.stream().anyMatch(found::contains)
                && owners.stream()
                        .allMatch(owner -> found.contains(owner) || (walks.nobodys(owner) && dead.test(owner)));
    }

    private boolean owned(Row row, Set<Walk.Person> persons) {
        return walks.persons(row).stream().anyMatch(persons::contains);
    }

    private Outcome outcome() {
        Database after = counted(new Forgetting(shape, rows, sweeping).run());
        int deleted = (int) rows.all().stream().filter(sweeping::goes).count();
        int husks = (int) rows.all().stream().filter(sweeping::husk).count();
        return new Outcome(after, deleted, husks, unknowns());
    }

    /** With what is left of the rows that go in a sweep of everybody. */
    private Database counted(Database after) {
        Map<TableName, List<Map<String, @Nullable Object>>> tables = new LinkedHashMap<>(after.tables());
        Counting counting = new Counting(shape, walks, LocalDate.ofInstant(asOf.instant(), asOf.zone()), asOf.zone());
        for (Table table : shape.personalTables()) {
            table.statistics().filter(statistics -> everybody).ifPresent(statistics -> {
                List<Map<String, @Nullable Object>> figures = new ArrayList<>(after.rows(statistics.into()));
                figures.addAll(counting.figures(
                        table,
                        statistics,
                        rows.of(table.name()).stream().filter(sweeping::goes).toList()));
                tables.put(statistics.into(), figures);
            });
        }
        return new Database(tables);
    }

    private List<Outcome.Unknown> unknowns() {
        List<Outcome.Unknown> unknowns = new ArrayList<>();
        for (Row row : rows.personal()) {
            if (sweeping.inScope(row) && !sweeping.dead(row)) {
                shape.uses(row.table).stream()
                        .filter(use -> sweeping.ends().use(use, row) == Ended.UNKNOWN)
                        .forEach(use -> unknowns.add(new Outcome.Unknown(row.table, row.position, use.id())));
            }
        }
        return unknowns;
    }
}
