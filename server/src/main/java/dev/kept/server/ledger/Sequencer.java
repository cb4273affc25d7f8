package dev.kept.server.ledger;

import dev.kept.core.ledger.BadSignature;
import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.Hash;
import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.MerkleTree;
import dev.kept.core.ledger.SignedNote;
import dev.kept.core.ledger.SigningKey;
import dev.kept.core.ledger.TileAppender;
import dev.kept.core.ledger.TileSubtrees;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.ledger.LedgerTables.StoredCheckpoint;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Writes tiles and checkpoints over the entries that are committed. One at a time, under an advisory lock; in transactions of a bounded number of entries,
 * so that it goes on wherever it was killed. It signs nothing that does not go on from what it signed before.
 */
final class Sequencer {

    /** Entries that one transaction takes in. */
    static final int MOST_ENTRIES = 65_536;

    /** Of the database-wide advisory lock: "ledger" in ASCII. */
    private static final long LOCK = 0x6c_65_64_67_65_72L;

    private final String origin;

    Sequencer(String origin) {
        this.origin = origin;
    }

    /** Waits for whoever else publishes. */
    static void lock(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(" + LOCK + ")");
    }

    /**
     * Takes in the next entries, within a transaction.
     *
     * @return the checkpoint over all entries; empty while there are more than one transaction takes in
     */
    Optional<SignedNote> step(Handle handle, Instant now) {
        lock(handle);
        List<SigningKey> keys = LedgerKeys.signing(handle, origin, now);
        long tiled = LedgerTables.tiled(handle);
        long size = LedgerTables.size(handle);
        Optional<StoredCheckpoint> last = LedgerTables.latest(handle);
        long signed = last.map(StoredCheckpoint::size).orElse(0L);
        if (signed > tiled || tiled > size) {
            throw damaged("the ledger has fewer entries or hashes than were signed");
        }
        last.ifPresent(checkpoint -> agree(handle, checkpoint, tiled));
        if (last.isPresent() && signed == size && current(last.get(), keys)) {
            return Optional.of(SignedNote.parse(last.get().note()));
        }
        long to = Math.min(size, tiled + MOST_ENTRIES);
        TileAppender tree = new TileAppender(tiled, LedgerTables.tiles(handle));
        LedgerTables.write(handle, append(handle, tree, to));
        return to < size ? Optional.empty() : Optional.of(sign(handle, size, keys, now));
    }

    /** Whether the tiles still lead to the root that was signed last. */
    private void agree(Handle handle, StoredCheckpoint last, long tiled) {
        Checkpoint checkpoint = parse(last);
        if (!checkpoint.origin().equals(origin) || checkpoint.size() != last.size()) {
            throw damaged("the last checkpoint is not what was signed");
        }
        if (!root(handle, checkpoint.size(), tiled).equals(checkpoint.root())) {
            throw damaged("the ledger's hashes do not lead to its last checkpoint");
        }
    }

    private static Checkpoint parse(StoredCheckpoint stored) {
        try {
            return Checkpoint.parse(SignedNote.parse(stored.note()).text());
        } catch (MalformedLog e) {
            throw damaged("the last checkpoint is not what was signed");
        }
    }

    private static Hash root(Handle handle, long size, long tiled) {
        try {
            return new MerkleTree(size, new TileSubtrees(Math.max(size, tiled), LedgerTables.tiles(handle))).root();
        } catch (MalformedLog e) {
            throw damaged("a tile that the tree needs is missing");
        }
    }

    /** Whether exactly these keys have signed. */
    private static boolean current(StoredCheckpoint last, List<SigningKey> keys) {
        List<VerifierKey> verifiers = keys.stream().map(SigningKey::verifier).toList();
        SignedNote note = SignedNote.parse(last.note());
        try {
            return note.signatures().size() == keys.size()
                    && note.verify(verifiers).size() == keys.size();
        } catch (BadSignature e) {
            throw damaged("the last checkpoint's signature does not fit");
        }
    }

    private static List<TileAppender.Written> append(Handle handle, TileAppender tree, long to) {
        List<TileAppender.Written> written = new ArrayList<>();
        try {
            EntryCopy.out(handle.getConnection(), tree.size(), to, (index, leaf) -> {
                if (index == tree.size()) {
                    tree.append(Hash.leaf(leaf), written::add);
                }
            });
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
        if (tree.size() != to) {
            throw damaged("entry " + tree.size() + " of the ledger is missing");
        }
        written.addAll(tree.partial());
        return written;
    }

    private SignedNote sign(Handle handle, long size, List<SigningKey> keys, Instant now) {
        Checkpoint checkpoint = new Checkpoint(origin, size, root(handle, size, size));
        SignedNote note = SignedNote.sign(checkpoint.text(), keys);
        LedgerTables.write(handle, new StoredCheckpoint(size, note.write()), now);
        return note;
    }

    private static CannotRun damaged(String what) {
        return new CannotRun(what + ", and nothing more is signed", "kept ledger verify");
    }
}
