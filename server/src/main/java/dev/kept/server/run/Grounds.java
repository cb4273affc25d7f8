package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.notice.Use;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.LookResult.UseCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** On which ground data stays after an erasure: a closed list (GDPR Art. 17(3) and what the law leaves besides). */
final class Grounds {

    static final String LEGAL_OBLIGATION = "legal-obligation";
    static final String CONTRACT_OPEN = "contract-open";
    static final String REVIEW = "awaits-review";
    static final String RIGHTS_OF_OTHERS = "rights-of-others";

    /** A husk: key, links and dates of a row that something which stays refers to. */
    static final String NEEDED = "needed-by-what-stays";

    /** The last row that dates what stays, reduced to its date. */
    static final String DATES = "dates-what-stays";

    static final String UNKNOWN = "not-known-ended";

    private Grounds() {}

    static List<Stay> of(BoundStore store, Plan plan, LookResult look) {
        List<Stay> stays = new ArrayList<>();
        plan.tables()
                .forEach(table -> Optional.ofNullable(look.tables().get(table.table()))
                        .ifPresent(found -> {
                            boolean any = false;
                            for (UseCount use : found.uses()) {
                                if (use.alive() > 0 || use.unknown() > 0) {
                                    any = true;
                                    stays.add(new Stay(
                                            table.table(),
                                            use.use(),
                                            use.role(),
                                            use.alive(),
                                            use.unknown(),
                                            ground(store, use)));
                                }
                            }
                            if (!any && found.rows() > 0) {
                                stays.add(husks(store, table, found.rows()));
                            }
                        }));
        return stays;
    }

    private static String ground(BoundStore store, UseCount count) {
        Use use = store.notice().uses().get(count.use());
        if (use == null || count.alive() == 0) {
            return UNKNOWN;
        }
        return switch (use.onRequest()) {
            case NEVER -> LEGAL_OBLIGATION;
            case AT_ITS_END -> CONTRACT_OPEN;
            case REVIEW -> REVIEW;
            case ENDS -> RIGHTS_OF_OTHERS;
        };
    }

    /** Rows in which every use has ended and that something else keeps. */
    private static Stay husks(BoundStore store, TablePlan table, long rows) {
        boolean referred =
                store.catalogue().referringTo(table.table()).stream().findAny().isPresent();
        return new Stay(table.table(), "", "", rows, 0, referred ? NEEDED : DATES);
    }
}
