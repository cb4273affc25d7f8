package dev.kept.server.publish;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.core.notice.Notice;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.look.Counting;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts in one store what a version would do: the old rules and the new ones are planned as of the same T, and looked at. */
final class Effects {

    /** How long one count may take. */
    private static final Duration COUNT_LIMIT = Duration.ofMinutes(30);

    private final RunService runs;
    private final Planning planning;
    private final StoreSession session;
    private final LiveStore live;
    private final Instant at;
    private final Counting counting;

    Effects(State state, RunService runs, StoreSession session, LiveStore live, Instant at) {
        this.runs = runs;
        this.planning = new Planning(state);
        this.session = session;
        this.live = live;
        this.at = at;
        this.counting = new Counting(live.catalogue());
    }

    StoreEffect of(Optional<Notice> before, Candidate candidate) {
        Plan now = planning.sweep(live, at);
        List<StoreEffect.Rows> rows = before.map(rules -> rows(rules, now)).orElse(List.of());
        // Who is concerned is asked under the rules that bind them today: a new use concerns nobody yet.
        Plan asked = before.map(rules -> planning.sweep(under(rules), at)).orElse(now);
        return new StoreEffect(
                live.name(),
                rows,
                consents(asked, candidate.comparison().suspends()),
                persons(asked, Set.copyOf(candidate.comparison().touched())));
    }

    private LiveStore under(Notice rules) {
        return new LiveStore(live.bound().with(rules), live.schema(), live.source());
    }

    /** Tables that serve a use which was not there before are left out: what the old rules would do to them says nothing. */
    private List<StoreEffect.Rows> rows(Notice before, Plan now) {
        LookResult with = runs.look(live, session, now);
        LiveStore old = under(before);
        LookResult without = runs.look(old, session, planning.sweep(old, at));
        List<StoreEffect.Rows> rows = new ArrayList<>();
        with.tables().forEach((table, look) -> {
            boolean comparable = before.uses()
                    .keySet()
                    .containsAll(live.bound().table(table).map().uses());
            long difference = look.left()
                    - without.tables().getOrDefault(table, TableLook.none()).left();
            if (comparable && difference != 0) {
                rows.add(new StoreEffect.Rows(table, Math.max(0, difference), Math.max(0, -difference)));
            }
        });
        return rows;
    }

    private List<StoreEffect.Consents> consents(Plan plan, List<String> suspended) {
        List<StoreEffect.Consents> consents = new ArrayList<>();
        plan.tables().forEach(table -> {
            for (String use : suspended) {
                Table map = live.bound().table(table.table()).map();
                if (map.facts().containsKey(use)) {
                    Condition lives = lives(table, Set.of(use), Optional.empty());
                    consents.add(new StoreEffect.Consents(use, table.table(), count(table.table(), lives)));
                }
            }
        });
        return consents;
    }

    private List<StoreEffect.Persons> persons(Plan plan, Set<String> touched) {
        Map<TableName, List<Condition>> concerned = new LinkedHashMap<>();
        plan.tables().forEach(table -> {
            BoundTable bound = live.bound().table(table.table());
            for (Role role : bound.roles()) {
                Optional<BoundTable> person = role.kind().flatMap(live.bound()::personTable);
                Condition lives = lives(table, touched, Optional.of(role.name()));
                if (person.isPresent() && !lives.equals(Condition.FALSE)) {
                    concerned
                            .computeIfAbsent(person.get().name(), name -> new ArrayList<>())
                            .add(seenFromPerson(role.path(), lives));
                }
            }
        });
        List<StoreEffect.Persons> persons = new ArrayList<>();
        concerned.forEach((table, ways) -> persons.add(persons(table, Condition.any(ways))));
        return persons;
    }

    private StoreEffect.Persons persons(TableName table, Condition concerned) {
        Table.Person person = live.bound().table(table).map().person().orElseThrow();
        Set<String> finders = new TreeSet<>();
        person.foundBy().values().forEach(finder -> finders.add(finder.column()));
        List<Condition> reached = finders.stream()
                .map(column -> Condition.not(new Condition.AnyNull(List.of(column))))
                .collect(Collectors.toList());
        person.foundBeside()
                .values()
                .forEach(finder -> live.bound()
                        .toFound(person, finder)
                        .ifPresent(link -> reached.add(new Condition.Some(
                                link, Condition.not(new Condition.AnyNull(List.of(finder.column())))))));
        return new StoreEffect.Persons(
                person.kind(),
                table,
                count(table, concerned),
                reached.isEmpty() ? 0 : count(table, Condition.all(concerned, Condition.any(reached))));
    }

    /** One of the uses lives for the row, or nobody knows. */
    private static Condition lives(TablePlan table, Set<String> uses, Optional<String> role) {
        List<Condition> lives = new ArrayList<>();
        for (UseState state : table.uses()) {
            if (uses.contains(state.use())
                    && role.filter(name -> !name.equals(state.role())).isEmpty()) {
                lives.add(Condition.not(Condition.known(state.ended())));
            }
        }
        return Condition.any(lives);
    }

    private static Condition seenFromPerson(List<Link> path, Condition row) {
        Condition seen = row;
        for (Link link : path) {
            seen = new Condition.Some(link, seen);
        }
        return seen;
    }

    private long count(TableName table, Condition known) {
        return known.equals(Condition.FALSE) ? 0 : counting.rows(session.connection(), table, known, COUNT_LIMIT);
    }
}
