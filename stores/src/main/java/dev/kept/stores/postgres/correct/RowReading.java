package dev.kept.stores.postgres.correct;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.rights.CorrectionPlan;
import dev.kept.core.rights.CorrectionPlan.PersonTable;
import dev.kept.core.rights.CorrectionPlan.Target;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Locks rows and then looks at them: what was read before a lock may have changed while it was waited for. */
final class RowReading {

    /** What stands before the columns asked for. */
    private static final int FIRST_COLUMN = 3;

    private static final int ANSWERS_A_TARGET = 6;

    private final StoreConnection connection;
    private final CorrectionSql sql;
    private final CorrectionPlan plan;

    RowReading(StoreConnection connection, CorrectionSql sql, CorrectionPlan plan) {
        this.connection = connection;
        this.sql = sql;
        this.plan = plan;
    }

    /** Rows in hand, at most one more than {@code most}. */
    List<Hand> lock(TableName table, Sql condition, List<Target> targets, int most) {
        return lock(table, condition, targets, most, target -> Sql.of("FALSE"));
    }

    /** The same; each target is asked one thing more. */
    List<Hand> lock(TableName table, Sql condition, List<Target> targets, int most, Function<Target, Sql> asked) {
        Answer locked = connection.run(sql.lock(table, condition, most + 1));
        List<RowPlace> places = locked.rows().stream()
                .map(row -> new RowPlace(table, text(row, 0), text(row, 1)))
                .toList();
        if (places.isEmpty()) {
            return List.of();
        }
        PersonTable person = plan.tables().get(table);
        if (person != null && !person.owners().isEmpty()) {
            connection.run(sql.lockOwners(person.owners(), places));
        }
        List<String> columns = needed(table);
        Condition held = person == null ? Condition.FALSE : person.held();
        Row row = Row.outer(table);
        Sql again = Sql.of("(", CorrectionSql.at(places, row), ") AND (", condition, ")");
        Answer decided = connection.run(sql.look(table, held, columns, targets, asked, again));
        return decided.rows().stream()
                .map(values -> hand(table, columns, targets, values))
                .toList();
    }

    private static Hand hand(
            TableName table, List<String> columns, List<Target> targets, List<@Nullable String> values) {
        Map<String, Optional<String>> known = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            known.put(columns.get(i), Optional.ofNullable(values.get(FIRST_COLUMN + i)));
        }
        Map<Target, Hand.Cell> cells = new LinkedHashMap<>();
        int position = FIRST_COLUMN + columns.size();
        for (Target target : targets) {
            cells.put(
                    target,
                    new Hand.Cell(
                            yes(values, position),
                            yes(values, position + 1),
                            Optional.ofNullable(values.get(position + 2)),
                            Optional.ofNullable(values.get(position + 3)),
                            Optional.ofNullable(values.get(position + 4)),
                            yes(values, position + 5)));
            position += ANSWERS_A_TARGET;
        }
        return new Hand(new RowPlace(table, text(values, 0), text(values, 1)), yes(values, 2), cells, known);
    }

    /** The columns that keys, constraints and links of a table read. */
    private List<String> needed(TableName name) {
        CatalogueTable table = sql.tables().table(name);
        Set<String> needed = new LinkedHashSet<>(table.primaryKey());
        table.uniqueKeys().stream().map(UniqueKey::columns).forEach(needed::addAll);
        table.checks().stream().map(Check::columns).forEach(needed::addAll);
        for (Link link : plan.links()) {
            if (link.to().equals(name)) {
                needed.addAll(link.targetColumns());
            }
        }
        plan.persons().stream()
                .filter(person -> person.table().equals(name))
                .forEach(person -> needed.addAll(person.columns()));
        List<String> plain = new ArrayList<>(needed);
        plain.removeIf(column -> !table.columns().containsKey(column));
        return plain;
    }

    private static String text(List<@Nullable String> row, int position) {
        String value = row.get(position);
        if (value == null) {
            throw new IllegalStateException("the store answered NULL where a value was asked for");
        }
        return value;
    }

    private static boolean yes(List<@Nullable String> row, int position) {
        String value = text(row, position);
        return value.equals("t") || value.equals("true");
    }
}
