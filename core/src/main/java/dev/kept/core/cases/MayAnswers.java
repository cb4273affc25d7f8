package dev.kept.core.cases;

import dev.kept.core.cases.Case.Answer;
import dev.kept.core.cases.Case.Fact;
import dev.kept.core.cases.Case.May;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.core.lifecycle.Truth;
import dev.kept.core.memory.MemoryConditions;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice.SignalAnswer;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Use;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a use may read a category of a person's data: it is declared for that data, nothing restricts it, no signal refuses it, and it is
 * known to be alive for a row in which the data stands; and, where it rests on consent, the consent is known to have been given.
 */
final class MayAnswers {
    private final BoundStore bound;
    private final MemoryStore rows;
    private final List<Fact> facts;
    private final Map<String, SignalAnswer> signals;

    /** An answer, and why. */
    record Reasoned(Answer answer, String reason) {}

    MayAnswers(BoundStore bound, MemoryStore rows, Case supposed) {
        this.bound = bound;
        this.rows = rows;
        this.facts = supposed.facts();
        this.signals = new HashMap<>(bound.notice().signals());
        this.signals.putAll(supposed.signals());
    }

    /** @param plan of everybody */
    Reasoned answer(May asked, Use use, List<String> key, Plan plan, AsOf asOf) {
        if (!use.concernsPersons()) {
            return no("`" + use.id() + "` works on anonymised data only");
        }
        if (!use.data().contains(asked.data())) {
            return no("`" + use.path() + "` is not declared for `" + asked.data() + "`");
        }
        for (Fact fact : facts) {
            if (fact instanceof Fact.Isolated) {
                return no("the store is isolated: it was restored from a backup and is not clean yet");
            }
            if (restricts(fact, asked, use)) {
                return no("the person's data or this use of it is restricted");
            }
            if (fact instanceof Fact.Signalled(var person, String signal)
                    && person.equals(asked.person())
                    && signals.get(signal) == SignalAnswer.HONOURED
                    && bound.notice().tracks(use)) {
                return no("the signal `" + signal + "` is honoured and refuses it");
            }
        }
        OwnedRows owned = new OwnedRows(bound, rows, asked.person(), key);
        Map<TableName, TablePlan> plans = new TreeMap<>();
        plan.tables().forEach(table -> plans.put(table.table(), table));
        Asking asking = new Asking(use, asked.data(), owned, new MemoryConditions(rows, asOf), plans, asOf);
        Set<Truth> ended = EnumSet.noneOf(Truth.class);
        Map<TableName, Set<Truth>> byTable = new TreeMap<>();
        for (TablePlan table : plans.values()) {
            Set<Truth> here = ended(table, asking);
            if (!here.isEmpty()) {
                byTable.put(table.table(), here);
                ended.addAll(here);
            }
        }
        if (ended.isEmpty()) {
            return no("no `" + asked.data() + "` of this person is held for it");
        }
        Answer answer =
                ended.contains(Truth.FALSE) ? Answer.YES : ended.contains(Truth.UNKNOWN) ? Answer.UNKNOWN : Answer.NO;
        return new Reasoned(answer, told(byTable));
    }

    private static String told(Map<TableName, Set<Truth>> byTable) {
        return byTable.entrySet().stream()
                .map(table -> "at `" + table.getKey() + "` "
                        + table.getValue().stream()
                                .map(ended -> switch (ended) {
                                    case TRUE -> "it has ended, never began, or waits for consent to be given again";
                                    case FALSE -> "it lives";
                                    case UNKNOWN -> "nobody knows whether it lives";
                                })
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
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
            case Fact.Signalled signalled -> false;
            case Fact.Held held -> false;
            case Fact.Isolated isolated -> false;
        };
    }

    private record Asking(
            Use use,
            String data,
            OwnedRows owned,
            MemoryConditions conditions,
            Map<TableName, TablePlan> plans,
            AsOf asOf) {}

    /** Whether the use has ended, for every row and role in which the person's data of this category stands. */
    private Set<Truth> ended(TablePlan plan, Asking asking) {
        BoundTable table = bound.table(plan.table());
        Set<Truth> ended = EnumSet.noneOf(Truth.class);
        for (BoundColumn column : table.columns().values()) {
            if (column.uses().contains(asking.use().id())
                    && column.map().categories().contains(asking.data())) {
                rows.rows(plan.table()).stream()
                        .filter(row -> ForgottenDates.holds(row, column.map()))
                        .forEach(row -> ended.addAll(
                                table.map().shared()
                                        ? endedThroughPointers(table, row, asking)
                                        : ended(plan, table, row, column.roles(), asking)));
            }
        }
        return ended;
    }

    private Set<Truth> ended(TablePlan plan, BoundTable table, MemoryRow row, List<String> roles, Asking asking) {
        Set<Truth> ended = EnumSet.noneOf(Truth.class);
        for (UseState state : plan.uses()) {
            if (state.use().equals(asking.use().id())
                    && (roles.isEmpty() || roles.contains(state.role()))
                    && asking.owned().in(state.role(), table, row)) {
                ended.add(asking.conditions()
                        .evaluate(state.ended(), row)
                        .or(notGiven(asking, state.role(), table, row)));
            }
        }
        return ended;
    }

    /** A shared row lives for the person as long as something of the person that points to it does. */
    private Set<Truth> endedThroughPointers(BoundTable table, MemoryRow row, Asking asking) {
        Set<Truth> ended = EnumSet.noneOf(Truth.class);
        for (PointerLink pointer : table.pointers()) {
            TableName from = pointer.link().from();
            TablePlan plan = asking.plans().get(from);
            if (plan != null && pointer.uses().contains(asking.use().id())) {
                rows.pointing(pointer.link(), row)
                        .forEach(other -> ended.addAll(ended(plan, bound.table(from), other, List.of(), asking)));
            }
        }
        return ended;
    }

    /**
     * Whether the consent that the use rests on is absent from the column that would say since when; or was given before a version that asks
     * for it again, and not since. Where a column says only that it stands, it is not known whether it was.
     */
    private Truth notGiven(Asking asking, String role, BoundTable table, MemoryRow row) {
        Use use = asking.use();
        if (use.basis() != LegalBasis.CONSENT) {
            return Truth.FALSE;
        }
        List<Link> way = table.roles().stream()
                .filter(known -> known.name().equals(role))
                .findFirst()
                .map(BoundStore.Role::path)
                .orElse(List.of());
        for (int steps = 0; steps <= way.size(); steps++) {
            BoundTable there =
                    steps == 0 ? table : bound.table(way.get(steps - 1).to());
            Table.UseFacts facts = there.map().facts().get(use.id());
            if (facts != null && facts.given().isPresent()) {
                List<Object> given = rows.targets(way.subList(0, steps), List.of(row)).stream()
                        .flatMap(said ->
                                Optional.ofNullable(said.value(facts.given().get())).stream())
                        .toList();
                return given.isEmpty()
                        ? facts.absent() == Table.Absent.NEVER ? Truth.TRUE : Truth.UNKNOWN
                        : Truth.of(given.stream().allMatch(when -> suspended(use, when, asking.asOf())));
            }
            if (facts != null && facts.state().isPresent()) {
                return suspended(use, LocalDate.MIN, asking.asOf()) ? Truth.UNKNOWN : Truth.FALSE;
            }
        }
        return Truth.FALSE;
    }

    private boolean suspended(Use use, Object given, AsOf asOf) {
        LocalDate today = LocalDate.ofInstant(asOf.instant(), asOf.zone());
        LocalDate since = switch (given) {
            case LocalDate date -> date;
            case LocalDateTime local ->
                local.atZone(bound.store().zone())
                        .withZoneSameInstant(asOf.zone())
                        .toLocalDate();
            case Instant instant when instant.equals(Instant.MAX) -> LocalDate.MAX;
            case Instant instant when instant.equals(Instant.MIN) -> LocalDate.MIN;
            case Instant instant -> LocalDate.ofInstant(instant, asOf.zone());
            default -> LocalDate.MAX;
        };
        return use.past().asked().stream().anyMatch(asked -> !today.isBefore(asked) && since.isBefore(asked));
    }
}
