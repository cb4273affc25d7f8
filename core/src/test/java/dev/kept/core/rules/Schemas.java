package dev.kept.core.rules;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Short schemas for tests: {@code orders: {id: bigint key, customer_id: bigint -> customers, placed: timestamptz not null}}.
 *
 * <p>A column is its type, then {@code key}, {@code not null}, {@code unique}, {@code -> table(column)} with {@code cascade} or {@code set
 * null} as wanted. What concerns several columns stands under {@code $key}, {@code $unique}, {@code $foreign-keys}, {@code $checks}.
 */
public final class Schemas {

    private static final Map<String, String> TYPES = Map.of(
            "timestamptz", "timestamp with time zone", "timestamp", "timestamp without time zone", "int", "integer");

    private static final Pattern REFERENCE =
            Pattern.compile("-> (\\S+?)(?:\\((\\w+)\\))?( cascade| set null| restrict)?$");

    private final Map<TableName, List<String>> keys = new LinkedHashMap<>();

    private Schemas() {}

    public static Catalogue read(Map<?, ?> tables) {
        Schemas schemas = new Schemas();
        tables.forEach((name, columns) -> schemas.keys.put(table(name), keyOf((Map<?, ?>) columns)));
        Map<TableName, CatalogueTable> read = new LinkedHashMap<>();
        tables.forEach((name, columns) -> read.put(table(name), schemas.table(table(name), (Map<?, ?>) columns)));
        return new Catalogue("PostgreSQL 18.0", read);
    }

    private static TableName table(Object name) {
        return TableName.parse(name.toString());
    }

    private static List<String> keyOf(Map<?, ?> columns) {
        if (columns.get("$key") instanceof List<?> key) {
            return words(key);
        }
        List<String> key = new ArrayList<>();
        columns.forEach((column, spec) -> {
            if (spec instanceof String text && (" " + text + " ").contains(" key ")) {
                key.add(column.toString());
            }
        });
        return key;
    }

    private static List<String> words(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    private CatalogueTable table(TableName name, Map<?, ?> specs) {
        List<String> key = Objects.requireNonNull(keys.get(name));
        Map<String, CatalogueColumn> columns = new LinkedHashMap<>();
        List<UniqueKey> unique = new ArrayList<>();
        List<ForeignKey> foreignKeys = new ArrayList<>();
        specs.forEach((column, spec) -> {
            if (spec instanceof String text) {
                column(name, column.toString(), text, key, columns, unique, foreignKeys);
            }
        });
        if (specs.get("$unique") instanceof List<?> several) {
            several.forEach(one -> unique.add(unique(name, words(one))));
        }
        if (specs.get("$foreign-keys") instanceof List<?> several) {
            several.forEach(one -> foreignKeys.add(foreignKey(name, (Map<?, ?>) one)));
        }
        return new CatalogueTable(
                name,
                columns,
                key,
                unique,
                foreignKeys,
                checks(name, specs.get("$checks")),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                -1,
                -1);
    }

    private static List<Check> checks(TableName name, @org.jspecify.annotations.Nullable Object specs) {
        List<Check> checks = new ArrayList<>();
        if (specs instanceof List<?> several) {
            for (Object one : several) {
                Map<?, ?> check = (Map<?, ?>) one;
                checks.add(new Check(
                        name.name() + "_check" + checks.size(),
                        words(Objects.requireNonNull(check.get("columns"))),
                        Objects.requireNonNull(check.get("is")).toString()));
            }
        }
        return checks;
    }

    private static UniqueKey unique(TableName name, List<String> columns) {
        return new UniqueKey(
                name.name() + "_" + String.join("_", columns) + "_key", columns, false, false, Optional.empty());
    }

    private void column(
            TableName table,
            String column,
            String spec,
            List<String> key,
            Map<String, CatalogueColumn> columns,
            List<UniqueKey> unique,
            List<ForeignKey> foreignKeys) {
        Matcher reference = REFERENCE.matcher(spec);
        if (reference.find()) {
            TableName to = TableName.parse(reference.group(1));
            List<String> targets = reference.group(2) == null
                    ? Objects.requireNonNull(keys.get(to), () -> "no table " + to)
                    : List.of(reference.group(2));
            foreignKeys.add(foreignKey(table, List.of(column), to, targets, action(reference.group(3))));
        }
        String type = spec.split(" ", 2)[0];
        String named = TYPES.getOrDefault(type, type);
        boolean notNull = spec.contains("not null") || key.contains(column);
        columns.put(column, new CatalogueColumn(column, named, named, notNull, false, false, List.of(), List.of()));
        if (spec.contains(" unique")) {
            unique.add(unique(table, List.of(column)));
        }
    }

    private ForeignKey foreignKey(TableName table, Map<?, ?> spec) {
        TableName to = table(Objects.requireNonNull(spec.get("to")));
        Object targets = spec.get("targets");
        return foreignKey(
                table,
                words(Objects.requireNonNull(spec.get("columns"))),
                to,
                targets == null ? Objects.requireNonNull(keys.get(to)) : words(targets),
                action(spec.get("on-delete") == null ? null : " " + spec.get("on-delete")));
    }

    private static ForeignKey foreignKey(
            TableName from, List<String> columns, TableName to, List<String> targets, Action onDelete) {
        return new ForeignKey(
                from.name() + "_" + String.join("_", columns) + "_fkey",
                from,
                columns,
                to,
                targets,
                onDelete,
                Action.NO_ACTION,
                false);
    }

    private static Action action(@org.jspecify.annotations.Nullable String words) {
        return words == null
                ? Action.NO_ACTION
                : Action.valueOf(words.strip().toUpperCase(Locale.ROOT).replace(' ', '_'));
    }
}
