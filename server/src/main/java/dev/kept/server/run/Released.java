package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.core.notice.OnRequest;
import dev.kept.server.run.Outcome.Stay;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Rows that the one who leaves is released from, while they stay: rows of several persons, whose link to her is cut; rows that met her by a
 * value which is forgotten, or by a key that is replaced. Once that is done no look by her keys finds them any more, but the answer has to
 * name them. So they are counted before the first step.
 */
final class Released {

    private Released() {}

    /**
     * The part of a plan whose rows may stay without being found any more.
     *
     * @param erasure whether all is to go that a request ends; of a sweep of persons anything may stay
     */
    static Plan from(BoundStore store, Plan plan, boolean erasure) {
        Set<TableName> rekeyed = plan.rekeyed().stream().map(TablePlan::table).collect(Collectors.toSet());
        Set<TableName> released = plan.tables()
                .filter(table ->
                        ofSeveral(table) || ((!erasure || stays(store, table)) && losesSight(store, table, rekeyed)))
                .map(TablePlan::table)
                .collect(Collectors.toSet());
        return plan.only(released);
    }

    private static boolean ofSeveral(TablePlan table) {
        return table.uses().stream().map(UseState::role).distinct().count() > 1;
    }

    /** Whether a request leaves anything of the table. */
    private static boolean stays(BoundStore store, TablePlan table) {
        return table.uses().stream()
                .map(state -> store.notice().uses().get(state.use()))
                .anyMatch(use -> use != null && use.onRequest() != OnRequest.ENDS);
    }

    /** Whether a way to a person leads by a value that may be forgotten, or to a key that is replaced. */
    private static boolean losesSight(BoundStore store, TablePlan table, Set<TableName> rekeyed) {
        return store.table(table.table()).roles().stream()
                .filter(role -> role.kind().isPresent() && !role.path().isEmpty())
                .map(role -> role.path().getLast())
                .anyMatch(last -> !last.foreignKey() || rekeyed.contains(last.to()));
    }

    /** What stays, with what had been counted before and is not found any more. */
    static List<Stay> with(List<Stay> stays, List<Stay> before) {
        List<Stay> all = new ArrayList<>(stays);
        for (Stay stay : before) {
            long counted = sum(stays, stay, Stay::rows);
            long unknown = sum(stays, stay, Stay::unknown);
            if (!stay.use().isEmpty() && stay.rows() + stay.unknown() > counted + unknown) {
                all.add(new Stay(
                        stay.table(),
                        stay.use(),
                        stay.role(),
                        Math.max(0, stay.rows() - counted),
                        Math.max(0, stay.unknown() - unknown),
                        stay.ground(),
                        stay.until()));
            }
        }
        return all;
    }

    private static long sum(List<Stay> stays, Stay like, ToLongFunction<Stay> rows) {
        return stays.stream()
                .filter(now -> now.table().equals(like.table())
                        && now.use().equals(like.use())
                        && now.role().equals(like.role())
                        && now.ground().equals(like.ground()))
                .mapToLong(rows)
                .sum();
    }
}
