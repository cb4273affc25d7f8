package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.TablePlan;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether rows that a decision reads are among the rows a run for persons reaches, and so locks, anyway. */
final class Coverage {

    private final Map<TableName, Reach> reached = new HashMap<>();

    Coverage(Plan plan) {
        plan.tables()
                .map(table -> Map.entry(table.table(), table.reach()))
                .forEach(entry -> reached.put(entry.getKey(), entry.getValue()));
    }

    /** Tables of persons: others carry their keys, and so never reach other rows of them than are reached anyway. */
    Set<TableName> roots(List<TablePlan> plans) {
        Set<TableName> roots = new LinkedHashSet<>();
        for (TablePlan plan : plans) {
            for (Way way : Way.readBy(List.of(plan.removable(), plan.dead()))) {
                if (way.steps().size() == 1
                        && way.steps().getFirst() instanceof Way.Step.Up up
                        && pointedTo(plan.reach(), up.link())
                                .filter(reach -> reach.equals(reached.get(up.to())))
                                .isPresent()) {
                    roots.add(up.to());
                }
            }
        }
        return roots;
    }

    /** Whether all rows on the way are rows of {@code locked} tables that are reached. */
    boolean covers(TablePlan plan, Way way, Set<TableName> locked) {
        Reach here = plan.reach();
        for (Way.Step step : way.steps()) {
            Optional<Reach> next = switch (step) {
                case Way.Step.Up up -> pointedTo(here, up.link());
                case Way.Step.Down down -> Optional.of(pointing(here, down.link()));
                case Way.Step.Above above -> Optional.empty();
            };
            Reach all = reached.get(step.to());
            if (next.isEmpty() || all == null || !locked.contains(step.to()) || !within(next.get(), all)) {
                return false;
            }
            here = next.get();
        }
        return true;
    }

    /** What rows of this reach point to, where that is a reach again. */
    static Optional<Reach> pointedTo(Reach reach, Link link) {
        if (reach instanceof Reach.Into into && into.link().equals(link)) {
            return Optional.of(into.of());
        }
        boolean carried = reach instanceof Reach.Keys keys
                && keys.match() == Match.EXACT
                && link.match() == Match.EXACT
                && keys.columns().equals(link.columns());
        return carried && reach instanceof Reach.Keys keys
                ? Optional.of(new Reach.Keys(link.targetColumns(), Match.EXACT, keys.keys()))
                : Optional.empty();
    }

    /** Rows that point to rows of this reach: by the key itself where the link carries it. */
    private static Reach pointing(Reach reach, Link link) {
        boolean carries = reach instanceof Reach.Keys keys
                && keys.match() == Match.EXACT
                && link.match() == Match.EXACT
                && keys.columns().equals(link.targetColumns());
        return carries && reach instanceof Reach.Keys keys
                ? new Reach.Keys(link.columns(), Match.EXACT, keys.keys())
                : new Reach.Into(link, reach);
    }

    private static boolean within(Reach part, Reach whole) {
        List<Reach> parts = part instanceof Reach.AnyOf anyOf ? anyOf.of() : List.of(part);
        return switch (whole) {
            case Reach.Everything everything -> true;
            case Reach.AnyOf anyOf -> parts.stream().allMatch(p -> anyOf.of().contains(p));
            case Reach.Below below -> within(part, below.of());
            case Reach.Keys keys -> part.equals(whole);
            case Reach.Into into -> part.equals(whole);
            case Reach.From from -> part.equals(whole);
        };
    }
}
