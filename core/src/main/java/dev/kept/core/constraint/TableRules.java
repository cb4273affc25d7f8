package dev.kept.core.constraint;

import dev.kept.core.constraint.Fit.To;
import dev.kept.core.constraint.Fit.ToKey;
import dev.kept.core.constraint.Fit.ToNull;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The constraints of a table as rules about what its columns become. */
final class TableRules {
    static final String NOT_NULL = "NOT NULL";

    private final CatalogueTable table;
    private final Map<String, String> met;
    private final TypedValues types;
    private @Nullable List<String> samples;
    private final Map<String, Optional<Expression>> parsed = new HashMap<>();

    /**
     * A constraint.
     *
     * @param columns the columns it concerns
     * @param holds known to hold for these columns' fits, whatever the other columns are
     */
    record Rule(String name, Set<String> columns, Predicate<Map<String, Fit>> holds) {}

    /** @param met columns that other tables' rows meet by value, with what says so */
    TableRules(CatalogueTable table, Map<String, String> met) {
        this.table = table;
        this.met = Map.copyOf(met);
        this.types = new TypedValues(table.columns().values().stream()
                .filter(column -> !column.enumValues().isEmpty())
                .flatMap(column -> List.of(column.type(), column.baseType()).stream())
                .collect(Collectors.toSet()));
    }

    boolean keyKnown() {
        return !samples().isEmpty();
    }

    /** Whether PostgreSQL would take the value for the column's type at all. */
    boolean readable(CatalogueColumn column, Fit fit) {
        if (fit instanceof To(String text)
                && !column.enumValues().isEmpty()
                && !column.enumValues().contains(text)) {
            return false;
        }
        try {
            samplesOf(List.of(fit)).forEach(sample -> value(column, fit, sample));
            return true;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    List<Rule> rules(Collection<String> columns) {
        List<Rule> rules = new ArrayList<>();
        for (String name : columns) {
            CatalogueColumn column = table.column(name);
            if (column.notNull() || table.primaryKey().contains(name)) {
                rules.add(new Rule(NOT_NULL, Set.of(name), fits -> !(fits.get(name) instanceof ToNull)));
            }
            column.domainChecks().forEach(check -> rules.add(domain(column, check)));
            // A value that several rows share would make a stranger's row, met by it, everybody's.
            Optional.ofNullable(met.get(name))
                    .ifPresent(by -> rules.add(new Rule(
                            by,
                            Set.of(name),
                            fits -> fits.get(name) instanceof ToNull || fits.get(name) instanceof ToKey)));
        }
        for (Check check : table.checks()) {
            if (Collections.disjoint(check.columns(), columns)) {
                continue;
            }
            parsed(check.expression())
                    .ifPresentOrElse(
                            expression -> rules.add(new Rule(
                                    check.name(), Set.copyOf(check.columns()), fits -> passes(expression, fits))),
                            () -> rules.add(new Rule(check.name(), Set.copyOf(check.columns()), fits -> false)));
        }
        for (UniqueKey key : table.uniqueKeys()) {
            rules.add(new Rule(key.name(), columnsOf(key), fits -> unique(key, fits)));
        }
        for (ForeignKey key : table.foreignKeys()) {
            rules.add(new Rule(
                    key.name(),
                    Set.copyOf(key.columns()),
                    fits -> key.columns().stream().anyMatch(column -> fits.get(column) instanceof ToNull)));
        }
        return rules;
    }

    private Optional<Expression> parsed(String text) {
        return parsed.computeIfAbsent(text, unparsed -> {
            try {
                return Optional.of(ExpressionParser.parse(unparsed));
            } catch (NotUnderstood e) {
                return Optional.empty();
            }
        });
    }

    private Rule domain(CatalogueColumn column, Check check) {
        Optional<Expression> expression = parsed(check.expression());
        return new Rule(check.name(), Set.of(column.name()), fits -> {
            Fit fit = fits.get(column.name());
            return fit != null
                    && expression.isPresent()
                    && samplesOf(List.of(fit)).stream().allMatch(sample -> {
                        Value value = value(column, fit, sample);
                        return passes(expression.get(), name -> value);
                    });
        });
    }

    private boolean passes(Expression expression, Map<String, Fit> fits) {
        return samplesOf(fits.values()).stream().allMatch(sample -> passes(expression, columns(fits, sample)));
    }

    private boolean passes(Expression expression, java.util.function.Function<String, Value> columns) {
        return !new Evaluation(columns, types).of(expression).truths().contains(Ternary.FALSE);
    }

    private java.util.function.Function<String, Value> columns(Map<String, Fit> fits, String sample) {
        return name -> {
            CatalogueColumn column = table.columns().get(name);
            if (column == null) {
                return Value.UNCLEAR;
            }
            Fit fit = fits.get(name);
            return fit == null ? any(column) : value(column, fit, sample);
        };
    }

    private Value any(CatalogueColumn column) {
        return new Value.Any(!column.notNull() && !table.primaryKey().contains(column.name()));
    }

    private Value value(CatalogueColumn column, Fit fit, String sample) {
        return switch (fit) {
            case ToNull() -> Value.NULL;
            case To(String value) -> types.read(column.baseType(), value);
            case ToKey(String prefix, String suffix) -> types.read(column.baseType(), prefix + sample + suffix);
        };
    }

    private List<String> samples() {
        List<String> made = samples;
        if (made == null) {
            made = KeySamples.of(table);
            samples = made;
        }
        return made;
    }

    private List<String> samplesOf(Collection<Fit> fits) {
        return fits.stream().anyMatch(ToKey.class::isInstance) ? samples() : List.of("");
    }

    // ------------------------------------------------------------------------------------------------ unique keys

    private Set<String> columnsOf(UniqueKey key) {
        Set<String> columns = new HashSet<>();
        for (String part : key.columns()) {
            if (table.columns().containsKey(part)) {
                columns.add(part);
            } else {
                parsed(part)
                        .ifPresentOrElse(
                                expression -> columns.addAll(expression.columns()),
                                () -> table.columns().keySet().stream()
                                        .filter(part::contains)
                                        .forEach(columns::add));
            }
        }
        key.partial().flatMap(this::parsed).ifPresent(predicate -> columns.addAll(predicate.columns()));
        return columns;
    }

    /** One part is NULL or different for every row; or what tells rows apart is not forgotten; or the index leaves such rows out. */
    private boolean unique(UniqueKey key, Map<String, Fit> fits) {
        List<String> untouched =
                key.columns().stream().filter(part -> !fits.containsKey(part)).toList();
        boolean whole = !table.primaryKey().isEmpty() && untouched.containsAll(table.primaryKey());
        boolean unchanged = key.columns().stream()
                .allMatch(part -> table.columns().containsKey(part) ? !fits.containsKey(part) : !touched(part, fits));
        return whole
                || (unchanged && key.partial().isEmpty())
                || leftOut(key, fits)
                || key.columns().stream().anyMatch(part -> different(key, part, fits));
    }

    private boolean touched(String part, Map<String, Fit> fits) {
        return parsed(part)
                .map(expression -> expression.columns().stream().anyMatch(fits::containsKey))
                .orElse(true);
    }

    private boolean leftOut(UniqueKey key, Map<String, Fit> fits) {
        return key.partial().flatMap(this::parsed).stream()
                .anyMatch(predicate -> samplesOf(fits.values()).stream()
                        .noneMatch(sample -> new Evaluation(columns(fits, sample), types)
                                .of(predicate)
                                .truths()
                                .contains(Ternary.TRUE)));
    }

    private boolean different(UniqueKey key, String part, Map<String, Fit> fits) {
        Optional<Expression> expression =
                table.columns().containsKey(part) ? Optional.of(new Expression.Column(part)) : parsed(part);
        if (expression.isEmpty()) {
            return false;
        }
        List<Value> values = samplesOf(fits.values()).stream()
                .map(sample -> new Evaluation(columns(fits, sample), types).of(expression.get()))
                .toList();
        if (values.stream().allMatch(Value.NULL::equals)) {
            return !key.nullsNotDistinct();
        }
        return values.size() > 1
                && values.stream().allMatch(value -> value instanceof Value.Known(Object known) && known != null)
                && values.stream().distinct().count() == values.size();
    }
}
