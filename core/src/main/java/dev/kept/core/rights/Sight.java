package dev.kept.core.rights;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.core.notice.LegalBasis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one person sees of one store: access (Art. 15) is the inverse of the sweep. Everything that is hers, each item with its uses, and what
 * the planner needs to say until when it is held; nothing that is another person's ({@code docs/semantics.md} section 8).
 *
 * @param plan what the planner says of her, whose questions the terms ask
 * @param restricted whether her data is restricted (Art. 18): stored only, and not forgotten until the restriction is lifted
 * @param objected uses she objected to that nobody has weighed yet (Art. 21(1)): they are refused until then
 */
public record Sight(
        BoundStore store, Plan plan, List<SeenTable> tables, boolean restricted, SortedSet<String> objected) {

    public Sight {
        tables = List.copyOf(tables);
        objected = Collections.unmodifiableSortedSet(new TreeSet<>(objected));
    }

    /**
     * What of it she may take along (Art. 20(1)): what she gave, or what was observed of her, for uses on consent or contract. Tables without
     * any such column are left out; of the others the columns that say which row it is and when stay.
     */
    public Sight portable() {
        List<SeenTable> some = new ArrayList<>();
        for (SeenTable table : tables) {
            List<SeenColumn> columns = table.columns().stream()
                    .filter(column -> column.sort() != SeenColumn.Sort.DATA || portable(column))
                    .toList();
            if (columns.stream().anyMatch(column -> column.sort() == SeenColumn.Sort.DATA)) {
                some.add(table.with(columns));
            }
        }
        return new Sight(store, plan, some, restricted, objected);
    }

    private boolean portable(SeenColumn column) {
        boolean given =
                column.sources().isEmpty() || column.sources().stream().anyMatch(from -> !from.equals("others"));
        return given
                && column.uses().stream()
                        .flatMap(id -> Optional.ofNullable(store.notice().uses().get(id)).stream())
                        .anyMatch(use -> use.basis() == LegalBasis.CONSENT || use.basis() == LegalBasis.CONTRACT);
    }

    /**
     * What a person sees as of T.
     *
     * @param person her keys in this store, by kind; several kinds where she is several
     */
    public static Sight of(BoundStore store, AsOf asOf, Facts facts, Scope.Persons person) {
        Plan plan = Planner.plan(store, asOf, facts, person);
        Map<Object, TablePlan> plans = new HashMap<>();
        plan.tables().forEach(table -> plans.put(table.table(), table));
        Ways ways = new Ways(store, person);
        Columns columns = new Columns(store, ways);
        PersonRows rows = new PersonRows(
                store,
                person.persons().stream()
                        .collect(Collectors.toMap(Scope.Identified::kind, Scope.Identified::keys, (one, other) -> one)),
                facts);
        List<SeenTable> tables = new ArrayList<>();
        for (BoundTable table : store.tables().values()) {
            List<Way> found = ways.of(table);
            TablePlan known = plans.get(table.name());
            if (!found.isEmpty() && known != null) {
                tables.add(new SeenTable(
                        table.name(),
                        new LinkedHashSet<>(table.map().uses()),
                        found,
                        columns.of(table, found),
                        terms(known, found),
                        rows.held(table),
                        table.map().shared(),
                        table.catalogue().primaryKey()));
            }
        }
        return new Sight(store, plan, tables, restricted(facts, person), objected(facts, person));
    }

    private static List<Term> terms(TablePlan plan, List<Way> ways) {
        List<Term> terms = new ArrayList<>();
        for (UseState state : plan.uses()) {
            for (int way = 0; way < ways.size(); way++) {
                if (ways.get(way).name().equals(state.role())) {
                    terms.add(new Term(state.use(), way, state.ended(), state.clauses()));
                }
            }
        }
        return terms;
    }

    private static boolean restricted(Facts facts, Scope.Persons person) {
        return ofHer(facts, person).anyMatch(What.Restricted.class::isInstance);
    }

    private static SortedSet<String> objected(Facts facts, Scope.Persons person) {
        SortedSet<String> uses = new TreeSet<>();
        ofHer(facts, person).forEach(what -> {
            if (what instanceof What.Objected(String use)) {
                uses.add(use);
            }
        });
        return uses;
    }

    private static Stream<What> ofHer(Facts facts, Scope.Persons person) {
        return facts.persons().stream()
                .filter(fact -> person.persons().stream()
                        .filter(kind -> kind.kind().equals(fact.kind()))
                        .anyMatch(kind -> kind.keys().keys().stream().anyMatch(fact.keys()::contains)))
                .map(PersonFact::what);
    }

    /** As of when. */
    public AsOf asOf() {
        return plan.asOf();
    }
}
