package dev.kept.stores.postgres.correct;

import dev.kept.core.constraint.Acceptance;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.TableName;
import dev.kept.core.rights.CorrectionPlan;
import dev.kept.core.rights.CorrectionPlan.FinderColumn;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.stores.postgres.correct.RowChanges.RowChange;
import dev.kept.stores.postgres.session.StoreConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands against the rows as they would be: constraints, unique keys, and somebody else who is found by the new value. */
final class Objections {

    private final StoreConnection connection;
    private final CorrectionSql sql;
    private final CorrectionPlan plan;
    private final List<Problem> problems;
    private final Map<TableName, Acceptance> acceptances = new HashMap<>();

    Objections(StoreConnection connection, CorrectionSql sql, CorrectionPlan plan, List<Problem> problems) {
        this.connection = connection;
        this.sql = sql;
        this.plan = plan;
        this.problems = problems;
    }

    /** @param places where in the request the change of a row stands */
    void against(RowChanges changes, Map<RowPlace, Place> places) {
        for (RowChange change : changes.rows()) {
            Place place = places.getOrDefault(change.hand().place(), Place.of(""));
            List<String> columns = change.assigned().values().stream()
                    .filter(assigned -> assigned.path().isEmpty())
                    .map(Assigned::column)
                    .toList();
            Map<String, Optional<String>> after = RowChanges.after(change);
            TableName table = change.hand().place().table();
            boolean fits = constraints(table, columns, after, place);
            if (fits) {
                unique(change, columns, after, place);
                columns.forEach(column -> finders(table, column, after.getOrDefault(column, Optional.empty()), place));
            }
        }
    }

    private boolean constraints(
            TableName table, List<String> columns, Map<String, Optional<String>> after, Place place) {
        List<Acceptance.Refusal> refusals = acceptances
                .computeIfAbsent(table, name -> new Acceptance(sql.tables().table(name)))
                .refusals(columns, after);
        refusals.forEach(refusal -> problems.add(Problem.error(
                "misfit",
                place,
                table + "." + refusal.column(),
                "the new value of `" + refusal.column() + "` does not satisfy `" + refusal.constraint() + "` of `"
                        + table + "`",
                "give a value that satisfies it")));
        return refusals.isEmpty();
    }

    private void unique(RowChange change, List<String> columns, Map<String, Optional<String>> after, Place place) {
        CatalogueTable table = sql.tables().table(change.hand().place().table());
        List<UniqueKey> keys = new ArrayList<>(table.uniqueKeys());
        keys.add(new UniqueKey("primary key", table.primaryKey(), false, false, Optional.empty()));
        for (UniqueKey key : keys) {
            boolean concerned = !key.expression()
                    && key.partial().isEmpty()
                    && key.columns().stream().anyMatch(columns::contains);
            if (concerned && duplicate(change, key, after)) {
                problems.add(Problem.error(
                        "taken",
                        place,
                        table.name() + "." + String.join(", ", key.columns()),
                        "another row of `" + table.name() + "` has this already: `" + key.name() + "` allows it once",
                        "give another value"));
            }
        }
    }

    private boolean duplicate(RowChange change, UniqueKey key, Map<String, Optional<String>> after) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        key.columns().forEach(column -> values.put(column, after.getOrDefault(column, Optional.empty())));
        boolean distinct = !key.nullsNotDistinct() && values.containsValue(Optional.<String>empty());
        return !distinct
                && connection.run(sql.duplicate(change.hand().place(), values)).yes(0);
    }

    /** Nobody else may be found by the new value, in any kind of person that is found by that name. */
    private void finders(TableName table, String column, Optional<String> value, Place place) {
        List<String> names = plan.finders().stream()
                .filter(finder ->
                        finder.table().equals(table) && finder.column().equals(column))
                .map(FinderColumn::name)
                .toList();
        if (value.isEmpty()) {
            return;
        }
        for (FinderColumn finder : plan.finders()) {
            if (names.contains(finder.name())
                    && connection.run(sql.taken(finder, value.get())).yes(0)) {
                problems.add(Problem.error(
                        "taken",
                        place,
                        table + "." + column,
                        "somebody else is found by this `" + finder.name() + "` already",
                        "see that it is the person's own; each value finds one person"));
            }
        }
    }
}
