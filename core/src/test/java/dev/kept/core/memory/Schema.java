package dev.kept.core.memory;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes small catalogues for tests: {@code table("orders", "id bigint key", "customer_id bigint -> customers.id", "note text !")}. */
final class Schema {
    private final Map<TableName, CatalogueTable> tables = new LinkedHashMap<>();

    /** Each column is {@code name type}, then {@code key}, {@code unique}, {@code !} for NOT NULL, {@code -> table.column}. */
    Schema table(String name, String... columns) {
        TableName table = TableName.parse(name);
        Map<String, CatalogueColumn> all = new LinkedHashMap<>();
        List<String> key = new ArrayList<>();
        List<UniqueKey> unique = new ArrayList<>();
        List<ForeignKey> foreign = new ArrayList<>();
        for (String written : columns) {
            List<String> words = new ArrayList<>(Arrays.asList(written.split(" ", -1)));
            String column = words.removeFirst();
            int arrow = words.indexOf("->");
            if (arrow >= 0) {
                String[] target = words.get(arrow + 1).split("\\.", -1);
                foreign.add(new ForeignKey(
                        name + "_" + column + "_fkey",
                        table,
                        List.of(column),
                        TableName.parse(target[0]),
                        List.of(target[1]),
                        Action.CASCADE,
                        Action.NO_ACTION,
                        false));
                words.subList(arrow, arrow + 2).clear();
            }
            boolean isKey = words.remove("key");
            boolean notNull = words.remove("!") || isKey;
            if (isKey) {
                key.add(column);
            }
            if (words.remove("unique")) {
                unique.add(
                        new UniqueKey(name + "_" + column + "_key", List.of(column), false, false, Optional.empty()));
            }
            String type = String.join(" ", words);
            all.put(column, new CatalogueColumn(column, type, type, notNull, false, false, List.of(), List.of()));
        }
        tables.put(
                table,
                new CatalogueTable(
                        table,
                        all,
                        key,
                        unique,
                        foreign,
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        false,
                        -1,
                        -1));
        return this;
    }

    Catalogue catalogue() {
        return new Catalogue("PostgreSQL 18.0", tables);
    }

    MemoryStore store() {
        return new MemoryStore(catalogue());
    }

    static TableName name(String table) {
        return TableName.parse(table);
    }

    /** {@code link("orders.customer_id", "customers.id")}. */
    static Link link(String from, String to) {
        return link(from, to, Match.EXACT);
    }

    static Link link(String from, String to, Match match) {
        String[] here = from.split("\\.", -1);
        String[] there = to.split("\\.", -1);
        return new Link(
                name(here[0]),
                List.of(here[1]),
                name(there[0]),
                List.of(there[1]),
                match,
                match == Match.EXACT,
                List.of(here[1]),
                match == Match.EXACT);
    }
}
