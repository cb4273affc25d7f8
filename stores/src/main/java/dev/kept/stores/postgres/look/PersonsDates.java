package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.DateKind;
import dev.kept.core.lifecycle.EventColumns;
import dev.kept.core.lifecycle.Moment;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Parameter;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlMembers;
import dev.kept.stores.postgres.sql.SqlTables;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From when to when the data of persons is, by the events that the map names in the tables where it lies: one statement a table. */
public final class PersonsDates {

    /** 24 hours, in a zone that never changes its clocks; where they change, the day is a little shorter or longer. */
    private static final String MICROS_A_DAY = "86400000000";

    private final BoundStore store;
    private final SqlConditions conditions;

    public PersonsDates(BoundStore store, Catalogue catalogue) {
        this.store = store;
        this.conditions = new SqlConditions(new SqlTables(catalogue));
    }

    /** From when somebody's data may be at the earliest and until when at the latest: a date alone is some time of its day. */
    public record Dated(Instant earliest, Instant latest) {
        private Dated and(Dated other) {
            return new Dated(
                    earliest.isBefore(other.earliest) ? earliest : other.earliest,
                    latest.isAfter(other.latest) ? latest : other.latest);
        }
    }

    /**
     * Reads in a snapshot of its own.
     *
     * @param plan for persons
     * @param people each one's keys by kind
     * @param until later dates do not count: they are plans
     * @param limit how long each statement may take
     * @return of each of them, in their order; empty where nothing of hers is dated
     */
    public List<Optional<Dated>> read(
            StoreConnection connection,
            Plan plan,
            List<Map<String, List<List<String>>>> people,
            Instant until,
            Duration limit) {
        if (!(plan.scope() instanceof Scope.Persons persons)) {
            throw new IllegalArgumentException("a plan for everybody is nobody's");
        }
        SqlMembers members = new SqlMembers(conditions, persons, people);
        List<Optional<Dated>> dates = new ArrayList<>(Collections.nCopies(people.size(), Optional.empty()));
        connection.run(List.of(
                Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                Sql.of(
                        "SELECT set_config('statement_timeout', ",
                        Parameter.value(Long.toString(limit.toMillis())),
                        ", true)")));
        try {
            for (TablePlan table : plan.tables().toList()) {
                Optional<Sql> asked = statement(table, members, until);
                if (asked.isPresent()) {
                    add(dates, connection.run(asked.get()));
                }
            }
        } finally {
            connection.rollback();
        }
        return List.copyOf(dates);
    }

    private static void add(List<Optional<Dated>> dates, Answer answer) {
        for (List<@Nullable String> row : answer.rows()) {
            String earliest = row.get(1);
            String latest = row.get(2);
            if (earliest != null && latest != null) {
                int person = Integer.parseInt(String.valueOf(row.get(0)));
                Dated here = new Dated(instant(earliest), instant(latest));
                dates.set(person, Optional.of(dates.get(person).map(here::and).orElse(here)));
            }
        }
    }

    private static Instant instant(String micros) {
        return Instant.EPOCH.plus(new BigDecimal(micros).longValue(), ChronoUnit.MICROS);
    }

    private Optional<Sql> statement(TablePlan plan, SqlMembers members, Instant until) {
        BoundTable table = store.table(plan.table());
        List<Moment.At> events = EventColumns.of(store, table);
        Row row = Row.outer(plan.table());
        return events.isEmpty()
                ? Optional.empty()
                : members.members(plan.reach(), row).map(all -> statement(row, all, events, until));
    }

    private Sql statement(Row row, Sql all, List<Moment.At> events, Instant until) {
        List<Sql> begins = new ArrayList<>();
        List<Sql> ends = new ArrayList<>();
        for (Moment.At event : events) {
            Sql time = conditions.moment(List.of(event), row);
            begins.add(time);
            ends.add(event.kind() == DateKind.DATE ? Sql.of(time, " + " + MICROS_A_DAY) : time);
        }
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, until);
        return Sql.of(
                "SELECT whose.person, min(d.earliest), max(d.latest) FROM (",
                all,
                ") AS whose JOIN ",
                SqlTables.as(row),
                " ON " + row.alias() + ".ctid = whose.c AND " + row.alias() + ".tableoid = whose.o"
                        + " CROSS JOIN LATERAL unnest(ARRAY[",
                Sql.join(", ", begins),
                "]::numeric[], ARRAY[",
                Sql.join(", ", ends),
                "]::numeric[]) AS d(earliest, latest) WHERE d.earliest <= " + micros
                        + " AND d.earliest > '-Infinity' GROUP BY whose.person");
    }
}
