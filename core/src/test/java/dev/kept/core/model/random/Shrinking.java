package dev.kept.core.model.random;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sweep that goes wrong small: leaves out rows, facts, tables, uses, links and columns, one at a time, as long as it still goes wrong.
 */
final class Shrinking {

    /** How many smaller sweeps are tried before the smallest found is shown. */
    private static final int MAX_TRIES = 3000;

    private final Predicate<History.Sweep> wrong;
    private int tries;

    private Shrinking(Predicate<History.Sweep> wrong) {
        this.wrong = wrong;
    }

    /** The smallest sweep found for which {@code wrong} still holds; it holds for {@code sweep}. */
    static History.Sweep shrink(History.Sweep sweep, Predicate<History.Sweep> wrong) {
        return new Shrinking(wrong).smallest(sweep);
    }

    private History.Sweep smallest(History.Sweep sweep) {
        History.Sweep best = sweep;
        Optional<History.Sweep> smaller = smaller(best);
        while (smaller.isPresent()) {
            best = smaller.get();
            smaller = smaller(best);
        }
        return best;
    }

    private Optional<History.Sweep> smaller(History.Sweep sweep) {
        List<History.Sweep> candidates = new ArrayList<>();
        new Candidates(sweep, candidates::add).all();
        for (History.Sweep candidate : candidates) {
            if (tries++ < MAX_TRIES && wrong.test(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Sweeps that lack one thing of a sweep. */
    private record Candidates(History.Sweep sweep, Consumer<History.Sweep> found) {

        void all() {
            Model.Question question = sweep.question();
            if (!sweep.persons().isEmpty()) {
                found.accept(new History.Sweep(question, List.of()));
            }
            question.store().tables().keySet().forEach(this::withoutTable);
            facts(question.facts());
            question.notice().uses().keySet().forEach(this::withoutUse);
            question.before().tables().forEach(this::rows);
            question.store().tables().values().forEach(this::map);
            question.catalogue().tables().values().forEach(this::schema);
            question.notice().uses().values().forEach(this::ends);
        }

        private void with(Notice notice, Store store, Catalogue catalogue, Database before, Facts facts) {
            found.accept(new History.Sweep(
                    new Model.Question(
                            notice, store, catalogue, before, sweep.question().asOf(), facts),
                    sweep.persons()));
        }

        private void facts(Facts facts) {
            Model.Question q = sweep.question();
            facts.persons().forEach(fact -> {
                List<Facts.PersonFact> fewer = new ArrayList<>(facts.persons());
                fewer.remove(fact);
                with(q.notice(), q.store(), q.catalogue(), q.before(), new Facts(fewer, facts.holds()));
            });
            facts.holds().forEach(hold -> {
                List<Facts.Hold> fewer = new ArrayList<>(facts.holds());
                fewer.remove(hold);
                with(q.notice(), q.store(), q.catalogue(), q.before(), new Facts(facts.persons(), fewer));
            });
        }

        private void rows(TableName table, List<Map<String, @Nullable Object>> rows) {
            if (rows.size() > 1) {
                rows(table, rows, List.of());
            }
            for (int i = 0; i < rows.size(); i++) {
                List<Map<String, @Nullable Object>> fewer = new ArrayList<>(rows);
                fewer.remove(i);
                rows(table, rows, fewer);
            }
            for (int i = 0; i < rows.size(); i++) {
                Map<String, @Nullable Object> row = rows.get(i);
                for (String column : row.keySet()) {
                    if (row.get(column) != null) {
                        List<Map<String, @Nullable Object>> emptier = new ArrayList<>(rows);
                        Map<String, @Nullable Object> less = new LinkedHashMap<>(row);
                        less.put(column, null);
                        emptier.set(i, less);
                        rows(table, rows, emptier);
                    }
                }
            }
        }

        private void rows(
                TableName table,
                List<Map<String, @Nullable Object>> rows,
                List<Map<String, @Nullable Object>> instead) {
            if (!rows.equals(instead)) {
                Model.Question q = sweep.question();
                Map<TableName, List<Map<String, @Nullable Object>>> tables =
                        new LinkedHashMap<>(q.before().tables());
                tables.put(table, instead);
                with(q.notice(), q.store(), q.catalogue(), new Database(tables), q.facts());
            }
        }

        // ---- tables and their parts --------------------------------------------------------------------------------

        private void withoutTable(TableName gone) {
            Model.Question q = sweep.question();
            Map<TableName, Table> maps = new LinkedHashMap<>(q.store().tables());
            Map<TableName, CatalogueTable> live =
                    new LinkedHashMap<>(q.catalogue().tables());
            Map<TableName, List<Map<String, @Nullable Object>>> rows =
                    new LinkedHashMap<>(q.before().tables());
            maps.remove(gone);
            live.remove(gone);
            rows.remove(gone);
            maps.replaceAll((name, table) -> Parts.of(table).withoutTable(gone, q.store()));
            live.replaceAll((name, table) -> Parts.foreignKeys(
                    table,
                    table.foreignKeys().stream()
                            .filter(key -> !key.to().equals(gone))
                            .toList()));
            with(
                    q.notice(),
                    Parts.store(q.store(), maps),
                    new Catalogue(q.catalogue().product(), live),
                    new Database(rows),
                    q.facts());
        }

        private void map(Table table) {
            Model.Question q = sweep.question();
            for (Table less : Parts.of(table).less()) {
                Map<TableName, Table> maps = new LinkedHashMap<>(q.store().tables());
                maps.put(table.name(), less);
                with(q.notice(), Parts.store(q.store(), maps), q.catalogue(), q.before(), q.facts());
            }
        }

        private void schema(CatalogueTable table) {
            Model.Question q = sweep.question();
            for (CatalogueTable less : Parts.less(table)) {
                Map<TableName, CatalogueTable> live =
                        new LinkedHashMap<>(q.catalogue().tables());
                live.put(table.name(), less);
                Map<TableName, List<Map<String, @Nullable Object>>> rows =
                        new LinkedHashMap<>(q.before().tables());
                List<Map<String, @Nullable Object>> narrower = new ArrayList<>();
                q.before().rows(table.name()).forEach(row -> {
                    Map<String, @Nullable Object> kept = new LinkedHashMap<>(row);
                    kept.keySet().retainAll(less.columns().keySet());
                    narrower.add(kept);
                });
                rows.put(table.name(), narrower);
                Map<TableName, Table> maps = new LinkedHashMap<>(q.store().tables());
                maps.computeIfPresent(
                        table.name(),
                        (name, map) -> Parts.of(map).onlyColumns(less.columns().keySet()));
                with(
                        q.notice(),
                        Parts.store(q.store(), maps),
                        new Catalogue(q.catalogue().product(), live),
                        new Database(rows),
                        q.facts());
            }
        }

        // ---- uses --------------------------------------------------------------------------------------------------

        private void withoutUse(String gone) {
            Model.Question q = sweep.question();
            Map<String, Use> uses = new LinkedHashMap<>(q.notice().uses());
            uses.remove(gone);
            Map<TableName, Table> maps = new LinkedHashMap<>(q.store().tables());
            maps.replaceAll((name, table) -> Parts.of(table).withoutUse(gone));
            with(Parts.notice(q.notice(), uses), Parts.store(q.store(), maps), q.catalogue(), q.before(), q.facts());
        }

        private void ends(Use use) {
            Model.Question q = sweep.question();
            for (Use less : Parts.less(use)) {
                Map<String, Use> uses = new LinkedHashMap<>(q.notice().uses());
                uses.put(use.id(), less);
                with(Parts.notice(q.notice(), uses), q.store(), q.catalogue(), q.before(), q.facts());
            }
        }
    }

    /** Ends without one of their clauses, or with a shorter chain. */
    static List<List<End>> less(List<End> ends) {
        List<List<End>> less = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            if (ends.size() > 1) {
                List<End> fewer = new ArrayList<>(ends);
                fewer.remove(i);
                less.add(fewer);
            }
            for (End simpler : simpler(ends.get(i))) {
                List<End> other = new ArrayList<>(ends);
                other.set(i, simpler);
                less.add(other);
            }
        }
        return less;
    }

    private static List<End> simpler(End end) {
        return switch (end) {
            case End.LastOf lastOf -> List.copyOf(lastOf.clauses());
            case End.Clause clause -> {
                List<End> simpler = new ArrayList<>();
                for (int i = 0;
                        clause.events().size() > 1 && i < clause.events().size();
                        i++) {
                    List<String> events = new ArrayList<>(clause.events());
                    events.remove(i);
                    simpler.add(new End.Clause(
                            events, clause.span(), clause.endOfYear(), clause.renews(), clause.window()));
                }
                if (clause.endOfYear()) {
                    simpler.add(
                            new End.Clause(clause.events(), clause.span(), false, clause.renews(), clause.window()));
                }
                yield simpler;
            }
        };
    }
}
