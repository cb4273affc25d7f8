package dev.kept.core.model.random;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.model.Model;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A sweep in words, close to what rule examples look like: notice, map, schema, facts and rows. */
final class Told {

    private Told() {}

    static String of(String title, History.Sweep sweep, List<String> wrong) {
        Model.Question question = sweep.question();
        StringBuilder told = new StringBuilder(title);
        told.append("; at ")
                .append(question.asOf())
                .append(" for ")
                .append(sweep.persons().isEmpty() ? "everybody" : sweep.persons())
                .append('\n');
        wrong.forEach(line -> told.append("! ").append(line).append('\n'));
        told.append("uses:\n");
        question.notice()
                .uses()
                .values()
                .forEach(use -> told.append("  ").append(use(use)).append('\n'));
        told.append("map: ")
                .append(question.store().zone())
                .append(' ')
                .append(question.store().sentinels())
                .append('\n');
        question.store().tables().values().forEach(table -> map(table, told));
        told.append("schema:\n");
        question.catalogue().tables().values().forEach(table -> schema(table, told));
        question.facts().persons().forEach(fact -> told.append(fact).append('\n'));
        question.facts().holds().forEach(hold -> told.append(hold).append('\n'));
        return told.append("rows:\n").append(question.before()).toString();
    }

    private static String use(Use use) {
        return use.id() + ": {basis: " + use.basis() + ", data: " + use.data() + ", begins: "
                + use.begin().orElse("-")
                + ", on-request: " + use.onRequest() + (use.directMarketing() ? ", direct-marketing" : "")
                + (use.whiles().isEmpty() ? "" : ", while: " + use.whiles()) + ", ends: "
                + use.ends().stream().map(Told::end).toList() + "}";
    }

    private static String end(End end) {
        return switch (end) {
            case End.LastOf lastOf ->
                "last-of " + lastOf.clauses().stream().map(Told::end).toList();
            case End.Clause clause ->
                "{after: " + String.join(" else ", clause.events()) + ", for: " + clause.span()
                        + (clause.endOfYear() ? ", end-of-year" : "") + "}";
        };
    }

    private static void map(Table table, StringBuilder told) {
        told.append("  ").append(table.name()).append(":\n");
        if (!table.personal()) {
            told.append("    not-personal\n");
            return;
        }
        List<String> lines = new ArrayList<>();
        table.person().ifPresent(person -> lines.add("person: " + person.kind() + " " + person.key()));
        table.belongsTo()
                .values()
                .forEach(entry -> lines.add("belongs-to " + entry.role() + ": " + entry.target()
                        + " via " + entry.via() + " to " + entry.to()
                        + (entry.match() == Match.EXACT ? "" : " " + entry.match())));
        if (table.shared()) {
            lines.add("any-of: " + table.anyOf());
        }
        lines.add("uses: " + table.uses());
        table.events()
                .values()
                .forEach(event -> lines.add("event " + event.name() + ": " + event.column()
                        + " absent " + event.absent().name().toLowerCase(Locale.ROOT)
                        + (event.dates().isEmpty() ? "" : " dates " + event.dates())
                        + (event.earliest() ? " earliest" : "")));
        table.facts().values().forEach(facts -> lines.add(facts.toString()));
        table.whiles().values().forEach(condition -> lines.add(condition.toString()));
        lines.add("columns: "
                + table.columns().values().stream().map(Told::column).toList());
        table.unowned().ifPresent(rule -> lines.add("unowned: " + rule));
        table.replies().ifPresent(rule -> lines.add("replies: " + rule));
        lines.forEach(line -> told.append("    ").append(line).append('\n'));
    }

    private static String column(Column column) {
        return column.name() + (column.path().isEmpty() ? "" : column.path().toString()) + ": "
                + (column.notPersonal() ? "not-personal" : String.join("+", column.categories()))
                + (column.onlyFor().isEmpty() ? "" : " for " + column.onlyFor())
                + (column.of().isEmpty() ? "" : " of " + column.of())
                + column.cleared().map(value -> " cleared " + value).orElse("");
    }

    private static void schema(CatalogueTable table, StringBuilder told) {
        told.append("  ")
                .append(table.name())
                .append(": ")
                .append(table.columns().values().stream().map(Told::column).collect(Collectors.joining(", ")))
                .append(", key ")
                .append(table.primaryKey());
        table.uniqueKeys().forEach(key -> told.append(", unique ").append(key.columns()));
        table.checks().forEach(check -> told.append(", check ").append(check.expression()));
        table.foreignKeys()
                .forEach(key -> told.append(", ")
                        .append(key.columns())
                        .append(" -> ")
                        .append(key.to())
                        .append(key.targetColumns())
                        .append(' ')
                        .append(key.onDelete()));
        told.append('\n');
    }

    private static String column(CatalogueColumn column) {
        return column.name() + " " + column.type() + (column.notNull() ? " not null" : "");
    }
}
