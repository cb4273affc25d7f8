package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.Absent;
import dev.kept.core.datamap.TableName;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the times of events come from, nearest first ({@code docs/semantics.md} section 3). */
final class EventSources {

    /**
     * A source of an event at a table.
     *
     * @param absent what its absence means if the event begins a use
     * @param always whether it is never absent where the row is there: a NOT NULL column of which the map knows no sentinel of its own
     */
    record Source(Moment moment, Absent absent, boolean always) {}

    /** A source and the level of the way at which it was found. */
    record Found(Source source, Level level) {
        Moment moment() {
            return level.seen(source.moment());
        }
    }

    /** An event of {@code path}'s first table that dates the rows of its last. */
    record Dating(BoundTable from, Table.Event event, List<Link> path) {
        Dating {
            path = List.copyOf(path);
        }

        TableName to() {
            return path.getLast().to();
        }
    }

    private final BoundStore store;
    private final Map<TableName, Map<String, List<Level>>> levels = new HashMap<>();
    private final Map<TableName, List<Dating>> datings = new HashMap<>();
    private final Map<TableName, Map<String, Optional<Source>>> sources = new HashMap<>();

    EventSources(BoundStore store) {
        this.store = store;
        for (BoundTable table : store.tables().values()) {
            for (Table.Event event : table.map().events().values()) {
                for (TableName dated : event.dates()) {
                    for (List<Link> path : waysTo(table, dated)) {
                        datings.computeIfAbsent(dated, name -> new ArrayList<>())
                                .add(new Dating(table, event, path));
                    }
                }
            }
        }
    }

    /** The distinct ways from a table's rows up to rows of another, along its roles. */
    static Set<List<Link>> waysTo(BoundTable table, TableName target) {
        Set<List<Link>> ways = new LinkedHashSet<>();
        for (Role role : table.roles()) {
            for (int i = 0; i < role.path().size(); i++) {
                if (role.path().get(i).to().equals(target)) {
                    ways.add(role.path().subList(0, i + 1));
                    break;
                }
            }
        }
        return ways;
    }

    /** The events of other tables that date rows of this one. */
    List<Dating> dating(TableName table) {
        return datings.getOrDefault(table, List.of());
    }

    /** The tables on a role's way, the row's own first. */
    List<Level> levels(BoundTable table, Role role) {
        return levels.computeIfAbsent(table.name(), name -> new HashMap<>())
                .computeIfAbsent(role.name(), name -> levelsAnew(table, role));
    }

    private List<Level> levelsAnew(BoundTable table, Role role) {
        List<Level> levels = new ArrayList<>();
        levels.add(new Level(table, List.of()));
        for (int i = 0; i < role.path().size(); i++) {
            levels.add(
                    new Level(store.table(role.path().get(i).to()), role.path().subList(0, i + 1)));
        }
        return List.copyOf(levels);
    }

    Optional<Found> find(List<Level> levels, String event) {
        for (Level level : levels) {
            Optional<Source> source = at(level.table(), event);
            if (source.isPresent()) {
                return Optional.of(new Found(source.get(), level));
            }
        }
        return Optional.empty();
    }

    /** The event's source at a table itself: its own column, or the rows that date it. */
    Optional<Source> at(BoundTable table, String event) {
        return sources.computeIfAbsent(table.name(), name -> new HashMap<>())
                .computeIfAbsent(event, name -> own(table, name).or(() -> dated(table, name)));
    }

    Optional<Source> own(BoundTable table, String event) {
        Table.Event mapped = table.map().events().get(event);
        if (mapped != null) {
            return Optional.of(source(table, mapped));
        }
        for (Table.UseFacts facts : table.map().facts().values()) {
            Optional<String> column = switch (event.startsWith(facts.use() + ".")
                    ? event.substring(facts.use().length() + 1)
                    : "") {
                case "given" -> facts.given();
                case "withdrawn" -> facts.withdrawn();
                case "objected" -> facts.objected();
                default -> Optional.empty();
            };
            if (column.isPresent()) {
                Moment.At at = moment(table, column.get(), Optional.empty(), List.of());
                return Optional.of(source(table, column.get(), List.of(), at, facts.absent()));
            }
        }
        return Optional.empty();
    }

    private Source source(BoundTable table, Table.Event event) {
        return source(table, event.column(), event.sentinels(), moment(table, event), event.absent());
    }

    private Source source(BoundTable table, String column, List<String> sentinels, Moment.At at, Absent absent) {
        boolean always = table.catalogue().column(column).notNull() && sentinels.isEmpty();
        return new Source(at, absent, always);
    }

    /** A dating column of a table as a moment. */
    Moment.At moment(BoundTable table, Table.Event event) {
        return moment(table, event.column(), event.zone(), event.sentinels());
    }

    Moment.At moment(BoundTable table, String column, Optional<ZoneId> zone, List<String> sentinels) {
        String type = table.catalogue().column(column).baseType();
        DateKind kind = DateKind.of(store.store(), table.map(), column, type)
                .orElseThrow(() -> new IllegalStateException("`" + table.name() + "." + column + "` dates nothing"));
        Set<String> none = new LinkedHashSet<>(store.store().sentinels());
        none.addAll(sentinels);
        boolean number = kind.epoch().isPresent();
        return new Moment.At(
                column,
                kind,
                zone.orElse(store.store().zone()),
                none.stream().filter(one -> number == isNumber(one)).toList());
    }

    /** A sentinel is of numbers or of dates: those of the store are of both. */
    private static boolean isNumber(String sentinel) {
        return sentinel.matches("-?\\d{1,19}");
    }

    private Optional<Source> dated(BoundTable table, String event) {
        List<Moment> moments = new ArrayList<>();
        boolean earliest = false;
        boolean never = true;
        for (Dating dating : dating(table.name())) {
            if (dating.event().name().equals(event)) {
                Moment moment = moment(dating.from(), dating.event());
                earliest = dating.event().earliest();
                for (Link link : dating.path()) {
                    moment = new Moment.Among(link, moment, earliest);
                }
                moments.add(moment);
                never &= dating.event().absent() == Absent.NEVER;
            }
        }
        if (moments.isEmpty()) {
            return Optional.empty();
        }
        Moment all = moments.size() == 1 ? moments.getFirst() : new Moment.Extreme(moments, earliest);
        return Optional.of(new Source(all, never ? Absent.NEVER : Absent.UNKNOWN, false));
    }
}
