package dev.kept.core.live;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a role lacks of {@linkplain NeededPrivileges what a plan needs}, each with the least statement that mends it. */
public final class MissingPrivileges {

    private final BoundStore store;
    private final LiveSchema live;
    private final Places places;
    private final Set<String> schemas = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private MissingPrivileges(BoundStore store, LiveSchema live, Places places) {
        this.store = store;
        this.live = live;
        this.places = places;
    }

    /** A problem for each table with the statement that grants what is missing. */
    public static List<Problem> of(BoundStore store, Plan plan, LiveSchema live, Places places) {
        MissingPrivileges missing = new MissingPrivileges(store, live, places);
        NeededPrivileges.of(store, plan).forEach(missing::look);
        return missing.problems;
    }

    private void look(NeededGrant needed) {
        TableName relation = needed.relation();
        Grants grants = live.grants().get(relation);
        if (grants == null) {
            return;
        }
        String role = live.role();
        List<String> lacking = needed.missing(grants);
        if (!lacking.isEmpty()) {
            add(
                    needed,
                    "privilege-missing",
                    "the role `" + role + "` may not " + String.join(", ", lacking) + " on `" + relation + "`",
                    needed.statement(lacking, role));
        }
        if (!grants.schema() && schemas.add(relation.schema())) {
            add(
                    needed,
                    "privilege-missing",
                    "the role `" + role + "` may not use the schema `" + relation.schema() + "`",
                    "GRANT USAGE ON SCHEMA " + NeededGrant.quoted(relation.schema()) + " TO "
                            + NeededGrant.quoted(role));
        }
        if (grants.rowsHidden()) {
            add(
                    needed,
                    "rows-hidden",
                    "row-level security hides rows of `" + relation + "` from the role `" + role + "`",
                    "connect as the table's owner or as a role with BYPASSRLS: ALTER ROLE " + NeededGrant.quoted(role)
                            + " BYPASSRLS");
        }
    }

    private void add(NeededGrant needed, String code, String message, String attempt) {
        problems.add(Problem.error(
                code,
                places.at("tables", needed.table().toString()),
                "stores." + store.store().name() + "." + needed.table(),
                message,
                attempt));
    }
}
