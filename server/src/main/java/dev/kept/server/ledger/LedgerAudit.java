package dev.kept.server.ledger;

import dev.kept.core.ledger.Audit;
import dev.kept.core.ledger.Flaw;
import dev.kept.core.ledger.Hash;
import dev.kept.core.ledger.Head;
import dev.kept.core.ledger.LogFile;
import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.SigningKey;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.ledger.Ledger.Audited;
import dev.kept.server.ledger.Ledger.Given;
import dev.kept.server.ledger.Ledger.Progress;
import dev.kept.server.ledger.LedgerTables.StoredCheckpoint;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Recomputes the ledger from the journal's rows and compares it with its tiles and checkpoints, in ranges of bounded length, while others write. */
final class LedgerAudit {

    /** Entries that one statement reads. */
    private static final long RANGE = 65_536;

    private final Jdbi jdbi;
    private final String origin;

    LedgerAudit(Jdbi jdbi, String origin) {
        this.jdbi = jdbi;
        this.origin = origin;
    }

    Audited verify(List<Given> against, List<VerifierKey> trusted, Consumer<Flaw> flaws, Progress progress) {
        Heads heads = new Heads(origin, trusted.isEmpty() ? keys(flaws) : trusted, flaws);
        List<StoredCheckpoint> stored = jdbi.withHandle(LedgerTables::checkpoints);
        for (StoredCheckpoint checkpoint : stored) {
            heads.add(
                    "the checkpoint of size " + checkpoint.size(),
                    checkpoint.note().getBytes(StandardCharsets.UTF_8),
                    Optional.of(checkpoint.size()));
        }
        long published = stored.isEmpty() ? 0 : stored.getLast().size();
        against.forEach(given -> heads.add(given.which(), given.note(), Optional.empty()));
        long tiled = jdbi.withHandle(LedgerTables::tiled);
        if (stored.isEmpty() && tiled > 0) {
            flaws.accept(new Flaw.CheckpointBroken("the checkpoint", "there is none, though there are tiles"));
        }
        misshapenTiles(flaws);
        long size = size(flaws);
        Audit audit =
                new Audit(Math.max(published, Math.min(tiled, size)), LedgerTables.ahead(jdbi), heads.good(), flaws);
        Entries entries = new Entries(audit, flaws);
        for (long from = 0; from < size; from += RANGE) {
            entries.read(from, Math.min(from + RANGE, size));
            progress.entries(Math.min(from + RANGE, size), size);
        }
        audit.end();
        superfluousEntries(flaws);
        Optional<Hash> root = heads.good().stream()
                .filter(head -> head.size() == published)
                .map(Head::root)
                .findFirst();
        return new Audited(published, size, heads.count(), root);
    }

    /** How many entries are to be looked at: as many as were given out, or, where they end before that, as there are. */
    private long size(Consumer<Flaw> flaws) {
        long given = jdbi.withHandle(LedgerTables::size);
        long there = jdbi.withHandle(handle -> handle.createQuery("select coalesce(max(seq) + 1, 0) from kept.journal")
                .mapTo(Long.class)
                .one());
        if (there < given) {
            flaws.accept(new Flaw.CheckpointBroken(
                    "the number of entries", "it is " + given + ", and the last that is there is " + (there - 1)));
        }
        return Math.min(given, Math.max(there, 0));
    }

    /** The ledger's own keys; one that was changed is named. */
    private List<VerifierKey> keys(Consumer<Flaw> flaws) {
        List<VerifierKey> keys = new ArrayList<>();
        for (LedgerKeys.Stored stored : jdbi.withHandle(LedgerKeys::all)) {
            String which = "the key of " + stored.since();
            try {
                VerifierKey key = stored.key();
                keys.add(key);
                if (stored.signer().isPresent()
                        && !SigningKey.parse(stored.signer().get()).verifier().equals(key)) {
                    flaws.accept(new Flaw.CheckpointBroken(which, "its private half is another key's"));
                }
            } catch (MalformedLog e) {
                flaws.accept(new Flaw.CheckpointBroken(which, String.valueOf(e.getMessage())));
            }
        }
        return keys;
    }

    /** Tiles that no tree has which is as large as level 0 says, or of another length: seen in one statement, since others write. */
    private void misshapenTiles(Consumer<Flaw> flaws) {
        jdbi.withHandle(handle -> handle.createQuery(
                                "with tree as (select coalesce((select index * 256 + length(hashes) / 32"
                                        + " from kept.ledger_tile where level = 0 order by index desc limit 1), 0) as size)"
                                        + " select level, index, size from kept.ledger_tile, tree"
                                        + " where level not between 0 and 7 or index < 0 or length(hashes)"
                                        + " <> 32 * least(256, greatest(0, (size >> (8 * level)) - index * 256)) order by level, index")
                        .map((row, context) -> flaw(row.getInt("level"), row.getLong("index"), row.getLong("size")))
                        .list())
                .forEach(flaws);
    }

    private static Flaw flaw(int level, long index, long tiled) {
        int width = level < 0 || level >= LogFile.LEVELS ? 0 : LogFile.width(tiled, level, index);
        return width == 0
                ? new Flaw.Superfluous("tile " + index + " of level " + level)
                : new Flaw.TileMisshapen(new LogFile.Tile(level, index, width));
    }

    /** Entries that stand outside of the numbers that were given out: seen in one statement, since others write. */
    private void superfluousEntries(Consumer<Flaw> flaws) {
        jdbi.withHandle(handle -> handle.createQuery("select seq from kept.journal where seq < 0"
                                + " or seq >= coalesce((select size from kept.ledger_head), 0) order by seq limit 100")
                        .mapTo(Long.class)
                        .list())
                .forEach(seq -> flaws.accept(new Flaw.Superfluous("entry " + seq)));
    }

    /** Hands entries to the audit in their order, and names those that are missing. */
    private final class Entries {
        private final Audit audit;
        private final Consumer<Flaw> flaws;

        Entries(Audit audit, Consumer<Flaw> flaws) {
            this.audit = audit;
            this.flaws = flaws;
        }

        /** On a connection of its own, which is busy with them until all are read. */
        void read(long from, long to) {
            try (Handle handle = jdbi.open()) {
                EntryCopy.out(handle.getConnection(), from, to, (index, leaf) -> {
                    missing(index);
                    audit.entry(leaf);
                });
            } catch (SQLException e) {
                throw new UnableToExecuteStatementException(e, null);
            }
            missing(to);
        }

        private void missing(long to) {
            while (audit.entries() < to) {
                flaws.accept(new Flaw.EntryMissing(audit.entries()));
                audit.unknown();
            }
        }
    }
}
