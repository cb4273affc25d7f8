package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.Ground;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.notice.Use;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.look.LookResult.UseCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stays of persons after an erasure, for which use, on which ground and until when, from one look. */
public final class Grounds {

    static final String UNKNOWN = Ground.NOT_KNOWN_ENDED.word();

    private Grounds() {}

    /**
     * What stays.
     *
     * @param look of {@link dev.kept.stores.postgres.look.Look.Depth#USES}
     * @param erasure whether all uses were asked to end that end on request; else those that go on are {@link Ground#ANOTHER_USE}
     */
    public static List<Stay> of(BoundStore store, Plan plan, LookResult look, boolean erasure) {
        List<Stay> stays = new ArrayList<>();
        plan.tables()
                .forEach(table -> Optional.ofNullable(look.tables().get(table.table()))
                        .ifPresent(found -> add(stays, store, table, found, look, erasure)));
        return stays;
    }

    /** The same after an erasure. */
    public static List<Stay> of(BoundStore store, Plan plan, LookResult look) {
        return of(store, plan, look, true);
    }

    private static void add(
            List<Stay> stays, BoundStore store, TablePlan table, TableLook found, LookResult look, boolean erasure) {
        for (UseCount use : found.uses()) {
            if (use.own() > 0) {
                boolean hers = !store.table(table.table()).map().shared() || livesForOwners(store, table, use, look);
                stays.add(stay(table, use, use.own(), 0, hers ? ground(store, use, erasure) : Ground.RIGHTS_OF_OTHERS));
            }
            if (use.alive() > use.own()) {
                stays.add(stay(table, use, use.alive() - use.own(), 0, Ground.RIGHTS_OF_OTHERS));
            }
            if (use.unknown() > 0) {
                stays.add(stay(table, use, 0, use.unknown(), Ground.NOT_KNOWN_ENDED));
            }
        }
        if (found.frozen() > 0) {
            stays.add(Stay.row(table.table(), found.frozen(), Ground.FROZEN));
        }
        if (found.dead() > found.removable()) {
            boolean referred = !store.catalogue().referringTo(table.table()).isEmpty();
            stays.add(Stay.row(
                    table.table(),
                    found.dead() - found.removable(),
                    referred ? Ground.NEEDED_BY_WHAT_STAYS : Ground.DATES_WHAT_STAYS));
        }
    }

    /** Whether the use of a shared row lives for some row of hers that points to it: if not, it lives for others'. */
    private static boolean livesForOwners(BoundStore store, TablePlan table, UseCount use, LookResult look) {
        return store.table(table.table()).pointers().stream()
                .flatMap(pointer ->
                        Optional.ofNullable(look.tables().get(pointer.link().from())).stream())
                .flatMap(owners -> owners.uses().stream())
                .anyMatch(owner -> owner.use().equals(use.use()) && owner.own() + owner.unknown() > 0);
    }

    private static Stay stay(TablePlan table, UseCount use, long rows, long unknown, Ground ground) {
        return new Stay(
                table.table(),
                use.use(),
                use.role(),
                rows,
                unknown,
                ground.word(),
                unknown > 0 ? Optional.empty() : use.until());
    }

    private static Ground ground(BoundStore store, UseCount count, boolean erasure) {
        if (!erasure) {
            return Ground.ANOTHER_USE;
        }
        Use use = store.notice().uses().get(count.use());
        return use == null ? Ground.NOT_KNOWN_ENDED : Ground.of(use.onRequest());
    }
}
