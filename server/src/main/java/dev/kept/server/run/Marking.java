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
import dev.kept.stores.postgres.look.Identities.Ownership;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreSession;
import dev.kept.stores.postgres.sql.SqlTables;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hashes what persons who are about to be erased are known by, before the first step: afterwards nothing says it any more. The hashes are noted
 * with the run, and count once it has ended.
 */
final class Marking {

    private final State state;

    /** The month's key by store; a key is not destroyed before its month is over. */
    private final Map<String, Current> current = new ConcurrentHashMap<>();

    private record Current(LocalDate month, NumberedKey key) {}

    Marking(State state) {
        this.state = state;
    }

    /** When what a run erased is forgotten to have been erased. */
    static Instant endOf(LiveStore store, Run run) {
        return Keeping.endOf(
                run.asOf(),
                store.bound().notice().controller().zone(),
                store.bound().store().backupsKeptFor());
    }

    /** What is to be noted with the run; nothing for a run that is nobody's by name. */
    List<StateChange> of(LiveStore store, StoreSession session, Map<String, List<List<String>>> persons, UUID run) {
        Map<Identifier, Fit> identifiers = new LinkedHashMap<>();
        persons.forEach((kind, keys) -> add(store, session.connection(), kind, keys, identifiers));
        if (identifiers.isEmpty()) {
            return List.of();
        }
        return List.of(
                state.suppressions().begun(store.name(), StoreIdentities.write(session.identity())),
                state.suppressions().marks(key(store.name()), store.name(), run, identifiers));
    }

    private static void add(
            LiveStore store,
            StoreConnection connection,
            String kind,
            List<List<String>> keys,
            Map<Identifier, Fit> identifiers) {
        keys.forEach(key -> identifiers.put(Identifier.key(kind, key), Fit.KEY));
        store.bound()
                .personTable(kind)
                .filter(table -> table.map()
                        .person()
                        .filter(person -> !person.foundBy().isEmpty())
                        .isPresent())
                .map(table -> new Identities(table, new SqlTables(store.catalogue())))
                .ifPresent(identities -> values(identities, connection, keys, identifiers));
    }

    /** Finders' values; one that somebody else has as well says nothing of her, and is left out. */
    private static void values(
            Identities identities, StoreConnection connection, List<List<String>> keys, Map<Identifier, Fit> marked) {
        List<Known> persons = identities.of(connection, keys);
        Ownership ownership = identities.ownership(connection, persons);
        for (Known person : persons) {
            person.values().forEach((finder, value) -> {
                if (!ownership.isOthers(finder, value)) {
                    marked.put(
                            Identifier.found(identities.kind(), finder, value),
                            ownership.alone().contains(finder) ? Fit.VALUE : Fit.SHARED_VALUE);
                }
            });
        }
    }

    private NumberedKey key(String store) {
        LocalDate month =
                LocalDate.ofInstant(state.clock().instant(), ZoneOffset.UTC).withDayOfMonth(1);
        return current.compute(
                        store,
                        (name, known) -> known != null && known.month().equals(month)
                                ? known
                                : new Current(month, state.suppressions().current(store)))
                .key();
    }
}
