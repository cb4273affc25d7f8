package dev.kept.core.model.random;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.TableName;
import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.Outcome;
import dev.kept.core.model.RefusedPlan;
import dev.kept.core.model.SweepExecutor;
import dev.kept.core.model.Values;
import dev.kept.core.source.Places;
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
    private int refusals;
    private int sweeps;

    public HistoryChecks(SweepExecutor executor) {
        this.executor = executor;
    }

    /** Lives the history of a seed; what went wrong first, in words with a small example; empty where nothing did. */
    public Optional<String> live(long seed) {
        return failure(seed).map(failure -> told(seed, failure));
    }

    /** Whether nothing goes wrong in the history of a seed, without a word on what. */
    public boolean holds(long seed) {
        return failure(seed).isEmpty();
    }

    /** How many histories ended with a plan that refused to run: nothing was touched, and nothing is shown. */
    public int refusals() {
        return refusals;
    }

    /** How many sweeps were carried out and compared. */
    public int sweeps() {
        return sweeps;
    }

    /** Where a history went wrong; {@code immortal} where only what outlives all periods is wrong. */
    private record Failure(String which, History.Sweep sweep, Optional<Database> immortal) {}

    private Optional<Failure> failure(long seed) {
        try {
            return lived(seed);
        } catch (RefusedPlan refused) {
            refusals++;
            return Optional.empty();
        }
    }

    private Optional<Failure> lived(long seed) {
        History history = History.of(seed);
        Optional<History.Sweep> next = history.next();
        int number = 0;
        while (next.isPresent()) {
            number++;
            Carried carried = carry(next.get());
            sweeps++;
            if (carried.left().isEmpty() || !carried.wrong().isEmpty()) {
                return Optional.of(new Failure("sweep " + number, next.get(), Optional.empty()));
            }
            history.goOn(carried.left().get());
            next = history.next();
        }
        return atTheEnd(history);
    }

    /** What a sweep left, where it did not throw, and what is wrong with it. */
    private record Carried(Optional<Database> left, List<String> wrong) {}

    private Carried carry(History.Sweep sweep) {
        try {
            Database left = executor.sweep(sweep.question(), sweep.persons());
            return new Carried(Optional.of(left), wrong(sweep, left));
        } catch (RefusedPlan refused) {
            throw refused;
        } catch (RuntimeException e) {
            return new Carried(Optional.empty(), List.of("threw " + e));
        }
    }

    private List<String> wrong(History.Sweep sweep, Database left) {
        Model.Question question = sweep.question();
        Outcome outcome = Model.sweep(question, sweep.persons());
        List<String> wrong = new ArrayList<>(Comparison.differences(question.before(), outcome.after(), left));
        wrong.addAll(broken(question, left));
        if (!sweep.persons().isEmpty()) {
            wrong.addAll(touched(sweep, left));
        }
        if (wrong.isEmpty()) {
            Model.Question again = new Model.Question(
                    question.notice(), question.store(), question.catalogue(), left, question.asOf(), question.facts());
            Database twice = executor.sweep(again, sweep.persons());
            if (!twice.equals(left)) {
                wrong.add("sweeping again changes something: " + twice);
            }
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
    private Optional<Failure> atTheEnd(History history) {
        History.Sweep last = history.last();
        Carried carried = carry(last);
        sweeps++;
        if (carried.left().isEmpty() || !carried.wrong().isEmpty()) {
            return Optional.of(new Failure("the last sweep", last, Optional.empty()));
        }
        if (history.scenario().certain() && history.nobodys().isEmpty()) {
            history.goOn(carried.left().get());
            History.Sweep after = history.last();
            Carried end = carry(after);
            if (end.left().isEmpty() || !end.wrong().isEmpty()) {
                return Optional.of(new Failure("the sweep after the last", after, Optional.empty()));
            }
            if (end.left().get().size() > 0) {
                return Optional.of(new Failure("after all periods", after, end.left()));
            }
        }
        return Optional.empty();
    }

    private String told(long seed, Failure failure) {
        String title = "seed " + seed + ", " + failure.which();
        return failure.immortal()
                .map(end -> Told.of(title, failure.sweep(), List.of("immortal: " + end)))
                .orElseGet(() -> toldSmall(title, failure.sweep()));
    }

    private String toldSmall(String title, History.Sweep sweep) {
        boolean threw = carry(sweep).left().isEmpty();
        History.Sweep small = Shrinking.shrink(sweep, smaller -> {
            Model.Question question = smaller.question();
            if (!broken(question, question.before()).isEmpty()
                    || Binder.bind(question.notice(), question.store(), question.catalogue(), Places.none("random"))
                            .value()
                            .isEmpty()) {
                return false;
            }
            try {
                Carried carried = carry(smaller);
                return !carried.wrong().isEmpty() && carried.left().isEmpty() == threw;
            } catch (RefusedPlan refused) {
                return false;
            }
        });
        return Told.of(title + ", made small", small, carry(small).wrong());
    }
}
