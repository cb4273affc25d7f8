package dev.kept.core.mutation;

import static dev.kept.core.mutation.Mutation.writing;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Grouping;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.Replacement;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Parting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Mistakes in the parts of a plan: what is done to a table, in which order, and to whose rows. */
final class PlanMutations {

    private PlanMutations() {}

    static List<Mutation> all() {
        return Stream.of(parts(), orders(), reaches()).flatMap(List::stream).toList();
    }

    // ---- parts of a plan ---------------------------------------------------------------------------------------

    private static Mutation table(String name, UnaryOperator<TablePlan> change) {
        return writing(name, Rewriting.tables(change));
    }

    private static Mutation left(String name, UnaryOperator<Grouping> change) {
        return table(name, t -> Rewriting.left(t, change));
    }

    private static Grouping grouping(Grouping g, int atLeast, List<Grouping.Common> common) {
        return new Grouping(
                g.into(), g.use(), atLeast, g.zone(), g.roles(), common, g.sums(), g.rows(), g.persons(), g.days());
    }

    private static List<Mutation> parts() {
        return List.of(
                left("nothing is left of rows that go", g -> grouping(g, Integer.MAX_VALUE, g.common())),
                left("a group is large enough with one person less", g -> grouping(g, g.atLeast() - 1, g.common())),
                left(
                        "groups that are too small are not merged",
                        g -> grouping(
                                g,
                                g.atLeast(),
                                g.common().stream()
                                        .map(c -> new Grouping.Common(
                                                c.column(),
                                                c.of(),
                                                c.moment(),
                                                c.forms().subList(0, 1),
                                                false,
                                                c.asDate()))
                                        .toList())),
                table(
                        "clocks stay when what they date goes",
                        t -> Rewriting.with(t, List.of(), t.clearings(), t.rekey(), t.releases())),
                table("a link by value stays when it leads nowhere any more", t -> Rewriting.cuts(t, List.of())),
                table(
                        "a link by value is cut although its column is needed",
                        t -> cutting(
                                t, c -> new Clearing(only(c.when(), Condition.Known.class::isInstance), c.columns()))),
                table(
                        "a link by value is cut although it leads to somebody who stays",
                        t -> cutting(
                                t,
                                c -> new Clearing(
                                        only(c.when(), part -> !(part instanceof Condition.Known)), c.columns()))),
                table(
                        "what cannot be NULL keeps its link by value",
                        t -> cutting(
                                t,
                                c -> new Clearing(
                                        c.when(),
                                        c.columns().stream()
                                                .filter(a -> a.replacement() instanceof Replacement.Null)
                                                .toList()))),
                table(
                        "shared rows are not released",
                        t -> Rewriting.with(t, t.clocks(), t.clearings(), t.rekey(), List.of())),
                table(
                        "shared rows that stay are not emptied",
                        t -> Rewriting.with(
                                t,
                                t.clocks(),
                                t.clearings(),
                                t.rekey(),
                                t.releases().stream()
                                        .map(release -> new TablePlan.Release(
                                                release.pointer(),
                                                release.orphaned(),
                                                release.removable(),
                                                List.of(),
                                                release.next()))
                                        .toList())),
                table(
                        "nothing is cleared in rows that stay",
                        t -> Rewriting.with(t, t.clocks(), List.of(), t.rekey(), t.releases())),
                table(
                        "a husk is not cleared",
                        t -> clearings(t, c -> c.when().equals(t.dead()) ? List.of() : List.of(c))),
                table(
                        "a column dies only with its row",
                        t -> clearings(t, c -> List.of(new Clearing(t.dead(), c.columns(), c.parting())))),
                table(
                        "a row keeps the owner who leaves",
                        t -> clearings(t, c -> c.parting() == Parting.NONE ? List.of(c) : List.of())),
                assignment(
                        "a wrong value takes the place of a constant",
                        a -> a.replacement() instanceof Replacement.Constant ? new Replacement.Constant("?") : null),
                assignment(
                        "NULL takes the place of everything",
                        a -> a.replacement() instanceof Replacement.Null ? null : new Replacement.Null()),
                table(
                        "a JSON path takes the whole document along",
                        t -> clearings(
                                t,
                                c -> List.of(new Clearing(
                                        c.when(),
                                        c.columns().stream()
                                                .map(a -> a.path().isEmpty()
                                                        ? a
                                                        : new Assignment(a.column(), List.of(), new Replacement.Null()))
                                                .toList(),
                                        c.parting())))),
                table(
                        "a JSON path is not seen",
                        t -> clearings(
                                t,
                                c -> List.of(new Clearing(
                                        c.when(),
                                        c.columns().stream()
                                                .filter(a -> a.path().isEmpty())
                                                .toList(),
                                        c.parting())))),
                table(
                        "of several columns the last is missed",
                        t -> clearings(
                                t,
                                c -> List.of(new Clearing(
                                        c.when(),
                                        c.columns().subList(0, c.columns().size() - 1),
                                        c.parting())))),
                table(
                        "personal keys stay",
                        t -> Rewriting.with(t, t.clocks(), t.clearings(), Optional.empty(), t.releases())),
                table(
                        "nothing follows a new key",
                        t -> Rewriting.with(
                                t,
                                t.clocks(),
                                t.clearings(),
                                t.rekey().map(r -> new TablePlan.Rekey(r.columns(), r.when(), List.of(), r.shapes())),
                                t.releases())));
    }

    private static List<Mutation> orders() {
        return List.of(
                writing(
                        "parents come before children",
                        p -> Rewriting.groups(p, p.groups().reversed())),
                writing(
                        "what runs in a circle is treated once",
                        p -> Rewriting.groups(
                                p,
                                p.groups().stream()
                                        .map(group -> new Plan.Group(group.tables(), false, group.metByValue()))
                                        .toList())),
                writing(
                        "who is met by value goes before what is known by her",
                        p -> Rewriting.groups(
                                p,
                                p.groups().stream()
                                        .map(group -> new Plan.Group(group.tables(), group.repeated(), Set.of()))
                                        .toList())),
                parting("a row loses its owner before all else is done", Parting.LAST, Parting.NONE),
                parting("a row loses its owner as soon as its own table is done", Parting.LAST, Parting.WITH_GROUP),
                parting("a row loses an owner met by value after her row went", Parting.WITH_GROUP, Parting.LAST),
                parting("a row loses an owner met by value at once", Parting.WITH_GROUP, Parting.NONE));
    }

    private static Mutation parting(String name, Parting right, Parting wrong) {
        return table(
                name,
                t -> clearings(t, c -> List.of(c.parting() == right ? new Clearing(c.when(), c.columns(), wrong) : c)));
    }

    private static TablePlan clearings(TablePlan table, Function<Clearing, List<Clearing>> change) {
        return Rewriting.with(
                table,
                table.clocks(),
                table.clearings().stream()
                        .flatMap(clearing -> change.apply(clearing).stream())
                        .toList(),
                table.rekey(),
                table.releases());
    }

    private static TablePlan cutting(TablePlan table, UnaryOperator<Clearing> change) {
        return Rewriting.cuts(
                table,
                table.cuts().stream()
                        .map(cut -> new TablePlan.Cut(
                                cut.link(), cut.clearings().stream().map(change).toList()))
                        .toList());
    }

    private static Condition only(Condition condition, Predicate<Condition> parts) {
        return condition instanceof Condition.All all
                ? new Condition.All(all.of().stream().filter(parts).toList())
                : condition;
    }

    /** @param change the other replacement; null to leave it */
    private static Mutation assignment(String name, Function<Assignment, @Nullable Replacement> change) {
        return table(
                name,
                t -> clearings(
                        t,
                        c -> List.of(new Clearing(
                                c.when(),
                                c.columns().stream()
                                        .map(a -> Optional.ofNullable(change.apply(a))
                                                .map(other -> new Assignment(a.column(), a.path(), other))
                                                .orElse(a))
                                        .toList(),
                                c.parting()))));
    }

    // ---- whose rows --------------------------------------------------------------------------------------------

    private static List<Mutation> reaches() {
        return List.of(
                reach("a run for one reaches everybody", r -> new Reach.Everything()),
                reach(
                        "only the first way to a person is followed",
                        r -> r instanceof Reach.AnyOf any && !any.of().isEmpty()
                                ? any.of().getFirst()
                                : r),
                reach("branches of others are not reached", r -> r instanceof Reach.Below below ? below.of() : r),
                writing(
                        "a shared row is taken for hers alone",
                        Rewriting.conditions(c ->
                                c instanceof Condition.Not(Condition.Some(Link link, Condition.Not not))
                                        ? Condition.TRUE
                                        : c)),
                reach("shared rows are not reached", r -> r instanceof Reach.From ? new Reach.AnyOf(List.of()) : r));
    }

    private static Mutation reach(String name, UnaryOperator<Reach> change) {
        return table(
                name,
                t -> new TablePlan(
                        t.table(),
                        t.key(),
                        deep(t.reach(), change),
                        t.dead(),
                        t.frozen(),
                        t.removable(),
                        t.cuts(),
                        t.clocks(),
                        t.clearings(),
                        t.rekey(),
                        t.releases(),
                        t.grouping(),
                        t.uses(),
                        t.cost()));
    }

    private static Reach deep(Reach reach, UnaryOperator<Reach> change) {
        return change.apply(
                switch (reach) {
                    case Reach.Everything everything -> everything;
                    case Reach.Keys keys -> keys;
                    case Reach.AnyOf any ->
                        new Reach.AnyOf(
                                any.of().stream().map(one -> deep(one, change)).toList());
                    case Reach.Into into -> new Reach.Into(into.link(), deep(into.of(), change));
                    case Reach.From from -> new Reach.From(from.link(), deep(from.of(), change));
                    case Reach.Below below -> new Reach.Below(below.parent(), deep(below.of(), change));
                });
    }
}
