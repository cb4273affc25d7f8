package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.known;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Cut;
import dev.kept.core.lifecycle.TablePlan.Parting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is forgotten in the rows that stay: columns and links ({@code docs/semantics.md} sections 4 and 5). */
final class Clearings {

    private final Owners owners;
    private final Clocks clocks;
    private final Blockers blockers;
    private final Forgettable forgettable;
    private final ValueLinks valueLinks;
    private final Fitting fitting;
    private final LinkClearings links;

    Clearings(
            Neighbours neighbours,
            Owners owners,
            Clocks clocks,
            Blockers blockers,
            Forgettable forgettable,
            ValueLinks valueLinks,
            Fitting fitting) {
        this.owners = owners;
        this.clocks = clocks;
        this.blockers = blockers;
        this.forgettable = forgettable;
        this.valueLinks = valueLinks;
        this.fitting = fitting;
        this.links = new LinkClearings(neighbours, owners, clocks, blockers);
    }

    /** @param theirs what else must hold of a row before anything in it is forgotten */
    List<Clearing> of(BoundTable table, Condition theirs) {
        Due due = new Due();
        Condition dead = owners.dead(table);
        columns(table, dead, due);
        links.of(table, dead, due);
        Set<String> byValue = new LinkedHashSet<>();
        for (BoundColumn column : valueLinks.columns(table)) {
            byValue.add(column.map().name());
            Condition cut = due.when(column.map().name());
            due.put(all(valueLinks.leadsNowhere(table, column), not(known(cut))), valueLinks.assignment(table, column));
        }
        Map<Condition, Clearing> clearings = new LinkedHashMap<>();
        boolean husks = husks(table);
        for (Condition when : weakestFirst(due.conditions())) {
            boolean never = when.equals(Condition.FALSE) || (!husks && Condition.implies(when, dead));
            if (!never) {
                List<Assignment> forgottenBefore = clearings.values().stream()
                        .filter(clearing -> Condition.implies(when, clearing.when()))
                        .flatMap(clearing -> clearing.columns().stream())
                        .toList();
                List<Assignment> wanted = due.at(when);
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
    boolean husks(BoundTable table) {
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

    private void columns(BoundTable table, Condition dead, Due due) {
        Set<String> documents = new LinkedHashSet<>();
        Set<String> filled = TriggerEffect.filledColumns(table.catalogue());
        for (BoundColumn column : table.columns().values()) {
            if (Forgettable.stays(table, column) || Forgettable.refilled(column, filled)) {
                continue;
            }
            due.put(forgettable.cleared(table, column), assignment(column));
            if (!column.map().path().isEmpty()) {
                documents.add(column.map().name());
            }
        }
        for (String document : documents) {
            if (!table.columns().containsKey(document)) {
                due.put(dead, emptied(document));
            }
        }
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

    /** All that can be cleared in a row of a shared table. */
    List<Assignment> husk(BoundTable table) {
        boolean pointedOnly =
                blockers.into(table.name()).size() <= table.pointers().size();
        if (pointedOnly && table.pointers().stream().noneMatch(owners::mayBeLeft)) {
            return List.of();
        }
        Set<String> filled = TriggerEffect.filledColumns(table.catalogue());
        Due all = new Due();
        for (BoundColumn column : table.columns().values()) {
            if (!Forgettable.stays(table, column) && !Forgettable.refilled(column, filled)) {
                all.put(
                        Condition.TRUE,
                        column.map().path().isEmpty()
                                ? assignment(column)
                                : emptied(column.map().name()));
            }
        }
        table.links().forEach(link -> all.nulled(Condition.TRUE, link));
        return fitting.fit(table, all.at(Condition.TRUE), column -> cutLink(table, column), List.of());
    }

    private static Assignment emptied(String document) {
        return new Assignment(document, List.of(), new Replacement.Null());
    }
}
