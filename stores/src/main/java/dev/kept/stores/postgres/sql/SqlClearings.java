package dev.kept.stores.postgres.sql;

import dev.kept.core.lifecycle.Replacement;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Rekey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What takes the place of forgotten values, as the parts of an UPDATE: all conditions are decided on the row as it was. */
public final class SqlClearings {

    private final SqlConditions conditions;
    private final SqlTables tables;

    public SqlClearings(SqlConditions conditions) {
        this.conditions = conditions;
        this.tables = conditions.tables();
    }

    /** Something is to be cleared and is not yet: TRUE, or else FALSE or NULL. */
    public Sql outstanding(List<Clearing> clearings, Row row) {
        return Sql.or(clearings.stream()
                .map(clearing ->
                        Sql.and(List.of(conditions.holds(clearing.when(), row), differs(clearing.columns(), row))))
                .toList());
    }

    /** One of the values is not yet what takes its place: never unknown. */
    public Sql differs(List<Assignment> assignments, Row row) {
        return Sql.or(
                assignments.stream().map(assignment -> differs(assignment, row)).toList());
    }

    private Sql differs(Assignment assignment, Row row) {
        String column = row.column(assignment.column());
        boolean equality = tables.hasEquality(row.table(), assignment.column());
        return switch (assignment.replacement()) {
            case Replacement.Null nothing -> Sql.of(column, " IS NOT NULL");
            case Replacement.Constant constant -> {
                Sql value = constant(constant, assignment, row);
                yield equality
                        ? Sql.of(column, " IS DISTINCT FROM ", value)
                        : Sql.of(column, "::text IS DISTINCT FROM (", value, ")::text");
            }
            case Replacement.FromKey fromKey -> Sql.of(column, "::text IS DISTINCT FROM (", fromKey(fromKey, row), ")");
            case Replacement.RemovePath remove -> Sql.of(column, " #> ", path(assignment), " IS NOT NULL");
        };
    }

    /** A key column still has a value of its own: never unknown. */
    public Sql rekeyDue(Rekey rekey, Row row) {
        return Sql.or(rekey.columns().stream()
                .map(column -> Sql.of(
                        "NOT starts_with(" + row.column(column) + "::text, ",
                        Sql.literal(rekey.shape(column).prefix()),
                        ")"))
                .toList());
    }

    /** The SET list of an UPDATE. */
    public Sql set(List<Clearing> clearings, Row row) {
        Map<String, Sql> values = new LinkedHashMap<>();
        for (Clearing clearing : clearings) {
            Sql when = clearings.size() == 1 ? Sql.EMPTY : conditions.holds(clearing.when(), row);
            for (Assignment assignment : clearing.columns()) {
                Sql before = values.getOrDefault(assignment.column(), Sql.of(row.column(assignment.column())));
                if (assignment.replacement() instanceof Replacement.RemovePath
                        && !when.isEmpty()
                        && !tables.isJson(row.table(), assignment.column())) {
                    // A document is named once, however many of its paths go: an empty path removes nothing.
                    values.put(
                            assignment.column(),
                            Sql.of(
                                    "(",
                                    before,
                                    " #- CASE WHEN ",
                                    when,
                                    " THEN ",
                                    path(assignment),
                                    " ELSE '{}'::text[] END)"));
                    continue;
                }
                Sql after = replaced(assignment, before, row);
                values.put(
                        assignment.column(),
                        when.isEmpty() ? after : Sql.of("CASE WHEN ", when, " THEN ", after, " ELSE ", before, " END"));
            }
        }
        List<Sql> assignments = new ArrayList<>();
        values.forEach((column, value) -> assignments.add(Sql.of(Sql.quoted(column), " = ", value)));
        return Sql.join(", ", assignments);
    }

    private Sql replaced(Assignment assignment, Sql before, Row row) {
        return switch (assignment.replacement()) {
            case Replacement.Null nothing -> Sql.of("NULL");
            case Replacement.Constant constant -> constant(constant, assignment, row);
            case Replacement.FromKey fromKey -> {
                Sql value = fromKey(fromKey, row);
                String type = tables.castType(row.table(), assignment.column());
                yield tables.isText(row.table(), assignment.column()) ? value : Sql.of("(", value, ")::", type);
            }
            case Replacement.RemovePath remove -> withoutPath(assignment, before, row);
        };
    }

    private Sql constant(Replacement.Constant constant, Assignment assignment, Row row) {
        String type = tables.castType(row.table(), assignment.column());
        return Sql.of(Parameter.value(constant.value()), "::", type);
    }

    private Sql fromKey(Replacement.FromKey fromKey, Row row) {
        String key = tables.keyText(row)
                .orElseThrow(() -> new IllegalStateException(
                        "`" + row.table() + "` has no primary key to make unique values from"));
        return Sql.of(
                Parameter.value(fromKey.prefix()),
                "::text || ",
                key,
                " || ",
                Parameter.value(fromKey.suffix()),
                "::text");
    }

    private Sql withoutPath(Assignment assignment, Sql before, Row row) {
        Sql path = path(assignment);
        return tables.isJson(row.table(), assignment.column())
                ? Sql.of(
                        "CASE WHEN (",
                        before,
                        ") #> ",
                        path,
                        " IS NOT NULL THEN ((",
                        before,
                        ")::jsonb #- ",
                        path,
                        ")::json ELSE ",
                        before,
                        " END")
                : Sql.of(
                        "CASE WHEN (",
                        before,
                        ") #> ",
                        path,
                        " IS NOT NULL THEN (",
                        before,
                        ") #- ",
                        path,
                        " ELSE ",
                        before,
                        " END");
    }

    private static Sql path(Assignment assignment) {
        return Sql.of(Sql.literal(Parameter.array(assignment.path())), "::text[]");
    }
}
