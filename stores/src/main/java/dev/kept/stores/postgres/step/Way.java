package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Moment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A way from a row to rows of other tables that a condition reads: what must be locked before the condition is decided.
 *
 * @param steps one or more
 */
record Way(List<Step> steps) {

    Way {
        steps = List.copyOf(steps);
    }

    /** One step of a way. */
    sealed interface Step {

        Link link();

        TableName to();

        /** To the row pointed to. */
        record Up(Link link) implements Step {
            @Override
            public TableName to() {
                return link.to();
            }
        }

        /** To the rows that point here. */
        record Down(Link link) implements Step {
            @Override
            public TableName to() {
                return link.from();
            }
        }

        /** To all rows above in a tree. */
        record Above(Link link) implements Step {
            @Override
            public TableName to() {
                return link.to();
            }
        }
    }

    TableName table() {
        return steps.getLast().to();
    }

    /** All ways that the conditions read, shorter ones before those that go on from them; none: the row itself decides. */
    static List<Way> readBy(List<Condition> conditions) {
        return ways(conditions, new Collected(new LinkedHashSet<>(), true));
    }

    /**
     * The same without rows of which only counts that they point here. While the rows they point to are locked, a foreign key lets no others
     * come, and where there is none, locking those that are there keeps none away either.
     */
    static List<Way> readByContent(List<Condition> conditions) {
        return ways(conditions, new Collected(new LinkedHashSet<>(), false));
    }

    private static List<Way> ways(List<Condition> conditions, Collected collected) {
        conditions.forEach(condition -> collect(condition, List.of(), collected));
        return collected.ways().stream()
                .sorted((a, b) -> Integer.compare(a.steps().size(), b.steps().size()))
                .toList();
    }

    /** What was collected, and whether mere pointing counts. */
    private record Collected(Set<Way> ways, boolean pointing) {}

    /** Whether the rows on the way are pointed to, each by the one before: nothing on it can come or part while these are locked. */
    boolean upwards() {
        return steps.stream().allMatch(Step.Up.class::isInstance);
    }

    private static void collect(Condition condition, List<Step> here, Collected ways) {
        switch (condition) {
            case Condition.All all -> all.of().forEach(c -> collect(c, here, ways));
            case Condition.Any any -> any.of().forEach(c -> collect(c, here, ways));
            case Condition.Not not -> collect(not.of(), here, ways);
            case Condition.Known known -> collect(known.of(), here, ways);
            case Condition.Past past -> past.chain().forEach(moment -> collect(moment, here, ways));
            case Condition.Stands stands -> {}
            case Condition.Absent absent -> absent.chain().forEach(moment -> collect(moment, here, ways));
            case Condition.Ordered ordered -> {
                collect(ordered.earlier(), here, ways);
                collect(ordered.later(), here, ways);
            }
            case Condition.Through through -> collect(through.of(), add(here, new Step.Up(through.link()), ways), ways);
            case Condition.Every every -> collect(every.of(), add(here, new Step.Down(every.link()), ways), ways);
            case Condition.Some some -> collect(some.of(), add(here, new Step.Down(some.link()), ways), ways);
            case Condition.Above above -> collect(above.of(), add(here, new Step.Above(above.parent()), ways), ways);
            case Condition.Referred referred -> {
                if (ways.pointing() || !referred.removable().equals(Condition.FALSE)) {
                    collect(referred.removable(), add(here, new Step.Down(referred.link()), ways), ways);
                }
            }
            case Condition.Leads leads -> add(here, new Step.Up(leads.link()), ways);
            case Condition.Meets meets -> {
                up(meets.one(), here, ways);
                up(meets.other(), here, ways);
            }
            case Condition.Surpassed surpassed -> {
                List<Step> way = up(surpassed.path(), here, ways);
                for (Link link : surpassed.path().reversed()) {
                    way = add(way, new Step.Down(link), ways);
                }
            }
            case Condition.Always always -> {}
            case Condition.ValueIn in -> {}
            case Condition.AnyNull any -> {}
            case Condition.KeyIn in -> {}
        }
    }

    private static List<Step> up(List<Link> path, List<Step> here, Collected ways) {
        List<Step> way = here;
        for (Link link : path) {
            way = add(way, new Step.Up(link), ways);
        }
        return way;
    }

    private static void collect(Moment moment, List<Step> here, Collected ways) {
        switch (moment) {
            case Moment.At at -> {}
            case Moment.Through through -> collect(through.of(), add(here, new Step.Up(through.link()), ways), ways);
            case Moment.Among among -> collect(among.of(), add(here, new Step.Down(among.link()), ways), ways);
            case Moment.Extreme extreme -> extreme.of().forEach(of -> collect(of, here, ways));
        }
    }

    private static List<Step> add(List<Step> here, Step step, Collected ways) {
        List<Step> way = new ArrayList<>(here);
        way.add(step);
        ways.ways().add(new Way(way));
        return way;
    }

    /** Whether the lock must also keep new rows from pointing to these: some way goes on down from here. */
    boolean guards(List<Way> all) {
        return all.stream()
                .anyMatch(way -> way.steps().size() == steps.size() + 1
                        && way.steps().subList(0, steps.size()).equals(steps)
                        && way.steps().getLast() instanceof Step.Down);
    }
}
