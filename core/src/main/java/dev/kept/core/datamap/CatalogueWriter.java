package dev.kept.core.datamap;

import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.Index;
import dev.kept.core.datamap.Catalogue.Partitioning;
import dev.kept.core.datamap.Catalogue.Trigger;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.source.YamlWriter;
import dev.kept.core.source.YamlWriter.Mapping;
import dev.kept.core.source.YamlWriter.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Writes a catalogue: see {@link CatalogueFile}. */
final class CatalogueWriter {

    private CatalogueWriter() {}

    static String write(Catalogue catalogue) {
        Mapping tables = new Mapping();
        catalogue.tables().values().stream()
                .sorted(Comparator.comparing(CatalogueTable::name))
                .forEach(table -> tables.put(table.name().toString(), table(table)));
        return YamlWriter.write(
                List.of("What the database says its schema is. Written by `kept map`; commit it beside the map."),
                new Mapping()
                        .put("product", YamlWriter.text(catalogue.product()))
                        .put("tables", tables.block())
                        .block());
    }

    private static Value table(CatalogueTable table) {
        Mapping columns = new Mapping();
        table.columns().forEach((name, column) -> columns.put(name, column(column)));
        return new Mapping()
                .put("columns", columns.block())
                .list("primary-key", table.primaryKey())
                .items("unique", sorted(table.uniqueKeys(), UniqueKey::name, CatalogueWriter::unique))
                .items("foreign-keys", sorted(table.foreignKeys(), ForeignKey::name, CatalogueWriter::foreignKey))
                .items("checks", sorted(table.checks(), Check::name, CatalogueWriter::check))
                .items("indexes", sorted(table.indexes(), Index::name, CatalogueWriter::index))
                .items("triggers", sorted(table.triggers(), Trigger::name, CatalogueWriter::trigger))
                .block(
                        "partitions",
                        table.partitioning().map(CatalogueWriter::partitions).orElseGet(Mapping::new))
                .flag("row-security", table.rowSecurity())
                .put("rows", YamlWriter.number(table.rows()))
                .put("pages", YamlWriter.number(table.pages()))
                .block();
    }

    private static <T> List<Value> sorted(List<T> items, Function<T, String> name, Function<T, Value> value) {
        return items.stream().sorted(Comparator.comparing(name)).map(value).toList();
    }

    private static Value column(CatalogueColumn column) {
        Mapping mapping = new Mapping()
                .put("type", YamlWriter.text(column.type()))
                .text("base", Optional.of(column.baseType()).filter(base -> !base.equals(column.type())))
                .flag("not-null", column.notNull())
                .flag("generated", column.generated())
                .flag("identity", column.identity())
                .list("values", column.enumValues());
        List<Value> checks = column.domainChecks().stream()
                .map(check -> new Mapping()
                        .put("name", YamlWriter.text(check.name()))
                        .list("columns", check.columns())
                        .put("check", YamlWriter.text(check.expression()))
                        .line())
                .toList();
        return checks.isEmpty()
                ? mapping.line()
                : mapping.items("domain-checks", checks).block();
    }

    private static Value unique(UniqueKey key) {
        return new Mapping()
                .put("name", YamlWriter.text(key.name()))
                .list("columns", key.columns())
                .flag("nulls-not-distinct", key.nullsNotDistinct())
                .flag("expression", key.expression())
                .text("where", key.partial())
                .line();
    }

    private static Value foreignKey(ForeignKey key) {
        return new Mapping()
                .put("name", YamlWriter.text(key.name()))
                .list("columns", key.columns())
                .put("to", YamlWriter.text(key.to().toString()))
                .list("target", key.targetColumns())
                .text("on-delete", action(key.onDelete()))
                .text("on-update", action(key.onUpdate()))
                .flag("deferrable", key.deferrable())
                .flag("partly", key.partly())
                .line();
    }

    private static Optional<String> action(Action action) {
        return action == Action.NO_ACTION ? Optional.empty() : Optional.of(word(action));
    }

    /** As the file says it: {@code set-null}. */
    static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Value check(Check check) {
        return new Mapping()
                .put("name", YamlWriter.text(check.name()))
                .list("columns", check.columns())
                .put("check", YamlWriter.text(check.expression()))
                .line();
    }

    private static Value index(Index index) {
        return new Mapping()
                .put("name", YamlWriter.text(index.name()))
                .list("columns", index.columns())
                .flag("unique", index.unique())
                .text("where", index.partial())
                .line();
    }

    private static Value trigger(Trigger trigger) {
        Mapping mapping = new Mapping()
                .put("name", YamlWriter.text(trigger.name()))
                .list("events", trigger.events())
                .flag("before", trigger.before());
        if (!trigger.enabled()) {
            mapping.put("enabled", YamlWriter.flag(false));
        }
        return mapping.put("function", YamlWriter.text(trigger.function())).block();
    }

    private static Mapping partitions(Partitioning partitioning) {
        return new Mapping()
                .put("strategy", YamlWriter.text(partitioning.strategy()))
                .list("columns", partitioning.columns())
                .items(
                        "leaves",
                        partitioning.leaves().stream()
                                .sorted()
                                .map(leaf -> YamlWriter.text(leaf.toString()))
                                .toList());
    }
}
