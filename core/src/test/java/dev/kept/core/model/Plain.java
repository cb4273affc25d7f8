package dev.kept.core.model;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.TableName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Puts plain values where a model says only that something was forgotten, so that its outcome can be swept again. */
public final class Plain {

    private static final AtomicLong KEYS = new AtomicLong();

    private final Map<Integer, String> fresh = new HashMap<>();

    private Plain() {}

    public static Database of(Database after, Catalogue catalogue) {
        return new Plain().plain(after, catalogue);
    }

    private Database plain(Database after, Catalogue catalogue) {
        Map<TableName, List<Map<String, @Nullable Object>>> tables = new LinkedHashMap<>();
        for (TableName table : after.tables().keySet()) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            Map<String, CatalogueColumn> columns =
                    Objects.requireNonNull(catalogue.tables().get(table)).columns();
            for (Map<String, @Nullable Object> row : after.rows(table)) {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                for (String column : row.keySet()) {
                    plain.put(column, plain(row.get(column), Objects.requireNonNull(columns.get(column)), rows.size()));
                }
                rows.add(plain);
            }
            tables.put(table, rows);
        }
        return new Database(tables);
    }

    private @Nullable Object plain(@Nullable Object value, CatalogueColumn column, int position) {
        return switch (value) {
            case Forgotten.FreshKey key ->
                fresh.computeIfAbsent(key.number(), number -> Forgetting.REPLACED + KEYS.incrementAndGet());
            case Forgotten.Cleared cleared
            when cleared.constant().isPresent() -> cleared.constant().get();
            case Forgotten.Cleared cleared when cleared.nullAllowed() -> null;
            case Forgotten.Cleared cleared -> something(column, position);
            case null, default -> value;
        };
    }

    private static Object something(CatalogueColumn column, int position) {
        return switch (column.baseType()) {
            case "bigint", "integer", "smallint" -> -1L - position;
            case "numeric" -> BigDecimal.ZERO;
            case "boolean" -> false;
            case "uuid" -> new UUID(0, position);
            case "date" -> LocalDate.EPOCH;
            case "timestamp with time zone" -> Instant.EPOCH;
            case "timestamp without time zone" -> LocalDate.EPOCH.atStartOfDay();
            case "jsonb", "json" -> Map.of();
            default -> Forgetting.REPLACED + position;
        };
    }
}
