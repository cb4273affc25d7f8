package dev.kept.server.run;

import dev.kept.core.suppression.Identifier;
import dev.kept.core.suppression.Keeping;
import dev.kept.core.suppression.Sighting.Fit;
import dev.kept.server.state.Run;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Suppressions.NumberedKey;
import dev.kept.stores.postgres.look.Identities;
import dev.kept.stores.postgres.look.Identities.Known;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreIdentity;
import dev.kept.stores.postgres.sql.Sql;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hashes what persons who are about to be erased are known by: afterwards nothing says it any more. It is asked in the transaction that may be
 * the first to change something, noted before that one's COMMIT, and counts once the run has ended.
 */
final class Marking {

    private final State state;

    /** The month's key by store; a key is not destroyed before its month is over. */
    private final Map<String, Current> current = new ConcurrentHashMap<>();

    private record Current(LocalDate month, NumberedKey key) {}

    Marking(State state) {
        this.state = state;
    }

    /** For an attempt at a run; empty where it erases nobody by name, or an earlier one has noted it, and changed what there is to see. */
    Optional<Marks> of(LiveStore store, StoreIdentity identity, Run run, Whom whom, Earlier earlier) {
        boolean first = earlier.counts().isEmpty() && earlier.doubtful() == 0;
        return first && PersonRun.of(run).equals(Optional.of(PersonRun.ERASE))
                ? Optional.of(new Marks(store, identity, run, whom.identifiers(), earlier.lastStep() > 0))
                : Optional.empty();
    }

    /** What the persons of one run are known by, asked and hashed. */
    final class Marks {

        private final LiveStore store;
        private final StoreIdentity identity;
        private final Run run;
        private final Map<String, List<List<String>>> persons;
        private final Map<String, Identities> kinds = new LinkedHashMap<>();

        /** Whether something may have been noted before, which this takes the place of. */
        private boolean again;

        private Marks(
                LiveStore store,
                StoreIdentity identity,
                Run run,
                Map<String, List<List<String>>> persons,
                boolean again) {
            this.again = again;
            this.store = store;
            this.identity = identity;
            this.run = run;
            this.persons = persons;
            persons.keySet()
                    .forEach(kind -> store.bound()
                            .personTable(kind)
                            .filter(table -> table.map()
                                    .person()
                                    .filter(person -> !person.foundBy().isEmpty())
                                    .isPresent())
                            .ifPresent(table -> kinds.put(kind, store.judged().identities(store.catalogue(), table))));
        }

        /** One question for each kind that is found by something. */
        List<Sql> asked() {
            List<Sql> asked = new ArrayList<>();
            kinds.forEach((kind, identities) -> asked.add(identities.asking(persons.getOrDefault(kind, List.of()))));
            return asked;
        }

        /** What is to be noted, by the answers; keys also of those who are not there. */
        StateChange noted(List<Answer> answers) {
            Map<Identifier, Fit> identifiers = new LinkedHashMap<>();
            persons.forEach((kind, keys) -> keys.forEach(key -> identifiers.put(Identifier.key(kind, key), Fit.KEY)));
            int next = 0;
            for (Identities identities : kinds.values()) {
                values(identities, identities.known(answers.get(next++)), identifiers);
            }
            boolean before = again;
            again = true;
            return state.suppressions()
                    .marks(
                            key(store.name(), identity),
                            store.name(),
                            run.id(),
                            before,
                            identifiers,
                            run.asOf(),
                            Keeping.endOf(
                                    run.asOf(),
                                    store.bound().notice().controller().zone(),
                                    store.bound().store().backupsKeptFor()));
        }
    }

    /** Finders' values; one that somebody else has as well says nothing of her, and is left out. */
    private static void values(Identities identities, List<Known> persons, Map<Identifier, Fit> marked) {
        for (Known person : persons) {
            person.values().forEach((finder, value) -> {
                if (!person.others().contains(finder)) {
                    marked.put(
                            Identifier.found(identities.kind(), finder, value),
                            person.told().contains(finder) ? Fit.VALUE : Fit.SHARED_VALUE);
                }
            });
        }
    }

    private NumberedKey key(String store, StoreIdentity identity) {
        LocalDate month =
                LocalDate.ofInstant(state.clock().instant(), ZoneOffset.UTC).withDayOfMonth(1);
        return current.compute(
                        store,
                        (name, known) -> known != null && known.month().equals(month)
                                ? known
                                : new Current(
                                        month, state.suppressions().current(store, StoreIdentities.write(identity))))
                .key();
    }
}
