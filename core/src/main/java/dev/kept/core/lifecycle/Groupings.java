package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Several;
import dev.kept.core.datamap.Statistics;
import dev.kept.core.datamap.Statistics.Figure;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Use;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the map says is left of a table's ended rows, as a plan says it. Only of a sweep of everybody: what goes for some persons, because they
 * asked or since they are few, is deleted and counted nowhere.
 */
final class Groupings {

    private final BoundStore store;
    private final EventSources sources;
    private final AsOf asOf;
    private final Scope scope;

    Groupings(BoundStore store, EventSources sources, AsOf asOf, Scope scope) {
        this.store = store;
        this.sources = sources;
        this.asOf = asOf;
        this.scope = scope;
    }

    Optional<Grouping> of(BoundTable table) {
        return scope instanceof Scope.Everybody
                ? table.map().statistics().map(statistics -> grouping(table, statistics))
                : Optional.empty();
    }

    private Grouping grouping(BoundTable table, Statistics statistics) {
        Use use = Objects.requireNonNull(store.notice().uses().get(statistics.use()), "checked when bound");
        List<Grouping.Common> common = new ArrayList<>();
        List<Grouping.Sum> sums = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        List<String> persons = new ArrayList<>();
        List<Grouping.Written> days = new ArrayList<>();
        statistics.columns().forEach((column, figure) -> {
            switch (figure) {
                case Figure.Common one -> common.add(common(table, statistics.into(), column, one));
                case Figure.Sum(String of) -> sums.add(new Grouping.Sum(column, of));
                case Figure.Rows all -> rows.add(column);
                case Figure.Persons all -> persons.add(column);
                case Figure.Day day -> days.add(new Grouping.Written(column, day()));
            }
        });
        return new Grouping(
                statistics.into(),
                use.id(),
                Math.max(statistics.atLeast().orElse(2), use.anonymisedAtLeast().orElseThrow()),
                asOf.zone(),
                table.roles().stream().map(this::persons).toList(),
                common,
                sums,
                rows,
                persons,
                days);
    }

    private String day() {
        return LocalDate.ofInstant(asOf.instant(), asOf.zone()).toString();
    }

    private Grouping.Common common(BoundTable table, TableName into, String column, Figure.Common figure) {
        boolean dates =
                figure.forms().stream().anyMatch(form -> form instanceof Form.Year || form instanceof Form.Month);
        List<String> sentinels = table.map().events().values().stream()
                .filter(event -> event.column().equals(figure.of()))
                .flatMap(event -> event.sentinels().stream())
                .toList();
        Optional<ZoneId> zone = table.map().events().values().stream()
                .filter(event -> event.column().equals(figure.of()))
                .flatMap(event -> event.zone().stream())
                .findFirst();
        Optional<Moment.At> moment =
                dates ? Optional.of(sources.moment(table, figure.of(), zone, sentinels)) : Optional.empty();
        CatalogueColumn target = store.catalogue().find(into).orElseThrow().column(column);
        return new Grouping.Common(
                column,
                figure.of(),
                moment,
                figure.forms(),
                figure.droppable(),
                target.baseType().equals("date"));
    }

    private Grouping.Persons persons(Role role) {
        Table.Person person = role.kind()
                .flatMap(store::personTable)
                .flatMap(table -> table.map().person())
                .orElseThrow(() -> new IllegalStateException("role `" + role.name() + "` leads to no person"));
        Optional<Grouping.Value> value = person.foundBy().values().stream()
                .filter(finder -> finder.several() == Several.ONE_PERSON)
                .findFirst()
                .map(finder -> new Grouping.Value(finder.column(), finder.match()));
        List<Link> path = role.path();
        Optional<List<String>> carried =
                value.isEmpty() && !path.isEmpty() && path.getLast().foreignKey()
                        ? Ends.carriedKey(path.getLast(), person.key())
                        : Optional.empty();
        return carried.map(columns ->
                        new Grouping.Persons(role.name(), path.subList(0, path.size() - 1), columns, Optional.empty()))
                .orElseGet(() -> new Grouping.Persons(role.name(), path, person.key(), value));
    }
}
