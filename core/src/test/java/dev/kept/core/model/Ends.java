package dev.kept.core.model;

import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.model.Times.Time;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether a use has ended for a row: section 2 of the page, and section 3 where nobody owns the row. */
final class Ends {

    private final Shape shape;
    private final Rows rows;
    private final Walks walks;
    private final Times times;
    private final KnownFacts facts;
    private final Predicate<Row> goes;

    /** Events that are taken as absent for the moment. */
    private List<String> hidden = List.of();

    private boolean datesOnly;

    /** @param goes whether a row is dead for another reason than its own uses' ends: then it owns shared rows no longer */
    Ends(Shape shape, Rows rows, Walks walks, Times times, KnownFacts facts, Predicate<Row> goes) {
        this.shape = shape;
        this.rows = rows;
        this.walks = walks;
        this.times = times;
        this.facts = facts;
        this.goes = goes;
    }

    // ---- rows and columns --------------------------------------------------------------------------------------

    /** AND over all uses and owners. */
    Ended row(Row row) {
        Ended ended = Ended.when(!shape.map(row.table).uses().isEmpty());
        for (Use use : shape.uses(row.table)) {
            ended = ended.and(use(use, row));
        }
        return ended;
    }

    /** AND over the column's uses and the owners it has. */
    Ended column(Row row, Column column) {
        Ended ended = Ended.when(!column.categories().isEmpty());
        for (Use use : shape.uses(row.table, column)) {
            ended = ended.and(use(use.of(column.categories()), row, shape.rolesOf(row.table, column)));
        }
        return ended;
    }

    Ended use(Use use, Row row) {
        return use(use, row, shape.roles(row.table));
    }

    /** One use, for the owners in these roles; absent roles ask nothing. */
    Ended use(Use use, Row row, List<Role> roles) {
        if (shape.map(row.table).shared()) {
            return shared(use, row);
        }
        List<Role> present =
                roles.stream().filter(role -> !walks.of(row, role).isEmpty()).toList();
        if (present.isEmpty()) {
            return unowned(use, row, roles);
        }
        Ended ended = Ended.YES;
        for (Role role : present) {
            ended = ended.and(role(use, row, role));
        }
        return ended;
    }

    /** One use for one owner; several where a join by value meets several. */
    Ended role(Use use, Row row, Role role) {
        Ended ended = Ended.YES;
        for (Walk walk : walks.of(row, role)) {
            if (walk.serves(use)) {
                ended = ended.and(walk(use, walk));
            }
        }
        return ended;
    }

    /** Whether the use needs the role's way: its owner is not known to be through with it, or the row is known by this way alone. */
    boolean needs(Use use, Row row, Role role) {
        boolean known = !walks.of(row, role).isEmpty();
        return known
                ? role(use, row, role) != Ended.YES
                : !walks.broken(row, role).isEmpty() && use(use, row, List.of(role)) != Ended.YES;
    }

    /** The use is the same, be it of all its data or of some. */
    private boolean serves(Join pointer, Use use) {
        return shape.servedBy(pointer).stream().anyMatch(served -> served.id().equals(use.id()));
    }

    /** A shared row: AND over the rows that point to it, for what their links serve. */
    private Ended shared(Use use, Row row) {
        Ended ended = Ended.YES;
        boolean pointed = false;
        for (Join pointer : shape.pointers(row.table)) {
            for (Row owner : rows.pointing(pointer, row)) {
                pointed = true;
                if (!shape.personal(owner.table)) {
                    ended = Ended.NO;
                } else if (serves(pointer, use) && !goes.test(owner)) {
                    ended = ended.and(use(use, owner, shape.rolesOf(pointer)));
                }
            }
        }
        return pointed ? ended : unowned(use, row, shape.roles(row.table));
    }

    // ---- nobody's rows -----------------------------------------------------------------------------------------

    private Ended unowned(Use use, Row row, List<Role> roles) {
        Optional<Table.Unowned> rule = shape.map(row.table).unowned();
        if (rule.isEmpty()) {
            return asFarAsItGoes(use, row, roles);
        }
        return switch (rule.get()) {
            case Table.Unowned.Keep keep -> Ended.NO;
            case Table.Unowned.After(String event, var span) ->
                clause(new End.Clause(List.of(event), span, false, false), Optional.of(event), alone(row));
        };
    }

    /** What the row's table says, and the rows on its ways up to where they break off. */
    private Ended asFarAsItGoes(Use use, Row row, List<Role> roles) {
        List<Walk> begun =
                roles.stream().flatMap(role -> walks.broken(row, role).stream()).toList();
        Ended ended = Ended.YES;
        for (Walk walk : begun.isEmpty() ? List.of(alone(row)) : begun) {
            ended = ended.and(walk(use, walk));
        }
        return ended;
    }

    /** The row itself; what its way would lead to is missing. */
    private Walk alone(Row row) {
        List<TableName> tables = new ArrayList<>(List.of(row.table));
        for (Role role : shape.roles(row.table)) {
            role.path().forEach(join -> tables.add(join.to()));
        }
        return new Walk(
                tables, List.of(row), Optional.empty(), shape.map(row.table).shared(), true, Optional.empty());
    }

    // ---- one use along one walk --------------------------------------------------------------------------------

    private Ended walk(Use use, Walk walk) {
        return datesOnly
                ? clauses(use, walk)
                : clauses(use, walk).or(storeFacts(use, walk)).or(keptFacts(use, walk));
    }

    private Ended clauses(Use use, Walk walk) {
        Ended ended = Ended.NO;
        for (End end : use.allEnds()) {
            Ended one = switch (end) {
                case End.Clause clause -> clause(clause, use.begin(), walk);
                case End.LastOf lastOf -> {
                    Ended all = Ended.YES;
                    for (End.Clause clause : lastOf.clauses()) {
                        all = all.and(clause(clause, use.begin(), walk));
                    }
                    yield all;
                }
            };
            ended = ended.or(one);
        }
        return ended;
    }

    /** What a use would be if dates alone ended it. */
    Ended dated(Use use, Row row) {
        return seeing(List.of(), true, use, row);
    }

    /**
     * What a use would be if rows of one event did not date this one any more, whichever it is, and if no other row did: known ended only if
     * it would be every time.
     *
     * @param only whether dates alone end the use
     */
    Ended undated(Use use, Row row, boolean only) {
        List<String> all = shape.eventsDating(row.table).values().stream()
                .flatMap(List::stream)
                .filter(other -> times.own(row.table, other).isEmpty())
                .toList();
        Ended ended = seeing(all, only, use, row);
        for (String one : all) {
            ended = ended.and(seeing(List.of(one), only, use, row));
        }
        return ended;
    }

    private Ended seeing(List<String> without, boolean only, Use use, Row row) {
        hidden = without;
        datesOnly = only;
        try {
            return use(use, row);
        } finally {
            hidden = List.of();
            datesOnly = false;
        }
    }

    private Time time(String event, Walk walk) {
        Time time = times.of(event, walk);
        return time instanceof Time.At && hidden.contains(event)
                ? new Time.Absent(times.never(event, walk.tables()))
                : time;
    }

    private Ended clause(End.Clause clause, Optional<String> begin, Walk walk) {
        for (String event : clause.events()) {
            switch (time(event, walk)) {
                case Time.At at -> {
                    return Ended.when(
                            times.within(at, clause.window()) && times.over(at, clause.span(), clause.endOfYear()));
                }
                case Time.Unknown unknown -> {
                    return Ended.UNKNOWN;
                }
                case Time.Absent absent -> {
                    // the next event of the chain may say
                }
            }
        }
        if (begin.isEmpty() || !clause.events().contains(begin.get())) {
            return Ended.NO;
        }
        if (!times.stands(clause.window())) {
            return Ended.NO;
        }
        boolean never = time(begin.get(), walk) instanceof Time.Absent absent && absent.never();
        return never ? Ended.YES : Ended.UNKNOWN;
    }

    // ---- consent, objection, state -----------------------------------------------------------------------------

    private Ended storeFacts(Use use, Walk walk) {
        for (int step = 0; step < walk.tables().size(); step++) {
            Table.UseFacts mapped = shape.map(walk.tables().get(step)).facts().get(use.id());
            if (mapped != null) {
                return mapped.kept()
                        ? consentKept(use, mapped, walk)
                        : walk.missing(step)
                                ? Ended.UNKNOWN
                                : consent(use, mapped, walk.rows().get(step));
            }
        }
        return Ended.NO;
    }

    private Ended consent(Use use, Table.UseFacts mapped, Row row) {
        Ended ended = Ended.NO;
        if (mapped.withdrawn().isPresent()) {
            ended = ended.or(turnedOff(use.id() + ".withdrawn", use, row));
        }
        if (mapped.objected().isPresent() && use.directMarketing()) {
            ended = ended.or(turnedOff(use.id() + ".objected", use, row));
        }
        if (mapped.state().isPresent()) {
            ended = ended.or(among(mapped.state().get(), row).not());
        }
        return ended;
    }

    /** Withdrawn at or before T, and not given again after it. */
    private Ended turnedOff(String off, Use use, Row row) {
        if (!(times.at(off, row) instanceof Time.At withdrawn) || !times.past(withdrawn)) {
            return Ended.NO;
        }
        return Ended.when(!(times.mapped(row.table, use.id() + ".given")
                && times.at(use.id() + ".given", row) instanceof Time.At given
                && given.moment().isAfter(withdrawn.moment())));
    }

    /** Kept is the source: what it knows of no consent for has, as far as it knows, not begun. */
    private Ended consentKept(Use use, Table.UseFacts mapped, Walk walk) {
        if (walk.person().isEmpty()) {
            return Ended.UNKNOWN;
        }
        if (facts.given(walk.person().get(), use.id())) {
            return Ended.NO;
        }
        return mapped.absent() == Table.Absent.NEVER ? Ended.YES : Ended.UNKNOWN;
    }

    private static Ended among(Table.ColumnValues allowed, Row row) {
        Object value = row.get(allowed.column());
        if (value == null) {
            return allowed.orNull() ? Ended.YES : Ended.UNKNOWN;
        }
        return Ended.when(allowed.values().contains(Values.print(value)));
    }

    // ---- what Kept was told ------------------------------------------------------------------------------------

    private Ended keptFacts(Use use, Walk walk) {
        if (walk.person().isEmpty()) {
            return Ended.NO;
        }
        Walk.Person person = walk.person().get();
        Ended ended = Ended.when(facts.ended(person, use.id()));
        if (facts.erased(person)) {
            ended = ended.or(
                    switch (use.onRequest()) {
                        case ENDS -> Ended.YES;
                        case AT_ITS_END -> delayed(use, walk).not();
                        case NEVER, REVIEW -> Ended.NO;
                    });
        }
        return ended;
    }

    /** Whether a {@code while} condition holds for the row, each asked where it stands nearest: on the row, on one it belongs to, on one that dates these. */
    private Ended delayed(Use use, Walk walk) {
        Ended delayed = Ended.NO;
        for (Table table : shape.personalTables()) {
            for (Table.While condition : table.whiles().values()) {
                if (speaksFor(condition, table, use)) {
                    delayed = delayed.or(delayed(condition, table, walk));
                }
            }
        }
        return delayed;
    }

    private Ended delayed(Table.While condition, Table table, Walk walk) {
        for (int step = 0; step < walk.tables().size(); step++) {
            TableName at = walk.tables().get(step);
            boolean there = table.name().equals(at);
            boolean dates = condition.dates().contains(at)
                    || table.events().values().stream()
                            .anyMatch(event -> event.dates().contains(at));
            if (there || dates) {
                if (walk.missing(step)) {
                    return Ended.UNKNOWN;
                }
                Row row = walk.rows().get(step);
                return there ? holds(condition, row) : someHolds(condition, table, row);
            }
        }
        return Ended.NO;
    }

    static boolean speaksFor(Table.While condition, Table table, Use use) {
        return use.whiles().isEmpty()
                ? table.uses().contains(use.id())
                : use.whiles().contains(condition.name());
    }

    private static Ended holds(Table.While condition, Row row) {
        Ended holds = Ended.YES;
        for (Table.ColumnValues column : condition.columns()) {
            holds = holds.and(among(column, row));
        }
        return holds;
    }

    private Ended someHolds(Table.While condition, Table table, Row row) {
        Ended some = Ended.NO;
        for (Row dating : times.dating(table.name(), row)) {
            some = some.or(holds(condition, dating));
        }
        return some;
    }
}
