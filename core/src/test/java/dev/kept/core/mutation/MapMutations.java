package dev.kept.core.mutation;

import static dev.kept.core.mutation.Mutation.reading;
import static dev.kept.core.mutation.ReadingMutations.question;

import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mistakes in what the planner reads of a map; the model reads it as it is. */
final class MapMutations {

    private MapMutations() {}

    static List<Mutation> all() {
        return Stream.of(columns(), tables()).flatMap(List::stream).toList();
    }

    // ---- columns -----------------------------------------------------------------------------------------------

    private static List<Mutation> columns() {
        return List.of(
                column(
                        "`for` is not read",
                        c -> new Column(
                                c.name(),
                                c.path(),
                                c.categories(),
                                c.notPersonal(),
                                List.of(),
                                c.of(),
                                c.cleared(),
                                c.guess())),
                column(
                        "`of` is not read",
                        c -> new Column(
                                c.name(),
                                c.path(),
                                c.categories(),
                                c.notPersonal(),
                                c.onlyFor(),
                                List.of(),
                                c.cleared(),
                                c.guess())),
                column(
                        "what takes a column's place is not read",
                        c -> new Column(
                                c.name(),
                                c.path(),
                                c.categories(),
                                c.notPersonal(),
                                c.onlyFor(),
                                c.of(),
                                Optional.empty(),
                                c.guess())));
    }

    private static Mutation column(String name, UnaryOperator<Column> change) {
        return table(name, t -> {
            Map<String, Column> columns = new LinkedHashMap<>(t.columns());
            columns.replaceAll((id, column) -> change.apply(column));
            return new Table(
                    t.name(),
                    t.personal(),
                    t.person(),
                    t.belongsTo(),
                    t.anyOf(),
                    t.uses(),
                    t.events(),
                    t.facts(),
                    t.whiles(),
                    columns,
                    t.unowned(),
                    t.replies(),
                    t.statistics(),
                    t.dropsPartitions(),
                    t.guess());
        });
    }

    // ---- tables ------------------------------------------------------------------------------------------------

    private static List<Mutation> tables() {
        return List.of(
                events("an event dates its own table only", e -> event(e, List.of(), e.earliest(), e.absent())),
                events("the latest of several counts, not the earliest", e -> event(e, e.dates(), false, e.absent())),
                events(
                        "a use whose begin is unknown never began",
                        e -> event(e, e.dates(), e.earliest(), Table.Absent.NEVER)),
                events(
                        "whether a use never began is unknown",
                        e -> event(e, e.dates(), e.earliest(), Table.Absent.UNKNOWN)),
                table(
                        "consent in columns is not read",
                        t -> with(
                                t,
                                t.belongsTo(),
                                t.uses(),
                                t.events(),
                                Map.of(),
                                t.whiles(),
                                t.unowned(),
                                t.replies())),
                table(
                        "`while` is not read",
                        t -> with(
                                t, t.belongsTo(), t.uses(), t.events(), t.facts(), Map.of(), t.unowned(), t.replies())),
                table(
                        "what is said of rows that nobody owns is not read",
                        t -> with(
                                t,
                                t.belongsTo(),
                                t.uses(),
                                t.events(),
                                t.facts(),
                                t.whiles(),
                                Optional.empty(),
                                t.replies())),
                table(
                        "a tree loses authors' rows only",
                        t -> with(
                                t,
                                t.belongsTo(),
                                t.uses(),
                                t.events(),
                                t.facts(),
                                t.whiles(),
                                t.unowned(),
                                t.replies().map(r -> new Table.Replies(r.via(), false)))),
                table("the last owner of a row is not seen", t -> t.belongsTo().size() < 2 ? t : lessOne(t)),
                table(
                        "the last use of a table is not seen",
                        t -> with(
                                t,
                                t.belongsTo(),
                                t.uses().size() < 2
                                        ? t.uses()
                                        : t.uses().subList(0, t.uses().size() - 1),
                                t.events(),
                                t.facts(),
                                t.whiles(),
                                t.unowned(),
                                t.replies())),
                table("owners are joined by exact spelling only", MapMutations::exact),
                store(
                        "sentinels are not read",
                        s -> new Store(
                                s.name(),
                                s.database(),
                                s.zone(),
                                List.of(),
                                s.epoch(),
                                s.backupsKeptFor(),
                                s.tables())),
                store(
                        "the store's zone is not read",
                        s -> new Store(
                                s.name(),
                                s.database(),
                                ZoneId.of("Pacific/Auckland"),
                                s.sentinels(),
                                s.epoch(),
                                s.backupsKeptFor(),
                                s.tables())));
    }

    private static Table lessOne(Table t) {
        Map<String, Table.BelongsTo> entries = new LinkedHashMap<>(t.belongsTo());
        String last =
                t.belongsTo().keySet().stream().reduce((one, other) -> other).orElseThrow();
        entries.remove(last);
        Map<String, Column> columns = new LinkedHashMap<>(t.columns());
        columns.replaceAll((id, c) -> new Column(
                c.name(),
                c.path(),
                c.categories(),
                c.notPersonal(),
                c.onlyFor(),
                c.of().stream().filter(role -> !role.equals(last)).toList(),
                c.cleared(),
                c.guess()));
        return new Table(
                t.name(),
                t.personal(),
                t.person(),
                entries,
                t.anyOf(),
                t.uses(),
                t.events(),
                t.facts(),
                t.whiles(),
                columns,
                t.unowned(),
                t.replies(),
                t.statistics(),
                t.dropsPartitions(),
                t.guess());
    }

    private static Table exact(Table t) {
        Map<String, Table.BelongsTo> entries = new LinkedHashMap<>(t.belongsTo());
        entries.replaceAll((role, entry) ->
                new Table.BelongsTo(entry.role(), entry.target(), entry.via(), entry.to(), Match.EXACT));
        return with(t, entries, t.uses(), t.events(), t.facts(), t.whiles(), t.unowned(), t.replies());
    }

    private static Mutation events(String name, UnaryOperator<Table.Event> change) {
        return table(name, t -> {
            Map<String, Table.Event> events = new LinkedHashMap<>(t.events());
            events.replaceAll((id, event) -> change.apply(event));
            return with(t, t.belongsTo(), t.uses(), events, t.facts(), t.whiles(), t.unowned(), t.replies());
        });
    }

    private static Table.Event event(Table.Event event, List<TableName> dates, boolean earliest, Table.Absent absent) {
        return new Table.Event(event.name(), event.column(), dates, earliest, absent, event.zone(), event.sentinels());
    }

    private static Table with(
            Table t,
            Map<String, Table.BelongsTo> belongsTo,
            List<String> uses,
            Map<String, Table.Event> events,
            Map<String, Table.UseFacts> facts,
            Map<String, Table.While> whiles,
            Optional<Table.Unowned> unowned,
            Optional<Table.Replies> replies) {
        return new Table(
                t.name(),
                t.personal(),
                t.person(),
                belongsTo,
                t.anyOf(),
                uses,
                events,
                facts,
                whiles,
                t.columns(),
                unowned,
                replies,
                t.statistics(),
                t.dropsPartitions(),
                t.guess());
    }

    private static Mutation table(String name, UnaryOperator<Table> change) {
        return store(name, s -> {
            Map<TableName, Table> tables = new LinkedHashMap<>(s.tables());
            tables.replaceAll((id, table) -> table.personal() ? change.apply(table) : table);
            return new Store(s.name(), s.database(), s.zone(), s.sentinels(), s.epoch(), s.backupsKeptFor(), tables);
        });
    }

    private static Mutation store(String name, UnaryOperator<Store> change) {
        return reading(name, q -> question(q, q.notice(), change.apply(q.store()), q.facts()));
    }
}
