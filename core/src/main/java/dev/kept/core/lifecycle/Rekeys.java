package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;

import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.TablePlan.Rekey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Keys that are themselves personal: replaced once they are dead while the row stays ({@code docs/semantics.md} section 5). */
final class Rekeys {

    private final Owners owners;
    private final Blockers blockers;
    private final Forgettable forgettable;
    private final Fitting fitting;

    Rekeys(Owners owners, Blockers blockers, Forgettable forgettable, Fitting fitting) {
        this.owners = owners;
        this.blockers = blockers;
        this.forgettable = forgettable;
        this.fitting = fitting;
    }

    /**
     * A key that is itself personal and whose uses have ended while the row stays.
     *
     * @param husks whether anything can keep a dead row of the table
     */
    Optional<Rekey> of(BoundTable table, boolean husks) {
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
        return !husks && Condition.implies(when, dead)
                ? Optional.empty()
                : Optional.of(new Rekey(names, when, followers(table.name(), names), fitting.newKeys(table, names)));
    }

    /** All that refers to the key, and to what refers to it with key columns of its own. */
    private List<Link> followers(TableName table, List<String> key) {
        List<Link> followers = new ArrayList<>();
        Deque<Place> open = new ArrayDeque<>(List.of(new Place(table, key)));
        while (!open.isEmpty()) {
            Place place = open.pop();
            for (Link link : blockers.links().everyLink()) {
                List<String> here = place.referring(link);
                if (!here.isEmpty() && followers.stream().noneMatch(other -> KeepingLinks.sameEnds(other, link))) {
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
