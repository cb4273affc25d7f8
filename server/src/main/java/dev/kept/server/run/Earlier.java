package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.server.state.Run;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.step.Counts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier attempts of a run did, once every transaction that was pending has been settled.
 *
 * @param lastStep the number of their last step; 0 for a first attempt
 * @param counts rows changed, by table, as far as known
 * @param doubtful batches of which it is not known how many rows they changed
 * @param otherPlan the hash of the plan under which the run goes on, where it is another than the one it began with
 */
record Earlier(int lastStep, Map<TableName, Counts> counts, long doubtful, Optional<String> otherPlan) {

    static final Earlier NOTHING = new Earlier(0, Map.of(), 0, Optional.empty());

    Earlier {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    static Earlier of(List<Step> steps) {
        Map<TableName, Counts> counts = new LinkedHashMap<>();
        long doubtful = 0;
        int last = 0;
        for (Step step : steps) {
            last = Math.max(last, step.step());
            if (step.state() == StepState.COUNT_UNKNOWN) {
                doubtful++;
            }
            if (step.state() == StepState.APPLIED) {
                step.counts().forEach((name, rows) -> add(counts, name, rows));
            }
        }
        return new Earlier(last, counts, doubtful, Optional.empty());
    }

    /** The run goes on under this plan, where notice, map or facts have changed since it began. */
    Earlier under(String planHash, Run run) {
        return new Earlier(
                lastStep, counts, doubtful, Optional.of(planHash).filter(hash -> !hash.equals(run.planHash())));
    }

    /** {@code customers.deleted} → 12, as {@link Journaling#flat} writes it. */
    private static void add(Map<TableName, Counts> counts, String name, long rows) {
        int dot = name.lastIndexOf('.');
        TableName table = TableName.parse(name.substring(0, dot));
        counts.merge(table, counted(name.substring(dot + 1), rows), Counts::plus);
    }

    private static Counts counted(String what, long rows) {
        return switch (what) {
            case "deleted" -> new Counts(rows, 0, 0, 0);
            case "cleared" -> new Counts(0, rows, 0, 0);
            case "rekeyed" -> new Counts(0, 0, rows, 0);
            case "released" -> new Counts(0, 0, 0, rows);
            case "grouped" -> new Counts(0, 0, 0, 0, rows, 0);
            case "added" -> new Counts(0, 0, 0, 0, 0, rows);
            default -> throw new IllegalStateException("rows are not counted as `" + what + "`");
        };
    }

    /** What all attempts did, with this one. */
    Map<TableName, Counts> with(Map<TableName, Counts> now) {
        if (counts.isEmpty()) {
            return now;
        }
        Map<TableName, Counts> all = new LinkedHashMap<>(counts);
        now.forEach((table, count) -> all.merge(table, count, Counts::plus));
        return all;
    }
}
