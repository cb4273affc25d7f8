package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.look.PersonsLook;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Many persons whom one run erases, or sweeps: what stays of each is told apart in one statement a table, before and after. */
final class ManyPersons {

    private static final Duration LOOK_LIMIT = Duration.ofHours(2);

    private final LiveStore store;
    private final StoreSession session;
    private final List<Map<String, List<List<String>>>> people;
    private final Optional<ReplacedKeys> replaced;

    /** Whether all is to go that a request ends; of a sweep nothing stands afterwards. */
    private final boolean erasure;

    /** Under their keys, and those that replace them. */
    private final List<Map<String, List<List<String>>>> found;

    private List<List<Stay>> released = List.of();

    private ManyPersons(
            LiveStore store,
            StoreSession session,
            List<Map<String, List<List<String>>>> people,
            Optional<ReplacedKeys> replaced,
            boolean erasure) {
        this.store = store;
        this.session = session;
        this.people = people;
        this.replaced = replaced;
        this.erasure = erasure;
        this.found = people.stream()
                .map(person -> replaced.map(keys -> keys.both(person)).orElse(person))
                .toList();
    }

    /** Empty where nobody is to be told apart. */
    static Optional<ManyPersons> of(
            LiveStore store,
            StoreSession session,
            Run run,
            List<Map<String, List<List<String>>>> people,
            Optional<ReplacedKeys> replaced) {
        boolean erasure = PersonRun.of(run).equals(Optional.of(PersonRun.ERASE));
        return people.isEmpty()
                ? Optional.empty()
                : Optional.of(new ManyPersons(store, session, people, replaced, erasure));
    }

    /** Everybody's keys by kind, each once. */
    static Map<String, List<List<String>>> together(List<Map<String, List<List<String>>>> people) {
        Map<String, Set<List<String>>> together = new LinkedHashMap<>();
        people.forEach(person ->
                person.forEach((kind, keys) -> together.computeIfAbsent(kind, name -> new java.util.LinkedHashSet<>())
                        .addAll(keys)));
        Map<String, List<List<String>>> all = new LinkedHashMap<>();
        together.forEach((kind, keys) -> all.put(kind, List.copyOf(keys)));
        return all;
    }

    /** Counts what may stay and not be found any more, as {@link Released} says. */
    void before(Prepared plan) {
        if (!store.judged().released(store.bound(), plan, erasure).groups().isEmpty()) {
            released = stays(Released.from(store.bound(), plan.plan(), erasure));
        }
    }

    private List<List<Stay>> stays(Plan plan) {
        List<LookResult> looks = new PersonsLook(store.catalogue()).look(session.connection(), plan, found, LOOK_LIMIT);
        return looks.stream()
                .map(look -> Grounds.of(store.bound(), plan, look, erasure))
                .toList();
    }

    /** What the run leaves of each, and of all together. */
    Remains remains(State state, Run run, Prepared plan, Optional<LookResult> atEnd) {
        Set<TableName> left = atEnd.map(look -> look.tables().entrySet().stream()
                        .filter(table -> table.getValue().rows() > 0)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        Plan looked = (left.isEmpty() ? plan.outline() : plan.plan()).only(left);
        List<LookResult> looks = left.isEmpty()
                ? people.stream().map(person -> new LookResult(Map.of())).toList()
                : new PersonsLook(store.catalogue()).look(session.connection(), looked, found, LOOK_LIMIT);
        List<Outcome> each = new ArrayList<>();
        List<Map<String, List<List<String>>>> standing = new ArrayList<>();
        Map<Stay, Stay> all = new LinkedHashMap<>();
        for (int i = 0; i < people.size(); i++) {
            List<Stay> here = Grounds.of(store.bound(), looked, looks.get(i), erasure);
            List<Stay> stays = Released.with(here, released.isEmpty() ? List.of() : released.get(i));
            boolean stands = erasure && !here.isEmpty();
            Remains hers = new Remains(Optional.of(looks.get(i)), stays, stands, List.of(), List.of());
            RunState end = hers.unknown() ? RunState.INCOMPLETE : RunState.DONE;
            each.add(Outcome.part(run, end, looks.get(i), stays, stands));
            stays.forEach(stay -> all.merge(kind(stay), stay, ManyPersons::sum));
            if (stands) {
                standing.add(people.get(i));
            }
        }
        return new Remains(
                atEnd, List.copyOf(all.values()), !standing.isEmpty(), facts(state, run, together(standing)), each);
    }

    private static Stay kind(Stay stay) {
        return new Stay(stay.table(), stay.use(), stay.role(), 0, 0, stay.ground(), Optional.empty());
    }

    /** A row that is several persons' counts for each of them. */
    private static Stay sum(Stay one, Stay other) {
        Optional<LocalDate> until = one.until().isEmpty() || other.until().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        one.until().get().isAfter(other.until().get())
                                ? one.until().get()
                                : other.until().get());
        return new Stay(
                one.table(),
                one.use(),
                one.role(),
                one.rows() + other.rows(),
                one.unknown() + other.unknown(),
                one.ground(),
                until);
    }

    private List<StateChange> facts(State state, Run run, Map<String, List<List<String>>> standing) {
        Map<String, List<List<String>>> now =
                replaced.map(keys -> keys.now(session, standing)).orElse(standing);
        List<StateChange> facts = new ArrayList<>();
        now.forEach((kind, keys) ->
                facts.add(state.personFacts().addAll(store.name(), kind, keys, new What.Erased(), run.id())));
        return facts;
    }
}
