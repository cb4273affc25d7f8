package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.known;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table.Unowned;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is forgotten of links in the rows that stay: one owner leaves, a husk lets go of its parent, a value is over ({@code docs/semantics.md} section 5). */
final class LinkClearings {

    private final Neighbours neighbours;
    private final Owners owners;
    private final Clocks clocks;
    private final Blockers blockers;

    LinkClearings(Neighbours neighbours, Owners owners, Clocks clocks, Blockers blockers) {
        this.neighbours = neighbours;
        this.owners = owners;
        this.clocks = clocks;
        this.blockers = blockers;
    }

    /** All that is forgotten of a table's links. */
    void of(BoundTable table, Condition dead, Due due) {
        Set<String> pointing = new LinkedHashSet<>();
        for (Neighbours.Shared shared : neighbours.sharedBy(table.name())) {
            Link link = shared.pointer().link();
            pointing.addAll(link.columns());
            List<Role> roles = owners.rolesOf(shared.pointer());
            Condition served = all(
                    owners.ended(table, owners.uses(shared.pointer().uses()), roles), not(owners.frozen(table, roles)));
            due.nulled(any(dead, served), link);
        }
        Set<String> entries = new LinkedHashSet<>();
        table.roles().forEach(role -> entries.add(role.entry()));
        for (String entry : entries) {
            entryLink(table, entry).ifPresent(link -> {
                leaving(table, entry, link, dead).ifPresent(when -> due.nulled(when, link));
                ofHusk(table, link, dead).ifPresent(when -> due.nulled(when, link));
                valueEnds(table, entry, link, dead).ifPresent(when -> emptied(due, when, table, link));
            });
        }
        for (Link link : table.links()) {
            boolean entryOrPointer = entries.stream()
                            .flatMap(entry -> entryLink(table, entry).stream())
                            .anyMatch(link::equals)
                    || pointing.containsAll(link.columns());
            boolean branch = table.parent().filter(link::equals).isPresent()
                    && table.map().replies().filter(replies -> replies.branch()).isPresent();
            if (!entryOrPointer && !branch) {
                due.nulled(dead, link);
            }
        }
    }

    private static Optional<Link> entryLink(BoundTable table, String entry) {
        return table.roles().stream()
                .filter(role -> role.entry().equals(entry) && !role.path().isEmpty())
                .map(role -> role.path().getFirst())
                .findFirst();
    }

    /** One owner leaves a row that lives on for others. */
    private Optional<Condition> leaving(BoundTable table, String entry, Link link, Condition dead) {
        List<Role> leaving = table.roles().stream()
                .filter(role -> role.entry().equals(entry))
                .toList();
        if (link.mandatory() || leaving.size() == table.roles().size()) {
            return Optional.empty();
        }
        List<Condition> when = new ArrayList<>();
        when.add(
                not(all(leaving.stream().map(role -> owners.absent(table, role)).toList())));
        when.add(owners.ended(table, owners.uses(table.map().uses()), leaving));
        when.add(not(known(dead)));
        when.add(not(owners.frozen(table, leaving)));
        for (Neighbours.Crossing below : neighbours.crossing(link)) {
            Condition ended =
                    owners.ended(below.table(), owners.uses(below.table().map().uses()), List.of(below.role()));
            when.add(known(every(below.before().reversed(), ended)));
        }
        when.add(not(clocks.neededAcross(link)));
        return Optional.of(all(when));
    }

    /** A husk does not keep its own parent, where its end stays known without it. */
    private Optional<Condition> ofHusk(BoundTable table, Link link, Condition dead) {
        boolean knownWithout = table.map().unowned().isEmpty()
                ? owners.datedByOwnColumns(table)
                : table.map().unowned().get() instanceof Unowned.After;
        if (link.mandatory() || !knownWithout) {
            return Optional.empty();
        }
        List<Condition> when = new ArrayList<>();
        when.add(dead);
        when.add(not(clocks.neededAcross(link)));
        neighbours
                .crossing(link)
                .forEach(below -> when.add(not(some(below.before().reversed()))));
        return Optional.of(all(when));
    }

    /**
     * The values by which a row meets a person are data themselves: they go with their own uses, where the row's end stays known without them
     * and nothing that she could still ask for is known by them.
     */
    private Optional<Condition> valueEnds(BoundTable table, String entry, Link link, Condition dead) {
        List<BoundColumn> values = link.columns().stream()
                .flatMap(column -> Optional.ofNullable(table.columns().get(column)).stream())
                .filter(column -> !column.map().notPersonal())
                .toList();
        List<Role> roles = table.roles().stream()
                .filter(role -> role.entry().equals(entry))
                .toList();
        if (link.foreignKey()
                || values.size() != link.columns().size()
                || roles.stream()
                        .anyMatch(role -> role.path().size() != 1 || role.kind().isEmpty())
                || table.map().unowned().isPresent()
                || !owners.datedByOwnColumns(table)
                || blockers.links().readAcross(link)) {
            return Optional.empty();
        }
        List<Condition> when = new ArrayList<>();
        when.add(not(known(dead)));
        when.add(not(all(roles.stream().map(role -> owners.absent(table, role)).toList())));
        for (BoundColumn value : values) {
            List<Role> whose = value.roles().stream().map(table::role).toList();
            when.add(owners.ended(table, owners.uses(value), whose));
            when.add(not(owners.frozen(table, whose)));
        }
        when.add(owners.ended(table, requested(table), roles));
        for (Neighbours.Crossing below : neighbours.crossing(link)) {
            Condition through = owners.ended(below.table(), requested(below.table()), List.of(below.role()));
            when.add(known(every(below.before().reversed(), all(not(known(owners.dead(below.table()))), through))));
        }
        when.add(not(clocks.neededAcross(link)));
        return Optional.of(all(when));
    }

    /** The uses that a request can end. */
    private List<Use> requested(BoundTable table) {
        return owners.uses(table.map().uses()).stream()
                .filter(use -> use.onRequest() != OnRequest.NEVER)
                .toList();
    }

    /** NULL, or, where that must not be, blank if blanks meet nobody and no rule speaks of the column; else it stays. */
    private static void emptied(Due due, Condition when, BoundTable table, Link link) {
        due.nulled(when, link);
        CatalogueTable live = table.catalogue();
        boolean blanks = link.match() == Match.CASEFOLD_TRIM
                && live.uniqueKeys().stream().noneMatch(UniqueKey::expression);
        for (String column : link.columns()) {
            CatalogueColumn there = live.column(column);
            boolean free = there.baseType().equals("text")
                    && !there.generated()
                    && !live.primaryKey().contains(column)
                    && !table.deciding().contains(column)
                    && table.links().stream()
                            .allMatch(other ->
                                    other.equals(link) || !other.columns().contains(column))
                    && live.checks().stream().noneMatch(check -> check.columns().contains(column))
                    && there.domainChecks().isEmpty()
                    && live.uniqueKeys().stream().noneMatch(key -> key.columns().contains(column));
            if (blanks && there.notNull() && free) {
                due.put(when, new Assignment(column, List.of(), new Replacement.Constant("")));
            }
        }
    }

    private static Condition every(List<Link> way, Condition of) {
        Condition seen = of;
        for (Link link : way.reversed()) {
            seen = new Condition.Every(link, seen);
        }
        return seen;
    }

    private static Condition some(List<Link> way) {
        Condition seen = Condition.TRUE;
        for (Link link : way.reversed()) {
            seen = new Condition.Some(link, seen);
        }
        return seen;
    }
}
