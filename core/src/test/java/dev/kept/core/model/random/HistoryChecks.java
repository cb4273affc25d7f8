package dev.kept.core.model.random;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.TableName;
import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.Outcome;
import dev.kept.core.model.SweepExecutor;
import dev.kept.core.model.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of every executor, whatever the history. */
public final class HistoryChecks {

    private final SweepExecutor executor;

    public HistoryChecks(SweepExecutor executor) {
        this.executor = executor;
    }

    /** Lives the history of a seed; what went wrong first, in words with a dump; empty where nothing did. */
    public Optional<String> live(long seed) {
        History history = History.of(seed);
        Optional<History.Sweep> next = history.next();
        int number = 0;
        while (next.isPresent()) {
            number++;
            History.Sweep sweep = next.get();
            Database left = executor.sweep(sweep.question(), sweep.persons());
            List<String> wrong = wrong(sweep, left);
            if (!wrong.isEmpty()) {
                return Optional.of(dump(seed, number, sweep, left, wrong));
            }
            history.goOn(left);
            next = history.next();
        }
        return atTheEnd(seed, history);
    }

    private List<String> wrong(History.Sweep sweep, Database left) {
        Model.Question question = sweep.question();
        Outcome outcome = Model.sweep(question, sweep.persons());
        List<String> wrong = new ArrayList<>(Comparison.differences(question.before(), outcome.after(), left));
        wrong.addAll(broken(question, left));
        if (!sweep.persons().isEmpty()) {
            wrong.addAll(touched(sweep, left));
        }
        Model.Question again = new Model.Question(
                question.notice(), question.store(), question.catalogue(), left, question.asOf(), question.facts());
        if (wrong.isEmpty() && !executor.sweep(again, sweep.persons()).equals(left)) {
            wrong.add("sweeping again changes something: " + executor.sweep(again, sweep.persons()));
        }
        return wrong;
    }

    /** A run for some persons leaves every row of others as it was, but for replaced keys of those persons. */
    private static List<String> touched(History.Sweep sweep, Database left) {
        Set<Model.RowAt> owned = Model.owned(sweep.question(), sweep.persons());
        List<String> touched = new ArrayList<>();
        Database before = sweep.question().before();
        for (TableName table : before.tables().keySet()) {
            List<Map<String, @Nullable Object>> rows = before.rows(table);
            for (int i = 0; i < rows.size(); i++) {
                Map<String, @Nullable Object> row = rows.get(i);
                if (!owned.contains(new Model.RowAt(table, i))
                        && left.rows(table).stream()
                                .noneMatch((Map<String, @Nullable Object> other) -> same(row, other))) {
                    touched.add("of others, and touched: " + table + " " + row);
                }
            }
        }
        return touched;
    }

    private static boolean same(Map<String, @Nullable Object> row, Map<String, @Nullable Object> other) {
        return row.keySet().stream()
                .allMatch(column -> Values.same(row.get(column), other.get(column))
                        || (other.get(column) instanceof String text && text.startsWith("erased-")));
    }

    // ---- constraints -------------------------------------------------------------------------------------------

    private static List<String> broken(Model.Question question, Database left) {
        List<String> broken = new ArrayList<>();
        for (CatalogueTable table : question.catalogue().tables().values()) {
            List<Map<String, @Nullable Object>> rows = left.rows(table.name());
            for (CatalogueColumn column : table.columns().values()) {
                if (column.notNull() && rows.stream().anyMatch(row -> row.get(column.name()) == null)) {
                    broken.add("NOT NULL of " + table.name() + "." + column.name());
                }
            }
            if (!table.primaryKey().isEmpty()) {
                unique(table.name(), table.primaryKey(), rows, broken);
            }
            for (UniqueKey key : table.uniqueKeys()) {
                unique(table.name(), key.columns(), rows, broken);
            }
            for (ForeignKey key : table.foreignKeys()) {
                rows.stream()
                        .filter((Map<String, @Nullable Object> row) -> !leads(row, key, left))
                        .forEach(row -> broken.add("foreign key " + key.name() + " of " + row));
            }
        }
        return broken;
    }

    private static void unique(
            TableName table, List<String> columns, List<Map<String, @Nullable Object>> rows, List<String> broken) {
        Set<List<String>> seen = new HashSet<>();
        for (Map<String, @Nullable Object> row : rows) {
            if (columns.stream().allMatch(column -> row.get(column) != null)) {
                List<String> values = columns.stream()
                        .map(column -> Values.print(Objects.requireNonNull(row.get(column))))
                        .toList();
                if (!seen.add(values)) {
                    broken.add("UNIQUE " + columns + " of " + table);
                }
            }
        }
    }

    private static boolean leads(Map<String, @Nullable Object> row, ForeignKey key, Database left) {
        if (key.columns().stream().anyMatch(column -> row.get(column) == null)) {
            return true;
        }
        return left.rows(key.to()).stream().anyMatch(target -> {
            for (int i = 0; i < key.columns().size(); i++) {
                if (!Values.same(
                        row.get(key.columns().get(i)),
                        target.get(key.targetColumns().get(i)))) {
                    return false;
                }
            }
            return true;
        });
    }

    // ---- the end of all periods --------------------------------------------------------------------------------

    /** Nothing is immortal: where every end is certain, only what rows of nobody refer to outlives all periods. */
    private Optional<String> atTheEnd(long seed, History history) {
        History.Sweep last = history.last();
        Database left = executor.sweep(last.question(), List.of());
        List<String> wrong = new ArrayList<>(wrong(last, left));
        if (wrong.isEmpty() && history.scenario().certain() && history.nobodys().isEmpty()) {
            history.goOn(left);
            Database after = executor.sweep(history.last().question(), List.of());
            after.tables().forEach((table, rows) -> rows.forEach(row -> wrong.add("immortal: " + table + " " + row)));
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(dump(seed, -1, last, left, wrong));
    }

    private static String dump(long seed, int number, History.Sweep sweep, Database left, List<String> wrong) {
        Model.Question question = sweep.question();
        return """
                seed %d, sweep %s as of %s for %s
                %s
                --- notice
                %s
                --- map
                %s
                --- facts
                %s
                --- before
                %s
                --- left
                %s
                """.formatted(
                        seed,
                        number < 0 ? "at the end" : String.valueOf(number),
                        question.asOf(),
                        sweep.persons().isEmpty() ? "everybody" : sweep.persons(),
                        String.join("\n", wrong),
                        lines(question.notice().uses().values()),
                        lines(question.store().tables().values())
                                + lines(question.catalogue().tables().values().stream()
                                        .flatMap(table -> table.foreignKeys().stream())
                                        .toList()),
                        question.facts(),
                        question.before(),
                        left);
    }

    private static String lines(java.util.Collection<?> of) {
        StringBuilder lines = new StringBuilder();
        of.forEach(one -> lines.append(one).append('\n'));
        return lines.toString();
    }
}
