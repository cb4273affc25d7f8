package dev.kept.server.request;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Found;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonSearch;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who a person is in the stores, and where she can be reached: only at an address that a store has. */
public final class Lookup {

    private static final String MAIL = "pd:EmailAddress";

    private Lookup() {}

    /**
     * Who she is.
     *
     * @param keys by store and kind of person
     * @param onFile an address of hers that a store has
     */
    public record Known(Map<String, Map<String, List<List<String>>>> keys, Optional<OnFile> onFile) {
        public Known {
            keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        }

        public boolean nobody() {
            return keys.isEmpty();
        }

        @Override
        public String toString() {
            return "a person known to " + keys.keySet();
        }
    }

    /** @param finder by which persons are found by it */
    public record OnFile(String store, String finder, String address) {
        @Override
        public String toString() {
            return "an address in `" + store + "`";
        }
    }

    /**
     * By an address that somebody typed.
     *
     * @throws dev.kept.server.failure.CannotRun where it fits several persons: nobody is touched on a guess
     */
    public static Known byAddress(List<LiveStore> stores, String address) {
        Set<String> finders = new LinkedHashSet<>();
        stores.forEach(store -> finders.addAll(mailFinders(store.bound()).keySet()));
        if (finders.isEmpty() || address.isBlank()) {
            return new Known(Map.of(), Optional.empty());
        }
        List<Known> each = finders.stream()
                .map(finder -> known(stores, new Named(1, Map.of(finder, address.strip())), true))
                .toList();
        return together(each);
    }

    /** A kind may have her address in several places: what one finds the others need not have, and none may find somebody else. */
    private static Known together(List<Known> each) {
        Map<String, Map<String, List<List<String>>>> keys = new LinkedHashMap<>();
        each.forEach(known -> known.keys()
                .forEach((store, kinds) -> kinds.forEach((kind, found) -> {
                    List<List<String>> before = keys.computeIfAbsent(store, name -> new LinkedHashMap<>())
                            .putIfAbsent(kind, found);
                    if (before != null && !Set.copyOf(before).equals(Set.copyOf(found))) {
                        throw new CannotRun(
                                "the address fits several persons of kind `" + kind + "`",
                                "establish who asks otherwise, and name her by key");
                    }
                })));
        return new Known(
                keys, each.stream().flatMap(known -> known.onFile().stream()).findFirst());
    }

    /** By what staff know her by, and established: finders, or a kind with its key. */
    public static Known byNames(List<LiveStore> stores, Named named) {
        return known(stores, named, false);
    }

    /**
     * By what the company's own site says of who is signed in there. Her account's address may be one that she never showed to be hers: whoever has it in
     * another kind is not proven to be her.
     */
    public static Known bySite(List<LiveStore> stores, Named named) {
        return known(stores, named, true);
    }

    /**
     * The same.
     *
     * @param namedOnly without what is only met through another value of hers, as a telephone number or another address: whoever shows that an address, or
     *     an account, is hers has not shown that they are
     */
    private static Known known(List<LiveStore> stores, Named named, boolean namedOnly) {
        Map<String, Found> found =
                namedOnly ? PersonSearch.named(stores, named) : PersonSearch.everywhere(stores, named);
        Map<String, Map<String, List<List<String>>>> keys = new LinkedHashMap<>();
        Optional<OnFile> onFile = Optional.empty();
        for (LiveStore store : stores) {
            Found here = found.get(store.name());
            Map<String, List<List<String>>> hers = here == null ? Map.of() : here.keys();
            if (here != null && !hers.isEmpty()) {
                keys.put(store.name(), hers);
                onFile = onFile.or(() -> onFile(store, here, hers.keySet()));
            }
        }
        return new Known(keys, onFile);
    }

    private static Optional<OnFile> onFile(LiveStore store, Found found, Set<String> hers) {
        Map<String, String> kinds = mailFinders(store.bound());
        List<OnFile> addresses = new ArrayList<>();
        // rows she was named by come before what was only met through them
        List<String> order = new ArrayList<>(hers);
        order.sort((a, b) ->
                Boolean.compare(found.met().containsKey(a), found.met().containsKey(b)));
        for (String kind : order) {
            for (Map<String, String> row : found.values(kind)) {
                row.forEach((finder, value) -> {
                    if (kinds.containsKey(finder)) {
                        addresses.add(new OnFile(store.name(), finder, value.strip()));
                    }
                });
            }
        }
        return addresses.stream().findFirst();
    }

    /** Finders of a column that holds e-mail addresses, by name. */
    private static Map<String, String> mailFinders(BoundStore store) {
        Map<String, String> finders = new LinkedHashMap<>();
        store.tables()
                .values()
                .forEach(table -> table.map().person().ifPresent(person -> {
                    person.foundBy().forEach((name, finder) -> {
                        if (holdsMail(store, table.columns().get(finder.column()), finder.column())) {
                            finders.put(name, person.kind());
                        }
                    });
                    person.foundBeside().forEach((name, finder) -> {
                        BoundColumn column =
                                store.table(finder.table()).columns().get(finder.column());
                        if (holdsMail(store, column, finder.column())) {
                            finders.put(name, person.kind());
                        }
                    });
                }));
        return finders;
    }

    private static boolean holdsMail(BoundStore store, @Nullable BoundColumn column, String finder) {
        return column != null
                && column.map().name().equals(finder)
                && column.map().categories().stream()
                        .flatMap(id ->
                                Optional.ofNullable(store.notice().collects().get(id)).stream())
                        .anyMatch(category -> category.terms().contains(MAIL));
    }

    /** Freezes who she is, for everything that is done for the request. */
    static List<StateChange> freeze(UUID request, Known known) {
        List<StateChange> changes = new ArrayList<>();
        changes.add(StateChange.of("delete from kept.request_person where request = ?", request));
        // an address that was found by what somebody else typed is nobody's to write to
        changes.add(StateChange.of("delete from kept.request_on_file where request = ?", request));
        known.keys()
                .forEach((store, kinds) -> kinds.forEach((kind, keys) -> keys.forEach(key -> changes.add(StateChange.of(
                        "insert into kept.request_person (request, store, person_kind, person_key) values (?, ?, ?, ?)"
                                + " on conflict do nothing",
                        request,
                        store,
                        kind,
                        key)))));
        known.onFile()
                .ifPresent(onFile -> changes.add(StateChange.of(
                        "insert into kept.request_on_file (request, store, finder, address) values (?, ?, ?, ?)"
                                + " on conflict (request) do update set store = excluded.store,"
                                + " finder = excluded.finder, address = excluded.address",
                        request,
                        onFile.store(),
                        onFile.finder(),
                        onFile.address())));
        return changes;
    }

    /** Who she is, as it was frozen: keys by store and kind. */
    static Map<String, Map<String, List<List<String>>>> frozen(State state, UUID request) {
        Map<String, Map<String, List<List<String>>>> keys = new LinkedHashMap<>();
        state.database()
                .useHandle(handle -> handle.createQuery("select store, person_kind, person_key"
                                + " from kept.request_person where request = ? order by store, person_kind, person_key")
                        .bind(0, request)
                        .map((row, context) -> {
                            keys.computeIfAbsent(row.getString("store"), store -> new LinkedHashMap<>())
                                    .computeIfAbsent(row.getString("person_kind"), kind -> new ArrayList<>())
                                    .add(Requests.texts(row.getArray("person_key")));
                            return true;
                        })
                        .list());
        return keys;
    }
}
