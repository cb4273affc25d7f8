package dev.kept.stores.postgres.sql;

import dev.kept.core.constraint.NewKey;
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
                .map(column -> notReplaced(row.column(column) + "::text", rekey.shape(column)))
                .toList());
    }

    /** As {@link NewKey#replaced}: an address that only begins like a replaced key is somebody's. */
    private static Sql notReplaced(String text, NewKey shape) {
        int length = shape.prefix().length() + shape.digits() + shape.suffix().length();
        Sql begins = Sql.of("starts_with(" + text + ", ", Sql.literal(shape.prefix()), ")");
        Sql ends = Sql.of("right(" + text + ", " + shape.suffix().length() + ") = ", Sql.literal(shape.suffix()));
        return Sql.of("NOT (", begins, " AND length(" + text + ") = " + length + " AND ", ends, ")");
    }

    /** The SET list of an UPDATE: each condition is asked once a row. */
    public Sql set(List<Clearing> clearings, Row row) {
        Map<String, List<Due>> columns = new LinkedHashMap<>();
        for (int i = 0; i < clearings.size(); i++) {
            for (Assignment assignment : clearings.get(i).columns()) {
                columns.computeIfAbsent(assignment.column(), column -> new ArrayList<>())
                        .add(new Due(i, assignment));
            }
        }
        boolean simple = clearings.size() == 1 && columns.values().stream().allMatch(due -> due.size() == 1);
        return simple ? simple(columns, row) : conditional(clearings, columns, row);
    }

    /** An assignment and the number of the clearing whose condition decides it. */
    private record Due(int clearing, Assignment assignment) {}

    private Sql simple(Map<String, List<Due>> columns, Row row) {
        List<Sql> assignments = new ArrayList<>();
        columns.forEach((column, due) -> assignments.add(
                Sql.of(Sql.quoted(column), " = ", replaced(due.getFirst().assignment(), row.column(column), row))));
        return Sql.join(", ", assignments);
    }

    /**
     * {@code (a, b) = (SELECT … FROM (SELECT whether …) d, LATERAL …)}: {@code OFFSET 0} keeps each step from being copied into the next.
     */
    private Sql conditional(List<Clearing> clearings, Map<String, List<Due>> columns, Row row) {
        List<Sql> from = new ArrayList<>();
        List<Sql> flags = new ArrayList<>();
        for (int i = 0; i < clearings.size(); i++) {
            flags.add(Sql.of("(", conditions.holds(clearings.get(i).when(), row), ") IS TRUE AS w" + i));
        }
        from.add(Sql.of("(SELECT ", Sql.join(", ", flags), " OFFSET 0) AS d"));
        List<String> names = new ArrayList<>();
        List<String> results = new ArrayList<>();
        columns.forEach((column, steps) -> {
            String value = row.column(column);
            for (Due due : steps) {
                String step = "s" + from.size();
                from.add(Sql.of(
                        "LATERAL (SELECT CASE WHEN d.w" + due.clearing() + " THEN ",
                        replaced(due.assignment(), value, row),
                        " ELSE " + value + " END AS v OFFSET 0) AS " + step));
                value = step + ".v";
            }
            names.add(Sql.quoted(column));
            results.add(value);
        });
        return Sql.of(
                "(" + String.join(", ", names) + ") = (SELECT " + String.join(", ", results) + " FROM ",
                Sql.join(", ", from),
                ")");
    }

    private Sql replaced(Assignment assignment, String before, Row row) {
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

    private Sql withoutPath(Assignment assignment, String before, Row row) {
        Sql path = path(assignment);
        String document = tables.isJson(row.table(), assignment.column()) ? before + "::jsonb" : before;
        String type = tables.isJson(row.table(), assignment.column()) ? "::json" : "";
        return Sql.of(
                "CASE WHEN " + before + " #> ",
                path,
                " IS NOT NULL THEN (" + document + " #- ",
                path,
                ")" + type + " ELSE " + before + " END");
    }

    private static Sql path(Assignment assignment) {
        return Sql.of(Sql.literal(Parameter.array(assignment.path())), "::text[]");
    }
}
