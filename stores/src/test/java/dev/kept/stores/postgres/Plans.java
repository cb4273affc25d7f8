package dev.kept.stores.postgres;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Replacement;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.notice.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans made by hand. */
final class Plans {

    static final AsOf NOW = new AsOf(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    private Plans() {}

    static TableName table(String name) {
        return TableName.parse(name);
    }

    static Link foreignKey(String from, String column, String to, String target) {
        return new Link(table(from), List.of(column), table(to), List.of(target), Match.EXACT, true, List.of(), true);
    }

    static Moment.At at(String column) {
        return new Moment.At(column, DateKind.INSTANT, ZoneOffset.UTC, List.of());
    }

    static Condition past(Moment moment, String span) {
        return new Condition.Past(
                List.of(moment), Cutoff.of(NOW, Span.parse(span).orElseThrow(), false));
    }

    static Condition unreferred(Link... links) {
        return Condition.all(Arrays.stream(links)
                .map(link -> Condition.not(new Condition.Referred(link, Condition.FALSE)))
                .toList());
    }

    static TablePlan.Clearing clearing(Condition when, String... columns) {
        return new TablePlan.Clearing(
                when,
                Arrays.stream(columns)
                        .map(column -> new TablePlan.Assignment(column, List.of(), new Replacement.Null()))
                        .toList());
    }

    /** A table's part of a plan, with as much as a test needs. */
    static TablePlan tablePlan(String name, Condition removable, TablePlan.Clearing... clearings) {
        return new TablePlan(
                table(name),
                List.of("id"),
                new Reach.Everything(),
                removable,
                Condition.FALSE,
                removable,
                List.of(),
                List.of(),
                List.of(clearings),
                Optional.empty(),
                List.of(),
                List.of(),
                new TablePlan.Cost(-1, -1, List.of()));
    }

    static TablePlan reaching(TablePlan plan, Reach reach) {
        return new TablePlan(
                plan.table(),
                plan.key(),
                reach,
                plan.dead(),
                plan.frozen(),
                plan.removable(),
                plan.cuts(),
                plan.clocks(),
                plan.clearings(),
                plan.rekey(),
                plan.releases(),
                plan.uses(),
                plan.cost());
    }

    static TablePlan with(
            TablePlan plan,
            List<TablePlan.Clock> clocks,
            Optional<TablePlan.Rekey> rekey,
            List<TablePlan.Release> releases) {
        return new TablePlan(
                plan.table(),
                plan.key(),
                plan.reach(),
                plan.dead(),
                plan.frozen(),
                plan.removable(),
                plan.cuts(),
                clocks,
                plan.clearings(),
                rekey,
                releases,
                plan.uses(),
                plan.cost());
    }

    static Plan sweep(TablePlan... tables) {
        return plan(new Scope.Everybody(), tables);
    }

    static Plan plan(Scope scope, TablePlan... tables) {
        return new Plan(
                "shop",
                NOW,
                scope,
                Arrays.stream(tables)
                        .map(table -> new Plan.Group(List.of(table), false))
                        .toList(),
                List.of(),
                List.of(),
                Set.of());
    }

    static KeySet keys(String... keys) {
        return new KeySet("test", Arrays.stream(keys).map(List::of).toList());
    }
}
