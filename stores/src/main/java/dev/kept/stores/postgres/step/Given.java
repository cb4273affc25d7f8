package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.TablePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a condition comes to in rows of which it is known that a run reaches them: whoever is erased in this run need not be looked for among the
 * erased again. The same statement asks whether the row is reached, so that both are said of one and the same version of it.
 */
final class Given {

    private Given() {}

    /** The plan with what remains to be asked of its rows. */
    static TablePlan of(TablePlan plan) {
        return plan.deciding(condition -> of(condition, plan.reach()));
    }

    /** A condition of rows that are reached so: the same truth for each of them. */
    static Condition of(Condition condition, Reach reach) {
        return switch (condition) {
            case Condition.All all -> Condition.all(each(all.of(), reach));
            case Condition.Any any -> Condition.any(each(any.of(), reach));
            case Condition.Not not -> Condition.not(of(not.of(), reach));
            case Condition.Known known -> Condition.known(of(known.of(), reach));
            case Condition.KeyIn in when among(in, reach) -> Condition.TRUE;
            case Condition.Through through -> beyond(through, reach);
            default -> condition;
        };
    }

    private static List<Condition> each(List<Condition> conditions, Reach reach) {
        return conditions.stream().map(condition -> of(condition, reach)).toList();
    }

    /** The row is reached by its key, and all keys of the run are among those asked for. */
    private static boolean among(Condition.KeyIn in, Reach reach) {
        return reach instanceof Reach.Keys keys
                && keys.columns().equals(in.columns())
                && keys.match() == Match.EXACT
                && in.match() == Match.EXACT
                && new HashSet<>(in.keys().keys()).containsAll(keys.keys().keys());
    }

    /** The one row that the row points to is reached, too; that it is there is known from the reach, or from a foreign key. */
    private static Condition beyond(Condition.Through through, Reach reach) {
        Link link = through.link();
        boolean there = reach instanceof Reach.Into || link.foreignKey();
        Optional<Reach> next = link.unique() && there ? Coverage.pointedTo(reach, link) : Optional.empty();
        if (next.isEmpty()) {
            return through;
        }
        Condition inner = of(through.of(), next.get());
        return inner instanceof Condition.Always ? inner : new Condition.Through(link, inner);
    }
}
