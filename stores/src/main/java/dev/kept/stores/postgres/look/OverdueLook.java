package dev.kept.stores.postgres.look;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.lifecycle.TablePlan.ClauseAt;
import dev.kept.core.lifecycle.TablePlan.UseState;
import dev.kept.core.notice.Use;
import dev.kept.core.proof.retention.Overdue;
import dev.kept.core.proof.retention.Overdue.OfColumns;
import dev.kept.core.proof.retention.Overdue.OfUse;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.sql.JoinedConditions;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlClearings;
import dev.kept.stores.postgres.sql.SqlConditions;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a plan for everybody would still do in one table, under which use it is due, and under which it is unknown: each row is read and asked once,
 * then counted.
 */
public final class OverdueLook {

    private final BoundStore store;
    private final SqlConditions conditions;
    private final SqlClearings clearings;
    private final Optional<Cutoff> longest;

    /** @param longest the cut-off of the notice's longest period; empty where it names none */
    public OverdueLook(BoundStore store, Catalogue catalogue, Optional<Cutoff> longest) {
        this.store = store;
        this.conditions = new SqlConditions(new SqlTables(catalogue));
        this.clearings = new SqlClearings(conditions);
        this.longest = longest;
    }

    /** Looks at one table. */
    public Overdue look(Snapshot snapshot, TablePlan plan) {
        Questions questions = new Questions(plan);
        return questions.read(snapshot.ask(questions.statement()));
    }

    /** One table's questions: what is asked of each row, and what is counted of the answers. */
    private final class Questions {

        private final TablePlan plan;
        private final JoinedConditions asked;
        private final List<Sql> answers = new ArrayList<>();
        private final List<String> counts = new ArrayList<>();

        /** The table's uses, by id, with the names of the answers: has it ended, has it begun, is it older than the longest period. */
        private final Map<String, Named> uses = new LinkedHashMap<>();

        /** What is forgotten in rows that stay, with the uses it serves. */
        private final List<Part> parts = new ArrayList<>();

        Questions(TablePlan plan) {
            this.plan = plan;
            this.asked = new JoinedConditions(conditions, Row.outer(plan.table()));
        }

        private record Named(String ended, String begun, Optional<String> old) {}

        private record Part(String when, String differs, List<String> columns, Set<String> uses) {}

        Sql statement() {
            Row row = Row.outer(plan.table());
            String removable = ask(asked.value(plan.removable()));
            String dead = ask(asked.value(plan.dead()));
            plan.uses().stream().map(UseState::use).distinct().forEach(use -> uses.put(use, named(use)));
            plan.clearings()
                    .forEach(clearing -> parts.add(new Part(
                            ask(asked.value(clearing.when())),
                            ask(clearings.differs(clearing.columns(), row)),
                            clearing.columns().stream().map(OverdueLook::id).toList(),
                            served(clearing.columns().stream()
                                    .map(OverdueLook::id)
                                    .toList()))));
            plan.rekey()
                    .ifPresent(rekey -> parts.add(new Part(
                            ask(asked.value(rekey.when())),
                            ask(clearings.rekeyDue(rekey, row)),
                            rekey.columns(),
                            served(rekey.columns()))));
            count("TRUE");
            count(either(removable, Questions::due));
            count(either(dead + " IS NULL", Questions::open));
            count(beyondLongest(removable));
            uses.keySet().forEach(use -> {
                count(removable + " AND " + atFault(use, uses.keySet()));
                parts.stream()
                        .filter(part -> part.uses().contains(use))
                        .forEach(part -> count(
                                removable + " IS NOT TRUE AND " + due(part) + " AND " + atFault(use, part.uses())));
                count(unknown(use, dead));
            });
            return Sql.of(
                    "SELECT " + String.join(", ", counts) + " FROM (SELECT ",
                    Sql.join(", ", answers),
                    " FROM ",
                    asked.from(),
                    // The fence keeps PostgreSQL from asking again for each count.
                    " OFFSET 0) AS asked");
        }

        private String ask(Sql question) {
            String name = "a" + answers.size();
            answers.add(Sql.of("(", question, ")::boolean AS " + name));
            return name;
        }

        private void count(String condition) {
            counts.add("count(*) FILTER (WHERE " + condition + ")");
        }

        private Named named(String use) {
            List<UseState> states = plan.uses().stream()
                    .filter(state -> state.use().equals(use))
                    .toList();
            List<ClauseAt> clauses = states.stream()
                    .flatMap(state -> state.clauses().stream())
                    .flatMap(List::stream)
                    .filter(clause -> !clause.chain().isEmpty())
                    .toList();
            Condition ended = Condition.all(states.stream().map(UseState::ended).toList());
            Condition begun = Condition.any(clauses.stream()
                    .map(clause -> Condition.not(new Condition.Absent(clause.chain())))
                    .toList());
            Optional<Condition> old = longest.filter(cutoff -> ofPurpose(use))
                    .map(cutoff -> Condition.all(clauses.stream()
                            .map(clause -> Condition.any(
                                    new Condition.Absent(clause.chain()), new Condition.Past(clause.chain(), cutoff)))
                            .toList()));
            return new Named(
                    ask(asked.value(ended)),
                    ask(asked.value(begun)),
                    old.map(condition -> ask(asked.value(condition))));
        }

        private boolean ofPurpose(String use) {
            return Optional.ofNullable(store.notice().uses().get(use))
                    .flatMap(Use::law)
                    .isEmpty();
        }

        /** The uses that columns serve; what serves none by the map (a link, a key) serves all of the table's. */
        private Set<String> served(List<String> columns) {
            BoundTable table = store.table(plan.table());
            Set<String> served = new LinkedHashSet<>();
            for (String column : columns) {
                Optional.ofNullable(table.columns().get(column)).ifPresent(bound -> served.addAll(bound.uses()));
            }
            served.retainAll(uses.keySet());
            return served.isEmpty() ? new LinkedHashSet<>(uses.keySet()) : served;
        }

        private static String due(Part part) {
            return "(" + part.when() + " AND " + part.differs() + ")";
        }

        private static String open(Part part) {
            return "(" + part.when() + " IS NULL AND " + part.differs() + ")";
        }

        /** What is due is due under the uses that have begun; under all where none has: then nobody knows what it is there for. */
        private String atFault(String use, Set<String> among) {
            String none = among.stream()
                    .map(other -> name(other).begun() + " IS NOT TRUE")
                    .collect(Collectors.joining(" AND "));
            return "(" + name(use).begun() + " OR (" + none + "))";
        }

        /** It is this use of which nothing is known; or the reason is another, and then it is a matter of all. */
        private String unknown(String use, String dead) {
            List<String> ways = new ArrayList<>();
            ways.add("(" + dead + " IS NULL AND " + unknownAmong(use, uses.keySet()) + ")");
            parts.stream()
                    .filter(part -> part.uses().contains(use))
                    .forEach(part -> ways.add("(" + open(part) + " AND " + unknownAmong(use, part.uses()) + ")"));
            return String.join(" OR ", ways);
        }

        private String unknownAmong(String use, Set<String> among) {
            String none = among.stream()
                    .map(other -> name(other).ended() + " IS NOT NULL")
                    .collect(Collectors.joining(" AND "));
            return "(" + name(use).ended() + " IS NULL OR (" + none + "))";
        }

        private String beyondLongest(String removable) {
            List<String> ways = new ArrayList<>();
            ways.add("(" + removable + " AND " + old(uses.keySet()) + ")");
            parts.forEach(part -> ways.add("(" + due(part) + " AND " + old(part.uses()) + ")"));
            return String.join(" OR ", ways);
        }

        /** Some purpose had begun, and each that had is longer past than the longest period. */
        private String old(Set<String> among) {
            List<Named> purposes = among.stream()
                    .map(this::name)
                    .filter(use -> use.old().isPresent())
                    .toList();
            if (purposes.isEmpty()) {
                return "FALSE";
            }
            String some = purposes.stream().map(Named::begun).collect(Collectors.joining(" OR "));
            String all = purposes.stream()
                    .map(use ->
                            "(" + use.begun() + " IS NOT TRUE OR " + use.old().orElse("FALSE") + ")")
                    .collect(Collectors.joining(" AND "));
            return "((" + some + ") AND " + all + ")";
        }

        private Named name(String use) {
            return Objects.requireNonNull(uses.get(use));
        }

        /** One condition, or another of any of the parts. */
        private String either(String one, Function<Part, String> other) {
            return Stream.concat(Stream.of(one), parts.stream().map(other)).collect(Collectors.joining(" OR "));
        }

        Overdue read(Answer answer) {
            int position = 4;
            List<OfUse> found = new ArrayList<>();
            for (String use : uses.keySet()) {
                long rows = answer.number(position++);
                List<OfColumns> columns = new ArrayList<>();
                for (Part part : parts) {
                    if (part.uses().contains(use)) {
                        long count = answer.number(position++);
                        if (count > 0) {
                            columns.add(new OfColumns(part.columns(), count));
                        }
                    }
                }
                found.add(new OfUse(use, rows, columns, answer.number(position++)));
            }
            return new Overdue(
                    plan.table(), answer.number(0), answer.number(1), answer.number(2), answer.number(3), found);
        }
    }

    private static String id(TablePlan.Assignment assignment) {
        return assignment.path().isEmpty()
                ? assignment.column()
                : assignment.column() + "$." + String.join(".", assignment.path());
    }
}
