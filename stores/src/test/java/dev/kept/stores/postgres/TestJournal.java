package dev.kept.stores.postgres;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.postgres.run.BatchId;
import dev.kept.stores.postgres.run.Recovery;
import dev.kept.stores.postgres.run.RunJournal;
import dev.kept.stores.postgres.session.Backend;
import dev.kept.stores.postgres.session.StoreIdentity;
import dev.kept.stores.postgres.step.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kept's side of runs, in memory: it survives what the test does to the store. */
final class TestJournal implements RunJournal {

    /** One transaction of one attempt. */
    static final class Entry {
        final BatchId batch;
        final long transactionId;
        final Map<TableName, Counts> counts;
        Optional<Settlement> settlement = Optional.empty();

        Entry(BatchId batch, long transactionId, Map<TableName, Counts> counts) {
            this.batch = batch;
            this.transactionId = transactionId;
            this.counts = counts;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<Backend> backends = new ArrayList<>();
    private @Nullable StoreIdentity store;

    @Override
    public void opened(Backend backend, StoreIdentity identity, String log) {
        backends.add(backend);
        store = identity;
    }

    @Override
    public boolean pending(BatchId batch, long transactionId, Map<TableName, Counts> counts) {
        entries.add(new Entry(batch, transactionId, counts));
        return false;
    }

    @Override
    public void settled(BatchId batch, Settlement settlement) {
        Entry entry = entries.reversed().stream()
                .filter(e -> e.batch.equals(batch) && e.settlement.isEmpty())
                .findFirst()
                .orElseThrow();
        entry.settlement = Optional.of(settlement);
    }

    Recovery.Unfinished unfinished() {
        return new Recovery.Unfinished(
                backends,
                Optional.ofNullable(store),
                entries.stream()
                        .filter(entry -> entry.settlement.isEmpty())
                        .map(entry -> new Recovery.Pending(entry.batch, entry.transactionId))
                        .toList());
    }

    List<Entry> entries() {
        return entries;
    }

    /** Rows changed, as far as it is known that they were. */
    long applied() {
        return entries.stream()
                .filter(entry -> entry.settlement.equals(Optional.of(Settlement.APPLIED)))
                .flatMap(entry -> entry.counts.values().stream())
                .mapToLong(Counts::changed)
                .sum();
    }

    boolean countUnknown() {
        return entries.stream().anyMatch(entry -> entry.settlement.equals(Optional.of(Settlement.COUNT_UNKNOWN)));
    }
}
