package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.Absent;
import dev.kept.core.lifecycle.EventSources.Found;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.Window;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** When a use has ended for one role of a row ({@code docs/semantics.md} section 2). */
final class Ends {

    private static final End.Clause NOW = new End.Clause(List.of("now"), new Span(0, Span.Unit.DAY), false, false);

    private final BoundStore store;
    private final EventSources sources;
    private final AsOf asOf;
    private final KeySets keySets;
    private final Delays delays;
    private final IdentityHashMap<End.Clause, Cutoff> cutoffs;

    /** Events taken as absent wherever they are found. */
    private final Set<String> without;

    private final boolean datesOnly;

    Ends(BoundStore store, EventSources sources, AsOf asOf, KeySets keySets) {
        this.store = store;
        this.sources = sources;
        this.asOf = asOf;
        this.keySets = keySets;
        this.delays = new Delays(store);
        this.cutoffs = new IdentityHashMap<>();
        this.without = Set.of();
        this.datesOnly = false;
    }

    private Ends(Ends other, Set<String> without, boolean datesOnly) {
        this.store = other.store;
        this.sources = other.sources;
        this.asOf = other.asOf;
        this.keySets = other.keySets;
        this.delays = other.delays;
        this.cutoffs = other.cutoffs;
        this.without = without;
        this.datesOnly = datesOnly;
    }

    /**
     * The ends as they would be if nothing said when these events were.
     *
     * @param datesOnly whether dates alone end a use, not what columns or Kept say of persons
     */
    Ends without(Set<String> events, boolean datesOnly) {
        return new Ends(this, events, datesOnly);
    }

    /** @param levels the tables on the role's way, nearest first */
    Condition ended(Use use, List<Level> levels, Role role) {
        List<Condition> ways = new ArrayList<>();
        for (End end : use.allEnds()) {
            ways.add(ended(end, use, levels));
        }
        if (!datesOnly) {
            ways.add(saidByColumns(use, levels));
            role.kind().ifPresent(kind -> ways.add(saidByKept(use, levels, role, kind)));
        }
        return any(ways);
    }

    /** One end: all its clauses have passed. */
    Condition ended(End end, Use use, List<Level> levels) {
        return all(end.clauses().stream()
                .map(clause -> clause(use, clause, levels))
                .toList());
    }

    private Condition clause(Use use, End.Clause clause, List<Level> levels) {
        List<Found> found = clause.events().stream()
                .filter(event -> !without.contains(event))
                .flatMap(event -> sources.find(levels, event).stream())
                .toList();
        Optional<String> begin = use.begin().filter(clause.events()::contains);
        if (begin.isEmpty() || datesOfKept(use, begin.get(), levels)) {
            return Chain.of(found, cutoff(clause)).happened();
        }
        boolean never = sources.find(levels, begin.get())
                .filter(f -> f.source().absent() == Absent.NEVER)
                .isPresent();
        Chain chain = Chain.of(found, cutoff(clause));
        if (clause.window().equals(Window.ALWAYS)) {
            return never ? chain.happenedOrNever() : chain.happenedOrUnknown();
        }
        Condition absent = never ? chain.happenedOrNever() : all(chain.happenedOrNever(), Condition.UNKNOWN);
        return any(chain.happened(), all(stands(clause), absent));
    }

    /** Whether the version that says so stands: only then does it count that nothing has happened. */
    private Condition stands(End.Clause clause) {
        Window absence = clause.window().ofAbsence();
        return absence.equals(Window.ALWAYS)
                ? Condition.TRUE
                : new Condition.Stands(Cutoff.of(asOf, new Span(0, Span.Unit.DAY), false, absence));
    }

    /**
     * What can be said where the way breaks off after these tables: what would come from beyond is unknown.
     *
     * @param ways the whole ways, where they are known: an event that none of them maps would come from nowhere
     */
    Condition endedAsFarAs(Use use, List<Level> met, List<List<Level>> ways) {
        List<Condition> ended = new ArrayList<>();
        for (End end : use.allEnds()) {
            ended.add(all(end.clauses().stream()
                    .map(clause -> clauseAsFarAs(use, clause, met, ways))
                    .toList()));
        }
        if (!datesOnly) {
            ended.add(saidByColumns(use, met));
        }
        return any(ended);
    }

    private Condition clauseAsFarAs(Use use, End.Clause clause, List<Level> met, List<List<Level>> ways) {
        List<Found> found = new ArrayList<>();
        for (String event : clause.events()) {
            Optional<Found> here = sources.find(met, event);
            if (without.contains(event) && here.isPresent()) {
                continue;
            }
            boolean nowhere = !ways.isEmpty()
                    && ways.stream().allMatch(way -> sources.find(way, event).isEmpty());
            if (nowhere) {
                continue;
            }
            if (here.isEmpty()) {
                return Chain.of(found, cutoff(clause)).happenedOrUnknown();
            }
            found.add(here.get());
        }
        return clause(use, clause, met);
    }

    /** Whether the begin is a consent that Kept itself recorded: then no column can be absent. */
    private boolean datesOfKept(Use use, String begin, List<Level> levels) {
        return begin.equals(use.id() + ".given")
                && factsOf(use, levels).filter(f -> f.facts().kept()).isPresent();
    }

    /** Each clause of an end, as seen from these tables; one whose events none of them maps has an empty chain. */
    List<TablePlan.ClauseAt> clausesAt(End end, List<Level> levels) {
        return end.clauses().stream()
                .map(clause -> new TablePlan.ClauseAt(
                        clause.events().stream()
                                .flatMap(event -> sources.find(levels, event).stream())
                                .map(Found::moment)
                                .toList(),
                        cutoff(clause)))
                .toList();
    }

    private Cutoff cutoff(End.Clause clause) {
        return cutoffs.computeIfAbsent(clause, c -> Cutoff.of(asOf, c.span(), c.endOfYear(), c.window()));
    }

    private record FactsAt(Table.UseFacts facts, Level level) {}

    private Optional<FactsAt> factsOf(Use use, List<Level> levels) {
        return levels.stream()
                .flatMap(level ->
                        Optional.ofNullable(level.table().map().facts().get(use.id()))
                                .map(f -> new FactsAt(f, level))
                                .stream())
                .findFirst();
    }

    private Condition saidByColumns(Use use, List<Level> levels) {
        return factsOf(use, levels)
                .map(at -> {
                    BoundTable table = at.level().table();
                    Optional<Moment> given = moment(table, at.facts().given());
                    List<Condition> said = new ArrayList<>();
                    Cutoff now = cutoff(NOW);
                    moment(table, at.facts().withdrawn()).ifPresent(no -> said.add(Refusal.stands(given, no, now)));
                    if (use.directMarketing()) {
                        moment(table, at.facts().objected()).ifPresent(no -> said.add(Refusal.stands(given, no, now)));
                    }
                    at.facts().state().ifPresent(state -> said.add(not(Condition.hasOneOf(state))));
                    return said.isEmpty() ? Condition.FALSE : at.level().seen(any(said));
                })
                .orElse(Condition.FALSE);
    }

    private Optional<Moment> moment(BoundTable table, Optional<String> column) {
        return column.map(name -> sources.moment(table, name, Optional.empty(), List.of()));
    }

    private Condition saidByKept(Use use, List<Level> levels, Role role, String kind) {
        List<Condition> said = new ArrayList<>();
        said.add(person(
                role, keySets.persons("ended " + use.id(), kind, what -> what.equals(new What.Ended(use.id())))));
        Condition erased = person(role, keySets.persons("erased", kind, What.Erased.class::isInstance));
        switch (use.onRequest()) {
            case ENDS -> said.add(erased);
            case AT_ITS_END ->
                said.add(erased.equals(Condition.FALSE) ? erased : all(erased, not(delays.of(use, levels))));
            case NEVER, REVIEW -> {}
        }
        factsOf(use, levels).filter(at -> at.facts().kept()).ifPresent(at -> {
            Condition given = person(
                    role, keySets.persons("given " + use.id(), kind, what -> what.equals(new What.Given(use.id()))));
            Condition unsaid = at.facts().absent() == Absent.NEVER ? Condition.TRUE : Condition.UNKNOWN;
            said.add(all(not(Condition.known(given)), unsaid));
        });
        return any(said);
    }

    Condition restricted(Role role) {
        return role.kind()
                .map(kind -> Condition.known(
                        person(role, keySets.persons("restricted", kind, What.Restricted.class::isInstance))))
                .orElse(Condition.FALSE);
    }

    /** The person of the role is one of these. A join by value that leads to nobody leads to none of them. */
    private Condition person(Role role, KeySet keys) {
        if (keys.isEmpty()) {
            return Condition.FALSE;
        }
        List<String> key = personKey(role);
        List<Link> path = role.path();
        if (path.isEmpty()) {
            return new Condition.KeyIn(key, Match.EXACT, keys);
        }
        Link last = path.getLast();
        return carriedKey(last, key)
                .map(columns -> Level.through(
                        path.subList(0, path.size() - 1), new Condition.KeyIn(columns, Match.EXACT, keys)))
                .orElseGet(() -> Condition.known(Level.through(path, new Condition.KeyIn(key, Match.EXACT, keys))));
    }

    List<String> personKey(Role role) {
        return role.kind()
                .flatMap(store::personTable)
                .flatMap(person -> person.map().person())
                .map(Table.Person::key)
                .orElseThrow(() -> new IllegalStateException("role `" + role.name() + "` leads to no person"));
    }

    /** The columns of a link that hold the person's key themselves, in the key's order; none where a value there may stand for nobody. */
    static Optional<List<String>> carriedKey(Link last, List<String> key) {
        if (last.match() != Match.EXACT
                || !last.none().isEmpty()
                || key.size() != last.targetColumns().size()
                || !last.targetColumns().containsAll(key)) {
            return Optional.empty();
        }
        return Optional.of(key.stream()
                .map(column -> last.columns().get(last.targetColumns().indexOf(column)))
                .toList());
    }
}
