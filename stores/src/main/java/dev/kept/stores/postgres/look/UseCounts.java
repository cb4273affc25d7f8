package dev.kept.stores.postgres.look;

import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.ClauseAt;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.look.LookResult.UseCount;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlReach;
import dev.kept.stores.postgres.sql.SqlTables;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many rows of a table each use keeps, for whom, and until when: every row is asked once, then counted. */
final class UseCounts {

    private final TablePlan plan;

    UseCounts(TablePlan plan) {
        this.plan = plan;
    }

    /** Everybody's rows in reach together. */
    Sql statement(SqlConditions conditions, SqlReach reaches, Row row, Sql unknown) {
        Asked asked = asked(
                conditions,
                row,
                unknown,
                use -> use.own().equals(plan.reach()) ? Sql.of("TRUE") : reaches.reached(use.own(), row));
        // The fence keeps PostgreSQL from asking again for each count.
        return Sql.of(
                "SELECT ",
                Sql.join(", ", asked.counts()),
                " FROM (SELECT ",
                Sql.join(", ", asked.named()),
                " FROM ",
                SqlTables.as(row),
                " WHERE ",
                reaches.reached(plan.reach(), row),
                " OFFSET 0) AS asked");
    }

    /**
     * What is asked of each row, and what is counted of the answers.
     *
     * @param named answers with their names
     */
    record Asked(List<Sql> named, List<Sql> counts) {}

    /** @param own whether a row is its person's own by a use's role */
    Asked asked(SqlConditions conditions, Row row, Sql unknown, Function<UseState, Sql> own) {
        List<Sql> asked = new ArrayList<>();
        List<Sql> counts = new ArrayList<>();
        counts.add(Sql.of("count(*)"));
        for (Sql each : List.of(unknown, conditions.holds(plan.dead(), row), frozen(conditions, row))) {
            counts.add(count(name(asked.size())));
            asked.add(each);
        }
        for (UseState use : plan.uses()) {
            String ended = name(asked.size());
            asked.add(conditions.value(use.ended(), row));
            String hers = name(asked.size());
            asked.add(own.apply(use));
            counts.add(count(ended));
            counts.add(count("NOT " + ended));
            counts.add(count("NOT " + ended + " AND " + hers));
            for (ClauseAt clause : clauses(use)) {
                String moment = name(asked.size());
                asked.add(conditions.moment(clause.chain(), row));
                counts.add(Sql.of("max(" + moment + ") FILTER (WHERE NOT " + ended + ")"));
                counts.add(count("NOT " + ended + " AND " + moment + " IS NULL"));
            }
        }
        List<Sql> named = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            named.add(Sql.of("(", asked.get(i), ") AS " + name(i)));
        }
        return new Asked(named, counts);
    }

    private Sql frozen(SqlConditions conditions, Row row) {
        return plan.frozen().equals(Condition.FALSE) ? Sql.of("FALSE") : conditions.holds(plan.frozen(), row);
    }

    private static String name(int position) {
        return "a" + position;
    }

    private static Sql count(String condition) {
        return Sql.of("count(*) FILTER (WHERE " + condition + ")");
    }

    private static List<ClauseAt> clauses(UseState use) {
        return use.clauses().stream().flatMap(List::stream).toList();
    }

    TableLook read(Answer answer, long removable, long outstanding, long rekeys, ZoneId zone) {
        return read(answer.rows().getFirst(), removable, outstanding, rekeys, zone);
    }

    /** @param counts in the order in which they were asked for */
    TableLook read(List<@Nullable String> counts, long removable, long outstanding, long rekeys, ZoneId zone) {
        long rows = number(counts, 0);
        List<UseCount> uses = new ArrayList<>();
        int position = 4;
        for (UseState use : plan.uses()) {
            long ended = number(counts, position++);
            long alive = number(counts, position++);
            long own = number(counts, position++);
            Optional<LocalDate> until = alive == 0 ? Optional.empty() : until(use, counts, position, zone);
            position += 2 * clauses(use).size();
            uses.add(new UseCount(use.use(), use.role(), ended, alive, own, rows - ended - alive, until));
        }
        return new TableLook(
                rows, removable, outstanding, rekeys, number(counts, 1), number(counts, 2), number(counts, 3), uses);
    }

    private static long number(List<@Nullable String> counts, int position) {
        String count = counts.get(position);
        return count == null ? 0 : Long.parseLong(count);
    }

    /** The earliest of the clauses that will fire for every row, each at its latest: no row's use lives longer. */
    private static Optional<LocalDate> until(UseState use, List<@Nullable String> counts, int first, ZoneId zone) {
        int position = first;
        List<LocalDate> ends = new ArrayList<>();
        for (List<ClauseAt> all : use.clauses()) {
            List<Optional<LocalDate>> each = new ArrayList<>();
            for (ClauseAt clause : all) {
                String latest = counts.get(position);
                boolean absent = number(counts, position + 1) > 0;
                each.add(latest == null || absent ? Optional.empty() : end(latest, clause, zone));
                position += 2;
            }
            if (each.stream().allMatch(Optional::isPresent)) {
                each.stream()
                        .flatMap(Optional::stream)
                        .max(LocalDate::compareTo)
                        .ifPresent(ends::add);
            }
        }
        return ends.stream().min(LocalDate::compareTo);
    }

    private static Optional<LocalDate> end(String micros, ClauseAt clause, ZoneId zone) {
        if (micros.contains("Infinity")) {
            return Optional.empty();
        }
        Instant start = Instant.EPOCH.plus(new BigDecimal(micros).longValue(), ChronoUnit.MICROS);
        Cutoff cutoff = clause.cutoff();
        ZonedDateTime dated = start.atZone(zone);
        return cutoff.comes(
                dated.toLocalDate(),
                Cutoff.endOf(dated, cutoff.span().period(), cutoff.endOfYear()).toLocalDate());
    }
}
