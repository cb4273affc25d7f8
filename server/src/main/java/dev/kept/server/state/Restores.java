package dev.kept.server.state;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Stores that are said to be restored from a backup: isolated, so that nothing of them is used, until they are clean. */
public final class Restores {

    private final Jdbi jdbi;
    private final InstantSource clock;

    Restores(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A store that was declared restored and is not clean yet. */
    public record Restored(UUID id, String store, Instant declaredAt) {}

    /**
     * Declares a store restored, with something else.
     *
     * @return what is recorded; where it is declared already, that, and nothing is written
     */
    public Restored declare(String store, String commitment, List<StateChange> with) {
        return jdbi.inTransaction(handle -> {
            Restored declared = new Restored(UUID.randomUUID(), store, clock.instant());
            boolean first = handle.execute(
                            "insert into kept.restored (id, store, declared_at, actor_commitment) values (?, ?, ?, ?)"
                                    + " on conflict (store) where clean_at is null do nothing",
                            declared.id(),
                            store,
                            Runs.at(declared.declaredAt()),
                            commitment)
                    == 1;
            if (first) {
                StateChange.apply(handle, with);
            }
            return first ? declared : isolated(store).orElseThrow();
        });
    }

    /** Whether the store is isolated, and since when. */
    public Optional<Restored> isolated(String store) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, store, declared_at from kept.restored where store = ? and clean_at is null")
                .bind(0, store)
                .map((row, context) -> new Restored(
                        row.getObject("id", UUID.class),
                        row.getString("store"),
                        row.getObject("declared_at", OffsetDateTime.class).toInstant()))
                .findOne());
    }

    /**
     * Declares a store clean, with something else.
     *
     * @return false where somebody has done so meanwhile, and nothing was written
     */
    public boolean clean(Restored restored, List<StateChange> with) {
        return jdbi.inTransaction(handle -> {
            boolean open = handle.execute(
                            "update kept.restored set clean_at = ? where id = ? and clean_at is null",
                            Runs.at(clock.instant()),
                            restored.id())
                    == 1;
            if (open) {
                StateChange.apply(handle, with);
            }
            return open;
        });
    }
}
