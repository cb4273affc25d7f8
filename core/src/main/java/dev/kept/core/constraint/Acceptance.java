package dev.kept.core.constraint;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says which constraints of a table are <em>known</em> to refuse a row: types, NOT NULL, domains, CHECK. What it does not refuse the database
 * may still refuse; it has the last word.
 */
public final class Acceptance {

    private final CatalogueTable table;
    private final TypedValues types;

    public Acceptance(CatalogueTable table) {
        this.table = table;
        this.types = new TypedValues(table.columns().values().stream()
                .filter(column -> !column.enumValues().isEmpty())
                .flatMap(column -> List.of(column.type(), column.baseType()).stream())
                .collect(Collectors.toSet()));
    }

    /** A constraint that refuses: its name, {@code NOT NULL}, or {@code type …}. */
    public record Refusal(String column, String constraint) {}

    /**
     * What refuses the row.
     *
     * @param changed the columns that were changed: constraints on others alone are not asked
     * @param row what is known of the row as it would be, as PostgreSQL reads it; empty for NULL; columns left out are unknown
     */
    public List<Refusal> refusals(Collection<String> changed, Map<String, Optional<String>> row) {
        List<Refusal> refusals = new ArrayList<>();
        for (String name : changed) {
            column(table.column(name), row).ifPresent(refusals::add);
        }
        if (!refusals.isEmpty()) {
            return refusals;
        }
        for (Check check : table.checks()) {
            if (!Collections.disjoint(check.columns(), changed)
                    && fails(check.expression(), name -> value(name, row))) {
                refusals.add(new Refusal(first(check, changed), check.name()));
            }
        }
        return refusals;
    }

    private static String first(Check check, Collection<String> changed) {
        return changed.stream().filter(check.columns()::contains).findFirst().orElse("");
    }

    private Optional<Refusal> column(CatalogueColumn column, Map<String, Optional<String>> row) {
        Optional<String> value = row.getOrDefault(column.name(), Optional.empty());
        if (value.isEmpty()) {
            boolean needed = column.notNull() || table.primaryKey().contains(column.name());
            return needed ? Optional.of(new Refusal(column.name(), TableRules.NOT_NULL)) : Optional.empty();
        }
        if (!writable(value.get()) || !readable(column, value.get())) {
            return Optional.of(new Refusal(column.name(), "type " + column.type()));
        }
        Value known = value(column.name(), row);
        return column.domainChecks().stream()
                .filter(check -> fails(check.expression(), name -> known))
                .map(check -> new Refusal(column.name(), check.name()))
                .findFirst();
    }

    /** PostgreSQL keeps no NUL, and halves of surrogate pairs are no characters. */
    public static boolean writable(String text) {
        return text.indexOf('\0') < 0
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private boolean readable(CatalogueColumn column, String text) {
        if (!column.enumValues().isEmpty()) {
            return column.enumValues().contains(text);
        }
        if (column.baseType().endsWith("[]")) {
            return true;
        }
        try {
            types.read(column.baseType(), text);
            return true;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private boolean fails(String expression, Function<String, Value> columns) {
        try {
            Set<Ternary> truths = new Evaluation(columns, types)
                    .of(ExpressionParser.parse(expression))
                    .truths();
            return truths.equals(EnumSet.of(Ternary.FALSE));
        } catch (NotUnderstood e) {
            return false;
        }
    }

    private Value value(String name, Map<String, Optional<String>> row) {
        CatalogueColumn column = table.columns().get(name);
        if (column == null) {
            return Value.UNCLEAR;
        }
        if (!row.containsKey(name)) {
            return TypedValues.any(column.notNull() || table.primaryKey().contains(name));
        }
        Optional<String> known = row.getOrDefault(name, Optional.empty());
        if (known.isEmpty()) {
            return Value.NULL;
        }
        try {
            return types.read(column.baseType(), known.get());
        } catch (IllegalArgumentException unreadable) {
            return Value.UNCLEAR;
        }
    }

    /** Whether the text is a number as JSON writes it. */
    public static boolean isNumber(String text) {
        try {
            return ValueType.of("numeric").read(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
