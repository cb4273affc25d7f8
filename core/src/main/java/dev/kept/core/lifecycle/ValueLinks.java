package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.known;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Columns by whose value a row meets its owner. Such a link is needed only while it leads somewhere: once it does not, the column is
 * forgotten as any other ({@code docs/semantics.md} section 5).
 */
final class ValueLinks {

    private final BoundStore store;
    private final Neighbours neighbours;
    private final Blockers blockers;
    private final Reaches reaches;
    private final Forgettable forgettable;
    private final Map<TableName, List<BoundColumn>> columns = new HashMap<>();

    ValueLinks(BoundStore store, Neighbours neighbours, Blockers blockers, Reaches reaches, Forgettable forgettable) {
        this.store = store;
        this.neighbours = neighbours;
        this.blockers = blockers;
        this.reaches = reaches;
        this.forgettable = forgettable;
    }

    /** A column by whose value the rows of a table meet those of another. */
    record Meeting(BoundTable table, BoundColumn column, Link link) {}

    /** The columns of a table that are forgotten once they lead nowhere: the map says what they are, and they are nothing besides. */
    List<BoundColumn> columns(BoundTable table) {
        return columns.computeIfAbsent(table.name(), name -> found(table));
    }

    private List<BoundColumn> found(BoundTable table) {
        if (table.links().stream().allMatch(Link::foreignKey)) {
            return List.of();
        }
        return table.columns().values().stream()
                .filter(column -> column.map().path().isEmpty() && !column.map().notPersonal())
                .filter(column -> !Forgettable.structure(table, column) && onlyMeets(table, column))
                .filter(column -> !(assignment(table, column).replacement() instanceof Replacement.FromKey)
                        || isText(table, column))
                .toList();
    }

    private boolean onlyMeets(BoundTable table, BoundColumn column) {
        String name = column.map().name();
        List<Link> links = links(table, column);
        if (links.isEmpty() || !links.stream().allMatch(link -> toOwner(table, link))) {
            return false;
        }
        boolean refers = table.catalogue().foreignKeys().stream()
                .anyMatch(key -> key.columns().contains(name));
        boolean referred = store.catalogue().referringTo(table.name()).stream()
                .anyMatch(key -> key.targetColumns().contains(name));
        boolean points = neighbours.sharedBy(table.name()).stream()
                .anyMatch(shared -> shared.pointer().link().columns().contains(name));
        boolean met = neighbours.metByValue(table.name()).containsKey(name);
        return !(refers || referred || points || met);
    }

    /** Of a number nothing is known that meets nobody; once she is gone it says no more than any key. */
    private static boolean isText(BoundTable table, BoundColumn column) {
        String type = table.catalogue().column(column.map().name()).baseType();
        return ValueType.of(type).kind() == ValueType.Kind.TEXT || type.endsWith("citext");
    }

    private static List<Link> links(BoundTable table, BoundColumn column) {
        return table.links().stream()
                .filter(link -> link.columns().contains(column.map().name()))
                .toList();
    }

    private static boolean toOwner(BoundTable table, Link link) {
        return !link.foreignKey()
                && table.roles().stream()
                        .anyMatch(role ->
                                !role.path().isEmpty() && role.path().getFirst().equals(link));
    }

    /** It is dead and leads to nobody. */
    Condition leadsNowhere(BoundTable table, BoundColumn column) {
        List<Condition> when = new ArrayList<>(List.of(forgettable.dead(table, column), filled(column)));
        links(table, column).forEach(link -> when.add(not(new Condition.Leads(link))));
        return all(when);
    }

    private static Condition filled(BoundColumn column) {
        return not(new Condition.AnyNull(List.of(column.map().name())));
    }

    /** The columns by whose values rows of other tables meet this table's, without keeping them. */
    List<Meeting> meeting(BoundTable met) {
        List<Meeting> meetings = new ArrayList<>();
        for (BoundTable table : neighbours.atOrBelow(met.name())) {
            for (BoundColumn column : columns(table)) {
                links(table, column).stream()
                        .filter(link -> link.to().equals(met.name()) && !keeps(link))
                        .forEach(link -> meetings.add(new Meeting(table, column, link)));
            }
        }
        return meetings;
    }

    private boolean keeps(Link link) {
        return blockers.into(link.to()).stream().anyMatch(other -> KeepingLinks.sameEnds(other, link));
    }

    /** It is dead, and all that it leads to goes or loses the value by which it is met. */
    Condition losesItsEnd(Meeting meeting) {
        BoundTable table = meeting.table();
        BoundColumn column = meeting.column();
        List<Condition> when = new ArrayList<>(List.of(forgettable.dead(table, column), filled(column)));
        for (Link link : links(table, column)) {
            Condition lost = keeps(link) ? Condition.FALSE : known(new Condition.Through(link, lost(link)));
            when.add(link.equals(meeting.link()) ? lost : any(not(new Condition.Leads(link)), lost));
        }
        return all(when);
    }

    /** Asked of a row that is met: this run removes it, or clears what it is met by. */
    private Condition lost(Link link) {
        BoundTable met = store.table(link.to());
        List<Condition> cleared = link.targetColumns().stream()
                .flatMap(name -> Optional.ofNullable(met.columns().get(name)).stream())
                .filter(column -> !Forgettable.stays(met, column))
                .map(column -> forgettable.cleared(met, column))
                .toList();
        return all(cleared.isEmpty() ? blockers.removable(met) : any(cleared), reaches.reached(met));
    }

    /**
     * What takes the column's place. Not NULL where the row would then be taken for one that this owner has left, and come to another end:
     * where it has other owners, or where the map says what becomes of rows that nobody owns.
     */
    Assignment assignment(BoundTable table, BoundColumn column) {
        boolean needed = links(table, column).stream().anyMatch(link -> needed(table, link));
        boolean notNull = table.catalogue().column(column.map().name()).notNull();
        Replacement replacement = column.map()
                .cleared()
                .<Replacement>map(Replacement.Constant::new)
                .orElse(needed || notNull ? new Replacement.FromKey("", "") : new Replacement.Null());
        return new Assignment(column.map().name(), List.of(), replacement);
    }

    private boolean needed(BoundTable table, Link link) {
        return needed(table, role -> role.path().getFirst().equals(link))
                || neighbours.crossing(link).stream()
                        .anyMatch(below ->
                                needed(below.table(), role -> role.path().contains(link)));
    }

    private static boolean needed(BoundTable table, Predicate<Role> crosses) {
        return table.map().unowned().isPresent()
                || !table.roles().stream().allMatch(role -> !role.path().isEmpty() && crosses.test(role));
    }
}
