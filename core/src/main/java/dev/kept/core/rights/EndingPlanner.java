package dev.kept.core.rights;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.UseFacts;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Refusal;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.core.rights.EndingPlan.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Where a store's own columns say that a use has ended for a person, and what is to be written there. */
public final class EndingPlanner {

    private final BoundStore store;
    private final AsOf asOf;
    private final PersonRows rows;
    private final SortedSet<String> ended;
    private final BiPredicate<TableName, String> writable;

    private EndingPlanner(
            BoundStore store,
            AsOf asOf,
            PersonRows rows,
            SortedSet<String> ended,
            BiPredicate<TableName, String> writable) {
        this.store = store;
        this.asOf = asOf;
        this.rows = rows;
        this.ended = ended;
        this.writable = writable;
    }

    /**
     * Plans the end of uses for one person.
     *
     * @param asOf when they ended for her
     * @param identifiers her keys by kind, in this store
     * @param writable whether Kept's role may write a column
     */
    public static EndingPlan plan(
            BoundStore store,
            AsOf asOf,
            Map<String, List<List<String>>> identifiers,
            SortedSet<String> uses,
            BiPredicate<TableName, String> writable) {
        return of(store, asOf, identifiers, uses, writable).plan(identifiers.keySet());
    }

    /**
     * Where the store notes that a person objected to uses which somebody has to weigh first (Art. 21(1), 18(1)(d)): nothing ends by it.
     *
     * @param asOf when she objected
     * @param uses none of them direct marketing
     */
    public static List<Place> objections(
            BoundStore store,
            AsOf asOf,
            Map<String, List<List<String>>> identifiers,
            SortedSet<String> uses,
            BiPredicate<TableName, String> writable) {
        EndingPlanner planner = of(store, asOf, identifiers, uses, writable);
        List<Place> places = new ArrayList<>();
        for (String id : uses) {
            for (BoundTable table : store.tables().values()) {
                Optional.ofNullable(table.map().facts().get(id))
                        .flatMap(UseFacts::objected)
                        .filter(column -> owned(table, identifiers.keySet()))
                        .ifPresent(column -> places.add(planner.noted(id, table, column)));
            }
        }
        return places;
    }

    /**
     * Where the store notes that a person's data is restricted (Art. 18).
     *
     * @param asOf since when
     */
    public static List<Place> restrictions(
            BoundStore store,
            AsOf asOf,
            Map<String, List<List<String>>> identifiers,
            BiPredicate<TableName, String> writable) {
        EndingPlanner planner = of(store, asOf, identifiers, Collections.emptySortedSet(), writable);
        List<Place> places = new ArrayList<>();
        for (BoundTable table : store.tables().values()) {
            table.map()
                    .person()
                    .filter(person -> identifiers.containsKey(person.kind()))
                    .flatMap(Table.Person::restricted)
                    .ifPresent(column -> places.add(planner.noted("", table, column)));
        }
        return places;
    }

    private static EndingPlanner of(
            BoundStore store,
            AsOf asOf,
            Map<String, List<List<String>>> identifiers,
            SortedSet<String> uses,
            BiPredicate<TableName, String> writable) {
        Map<String, KeySet> keys = new LinkedHashMap<>();
        identifiers.forEach((kind, all) -> keys.put(kind, new KeySet(keysOf(kind), all)));
        return new EndingPlanner(store, asOf, new PersonRows(store, keys, Facts.NONE), uses, writable);
    }

    /** What a plan calls a person's keys of a kind. */
    public static String keysOf(String kind) {
        return "this person's " + kind;
    }

    private static boolean owned(BoundTable table, Set<String> kinds) {
        return table.roles().stream()
                .anyMatch(role -> role.kind().filter(kinds::contains).isPresent());
    }

    private Place noted(String use, BoundTable table, String column) {
        Refusal refusal = Refusal.of(store, asOf, table, Optional.empty(), column);
        List<Role> roles = roles(table, column);
        // what is noted must be possible to be taken back
        boolean dates = store.notice().uses().values().stream()
                .flatMap(known -> known.allClauses().stream())
                .anyMatch(clause -> clause.events().contains(use + ".objected"));
        Optional<Reason> reason = (dates ? Optional.of(Reason.STATE) : reason(table, column))
                .or(() -> table.catalogue().column(column).notNull() ? Optional.of(Reason.REFUSED) : Optional.empty());
        return new Place(
                use,
                table.name(),
                rows.reach(table, roles),
                rows.others(table, roles),
                refusal.stands(),
                reason.isPresent() ? Optional.empty() : Optional.of(refusal),
                reason,
                List.of(column));
    }

    private EndingPlan plan(Set<String> kinds) {
        List<Place> places = new ArrayList<>();
        SortedMap<String, Map<String, Source>> sources = new TreeMap<>();
        for (String id : ended) {
            Use use = store.notice().uses().get(id);
            if (use == null) {
                throw new IllegalArgumentException("the notice has no use `" + id + "`");
            }
            Set<BoundTable> serving = serving(id);
            Map<String, Source> byKind = new LinkedHashMap<>();
            Set<TableName> spoken = new LinkedHashSet<>();
            for (String kind : kinds) {
                Source source = source(id, kind, serving);
                byKind.put(kind, source);
                spoken.addAll(speaking(id, kind, serving).toList());
            }
            sources.put(id, byKind);
            spoken.stream()
                    .sorted()
                    .forEach(table -> place(use, store.table(table)).ifPresent(places::add));
        }
        return new EndingPlan(places, sources);
    }

    // ------------------------------------------------------------------------------------- where it is spoken of

    /** Tables that serve the use, and those that own rows of them that are shared for its sake. */
    private Set<BoundTable> serving(String use) {
        Set<BoundTable> serving = new LinkedHashSet<>();
        store.tables().values().stream()
                .filter(table -> table.map().uses().contains(use))
                .forEach(table -> serving(table, use, serving));
        return serving;
    }

    private void serving(BoundTable table, String use, Set<BoundTable> serving) {
        if (serving.add(table)) {
            for (PointerLink pointer : table.pointers()) {
                if (pointer.uses().contains(use)) {
                    serving(store.table(pointer.link().from()), use, serving);
                }
            }
        }
    }

    private static Stream<Role> waysTo(String kind, BoundTable table) {
        return table.roles().stream().filter(role -> role.kind().equals(Optional.of(kind)));
    }

    /** The nearest table on a role's way that has facts of the use, as the planner looks for them. */
    private Optional<TableName> speaking(String use, BoundTable table, Role role) {
        return Stream.concat(Stream.of(table.name()), role.path().stream().map(Link::to))
                .filter(name -> store.table(name).map().facts().containsKey(use))
                .findFirst();
    }

    /** Only an objection that somebody has to weigh is noted there: that says nothing of an end, and the planner does not read it. */
    private boolean notesOnly(String use, UseFacts facts) {
        return facts.objected().isPresent()
                && facts.withdrawn().isEmpty()
                && facts.state().isEmpty()
                && Optional.ofNullable(store.notice().uses().get(use))
                        .filter(known -> !known.directMarketing())
                        .isPresent();
    }

    private Stream<TableName> speaking(String use, String kind, Set<BoundTable> serving) {
        return serving.stream()
                .flatMap(table -> waysTo(kind, table).flatMap(role -> speaking(use, table, role).stream()))
                .distinct();
    }

    private Source source(String use, String kind, Set<BoundTable> serving) {
        Set<TableName> tables = new LinkedHashSet<>();
        for (BoundTable table : serving) {
            for (Role role : waysTo(kind, table).toList()) {
                Optional<TableName> there = speaking(use, table, role);
                if (there.isEmpty()
                        || facts(use, store.table(there.get())).kept()
                        || notesOnly(use, facts(use, store.table(there.get())))) {
                    return new Source.Kept();
                }
                tables.add(there.get());
            }
        }
        return new Source.Columns(tables);
    }

    private static UseFacts facts(String use, BoundTable table) {
        UseFacts facts = table.map().facts().get(use);
        if (facts == null) {
            throw new IllegalStateException("`" + table.name() + "` has no facts of `" + use + "`");
        }
        return facts;
    }

    // --------------------------------------------------------------------------------------------------- places

    /** Empty where Kept itself is the source. */
    private Optional<Place> place(Use use, BoundTable table) {
        UseFacts facts = facts(use.id(), table);
        if (facts.kept()) {
            return Optional.empty();
        }
        List<Refusal> refusals = refusals(use, facts).stream()
                .map(column -> Refusal.of(store, asOf, table, facts.given(), column))
                .toList();
        List<Condition> said = new ArrayList<>();
        refusals.forEach(refusal -> {
            said.add(refusal.stands());
            said.add(refusal.givenSince());
        });
        facts.state().ifPresent(state -> said.add(Condition.not(Condition.hasOneOf(state))));
        Optional<Refusal> first = refusals.stream().findFirst();
        List<String> columns = first
                .map(refusal -> refusal.column().column())
                .or(() -> facts.state().map(Table.ColumnValues::column))
                .stream()
                .toList();
        List<Role> roles =
                first.map(refusal -> roles(table, refusal.column().column())).orElse(table.roles());
        Optional<Reason> reason = first.isPresent()
                ? reason(table, first.get().column().column())
                : Optional.of(facts.state().isPresent() ? Reason.STATE : Reason.NO_DATE);
        return Optional.of(new Place(
                use.id(),
                table.name(),
                rows.reach(table, roles),
                rows.others(table, roles),
                Condition.any(said),
                reason.isPresent() ? Optional.empty() : first,
                reason,
                columns));
    }

    /** The columns whose dates the planner takes for a refusal, the one first that is meant for it; where there is none, the one that notes objections. */
    private List<String> refusals(Use use, UseFacts facts) {
        Optional<String> objected =
                use.directMarketing() || notesOnly(use.id(), facts) ? facts.objected() : Optional.empty();
        boolean consent = use.basis() == LegalBasis.CONSENT;
        return Stream.of(consent ? facts.withdrawn() : objected, consent ? objected : facts.withdrawn())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whose the column is in a row of several persons: those it names under {@code of}, or all. */
    private static List<Role> roles(BoundTable table, String column) {
        return table.columns().values().stream()
                .filter(bound ->
                        bound.map().name().equals(column) && !bound.roles().isEmpty())
                .findFirst()
                .map(bound -> bound.roles().stream().map(table::role).toList())
                .orElse(table.roles());
    }

    private Optional<Reason> reason(BoundTable table, String column) {
        CatalogueColumn live = table.catalogue().column(column);
        if (live.generated() || live.identity()) {
            return Optional.of(Reason.GENERATED);
        }
        if (speaksOfOthers(table, column)) {
            return Optional.of(Reason.OTHER_USES);
        }
        return writable.test(table.name(), column) ? Optional.empty() : Optional.of(Reason.NOT_GRANTED);
    }

    private boolean speaksOfOthers(BoundTable table, String column) {
        return table.map().facts().values().stream()
                .filter(facts -> !ended.contains(facts.use()))
                .anyMatch(facts -> Stream.of(facts.given(), facts.withdrawn(), facts.objected())
                        .anyMatch(Optional.of(column)::equals));
    }
}
