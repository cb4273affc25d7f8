package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table.Absent;
import dev.kept.core.lifecycle.EventSources.Found;
import dev.kept.core.notice.End;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The static bound: every use of every table has an end that always comes, and none later than the notice says (DESIGN section 1, rule 2).
 * Says the chain of events that makes a use endless or too long.
 */
public final class UseBounds {

    /** Advice where the schema is only what a file says; in the database itself an error. */
    public static final String REST_ON_NULLABLE = "use-rests-on-nullable";

    private final BoundStore store;
    private final Places places;
    private final EventSources sources;
    private final Delays delays;
    private final Set<Problem> problems = new LinkedHashSet<>();

    private UseBounds(BoundStore store, Places places) {
        this.store = store;
        this.places = places;
        this.sources = new EventSources(store);
        this.delays = new Delays(store);
    }

    /** All problems of a store, errors and advice. */
    public static List<Problem> check(BoundStore store, Places places) {
        UseBounds bounds = new UseBounds(store, places);
        store.tables().values().forEach(bounds::check);
        return List.copyOf(bounds.problems);
    }

    private void check(BoundTable table) {
        nobodys(table);
        for (String id : table.map().uses()) {
            Use use = store.notice().uses().get(id);
            if (use == null || !use.concernsPersons()) {
                continue;
            }
            for (Role role : table.roles()) {
                check(table, use, sources.levels(table, role), role);
            }
            for (PointerLink pointer : table.pointers()) {
                BoundTable owner = store.table(pointer.link().from());
                if (pointer.uses().contains(id)) {
                    for (Role role : owner.roles()) {
                        List<Level> levels = new ArrayList<>();
                        levels.add(new Level(table, List.of()).from(pointer.link()));
                        levels.addAll(sources.levels(owner, role));
                        check(table, use, levels, role);
                    }
                }
            }
            boolean served = table.pointers().isEmpty()
                    || table.pointers().stream()
                            .anyMatch(pointer -> pointer.uses().contains(id));
            if (!served) {
                problems.add(problem(
                        Problem.Severity.ERROR,
                        "shared-for-nobody",
                        table,
                        "no row that points to `" + table.name() + "` serves `" + id + "`, so it never lives for it",
                        "add `" + id + "` to the uses of a table that points here, or take it away here"));
            }
        }
    }

    /** Where rows may have no owner, and nothing until there ends a use, they are not known to have ended, ever. */
    private void nobodys(BoundTable table) {
        boolean owned = table.roles().stream()
                .anyMatch(
                        role -> role.path().stream().allMatch(link -> open(link).isEmpty()));
        if (owned || table.map().unowned().isPresent()) {
            return;
        }
        Set<String> open = new LinkedHashSet<>();
        Set<String> lasting = new LinkedHashSet<>();
        for (Role role : table.roles()) {
            List<Level> levels = sources.levels(table, role);
            for (int i = 0; i < role.path().size(); i++) {
                Link link = role.path().get(i);
                List<String> unended = open(link).isEmpty() ? List.of() : unended(table, levels.subList(0, i + 1));
                if (!unended.isEmpty()) {
                    String place = i == 0 ? "" : link.from() + ".";
                    open(link).forEach(column -> open.add(place + column));
                    lasting.addAll(unended);
                }
            }
        }
        if (!lasting.isEmpty()) {
            problems.add(problem(
                    Problem.Severity.ADVICE,
                    "unowned-unsaid",
                    table,
                    "rows of `" + table.name() + "` without an owner (`" + String.join("`, `", open)
                            + "` is NULL) are never known to have ended: only their owner dates `"
                            + String.join("`, `", lasting) + "`",
                    "say what becomes of them: `unowned: keep`, or `unowned: {after: EVENT, for: 1 year}`"));
        }
    }

    /** The uses that nothing is sure to end as far as these tables say. */
    private List<String> unended(BoundTable table, List<Level> met) {
        return table.map().uses().stream()
                .flatMap(id -> Optional.ofNullable(store.notice().uses().get(id)).stream())
                .filter(use -> use.concernsPersons()
                        && use.ends().stream()
                                .noneMatch(end -> end.clauses().stream().allMatch(clause -> comes(use, clause, met))))
                .map(Use::id)
                .toList();
    }

    /** The columns of a link that may be NULL. */
    private List<String> open(Link link) {
        return link.columns().stream()
                .filter(column ->
                        !store.table(link.from()).catalogue().column(column).notNull())
                .toList();
    }

    /** @param role whose way it is; one that ends at a shared row goes on to its owners, who may end the use as well */
    private void check(BoundTable table, Use use, List<Level> levels, Role role) {
        List<End> sure = use.ends().stream()
                .filter(end -> end.clauses().stream().allMatch(clause -> comes(use, clause, levels)))
                .toList();
        unmapped(table, use, levels);
        unheard(table, use, levels);
        if (sure.isEmpty()) {
            if (role.kind().isPresent()) {
                problems.add(
                        problem(
                                Problem.Severity.ERROR,
                                "use-may-never-end",
                                table,
                                "`" + use.id() + "` may never end at `" + table.name() + "`: "
                                        + chains(use, levels, role),
                                "give one clause an `else` with an event that is never absent (a NOT NULL column), or say what begins the use"));
            }
            return;
        }
        Optional<Span> longest = store.notice().keeps().longest();
        if (longest.isEmpty() || use.law().isPresent()) {
            return;
        }
        if (sure.stream().noneMatch(end -> end.within(longest.get()))) {
            problems.add(problem(
                    Problem.Severity.ERROR,
                    "use-too-long",
                    table,
                    "`" + use.id() + "` may last longer than " + longest.get() + " at `" + table.name() + "`: "
                            + chains(use, levels, role),
                    "shorten the period of a clause that always comes, or move the duty to `keeps.beyond`"));
        }
    }

    /** A condition that the use names, and that the store knows, speaks for none of these rows: they would not wait for it. */
    private void unheard(BoundTable table, Use use, List<Level> levels) {
        boolean known = store.tables().values().stream()
                .anyMatch(other -> other.map().whiles().keySet().stream().anyMatch(use.whiles()::contains));
        boolean further = levels.stream()
                .skip(1)
                .anyMatch(level -> level.table().map().uses().contains(use.id()));
        if (known
                && !further
                && use.onRequest() == OnRequest.AT_ITS_END
                && delays.of(use, levels).equals(Condition.FALSE)) {
            problems.add(problem(
                    Problem.Severity.ADVICE,
                    "while-out-of-reach",
                    table,
                    "a request that ends `" + use.id() + "` does not wait at `" + table.name() + "`: `"
                            + String.join("`, `", use.whiles()) + "` speaks for other rows",
                    "let the table of the condition date these rows: `order.placed: {at: …, dates: [" + table.name()
                            + "]}`; or leave `" + use.path() + ".while` out"));
        }
    }

    /** The clause fires some day, once the use has begun. */
    private boolean comes(Use use, End.Clause clause, List<Level> levels) {
        for (String event : clause.events()) {
            Optional<Found> found = sources.find(levels, event);
            if (found.filter(f -> f.source().always() && mandatory(f.level())).isPresent()) {
                return true;
            }
            boolean begin = use.begin().filter(event::equals).isPresent();
            boolean kept = begin && event.equals(use.id() + ".given");
            if (begin && (found.isPresent() || kept)) {
                return true;
            }
        }
        return false;
    }

    private boolean mandatory(Level level) {
        return level.path().stream()
                .allMatch(link -> link.foreignKey()
                        && link.columns().stream()
                                .allMatch(column -> store.table(link.from())
                                        .catalogue()
                                        .column(column)
                                        .notNull()));
    }

    private void unmapped(BoundTable table, Use use, List<Level> levels) {
        for (End.Clause clause : use.allClauses()) {
            for (String event : clause.events()) {
                Optional<Found> found = sources.find(levels, event);
                boolean asked = clause.window().before().isPresent() && event.equals(use.id() + ".given");
                if (found.isEmpty() && !asked) {
                    problems.add(problem(
                            Problem.Severity.ADVICE,
                            "event-nowhere",
                            table,
                            "`" + use.id() + "` at `" + table.name() + "` waits for `" + event
                                    + "`, which no table on the way maps; here it never happens",
                            "map it under `events:` where the store knows it"));
                }
            }
        }
        use.begin()
                .flatMap(begin -> sources.find(levels, begin))
                .filter(found -> !found.source().always() && found.source().absent() == Absent.UNKNOWN)
                .ifPresent(found -> problems.add(problem(
                        Problem.Severity.ADVICE,
                        restsOn(use, found, levels) ? REST_ON_NULLABLE : "begin-may-be-unknown",
                        table,
                        "where `" + use.begin().orElse("") + "` is absent, Kept does not know whether `" + use.id()
                                + "` ever began at `" + table.name() + "`: such rows stay and are reported",
                        "say `absent: never` where the event is mapped, if absence means it never began, or give a clause an"
                                + " `else` with an event that is never absent (a NOT NULL column)")));
    }

    /** Whether every end of the use rests on a begin whose column may be NULL. */
    private boolean restsOn(Use use, Found begin, List<Level> levels) {
        return begin.source().moment() instanceof Moment.At
                && use.ends().stream()
                        .noneMatch(end -> end.clauses().stream().allMatch(clause -> comesUnbegun(use, clause, levels)));
    }

    /** The clause fires some day, whether it is known or not that the use has begun. */
    private boolean comesUnbegun(Use use, End.Clause clause, List<Level> levels) {
        return clause.events().stream()
                .filter(event -> use.begin().filter(event::equals).isEmpty())
                .flatMap(event -> sources.find(levels, event).stream())
                .anyMatch(found -> found.source().always() && mandatory(found.level()));
    }

    private String chains(Use use, List<Level> levels, Role role) {
        List<String> said = new ArrayList<>();
        for (End.Clause clause : use.clauses()) {
            List<String> events = clause.events().stream()
                    .map(event ->
                            "`" + event + "`" + (sources.find(levels, event).isEmpty() ? nowhere(event, role) : ""))
                    .toList();
            String chain = String.join(", else ", events) + " + " + clause.span();
            said.add(comes(use, clause, levels) ? chain : chain + " (may never come)");
        }
        return said.isEmpty() ? "it has no ends" : String.join("; ", said);
    }

    private String nowhere(String event, Role role) {
        boolean elsewhere = store.tables().values().stream()
                .anyMatch(table -> table.map().events().containsKey(event));
        return elsewhere ? " (mapped, but not on the way to `" + role.name() + "`)" : " (mapped nowhere)";
    }

    private Problem problem(Problem.Severity severity, String code, BoundTable table, String message, String attempt) {
        return new Problem(
                severity,
                code,
                places.at("tables", table.name().toString(), "uses"),
                "stores." + store.store().name() + "." + table.name(),
                message,
                attempt);
    }
}
