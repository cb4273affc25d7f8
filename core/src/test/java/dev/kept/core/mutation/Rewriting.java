package dev.kept.core.mutation;

import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Grouping;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rewrites a plan in one respect, wherever it occurs. */
final class Rewriting {

    private Rewriting() {}

    /** Each condition, from the inside out. */
    static UnaryOperator<Plan> conditions(UnaryOperator<Condition> change) {
        return tables(table -> conditions(table, condition -> deep(condition, change, UnaryOperator.identity())));
    }

    /** Each moment that a condition reads. */
    static UnaryOperator<Plan> moments(UnaryOperator<Moment> change) {
        return tables(table -> conditions(table, condition -> deep(condition, UnaryOperator.identity(), change)));
    }

    static UnaryOperator<Plan> tables(UnaryOperator<TablePlan> change) {
        return plan -> groups(
                plan,
                plan.groups().stream()
                        .map(group -> new Plan.Group(
                                group.tables().stream().map(change).toList(), group.repeated()))
                        .toList());
    }

    static Plan groups(Plan plan, List<Plan.Group> groups) {
        return new Plan(
                plan.store(), plan.asOf(), plan.scope(), groups, plan.refusals(), plan.warnings(), plan.dropping());
    }

    private static TablePlan conditions(TablePlan table, UnaryOperator<Condition> change) {
        return new TablePlan(
                table.table(),
                table.key(),
                table.reach(),
                change.apply(table.dead()),
                change.apply(table.frozen()),
                change.apply(table.removable()),
                table.cuts().stream()
                        .map(cut -> new TablePlan.Cut(cut.link(), clearings(cut.clearings(), change)))
                        .toList(),
                table.clocks().stream()
                        .map(clock ->
                                new TablePlan.Clock(clock.path(), releases(clock.releases(), change), clock.grouping()))
                        .toList(),
                clearings(table.clearings(), change),
                table.rekey()
                        .map(rekey -> new TablePlan.Rekey(
                                rekey.columns(), change.apply(rekey.when()), rekey.followers(), rekey.shapes())),
                releases(table.releases(), change),
                table.grouping(),
                table.uses(),
                table.cost());
    }

    private static List<TablePlan.Clearing> clearings(
            List<TablePlan.Clearing> clearings, UnaryOperator<Condition> change) {
        return clearings.stream()
                .map(clearing ->
                        new TablePlan.Clearing(change.apply(clearing.when()), clearing.columns(), clearing.parting()))
                .toList();
    }

    private static List<TablePlan.Release> releases(List<TablePlan.Release> releases, UnaryOperator<Condition> change) {
        return releases.stream()
                .map(release -> new TablePlan.Release(
                        release.pointer(),
                        change.apply(release.orphaned()),
                        change.apply(release.removable()),
                        release.husk(),
                        releases(release.next(), change)))
                .toList();
    }

    /** A part of a table's plan changed. */
    static TablePlan with(
            TablePlan table,
            List<TablePlan.Clock> clocks,
            List<TablePlan.Clearing> clearings,
            Optional<TablePlan.Rekey> rekey,
            List<TablePlan.Release> releases) {
        return new TablePlan(
                table.table(),
                table.key(),
                table.reach(),
                table.dead(),
                table.frozen(),
                table.removable(),
                table.cuts(),
                clocks,
                clearings,
                rekey,
                releases,
                table.grouping(),
                table.uses(),
                table.cost());
    }

    /** Something else is left of the rows that go. */
    static TablePlan left(TablePlan table, UnaryOperator<Grouping> change) {
        return new TablePlan(
                table.table(),
                table.key(),
                table.reach(),
                table.dead(),
                table.frozen(),
                table.removable(),
                table.cuts(),
                table.clocks(),
                table.clearings(),
                table.rekey(),
                table.releases(),
                table.grouping().map(change),
                table.uses(),
                table.cost());
    }

    /** Other links that are cut in rows of other tables. */
    static TablePlan cuts(TablePlan table, List<TablePlan.Cut> cuts) {
        return new TablePlan(
                table.table(),
                table.key(),
                table.reach(),
                table.dead(),
                table.frozen(),
                table.removable(),
                cuts,
                table.clocks(),
                table.clearings(),
                table.rekey(),
                table.releases(),
                table.grouping(),
                table.uses(),
                table.cost());
    }

    private static Condition deep(Condition condition, UnaryOperator<Condition> change, UnaryOperator<Moment> moments) {
        UnaryOperator<Condition> down = part -> deep(part, change, moments);
        return change.apply(
                switch (condition) {
                    case Condition.Always always -> always;
                    case Condition.All all ->
                        new Condition.All(all.of().stream().map(down).toList());
                    case Condition.Any any ->
                        new Condition.Any(any.of().stream().map(down).toList());
                    case Condition.Not not -> new Condition.Not(down.apply(not.of()));
                    case Condition.Known known -> new Condition.Known(down.apply(known.of()));
                    case Condition.Past past -> new Condition.Past(deep(past.chain(), moments), past.cutoff());
                    case Condition.Stands stands -> stands;
                    case Condition.Absent absent -> new Condition.Absent(deep(absent.chain(), moments));
                    case Condition.Ordered ordered ->
                        new Condition.Ordered(deep(ordered.earlier(), moments), deep(ordered.later(), moments));
                    case Condition.ValueIn value -> value;
                    case Condition.AnyNull none -> none;
                    case Condition.KeyIn key -> key;
                    case Condition.Through through -> new Condition.Through(through.link(), down.apply(through.of()));
                    case Condition.Every every -> new Condition.Every(every.link(), down.apply(every.of()));
                    case Condition.Some some -> new Condition.Some(some.link(), down.apply(some.of()));
                    case Condition.Above above -> new Condition.Above(above.parent(), down.apply(above.of()));
                    case Condition.Surpassed surpassed -> surpassed;
                    case Condition.Referred referred ->
                        new Condition.Referred(referred.link(), down.apply(referred.removable()));
                    case Condition.Leads leads -> leads;
                    case Condition.Meets meets -> meets;
                });
    }

    private static List<Moment> deep(List<Moment> chain, UnaryOperator<Moment> change) {
        return chain.stream().map(moment -> deep(moment, change)).toList();
    }

    private static Moment deep(Moment moment, UnaryOperator<Moment> change) {
        return change.apply(
                switch (moment) {
                    case Moment.At at -> at;
                    case Moment.Through through -> new Moment.Through(through.link(), deep(through.of(), change));
                    case Moment.Among among ->
                        new Moment.Among(among.link(), deep(among.of(), change), among.earliest());
                    case Moment.Extreme extreme -> new Moment.Extreme(deep(extreme.of(), change), extreme.earliest());
                });
    }
}
