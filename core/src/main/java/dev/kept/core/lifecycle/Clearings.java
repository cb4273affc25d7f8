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
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Cut;
import dev.kept.core.lifecycle.TablePlan.Parting;
import dev.kept.core.lifecycle.TablePlan.Rekey;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is forgotten in the rows that stay: columns, links, personal keys ({@code docs/semantics.md} sections 4 and 5). */
final class Clearings {

    private final Neighbours neighbours;
    private final Owners owners;
    private final Clocks clocks;
    private final Blockers blockers;
    private final Forgettable forgettable;
    private final ValueLinks valueLinks;
    private final Fitting fitting;

    Clearings(
            Neighbours neighbours,
            Owners owners,
            Clocks clocks,
            Blockers blockers,
            Forgettable forgettable,
            ValueLinks valueLinks,
            Fitting fitting) {
        this.neighbours = neighbours;
        this.owners = owners;
        this.clocks = clocks;
        this.blockers = blockers;
        this.forgettable = forgettable;
        this.valueLinks = valueLinks;
        this.fitting = fitting;
    }

    /** @param theirs what else must hold of a row before anything in it is forgotten */
    List<Clearing> of(BoundTable table, Condition theirs) {
        Map<Condition, Map<List<String>, Assignment>> byCondition = new LinkedHashMap<>();
        Condition dead = owners.dead(table);
        columns(table, dead, byCondition);
        links(table, dead, byCondition);
        Set<String> byValue = new LinkedHashSet<>();
        for (BoundColumn column : valueLinks.columns(table)) {
            byValue.add(column.map().name());
            Condition cut = any(byCondition.entrySet().stream()
                    .filter(other ->
                            other.getValue().containsKey(List.of(column.map().name())))
                    .map(Map.Entry::getKey)
                    .toList());
            put(
                    byCondition,
                    all(valueLinks.leadsNowhere(table, column), not(known(cut))),
                    valueLinks.assignment(table, column));
        }
        Map<Condition, Clearing> clearings = new LinkedHashMap<>();
        boolean husks = husks(table);
        for (Condition when : weakestFirst(byCondition.keySet())) {
            boolean never = when.equals(Condition.FALSE) || (!husks && Condition.implies(when, dead));
            if (!never) {
                List<Assignment> forgottenBefore = clearings.values().stream()
                        .filter(clearing -> Condition.implies(when, clearing.when()))
                        .flatMap(clearing -> clearing.columns().stream())
                        .toList();
                List<Assignment> wanted =
                        List.copyOf(byCondition.getOrDefault(when, Map.of()).values());
                List<Assignment> fitted = fitting.fit(
                        table, wanted, column -> cutLink(table, column) && !byValue.contains(column), forgottenBefore);
                if (!fitted.isEmpty()) {
                    clearings.put(when, new Clearing(when, fitted));
                }
            }
        }
        return clearings.values().stream()
                .map(clearing -> new Clearing(all(clearing.when(), theirs), clearing.columns()))
                .flatMap(clearing -> parted(table, clearing).stream())
                .toList();
    }

    /**
     * Links by value to rows of a table: what is cut in the rows that meet one before it goes, or loses the value by which it is met.
     */
    List<Cut> cuts(BoundTable met) {
        Map<Link, List<Clearing>> cuts = new LinkedHashMap<>();
        for (ValueLinks.Meeting meeting : valueLinks.meeting(met)) {
            BoundTable table = meeting.table();
            Condition when = valueLinks.losesItsEnd(meeting);
            if (!when.equals(Condition.FALSE) && (husks(table) || !Condition.implies(when, owners.dead(table)))) {
                List<Assignment> fitted = fitting.fit(
                        table, List.of(valueLinks.assignment(table, meeting.column())), column -> false, List.of());
                if (!fitted.isEmpty()) {
                    cuts.computeIfAbsent(meeting.link(), link -> new ArrayList<>())
                            .add(new Clearing(when, fitted));
                }
            }
        }
        return cuts.entrySet().stream()
                .map(cut -> new Cut(cut.getKey(), cut.getValue()))
                .toList();
    }

    /** Links to owners apart from the rest. */
    private List<Clearing> parted(BoundTable table, Clearing clearing) {
        Set<String> links = new LinkedHashSet<>();
        table.roles().stream()
                .filter(role -> !role.path().isEmpty())
                .forEach(role -> links.addAll(role.path().getFirst().columns()));
        Parting parting = table.roles().stream().anyMatch(owners::metByValue) ? Parting.WITH_GROUP : Parting.LAST;
        Map<Parting, List<Assignment>> split = clearing.columns().stream()
                .collect(Collectors.groupingBy(
                        assignment -> links.contains(assignment.column()) ? parting : Parting.NONE,
                        () -> new EnumMap<>(Parting.class),
                        Collectors.toList()));
        return split.entrySet().stream()
                .map(part -> new Clearing(clearing.when(), part.getValue(), part.getKey()))
                .toList();
    }

    /** Whether anything can keep a dead row of this table: if not, it is deleted before anything in it would be cleared. */
    private boolean husks(BoundTable table) {
        return !blockers.into(table.name()).isEmpty() || !clocks.needed(table).equals(Condition.FALSE);
    }

    /** What holds whenever another does comes before it: then it is known what the one has made of its columns. */
    private static List<Condition> weakestFirst(Set<Condition> conditions) {
        Map<Condition, Long> implied = new LinkedHashMap<>();
        for (Condition when : conditions) {
            implied.put(
                    when,
                    conditions.stream()
                            .filter(other -> Condition.implies(when, other))
                            .count());
        }
        return conditions.stream()
                .sorted(Comparator.comparingLong(when -> implied.getOrDefault(when, 0L)))
                .toList();
    }

    /** A column that is cleared only because it is part of a link that is cut: NULL, or it stays. */
    private static boolean cutLink(BoundTable table, String column) {
        return Forgettable.linkOf(table, column)
                && Optional.ofNullable(table.columns().get(column))
                        .filter(bound -> !Forgettable.stays(table, bound))
                        .isEmpty();
    }

    private void columns(BoundTable table, Condition dead, Map<Condition, Map<List<String>, Assignment>> byCondition) {
        Set<String> documents = new LinkedHashSet<>();
        Set<String> filled = TriggerEffect.filledColumns(table.catalogue());
        for (BoundColumn column : table.columns().values()) {
            if (Forgettable.stays(table, column) || Forgettable.refilled(column, filled)) {
                continue;
            }
            put(byCondition, forgettable.cleared(table, column), assignment(column));
            if (!column.map().path().isEmpty()) {
                documents.add(column.map().name());
            }
        }
        for (String document : documents) {
            if (!table.columns().containsKey(document)) {
                put(byCondition, dead, emptied(document));
            }
        }
    }

    private static void put(
            Map<Condition, Map<List<String>, Assignment>> byCondition, Condition when, Assignment assignment) {
        List<String> place = new ArrayList<>(List.of(assignment.column()));
        place.addAll(assignment.path());
        byCondition.computeIfAbsent(when, w -> new LinkedHashMap<>()).putIfAbsent(place, assignment);
    }

    private static Assignment assignment(BoundColumn column) {
        return column.map().path().isEmpty()
                ? new Assignment(
                        column.map().name(),
                        List.of(),
                        column.map()
                                .cleared()
                                .<Replacement>map(Replacement.Constant::new)
                                .orElse(new Replacement.Null()))
                : new Assignment(column.map().name(), column.map().path(), new Replacement.RemovePath());
    }

    private void links(BoundTable table, Condition dead, Map<Condition, Map<List<String>, Assignment>> byCondition) {
        Set<String> pointing = new LinkedHashSet<>();
        for (Neighbours.Shared shared : neighbours.sharedBy(table.name())) {
            Link link = shared.pointer().link();
            pointing.addAll(link.columns());
            List<Role> roles = owners.rolesOf(shared.pointer());
            Condition served = all(
                    owners.ended(table, owners.uses(shared.pointer().uses()), roles), not(owners.frozen(table, roles)));
            nulled(byCondition, any(dead, served), link);
        }
        Set<String> entries = new LinkedHashSet<>();
        table.roles().forEach(role -> entries.add(role.entry()));
        for (String entry : entries) {
            entryLink(table, entry).ifPresent(link -> {
                leaving(table, entry, link, dead).ifPresent(when -> nulled(byCondition, when, link));
                ofHusk(table, link, dead).ifPresent(when -> nulled(byCondition, when, link));
                valueEnds(table, entry, link, dead).ifPresent(when -> emptied(byCondition, when, table, link));
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
                nulled(byCondition, dead, link);
            }
        }
    }

    private static void nulled(Map<Condition, Map<List<String>, Assignment>> byCondition, Condition when, Link link) {
        for (String column : link.nullable()) {
            put(byCondition, when, new Assignment(column, List.of(), new Replacement.Null()));
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
                || blockers.readAcross(link)) {
            return Optional.empty();
        }
        List<Condition> when = new ArrayList<>();
        when.add(not(known(dead)));
        when.add(not(all(roles.stream().map(role -> owners.absent(table, role)).toList())));
        for (BoundColumn value : values) {
            List<Role> whose = value.roles().stream().map(table::role).toList();
            when.add(owners.ended(table, owners.uses(value.uses()), whose));
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
    private static void emptied(
            Map<Condition, Map<List<String>, Assignment>> byCondition, Condition when, BoundTable table, Link link) {
        nulled(byCondition, when, link);
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
                put(byCondition, when, new Assignment(column, List.of(), new Replacement.Constant("")));
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

    /** All that can be cleared in a row of a shared table. */
    List<Assignment> husk(BoundTable table) {
        boolean pointedOnly =
                blockers.into(table.name()).size() <= table.pointers().size();
        if (pointedOnly && table.pointers().stream().noneMatch(owners::mayBeLeft)) {
            return List.of();
        }
        Set<String> filled = TriggerEffect.filledColumns(table.catalogue());
        Map<Condition, Map<List<String>, Assignment>> all = new LinkedHashMap<>();
        for (BoundColumn column : table.columns().values()) {
            if (!Forgettable.stays(table, column) && !Forgettable.refilled(column, filled)) {
                put(
                        all,
                        Condition.TRUE,
                        column.map().path().isEmpty()
                                ? assignment(column)
                                : emptied(column.map().name()));
            }
        }
        table.links().forEach(link -> nulled(all, Condition.TRUE, link));
        return fitting.fit(
                table,
                List.copyOf(all.getOrDefault(Condition.TRUE, Map.of()).values()),
                column -> cutLink(table, column),
                List.of());
    }

    private static Assignment emptied(String document) {
        return new Assignment(document, List.of(), new Replacement.Null());
    }

    /** A key that is itself personal and whose uses have ended while the row stays. */
    Optional<Rekey> rekey(BoundTable table) {
        List<BoundColumn> personal = table.catalogue().primaryKey().stream()
                .filter(name -> !Forgettable.linkOf(table, name))
                .flatMap(name -> Optional.ofNullable(table.columns().get(name)).stream())
                .filter(column -> !column.map().notPersonal())
                .toList();
        if (personal.isEmpty()) {
            return Optional.empty();
        }
        Condition dead = owners.dead(table);
        List<String> names =
                personal.stream().map(column -> column.map().name()).toList();
        Condition when = all(
                personal.stream().map(column -> forgettable.dead(table, column)).toList());
        return !husks(table) && Condition.implies(when, dead)
                ? Optional.empty()
                : Optional.of(new Rekey(names, when, followers(table.name(), names), fitting.newKeys(table, names)));
    }

    /** All that refers to the key, and to what refers to it with key columns of its own. */
    private List<Link> followers(TableName table, List<String> key) {
        List<Link> followers = new ArrayList<>();
        Deque<Place> open = new ArrayDeque<>(List.of(new Place(table, key)));
        while (!open.isEmpty()) {
            Place place = open.pop();
            for (Link link : blockers.everyLink()) {
                List<String> here = place.referring(link);
                if (!here.isEmpty() && followers.stream().noneMatch(other -> Blockers.sameEnds(other, link))) {
                    followers.add(link);
                    open.add(new Place(link.from(), here));
                }
            }
        }
        return followers;
    }

    /** Columns in which the key stands. */
    private record Place(TableName table, List<String> columns) {

        /** The link's own columns that hold what stands here. */
        List<String> referring(Link link) {
            return link.to().equals(table)
                    ? link.targetColumns().stream()
                            .filter(columns::contains)
                            .map(column ->
                                    link.columns().get(link.targetColumns().indexOf(column)))
                            .toList()
                    : List.of();
        }
    }
}
