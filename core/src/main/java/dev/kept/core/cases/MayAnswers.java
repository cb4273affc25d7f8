package dev.kept.core.cases;

import dev.kept.core.cases.Case.Answer;
import dev.kept.core.cases.Case.Fact;
import dev.kept.core.cases.Case.May;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.core.lifecycle.Truth;
import dev.kept.core.memory.MemoryConditions;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Use;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a use may read a category of a person's data: it is declared for that data, nothing restricts it, and it is known to be alive for a
 * row in which the data stands.
 */
final class MayAnswers {
    private final BoundStore bound;
    private final MemoryStore rows;
    private final List<Fact> facts;

    /** An answer, and why. */
    record Reasoned(Answer answer, String reason) {}

    MayAnswers(BoundStore bound, MemoryStore rows, List<Fact> facts) {
        this.bound = bound;
        this.rows = rows;
        this.facts = facts;
    }

    /** @param plan of this person alone */
    Reasoned answer(May asked, Use use, List<String> key, Plan plan, AsOf asOf) {
        if (!use.concernsPersons()) {
            return no("`" + use.id() + "` works on anonymised data only");
        }
        if (!use.data().contains(asked.data())) {
            return no("`" + use.path() + "` is not declared for `" + asked.data() + "`");
        }
        for (Fact fact : facts) {
            if (restricts(fact, asked, use)) {
                return no("the person's data or this use of it is restricted");
            }
        }
        OwnedRows owned = new OwnedRows(bound, rows, asked.person(), key);
        MemoryConditions conditions = new MemoryConditions(rows, asOf);
        Set<Truth> ended = EnumSet.noneOf(Truth.class);
        Map<TableName, Set<Truth>> byTable = new TreeMap<>();
        plan.tables().forEach(table -> {
            Set<Truth> here = ended(table, asked, owned, conditions);
            if (!here.isEmpty()) {
                byTable.put(table.table(), here);
                ended.addAll(here);
            }
        });
        if (ended.isEmpty()) {
            return no("no `" + asked.data() + "` of this person is held for it");
        }
        Answer answer =
                ended.contains(Truth.FALSE) ? Answer.YES : ended.contains(Truth.UNKNOWN) ? Answer.UNKNOWN : Answer.NO;
        return new Reasoned(answer, "whether it has ended: " + byTable);
    }

    private static Reasoned no(String reason) {
        return new Reasoned(Answer.NO, reason);
    }

    private static boolean restricts(Fact fact, May asked, Use use) {
        return switch (fact) {
            case Fact.Restricted(var person) -> person.equals(asked.person());
            case Fact.Objected(var person, String of) -> person.equals(asked.person()) && of.equals(use.id());
            case Fact.Erased(var person) -> person.equals(asked.person()) && use.onRequest() == OnRequest.REVIEW;
            case Fact.Ended ended -> false;
            case Fact.Consented consented -> false;
            case Fact.Held held -> false;
        };
    }

    /** Whether the use has ended, for every row and role in which the person's data of this category stands. */
    private Set<Truth> ended(TablePlan plan, May asked, OwnedRows owned, MemoryConditions conditions) {
        BoundTable table = bound.table(plan.table());
        List<BoundColumn> columns = table.columns().values().stream()
                .filter(column -> column.uses().contains(asked.use())
                        && column.map().categories().contains(asked.data()))
                .toList();
        Set<Truth> ended = EnumSet.noneOf(Truth.class);
        if (columns.isEmpty()) {
            return ended;
        }
        for (MemoryRow row : conditions.reached(plan.table(), plan.reach())) {
            for (UseState state : plan.uses()) {
                boolean held = columns.stream()
                        .anyMatch(column -> row.value(column.map().name()) != null
                                && (column.roles().isEmpty() || column.roles().contains(state.role())));
                if (held && state.use().equals(asked.use()) && owned.in(state.role(), table, row)) {
                    ended.add(conditions.evaluate(state.ended(), row));
                }
            }
        }
        return ended;
    }
}
