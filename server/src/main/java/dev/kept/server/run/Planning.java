package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Prepared;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.notice.Notice;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Sha256;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.RunKey;
import dev.kept.server.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans with what Kept knows: facts about persons, holds, and the frozen identifiers of a run. */
public final class Planning {

    private final State state;

    public Planning(State state) {
        this.state = state;
    }

    /**
     * What Kept knows of the store's persons and records.
     *
     * @throws CannotRun where a hold names a record by a table or a key that is not there any more: it must not be passed over
     */
    public Facts facts(LiveStore store) {
        Facts known = state.facts(store.name());
        for (Facts.Hold hold : known.holds()) {
            BoundTable table = store.bound().tables().get(hold.table());
            if (table == null) {
                throw new CannotRun(
                        "a hold stands on a record of `" + hold.table() + "`, which the map does not have",
                        "kept hold lists the holds: lift it, and open it anew on the table where the record is now");
            }
            if (!named(table, hold)) {
                throw new CannotRun(
                        "a hold on `" + hold.table() + "` names a record by a key that no row of it can have",
                        "kept hold lists the holds: lift it, and open it anew with the key the record has now");
            }
        }
        return new Facts(
                known.persons().stream().map(fact -> possible(store, fact)).toList(), known.holds());
    }

    private static boolean named(BoundTable table, Facts.Hold hold) {
        return hold.keys().stream()
                .allMatch(key -> possible(table, table.catalogue().primaryKey(), key));
    }

    /** Without keys that nobody can have: the map once named these persons by another column. */
    private static PersonFact possible(LiveStore store, PersonFact fact) {
        return store.bound()
                .personTable(fact.kind())
                .flatMap(table -> table.map()
                        .person()
                        .map(person -> new PersonFact(
                                fact.what(),
                                fact.kind(),
                                fact.keys().stream()
                                        .filter(key -> possible(table, person.key(), key))
                                        .toList())))
                .orElse(fact);
    }

    private static boolean possible(BoundTable table, List<String> columns, List<String> key) {
        if (key.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!KeyText.possible(table.catalogue().column(columns.get(i)).baseType(), key.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A sweep of everybody. */
    public Plan sweep(LiveStore store, Instant at) {
        return plan(store, at, facts(store), new Scope.Everybody());
    }

    /** The same for a run with this key: what is known of a person counts under the key that hers is replaced by, too. */
    Plan sweep(LiveStore store, Instant at, Optional<RunKey> secret) {
        Facts known = facts(store);
        Plan plan = plan(store, at, known, new Scope.Everybody());
        return secret.filter(key -> !plan.rekeyed().isEmpty())
                .map(key -> new KnownKeys(store.bound(), plan, key).both(known, (kind, person) -> true))
                .filter(both -> !both.equals(known))
                .map(both -> plan(store, at, both, new Scope.Everybody()))
                .orElse(plan);
    }

    /** What has ended for everybody by the notice and the store's own columns, and not because somebody has asked for erasure. */
    public Plan endedBeforeRequests(LiveStore store, Instant at) {
        Facts known = facts(store);
        List<PersonFact> others = known.persons().stream()
                .filter(fact -> !(fact.what() instanceof What.Erased))
                .toList();
        return plan(store, at, new Facts(others, known.holds()), new Scope.Everybody());
    }

    /** What would be left to do for persons whose requests for erasure stand. */
    public Plan standing(LiveStore store, Instant at, List<PersonFact> requests) {
        Map<String, List<List<String>>> keys = new LinkedHashMap<>();
        requests.forEach(request ->
                keys.computeIfAbsent(request.kind(), kind -> new ArrayList<>()).addAll(request.keys()));
        return plan(store, at, facts(store), scope(keys));
    }

    /** An erasure of these persons: their request stands as a fact. */
    public Prepared erasure(LiveStore store, Instant at, Map<String, List<List<String>>> identifiers) {
        return erasure(store, at, facts(store), identifiers);
    }

    private static Prepared erasure(
            LiveStore store, Instant at, Facts known, Map<String, List<List<String>>> identifiers) {
        List<PersonFact> persons = new ArrayList<>(known.persons());
        identifiers.forEach((kind, keys) -> persons.add(new PersonFact(new What.Erased(), kind, keys)));
        return endedFor(store, at, new Facts(persons, known.holds()), identifiers);
    }

    /** What has ended for these persons by the notice, the store's columns and what Kept knows: a sweep of them alone. */
    public Prepared endedFor(LiveStore store, Instant at, Map<String, List<List<String>>> identifiers) {
        return endedFor(store, at, facts(store), identifiers);
    }

    /** The same, were these uses ended for them. */
    public Prepared endedFor(
            LiveStore store, Instant at, Map<String, List<List<String>>> identifiers, Set<String> uses) {
        Facts known = facts(store);
        List<PersonFact> persons = new ArrayList<>(known.persons());
        uses.forEach(use ->
                identifiers.forEach((kind, keys) -> persons.add(new PersonFact(new What.Ended(use), kind, keys))));
        return endedFor(store, at, new Facts(persons, known.holds()), identifiers);
    }

    private static Prepared endedFor(
            LiveStore store, Instant at, Facts known, Map<String, List<List<String>>> identifiers) {
        Prepared plan = store.planner().prepare(asOf(store, at), known, scope(identifiers));
        checked(plan.outline());
        return plan;
    }

    /** How persons are planned for with what is known. */
    private interface ForPersons {
        Prepared plan(LiveStore store, Instant at, Facts known, Map<String, List<List<String>>> identifiers);
    }

    /** The same for a run with this key: they are looked for under the keys that theirs are replaced by, too. */
    Prepared erasure(
            LiveStore store, Instant at, Map<String, List<List<String>>> identifiers, Optional<RunKey> secret) {
        return underBothKeys(Planning::erasure, store, at, identifiers, secret);
    }

    /** The same of a sweep of them. */
    Prepared endedFor(
            LiveStore store, Instant at, Map<String, List<List<String>>> identifiers, Optional<RunKey> secret) {
        return underBothKeys(Planning::endedFor, store, at, identifiers, secret);
    }

    private Prepared underBothKeys(
            ForPersons how,
            LiveStore store,
            Instant at,
            Map<String, List<List<String>>> identifiers,
            Optional<RunKey> secret) {
        Facts known = facts(store);
        Prepared plan = how.plan(store, at, known, identifiers);
        if (secret.isEmpty() || plan.outline().rekeyed().isEmpty()) {
            return plan;
        }
        KnownKeys keys = new KnownKeys(store.bound(), plan.outline(), secret.get());
        Facts both = keys.both(known, (kind, key) -> named(identifiers, kind, key));
        Map<String, List<List<String>>> everyKey = keys.both(identifiers);
        return both.equals(known) && everyKey.equals(identifiers) ? plan : how.plan(store, at, both, everyKey);
    }

    private static boolean named(Map<String, List<List<String>>> identifiers, String kind, List<String> key) {
        return identifiers.getOrDefault(kind, List.of()).contains(key);
    }

    private static Plan plan(LiveStore store, Instant at, Facts known, Scope scope) {
        return checked(store.planner().plan(asOf(store, at), known, scope));
    }

    static Scope.Persons scope(Map<String, List<List<String>>> identifiers) {
        return new Scope.Persons(identifiers.entrySet().stream()
                .map(kind ->
                        new Scope.Identified(kind.getKey(), new KeySet("this run's " + kind.getKey(), kind.getValue())))
                .toList());
    }

    public static AsOf asOf(LiveStore store, Instant at) {
        return new AsOf(at, store.bound().notice().controller().zone());
    }

    private static Plan checked(Plan plan) {
        if (!plan.refusals().isEmpty()) {
            throw new CannotRun(
                    "no correct plan exists for `" + plan.store() + "`: "
                            + plan.refusals().stream().map(Problem::message).collect(Collectors.joining("; ")),
                    plan.refusals().getFirst().attempt());
        }
        return plan;
    }

    /** SHA-256 of a notice's rules, in hexadecimal. */
    public static String hash(Notice notice) {
        return Sha256.of(notice.toString());
    }
}
