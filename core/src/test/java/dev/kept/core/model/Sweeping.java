package dev.kept.core.model;

import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.BelongsTo;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Which rows go, which stay as husks, and which links they keep: section 5 of the page.
 *
 * <p>What goes is the greatest set of dead rows in scope to which nothing that stays refers and which dates nothing that stays. It starts
 * with all dead rows and loses rows until nothing changes.
 */
final class Sweeping {

    private final Shape shape;
    private final Rows rows;
    private final Walks walks;
    private final Times times;
    private final Ends ends;
    private final Freezing freezing;
    private final Set<Row> scope;
    private final Map<Row, Boolean> dead = new HashMap<>();

    private final Map<Row, Set<Join>> lastClocks = new HashMap<>();

    private final Map<Join, Boolean> holding = new HashMap<>();

    /** Rows that go. */
    private final Set<Row> going = new LinkedHashSet<>();

    /** Links that date something that stays, of clocks and of the rows between. */
    private final Map<Row, Set<Join>> datingLinks = new HashMap<>();

    Sweeping(
            Shape shape,
            Rows rows,
            Walks walks,
            Times times,
            KnownFacts facts,
            Function<Predicate<Row>, Set<Row>> scope) {
        this.shape = shape;
        this.rows = rows;
        this.walks = walks;
        this.times = times;
        this.freezing = new Freezing(shape, walks, facts);
        this.ends = new Ends(shape, rows, walks, times, facts, this::dead);
        this.scope = scope.apply(this::dead);
        settle();
    }

    Ends ends() {
        return ends;
    }

    Freezing freezing() {
        return freezing;
    }

    Set<Row> scope() {
        return scope;
    }

    boolean inScope(Row row) {
        return scope.contains(row);
    }

    boolean goes(Row row) {
        return going.contains(row);
    }

    /** All its uses have ended for all its owners, or an ancestor's have in a tree that loses branches; and nothing freezes it. */
    boolean dead(Row row) {
        Boolean known = dead.get(row);
        if (known == null) {
            known = ownDead(row)
                    || (!freezing.row(row)
                            && branch(row)
                            && rows.ancestors(row).stream().anyMatch(this::ownDead));
            dead.put(row, known);
        }
        return known;
    }

    private boolean ownDead(Row row) {
        return shape.personal(row.table) && !freezing.row(row) && ends.row(row) == Ended.YES;
    }

    private boolean branch(Row row) {
        return shape.personal(row.table)
                && shape.map(row.table).replies().filter(Table.Replies::branch).isPresent();
    }

    boolean husk(Row row) {
        return inScope(row) && dead(row) && !goes(row);
    }

    // ---- the fixpoint ------------------------------------------------------------------------------------------

    private void settle() {
        findLastClocks();
        scope.stream().filter(this::dead).forEach(going::add);
        boolean changed = true;
        while (changed) {
            findClocks();
            Set<Row> staying = new HashSet<>(datingLinks.keySet());
            for (Row row : rows.all()) {
                if (!goes(row)) {
                    keptLinks(row).stream()
                            .filter(link -> holds(row, link))
                            .forEach(link -> staying.addAll(rows.follow(row, link)));
                }
            }
            changed = going.removeAll(staying);
        }
    }

    /** Whether a link that stays keeps the row it leads to. */
    private boolean holds(Row row, Join link) {
        return datingLinks.getOrDefault(row, Set.of()).contains(link) || holds(link);
    }

    /** Foreign keys do; declared links where they lead to an owner, to what is owned, to a parent, or where a date is read across them. */
    boolean holds(Join link) {
        return holding.computeIfAbsent(link, this::holdsAnew);
    }

    private boolean holdsAnew(Join link) {
        if (link.foreignKey()
                || onNoWay(link)
                || shape.parent(link.from()).filter(link::equals).isPresent()
                || dates(link)) {
            return true;
        }
        for (Table table : shape.personalTables()) {
            for (Role role : shape.roles(table.name())) {
                int at = role.path().indexOf(link);
                if (at >= 0
                        && (at + 1 < role.path().size()
                                || role.kind().isEmpty()
                                || shape.uses(table.name()).stream()
                                        .anyMatch(use -> readsBeyond(use, table.name(), role, at)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an event dates rows across the link. */
    private boolean dates(Join link) {
        for (Table dated : shape.personalTables()) {
            for (TableName source : shape.eventsDating(dated.name()).keySet()) {
                if (shape.ways(source, dated.name()).stream().anyMatch(way -> way.contains(link))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean readsBeyond(Use use, TableName table, Role role, int link) {
        List<TableName> way = way(table, role);
        return way.stream()
                        .skip(link + 1L)
                        .anyMatch(there -> shape.map(there).facts().containsKey(use.id()))
                || use.allClauses().stream()
                        .flatMap(clause -> clause.events().stream())
                        .anyMatch(event -> times.step(event, way)
                                .filter(step -> step > link)
                                .isPresent());
    }

    /** Columns by which rows that stay are joined to this one without a foreign key, and need to be. */
    Set<String> joinedColumns(Row row) {
        Set<String> columns = new LinkedHashSet<>();
        for (TableName table : shape.tableNames()) {
            for (Join link : shape.joins(table)) {
                if (link.to().equals(row.table)
                        && !link.foreignKey()
                        && holds(link)
                        && rows.pointing(link, row).stream()
                                .anyMatch(from -> !goes(from) && keptLinks(from).contains(link))) {
                    columns.addAll(link.targets());
                }
            }
        }
        return columns;
    }

    // ---- clocks ------------------------------------------------------------------------------------------------

    /** The latest rows that date rows which stay; and those that date several rows on ways apart: none of these could go first. */
    private void findClocks() {
        datingLinks.clear();
        Map<Row, Set<Claim>> claims = new LinkedHashMap<>();
        everyClock((dated, source, event) -> {
            if (needsClock(dated, source, event, this::asks)) {
                clocks(dated, source, event)
                        .forEach((clock, ways) ->
                                ways.forEach(way -> claims.computeIfAbsent(clock, row -> new LinkedHashSet<>())
                                        .add(new Claim(way, dated))));
            }
        });
        claims.forEach((clock, claimed) -> {
            boolean first = claimed.stream()
                    .anyMatch(last -> claimed.stream().allMatch(claim -> liesOnTheWay(clock, claim, last)));
            claimed.stream()
                    .filter(claim -> !first || !goes(claim.dated()))
                    .forEach(claim -> keepWay(clock, claim.way(), claim.dated(), datingLinks));
        });
    }

    /** What a row dates, and by which way. */
    private record Claim(List<Join> way, Row dated) {}

    /** Whether what the one claims goes along when the other goes with the clock: it stands on the clock's way there, or on another of its ways. */
    private boolean liesOnTheWay(Row clock, Claim one, Claim other) {
        return one.dated() == other.dated()
                || shape.ways(clock.table, other.dated().table).stream()
                        .anyMatch(way -> IntStream.range(1, way.size())
                                .anyMatch(step -> rows.below(way.subList(0, step), one.dated())
                                                .contains(clock)
                                        && rows.below(way.subList(step, way.size()), other.dated())
                                                .contains(one.dated())));
    }

    /** Rows without which what they date would not be known ended hold on to it for as long as they stay themselves. */
    private void findLastClocks() {
        everyClock((dated, source, event) -> {
            if (needsClock(dated, source, event, this::asks)) {
                clocks(dated, source, event)
                        .forEach((clock, ways) -> ways.forEach(way -> keepWay(clock, way, dated, lastClocks)));
            }
        });
    }

    private interface Dating {
        void at(Row dated, TableName source, String event);
    }

    private void everyClock(Dating dating) {
        for (Table dated : shape.personalTables()) {
            shape.eventsDating(dated.name()).forEach((source, events) -> {
                for (String event : events) {
                    if (times.own(dated.name(), event).isEmpty()) {
                        rows.of(dated.name()).forEach(row -> dating.at(row, source, event));
                    }
                }
            });
        }
    }

    /** The rows that date this one, and by which ways: by each way the latest. */
    private Map<Row, Set<List<Join>>> clocks(Row row, TableName source, String event) {
        Table.Event mapping = Times.dated(shape.map(source), event);
        Map<Row, Set<List<Join>>> clocks = new LinkedHashMap<>();
        for (List<Join> way : shape.ways(source, row.table)) {
            Optional<Times.Time.At> best = Optional.empty();
            for (Row dating : rows.below(way, row)) {
                if (times.read(dating, mapping) instanceof Times.Time.At time
                        && (best.isEmpty() || better(time, best.get(), mapping.earliest()))) {
                    best = Optional.of(time);
                }
            }
            for (Row dating : rows.below(way, row)) {
                if (best.isPresent()
                        && times.read(dating, mapping) instanceof Times.Time.At time
                        && time.moment().isEqual(best.get().moment())) {
                    clocks.computeIfAbsent(dating, clock -> new LinkedHashSet<>())
                            .add(way);
                }
            }
        }
        return clocks;
    }

    private static boolean better(Times.Time.At time, Times.Time.At than, boolean earliest) {
        return earliest ? time.moment().isBefore(than.moment()) : time.moment().isAfter(than.moment());
    }

    private void keepWay(Row from, List<Join> way, Row to, Map<Row, Set<Join>> links) {
        if (way.isEmpty()) {
            return;
        }
        Join first = way.getFirst();
        List<Join> rest = way.subList(1, way.size());
        for (Row next : rows.follow(from, first)) {
            if (rest.isEmpty() ? next == to : rows.below(rest, to).contains(next)) {
                links.computeIfAbsent(from, row -> new LinkedHashSet<>()).add(first);
                keepWay(next, rest, to, links);
            }
        }
    }

    /** Whether a use of the row's table, or of a table whose rows may belong to it, still asks when the event was. */
    private boolean needsClock(Row dated, TableName source, String event, Asking asking) {
        if (usesAt(List.of(dated.table), event).stream()
                .anyMatch(use -> asking.asks(dated, new Question(source, event, use, dated.table)))) {
            return true;
        }
        for (Table table : shape.personalTables()) {
            for (Role role : shape.roles(table.name())) {
                List<TableName> way = new ArrayList<>(List.of(table.name()));
                for (int step = 0; step < role.path().size(); step++) {
                    way.add(role.path().get(step).to());
                    if (way.getLast().equals(dated.table)
                            && usesAt(way, event).stream()
                                    .anyMatch(use ->
                                            asking.asks(dated, new Question(source, event, use, table.name())))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private interface Asking {
        boolean asks(Row dated, Question question);
    }

    /** When was the event, says a use of rows of the table; asked of the rows of its source. */
    private record Question(TableName source, String event, Use use, TableName of) {}

    /** The uses of the way's first table that read the event at its end. */
    private List<Use> usesAt(List<TableName> way, String event) {
        int last = way.size() - 1;
        return shape.uses(way.getFirst()).stream()
                .filter(use -> use.allClauses().stream()
                        .anyMatch(clause -> clause.events().contains(event)))
                .filter(use ->
                        times.step(event, way).filter(step -> step == last).isPresent())
                .toList();
    }

    /** The use is not known ended for the row, or would not be without the event. */
    private boolean asks(Row row, Question question) {
        Ended ended = goesOnBelow(row, question) ? ends.dated(question.use(), row) : ends.use(question.use(), row);
        return ended != Ended.YES || openWithout(row, question);
    }

    /** Asked for rows that belong to this one, of which something else may be said: no date that is said of this one ends the use for them. */
    private boolean goesOnBelow(Row row, Question question) {
        boolean delayed = question.use().onRequest() == OnRequest.AT_ITS_END;
        return below(row, question)
                && shape.tableNames().stream()
                        .filter(shape::personal)
                        .anyMatch(table -> (!table.equals(row.table)
                                        && shape.map(table)
                                                .facts()
                                                .containsKey(question.use().id()))
                                || (delayed
                                        && shape.map(table).whiles().values().stream()
                                                .anyMatch(condition ->
                                                        Ends.speaksFor(condition, shape.map(table), question.use()))));
    }

    /** Asked for rows that belong to this one. */
    private static boolean below(Row row, Question question) {
        return !question.of().equals(row.table);
    }

    /** Whether the use would not be known ended without the event's rows, or — of several the earliest counts — would be later. */
    private boolean openWithout(Row row, Question question) {
        if (Times.dated(shape.map(question.source()), question.event()).earliest()) {
            return true;
        }
        boolean fallsBack = below(row, question)
                && question.use().allClauses().stream()
                        .filter(clause -> clause.events().contains(question.event()))
                        .allMatch(clause -> clause
                                .events()
                                .subList(
                                        clause.events().indexOf(question.event()) + 1,
                                        clause.events().size())
                                .stream()
                                .anyMatch(later -> times.own(question.of(), later)
                                        .filter(mapping -> shape.notNull(question.of(), mapping.column()))
                                        .isPresent()));
        return !fallsBack && ends.undated(question.use(), row, goesOnBelow(row, question)) != Ended.YES;
    }

    private static List<TableName> way(TableName from, Role role) {
        List<TableName> way = new ArrayList<>(List.of(from));
        role.path().forEach(join -> way.add(join.to()));
        return way;
    }

    // ---- links -------------------------------------------------------------------------------------------------

    /** The links of a row that stays which still lead somewhere after the sweep. */
    Set<Join> keptLinks(Row row) {
        Set<Join> kept = new LinkedHashSet<>(shape.joins(row.table));
        kept.removeAll(nulledLinks(row).keySet());
        return kept;
    }

    /** The links that are nulled, each with the columns of it that become NULL. */
    Map<Join, Set<String>> nulledLinks(Row row) {
        if (!shape.personal(row.table) || !inScope(row)) {
            return Map.of();
        }
        Set<Join> candidates = dead(row) ? looseLinks(row) : leavingLinks(row);
        candidates.removeAll(datingLinks.getOrDefault(row, Set.of()));
        candidates.removeAll(lastClocks.getOrDefault(row, Set.of()));
        candidates.removeIf(link -> (dead(row) || !endedByItself(row, link)) && crossed(row, link));
        return nullable(row, candidates);
    }

    /** Of these links, those with a column that can be NULL and that no key, no deciding value and no other link needs. */
    private Map<Join, Set<String>> nullable(Row row, Set<Join> candidates) {
        Map<Join, Set<String>> nulled = new LinkedHashMap<>();
        candidates.forEach(link -> nulled.put(link, freeColumns(row, link, candidates)));
        while (nulled.values().removeIf(Set::isEmpty)) {
            nulled.replaceAll((link, columns) -> freeColumns(row, link, nulled.keySet()));
        }
        return nulled;
    }

    private Set<String> freeColumns(Row row, Join link, Set<Join> nulled) {
        Set<String> columns = new LinkedHashSet<>(link.columns());
        columns.removeIf(column -> shape.notNull(row.table, column)
                && !(!dead(row) && shape.blankable(link, column) && endedByItself(row, link)));
        columns.removeAll(shape.keyColumns(row.table));
        columns.removeAll(shape.deciding(row.table));
        shape.joins(row.table).stream()
                .filter(other -> !nulled.contains(other))
                .forEach(other -> columns.removeAll(other.columns()));
        return columns;
    }

    /** A husk keeps only the links on a role's way without which its end would not be known, and in a tree that loses branches its parent. */
    private Set<Join> looseLinks(Row row) {
        Set<Join> loose = new LinkedHashSet<>(shape.joins(row.table));
        if (!endsKnownAlone(row.table)) {
            shape.roles(row.table).stream()
                    .filter(role -> !role.path().isEmpty())
                    .forEach(role -> loose.remove(role.path().getFirst()));
        }
        if (branch(row)) {
            shape.parent(row.table).ifPresent(loose::remove);
        }
        return loose;
    }

    /** Whether a row below that stays knows its owner across this link: of a husk any, of a living row one that still asks for the owner. */
    private boolean crossed(Row row, Join link) {
        for (Table below : shape.personalTables()) {
            for (Role role : shape.roles(below.name())) {
                int at = role.path().indexOf(link);
                if (at > 0
                        && stillBelow(role.path().subList(0, at), row).stream()
                                .anyMatch(r -> dead(row) || asksFor(r, role))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The rows at the lower end of the way that stay, and still lead to this one. */
    private Set<Row> stillBelow(List<Join> way, Row row) {
        Set<Row> below = new LinkedHashSet<>(List.of(row));
        for (Join join : way.reversed()) {
            Set<Row> lower = new LinkedHashSet<>();
            below.forEach(at -> rows.pointing(join, at).stream()
                    .filter(from -> !goes(from) && keptLinks(from).contains(join))
                    .forEach(lower::add));
            below = lower;
        }
        return below;
    }

    private boolean asksFor(Row row, Role role) {
        return shape.uses(row.table).stream().anyMatch(use -> ends.needs(use, row, role));
    }

    private boolean endsKnownAlone(TableName name) {
        Optional<Table.Unowned> unowned = shape.map(name).unowned();
        if (unowned.isPresent()) {
            return unowned.get() instanceof Table.Unowned.After;
        }
        return shape.uses(name).stream()
                .flatMap(use -> use.allClauses().stream())
                .flatMap(clause -> clause.events().stream())
                .allMatch(event -> times.own(name, event).isPresent());
    }

    /** Links of a living row that go: of an owner who leaves, and those whose own uses have ended (to a shared row no longer needed). */
    private Set<Join> leavingLinks(Row row) {
        Set<Join> leaving = new LinkedHashSet<>();
        Map<String, BelongsTo> entries = shape.map(row.table).belongsTo();
        entries.forEach((name, entry) -> {
            List<Role> roles = shape.roles(row.table).stream()
                    .filter(role -> role.entry().equals(name))
                    .filter(role -> !walks.of(row, role).isEmpty())
                    .toList();
            if (!roles.isEmpty() && !freezing.link(row, roles) && allEnded(row, roles)) {
                leaving.add(shape.entry(row.table, entry));
            }
        });
        for (Join link : shape.joins(row.table)) {
            List<Column> classified = onNoWay(link) ? shape.classified(link) : List.of();
            if (!classified.isEmpty()
                    && classified.stream()
                            .allMatch(
                                    column -> !freezing.column(row, column) && ends.column(row, column) == Ended.YES)) {
                leaving.add(link);
            }
        }
        entries.values().stream()
                .map(entry -> shape.entry(row.table, entry))
                .filter(link -> endedByItself(row, link))
                .forEach(leaving::add);
        return leaving;
    }

    /** The values by which a person is met have ended, and nothing that she could still ask for is known by them. */
    private boolean endedByItself(Row row, Join link) {
        List<Column> classified = shape.classified(link);
        List<Role> roles = shape.roles(row.table).stream()
                .filter(role -> !role.path().isEmpty() && role.path().getFirst().equals(link))
                .toList();
        return shape.byValue(link)
                && classified.size() == link.columns().size()
                && shape.map(row.table).unowned().isEmpty()
                && endsKnownAlone(row.table)
                && !readAcross(link)
                && roles.stream().anyMatch(role -> !walks.begun(row, role).isEmpty())
                && classified.stream()
                        .allMatch(column -> !freezing.column(row, column) && ends.column(row, column) == Ended.YES)
                && roles.stream().noneMatch(role -> hears(row, role))
                && shape.personalTables().stream()
                        .flatMap(below -> shape.roles(below.name()).stream()
                                .filter(role -> role.path().indexOf(link) > 0)
                                .flatMap(role ->
                                        stillBelow(
                                                        role.path()
                                                                .subList(
                                                                        0,
                                                                        role.path()
                                                                                .indexOf(link)),
                                                        row)
                                                .stream()
                                                .filter(r -> r.table.equals(below.name()))
                                                .filter(r -> dead(r) || hears(r, role))))
                        .findAny()
                        .isEmpty();
    }

    /** Whether a use of the row that a request could end has not ended for the owner in this role. */
    private boolean hears(Row row, Role role) {
        return shape.uses(row.table).stream()
                .filter(use -> use.onRequest() != OnRequest.NEVER)
                .anyMatch(use -> ends.role(use, row, role) != Ended.YES);
    }

    /** Whether dates or facts of some row are read across the link, or who nobody owns is decided otherwise there. */
    private boolean readAcross(Join link) {
        for (Table table : shape.personalTables()) {
            for (Role role : shape.roles(table.name())) {
                int at = role.path().indexOf(link);
                if (at >= 0
                        && ((at > 0 && table.unowned().isPresent())
                                || shape.uses(table.name()).stream()
                                        .anyMatch(use -> readsBeyond(use, table.name(), role, at)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean allEnded(Row row, List<Role> roles) {
        return shape.uses(row.table).stream()
                .allMatch(use -> roles.stream().allMatch(role -> ends.role(use, row, role) == Ended.YES));
    }

    /** A link that leads to no owner and no parent: to a shared row, or to something that concerns nobody. */
    private boolean onNoWay(Join link) {
        return shape.map(link.from()).belongsTo().values().stream()
                        .noneMatch(entry -> shape.entry(link.from(), entry).equals(link))
                && shape.parent(link.from()).filter(link::equals).isEmpty();
    }
}
