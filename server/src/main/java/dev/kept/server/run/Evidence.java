package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Grouping;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.step.Counts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the journal says of a run that has ended: counts, rule paths, grounds; never whom it concerned. */
final class Evidence {

    private final Map<String, Object> entry = new TreeMap<>();

    private Evidence() {}

    /** What every end says. */
    static Evidence of(Run run, RunState end, Map<TableName, Counts> changed, long doubtful) {
        Evidence evidence = new Evidence();
        evidence.entry.put("store", run.store());
        evidence.entry.put("asOf", run.asOf().toString());
        evidence.entry.put("plan", run.planHash());
        evidence.entry.put("outcome", end.name().toLowerCase(Locale.ROOT));
        evidence.entry.put("changed", Journaling.flat(changed));
        run.actorCommitment()
                .ifPresent(commitment ->
                        evidence.entry.put("actor", Map.of("role", run.actorRole(), "commitment", commitment)));
        if (doubtful > 0) {
            evidence.entry.put("batchesWithUnknownCount", doubtful);
        }
        return evidence;
    }

    Evidence and(String name, Object value) {
        entry.put(name, value);
        return this;
    }

    Evidence rules(LiveStore store, Plan plan) {
        List<String> rules = plan.tables()
                .flatMap(table -> Stream.concat(
                        table.uses().stream().map(TablePlan.UseState::use),
                        table.grouping().stream().map(Grouping::use)))
                .map(use -> store.bound().notice().uses().get(use))
                .flatMap(use -> Optional.ofNullable(use).stream())
                .map(use -> use.path())
                .distinct()
                .sorted()
                .toList();
        return and("rules", rules);
    }

    /**
     * Of the end of uses: columns and counts, rules, what is left to people.
     *
     * @param kept uses for which Kept's own fact stands on
     * @param persons said where they are several
     */
    Evidence ending(
            LiveStore store,
            Set<String> uses,
            Map<String, Long> written,
            List<ByHand> byHand,
            SortedSet<String> kept,
            int persons) {
        and("changed", written);
        and(
                "rules",
                uses.stream()
                        .flatMap(use -> Optional.ofNullable(
                                store.bound().notice().uses().get(use))
                                .stream())
                        .map(use -> use.path())
                        .sorted()
                        .toList());
        and("toldByKept", List.copyOf(kept));
        if (persons > 1) {
            and("persons", persons);
        }
        List<Map<String, Object>> tasks = byHand.stream()
                .map(task -> Map.<String, Object>of(
                        "use", task.use(),
                        "table", task.table().toString(),
                        "columns", task.columns(),
                        "reason", task.reason().word()))
                .distinct()
                .toList();
        return tasks.isEmpty() ? this : and("byHand", tasks);
    }

    Evidence unknown(LookResult look) {
        Map<String, Long> unknown = new TreeMap<>();
        look.tables().forEach((table, found) -> {
            if (found.unknown() > 0) {
                unknown.put(table.toString(), found.unknown());
            }
        });
        return and("unknown", unknown);
    }

    Evidence stays(List<Stay> stays) {
        if (stays.isEmpty()) {
            return this;
        }
        Map<String, Long> grounds = new TreeMap<>();
        stays.forEach(stay -> grounds.merge(stay.ground(), stay.rows() + stay.unknown(), Long::sum));
        return and("stays", grounds);
    }

    Map<String, Object> entry() {
        return entry;
    }
}
