package dev.kept.core.rights;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.KeySet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether a legal hold keeps a row: one on itself, or on a row it belongs to that is not the person's own. */
final class Holding {

    private final BoundStore store;
    private final Facts facts;

    Holding(BoundStore store, Facts facts) {
        this.store = store;
        this.facts = facts;
    }

    Condition of(BoundTable table) {
        List<Condition> held = new ArrayList<>();
        held.add(here(table));
        for (Role role : table.roles()) {
            for (int i = 0; i < role.path().size(); i++) {
                BoundTable above = store.table(role.path().get(i).to());
                if (above.map().person().isEmpty()) {
                    held.add(through(role.path().subList(0, i + 1), here(above)));
                }
            }
        }
        return Condition.any(held);
    }

    private Condition here(BoundTable table) {
        Set<List<String>> keys = new LinkedHashSet<>();
        for (Facts.Hold hold : facts.holds()) {
            if (hold.table().equals(table.name())) {
                keys.addAll(hold.keys());
            }
        }
        return keys.isEmpty()
                ? Condition.FALSE
                : new Condition.KeyIn(
                        table.catalogue().primaryKey(),
                        Match.EXACT,
                        new KeySet("held " + table.name(), List.copyOf(keys)));
    }

    private static Condition through(List<Link> path, Condition condition) {
        if (condition.equals(Condition.FALSE)) {
            return condition;
        }
        Condition seen = condition;
        for (Link link : path.reversed()) {
            seen = new Condition.Through(link, seen);
        }
        return Condition.known(seen);
    }
}
