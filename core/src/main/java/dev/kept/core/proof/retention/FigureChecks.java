package dev.kept.core.proof.retention;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Statistics;
import dev.kept.core.datamap.Statistics.Figure;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Use;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdict;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the figures that ended rows left say of a use on anonymised data: broken where a group is of too few persons. Never more than not shown else: where
 * else numbers are made for it, no store says.
 */
public final class FigureChecks {

    private FigureChecks() {}

    /**
     * Figures that a store holds for a use.
     *
     * @param persons the columns that say of how many persons a group is; empty where none does
     * @param atLeast what the notice promises
     */
    public record Held(Use use, TableName table, Set<String> persons, int atLeast) {}

    /** What was found in them; {@code small} of {@code groups} are of fewer persons than promised, or do not say. */
    public record Found(long groups, long small) {}

    /** The figures that a store holds, each table once for a use. */
    public static List<Held> held(BoundStore store) {
        Map<List<Object>, Held> held = new LinkedHashMap<>();
        store.tables().values().stream()
                .flatMap(table -> table.map().statistics().stream())
                .forEach(statistics -> Optional.ofNullable(store.notice().uses().get(statistics.use()))
                        .filter(use -> use.anonymisedAtLeast().isPresent())
                        .ifPresent(use -> held.merge(
                                List.of(use.id(), statistics.into()), of(use, statistics), FigureChecks::both)));
        return List.copyOf(held.values());
    }

    private static Held of(Use use, Statistics statistics) {
        Set<String> persons = new LinkedHashSet<>();
        statistics.columns().forEach((column, figure) -> {
            if (figure instanceof Figure.Persons) {
                persons.add(column);
            }
        });
        return new Held(use, statistics.into(), persons, use.anonymisedAtLeast().orElseThrow());
    }

    /** Where two tables leave figures in one, each group has to say it in the same column. */
    private static Held both(Held one, Held other) {
        Set<String> persons = new LinkedHashSet<>(one.persons());
        persons.retainAll(other.persons());
        return new Held(one.use(), one.table(), persons, one.atLeast());
    }

    /** The check of figures that were looked at. */
    public static Check of(String store, Held held, Found found) {
        Spot spot = Spot.of(store, held.table(), List.copyOf(held.persons()));
        return new Check(
                held.use().path(),
                found.small() == 0
                        ? Verdict.notShown(elsewhere(held, found, spot))
                        : Verdict.broken(
                                List.of(
                                        new Finding(
                                                Finding.Kind.GROUPS_TOO_SMALL,
                                                spot,
                                                found.small(),
                                                (found.small() == 1 ? "1 group" : found.small() + " groups") + " of `"
                                                        + held.table()
                                                        + "` " + (found.small() == 1 ? "is" : "are")
                                                        + " not of at least "
                                                        + held.atLeast() + " persons",
                                                "find out who wrote them, and delete them; Kept adds none that is smaller than the notice said at the time"))));
    }

    private static Unclear elsewhere(Held held, Found found, Spot spot) {
        return new Unclear(
                Reason.NOTHING_LOOKS,
                Optional.of(spot),
                found.groups(),
                "the groups of `" + held.table() + "` are of at least " + held.atLeast()
                        + " persons each; whether other numbers of `"
                        + held.use().id() + "` are, nobody has looked at",
                "the queries behind other numbers run through Kept; this is not there yet");
    }

    /** The check of figures that say nothing of persons, or could not be looked at. */
    public static Check notShown(Held held, Unclear why) {
        return new Check(held.use().path(), Verdict.notShown(why));
    }

    /** Why nothing is known of figures that do not say of how many persons they are. */
    public static Unclear uncounted(String store, Held held) {
        return new Unclear(
                Reason.NOTHING_LOOKS,
                Optional.of(Spot.of(store, held.table())),
                0,
                "no column of `" + held.table() + "` says of how many persons a group is",
                "a column of it with `persons` under `anonymise` in the map");
    }
}
