package dev.kept.server.run;

import dev.kept.core.lifecycle.Ground;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Plan.Group;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.server.run.Outcome.Stay;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of several persons that the one who leaves is released from: once her link is gone, no look by her keys finds them any more, but what
 * they own together stays, and the answer says so. So they are counted before the first step.
 */
final class Released {

    private Released() {}

    /** The part of a plan whose rows may be of several persons. */
    static Plan shared(Plan plan) {
        List<Group> groups = new ArrayList<>();
        for (Group group : plan.groups()) {
            List<TablePlan> tables =
                    group.tables().stream().filter(Released::ofSeveral).toList();
            if (!tables.isEmpty()) {
                groups.add(new Group(tables, group.repeated()));
            }
        }
        return new Plan(plan.store(), plan.asOf(), plan.scope(), groups, List.of(), List.of());
    }

    private static boolean ofSeveral(TablePlan table) {
        return table.uses().stream().map(UseState::role).distinct().count() > 1;
    }

    /** What stays, with what had already been counted as other persons' too before the run let go of it. */
    static List<Stay> with(List<Stay> stays, List<Stay> before) {
        List<Stay> all = new ArrayList<>(stays);
        for (Stay stay : before) {
            boolean others = stay.ground().equals(Ground.RIGHTS_OF_OTHERS.word());
            long counted = stays.stream()
                    .filter(now -> now.table().equals(stay.table())
                            && now.use().equals(stay.use())
                            && now.role().equals(stay.role())
                            && now.ground().equals(stay.ground()))
                    .mapToLong(Stay::rows)
                    .sum();
            if (others && stay.rows() > counted) {
                all.add(new Stay(
                        stay.table(), stay.use(), stay.role(), stay.rows() - counted, 0, stay.ground(), stay.until()));
            }
        }
        return all;
    }
}
