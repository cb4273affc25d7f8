package dev.kept.core.model;

import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks from rows to persons along their roles. */
final class Walks {

    private final Shape shape;
    private final Rows rows;
    private final Map<Row, Map<Role, List<Walk>>> known = new HashMap<>();

    Walks(Shape shape, Rows rows) {
        this.shape = shape;
        this.rows = rows;
    }

    /** Every way the role can be walked from the row; none where the role is absent: a link on its way is NULL. */
    List<Walk> of(Row row, Role role) {
        return walks(row, role).stream().filter(walk -> !walk.broken()).toList();
    }

    /** The ways that begin and break off at a link that is NULL. */
    List<Walk> broken(Row row, Role role) {
        return walks(row, role).stream().filter(Walk::broken).toList();
    }

    /** Both: as far as the role leads. */
    List<Walk> begun(Row row, Role role) {
        return List.copyOf(walks(row, role));
    }

    private List<Walk> walks(Row row, Role role) {
        Map<Role, List<Walk>> ofRow = known.computeIfAbsent(row, r -> new HashMap<>());
        List<Walk> walks = ofRow.get(role);
        if (walks == null) {
            walks = List.copyOf(walk(row, role));
            ofRow.put(role, walks);
        }
        return walks;
    }

    private List<Walk> walk(Row row, Role role) {
        if (!role.path().isEmpty()
                && role.path().getFirst().nobody(row, role.path().getFirst().columns())) {
            return List.of();
        }
        List<Walk> found = new ArrayList<>();
        List<TableName> tables = new ArrayList<>(List.of(row.table));
        role.path().forEach(join -> tables.add(join.to()));
        step(List.of(row), role, tables, found);
        return found;
    }

    private void step(List<Row> walked, Role role, List<TableName> tables, List<Walk> found) {
        Row at = walked.getLast();
        if (walked.size() == tables.size()) {
            arrive(walked, role, tables, found);
            return;
        }
        Join join = role.path().get(walked.size() - 1);
        List<Row> next = rows.follow(at, join);
        if (join.nobody(at, join.columns())) {
            found.add(new Walk(tables, walked, Optional.empty(), role.kind().isEmpty(), true, Optional.empty()));
        } else if (next.isEmpty()) {
            boolean last = walked.size() == tables.size() - 1;
            Optional<Walk.Person> person = last ? named(at, join, role.kind()) : Optional.empty();
            found.add(new Walk(tables, walked, person, role.kind().isEmpty(), false, Optional.empty()));
        }
        for (Row row : next) {
            List<Row> longer = new ArrayList<>(walked);
            longer.add(row);
            step(longer, role, tables, found);
        }
    }

    private void arrive(List<Row> walked, Role role, List<TableName> tables, List<Walk> found) {
        Row at = walked.getLast();
        if (role.kind().isPresent()) {
            Table.Person person = shape.map(at.table).person().orElseThrow();
            found.add(new Walk(
                    tables,
                    walked,
                    Optional.of(new Walk.Person(person.kind(), at.printed(person.key()))),
                    false,
                    false,
                    Optional.empty()));
            return;
        }
        List<Walk> onward = new ArrayList<>();
        for (Join pointer : shape.pointers(at.table)) {
            Set<Use> served = new LinkedHashSet<>(shape.personal(pointer.from()) ? shape.servedBy(pointer) : List.of());
            for (Row owner : rows.pointing(pointer, at)) {
                if (shape.personal(owner.table)) {
                    ownerWalks(owner).forEach(walk -> onward.add(joined(walked, tables, walk, served)));
                }
            }
        }
        if (onward.isEmpty()) {
            onward.add(new Walk(tables, walked, Optional.empty(), true, false, Optional.empty()));
        }
        found.addAll(onward);
    }

    private List<Walk> ownerWalks(Row owner) {
        List<Walk> found = new ArrayList<>();
        for (Role role : shape.roles(owner.table)) {
            found.addAll(of(owner, role));
        }
        return found;
    }

    private static Walk joined(List<Row> walked, List<TableName> tables, Walk onward, Set<Use> served) {
        List<TableName> allTables = new ArrayList<>(tables);
        allTables.addAll(onward.tables());
        List<Row> allRows = new ArrayList<>(walked);
        allRows.addAll(onward.rows());
        return new Walk(allTables, allRows, onward.person(), onward.beyond(), false, Optional.of(served));
    }

    /** A link that holds the person's key names her, also where her own row is gone. */
    private Optional<Walk.Person> named(Row row, Join join, Optional<String> kind) {
        if (kind.isEmpty() || join.casefold()) {
            return Optional.empty();
        }
        List<String> key = shape.map(join.to()).person().orElseThrow().key();
        if (!Set.copyOf(key).equals(Set.copyOf(join.targets()))) {
            return Optional.empty();
        }
        List<String> columns = key.stream()
                .map(k -> join.columns().get(join.targets().indexOf(k)))
                .toList();
        return Optional.of(new Walk.Person(kind.get(), row.printed(columns)));
    }

    /** All persons whose the row is: along every role, or through every row that points to a shared one. */
    Set<Walk.Person> persons(Row row) {
        Set<Walk.Person> persons = new LinkedHashSet<>();
        for (Role role : shape.roles(row.table)) {
            of(row, role).forEach(walk -> walk.person().ifPresent(persons::add));
        }
        for (Row owner : owners(row)) {
            persons.addAll(persons(owner));
        }
        return persons;
    }

    /** Whether nobody owns the row: no role leads on; only such rows point to it, if it is shared. */
    boolean nobodys(Row row) {
        return shape.map(row.table).shared()
                ? owners(row).stream().allMatch(this::nobodys)
                : shape.roles(row.table).stream().allMatch(role -> of(row, role).isEmpty());
    }

    /** The rows that point to a shared row, those of tables without personal data left out. */
    List<Row> owners(Row row) {
        return shape.pointers(row.table).stream()
                .flatMap(pointer -> owners(row, pointer).stream())
                .toList();
    }

    List<Row> owners(Row row, Join pointer) {
        return rows.pointing(pointer, row).stream()
                .filter(owner -> shape.personal(owner.table))
                .toList();
    }
}
