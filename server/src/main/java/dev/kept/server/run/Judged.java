package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.OfOutlines;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.core.live.LiveSchema;
import dev.kept.core.live.MissingPrivileges;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.stores.postgres.look.Identities;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was found of a store's plans before their first step, by their outlines: it is the same for all persons. */
public final class Judged {

    private final OfOutlines<List<Problem>> missing = new OfOutlines<>();
    private final OfOutlines<Plan> releasedByErasure = new OfOutlines<>();
    private final OfOutlines<Plan> releasedBySweep = new OfOutlines<>();
    private final Map<TableName, Identities> identities = new ConcurrentHashMap<>();

    /** What the role may not do of a plan. */
    List<Problem> missing(BoundStore store, LiveSchema schema, Prepared plan) {
        return missing.of(
                plan,
                outline -> MissingPrivileges.of(
                        store, outline, schema, Places.none(store.store().name())));
    }

    /** The part of a plan's outline that {@link Released} says. */
    Plan released(BoundStore store, Prepared plan, boolean erasure) {
        return (erasure ? releasedByErasure : releasedBySweep)
                .of(plan, outline -> Released.from(store, outline, erasure));
    }

    /** How persons of the table's kind are asked about. */
    Identities identities(Catalogue catalogue, BoundTable table) {
        return identities.computeIfAbsent(table.name(), name -> new Identities(table, new SqlTables(catalogue)));
    }
}
