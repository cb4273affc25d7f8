package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks each related row once: questions about the same row, or over the same rows, are put together. The answer is the same for every row,
 * unknown included; the statements are shorter and quicker to plan.
 */
final class Factoring {

    private final SqlTables tables;

    Factoring(SqlTables tables) {
        this.tables = tables;
    }

    Condition of(Condition condition) {
        return switch (condition) {
            case Condition.All all -> merged(all.of(), true);
            case Condition.Any any -> merged(any.of(), false);
            case Condition.Not not -> {
                Condition inner = of(not.of());
                yield inner instanceof Condition.Through through
                                && through.link().unique()
                        ? new Condition.Through(through.link(), Condition.not(through.of()))
                        : Condition.not(inner);
            }
            case Condition.Known known -> {
                Condition inner = of(known.of());
                yield inner instanceof Condition.Through through
                                && through.link().unique()
                                && always(through.link())
                        ? new Condition.Through(through.link(), Condition.known(through.of()))
                        : Condition.known(inner);
            }
            case Condition.Past past ->
                common(past.chain())
                        .<Condition>map(link ->
                                new Condition.Through(link, of(new Condition.Past(inner(past.chain()), past.cutoff()))))
                        .orElse(past);
            case Condition.Absent absent ->
                common(absent.chain())
                        .filter(this::always)
                        .<Condition>map(
                                link -> new Condition.Through(link, of(new Condition.Absent(inner(absent.chain())))))
                        .orElse(absent);
            case Condition.Ordered ordered ->
                common(List.of(ordered.earlier(), ordered.later()))
                        .<Condition>map(link -> {
                            List<Moment> inner = inner(List.of(ordered.earlier(), ordered.later()));
                            return new Condition.Through(
                                    link, of(new Condition.Ordered(inner.getFirst(), inner.getLast())));
                        })
                        .orElse(ordered);
            case Condition.Through through -> new Condition.Through(through.link(), of(through.of()));
            case Condition.Every every -> new Condition.Every(every.link(), of(every.of()));
            case Condition.Some some -> new Condition.Some(some.link(), of(some.of()));
            case Condition.Above above -> new Condition.Above(above.parent(), of(above.of()));
            case Condition.Referred referred -> new Condition.Referred(referred.link(), of(referred.removable()));
            case Condition.Always always -> always;
            case Condition.Stands stands -> stands;
            case Condition.ValueIn in -> in;
            case Condition.AnyNull any -> any;
            case Condition.KeyIn in -> in;
            case Condition.Surpassed surpassed -> surpassed;
            case Condition.Leads leads -> leads;
            case Condition.Meets meets -> meets;
        };
    }

    /** The one unique link through which all moments are seen. */
    private static Optional<Link> common(List<Moment> moments) {
        Optional<Link> link = moments.getFirst() instanceof Moment.Through through
                        && through.link().unique()
                ? Optional.of(through.link())
                : Optional.empty();
        return link.filter(first -> moments.stream()
                .allMatch(moment -> moment instanceof Moment.Through through
                        && through.link().equals(first)));
    }

    private static List<Moment> inner(List<Moment> moments) {
        List<Moment> inner = new ArrayList<>();
        for (Moment moment : moments) {
            if (moment instanceof Moment.Through through) {
                inner.add(through.of());
            }
        }
        return inner;
    }

    /** The link always leads to a row, so that an absent moment is never a missing row's. */
    private boolean always(Link link) {
        return link.foreignKey() && tables.nullable(link.from(), link.columns()).isEmpty();
    }

    private Condition merged(List<Condition> of, boolean and) {
        Map<Object, List<Condition>> groups = new LinkedHashMap<>();
        List<Condition> flat = of.stream().map(this::of).toList();
        for (Condition condition : flat) {
            groups.computeIfAbsent(group(condition, and), key -> new ArrayList<>())
                    .add(condition);
        }
        List<Condition> parts = new ArrayList<>();
        for (List<Condition> group : groups.values()) {
            parts.add(group.size() == 1 ? group.getFirst() : together(group, and));
        }
        return and ? Condition.all(parts) : Condition.any(parts);
    }

    private record Key(String kind, Link link) {}

    /** Conditions that can be put together have the same key; any other stands for itself. */
    private static Object group(Condition condition, boolean and) {
        return switch (condition) {
            case Condition.Through through when through.link().unique() -> new Key("through", through.link());
            case Condition.Every every when and -> new Key("every", every.link());
            case Condition.Some some when !and -> new Key("some", some.link());
            default -> new Object();
        };
    }

    private Condition together(List<Condition> group, boolean and) {
        List<Condition> inner = new ArrayList<>();
        for (Condition condition : group) {
            switch (condition) {
                case Condition.Through through -> inner.add(through.of());
                case Condition.Every every -> inner.add(every.of());
                case Condition.Some some -> inner.add(some.of());
                default -> throw new IllegalStateException("not to be put together: " + condition);
            }
        }
        Condition all = of(and ? Condition.all(inner) : Condition.any(inner));
        return switch (group.getFirst()) {
            case Condition.Through through -> new Condition.Through(through.link(), all);
            case Condition.Every every -> new Condition.Every(every.link(), all);
            case Condition.Some some -> new Condition.Some(some.link(), all);
            default -> throw new IllegalStateException("not to be put together: " + group.getFirst());
        };
    }
}
