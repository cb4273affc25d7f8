package dev.kept.stores.postgres.step;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.lifecycle.TablePlan.Clearing;
import dev.kept.core.lifecycle.TablePlan.Release;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Shared rows go in the transaction that removes their last pointer, or are emptied where something else still refers to them. */
final class Releasing {

    private final Statements statements;

    Releasing(Statements statements) {
        this.statements = statements;
    }

    void release(Pointers pointers, StoreConnection store, Tally tally) {
        pointers.values().forEach((release, keys) -> release(release, keys, store, tally));
    }

    private void release(Release release, Set<List<String>> keys, StoreConnection store, Tally tally) {
        TableName shared = release.pointer().to();
        for (TableName relation : statements.tables().relations(shared)) {
            for (List<List<String>> some : chunks(keys)) {
                Reach reach = new Reach.Keys(
                        release.pointer().targetColumns(), release.pointer().match(), new KeySet("shared", some));
                release(release, Part.reached(shared, relation, reach, OptionalInt.empty()), store, tally);
            }
        }
    }

    private static List<List<List<String>>> chunks(Set<List<String>> keys) {
        List<List<String>> all = new ArrayList<>(keys);
        List<List<List<String>>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += KeySet.MAX_KEYS) {
            chunks.add(all.subList(from, Math.min(all.size(), from + KeySet.MAX_KEYS)));
        }
        return chunks;
    }

    private void release(Release release, Part part, StoreConnection store, Tally tally) {
        Row row = Row.outer(part.table());
        List<String> columns = Pointers.columns(release.next());
        Answer answer =
                store.run(statements.lock(part, statements.conditions().holds(release.orphaned(), row), columns));
        if (answer.rows().isEmpty()) {
            return;
        }
        Part locked = part.locked(answer.rows().stream()
                .map(values -> String.valueOf(values.getFirst()))
                .toList());
        List<Way> ways = Way.readBy(List.of(release.orphaned(), release.removable()));
        store.run(ways.stream()
                .map(way -> statements.lock(way, way.guards(ways), locked))
                .toList());
        List<Sql> steps = new ArrayList<>();
        steps.add(statements.delete(locked, release.removable()));
        if (!release.husk().isEmpty()) {
            steps.add(statements.clear(locked, List.of(new Clearing(release.orphaned(), release.husk()))));
        }
        List<Answer> answers = store.run(steps);
        tally.released(part.table(), answers.getFirst().count());
        if (!release.husk().isEmpty()) {
            tally.cleared(part.table(), answers.getLast().count());
        }
        Pointers next = new Pointers();
        next.remember(release.next(), columns, answer.rows(), 1);
        release(next, store, tally);
    }
}
