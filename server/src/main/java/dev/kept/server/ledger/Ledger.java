package dev.kept.server.ledger;

import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.EntryBundle;
import dev.kept.core.ledger.Flaw;
import dev.kept.core.ledger.Hash;
import dev.kept.core.ledger.LedgerEntry;
import dev.kept.core.ledger.LogFile;
import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.MerkleTree;
import dev.kept.core.ledger.SignedNote;
import dev.kept.core.ledger.SigningKey;
import dev.kept.core.ledger.TileSubtrees;
import dev.kept.core.ledger.TlogProof;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * The ledger: the journal's entries as an append-only Merkle log. Entries are there with the commit of what they speak of; tiles and a signed checkpoint over
 * them follow with {@link #publish}. What is served is looked up; it is all in Kept's own database.
 */
public final class Ledger {

    private final Jdbi jdbi;
    private final State state;
    private final String origin;

    /** @param origin the log's name, which is its keys' name too; it stays what it was when the ledger was begun */
    public Ledger(State state, String origin) {
        this.jdbi = state.database();
        this.state = state;
        this.origin = origin;
    }

    /** The name under which the state's ledger was begun; empty before it has a key. */
    public static Optional<String> begunAs(State state) {
        return state.database().withHandle(LedgerKeys::all).stream()
                .map(key -> key.verifier().replaceFirst("\\+.*", ""))
                .findFirst();
    }

    /**
     * Adds many entries at once, as the last thing of the connection's transaction: until that ends, nobody else adds any.
     *
     * @return the first one's index
     */
    public static long append(Connection connection, List<LedgerEntry> entries) throws SQLException {
        try (PreparedStatement head =
                connection.prepareStatement("update kept.ledger_head set size = size + ? returning size - ?")) {
            head.setLong(1, entries.size());
            head.setLong(2, entries.size());
            try (ResultSet first = head.executeQuery()) {
                if (!first.next()) {
                    throw new SQLException("the ledger has no head");
                }
                long index = first.getLong(1);
                EntryCopy.in(connection, index, entries);
                return index;
            }
        }
    }

    /**
     * Writes tiles and a checkpoint over all entries that are committed, and makes a key where there is none. Safe to be killed, and to be called by
     * several processes at once.
     *
     * @return the checkpoint
     * @throws CannotRun where what is there does not go on from what was signed
     */
    public SignedNote publish() {
        while (true) {
            Optional<SignedNote> checkpoint = jdbi.inTransaction(handle -> new Sequencer(origin).step(handle, now()));
            if (checkpoint.isPresent()) {
                return checkpoint.get();
            }
        }
    }

    /** The last checkpoint that was published, as it is served. */
    public Optional<String> checkpoint() {
        return jdbi.withHandle(LedgerTables::latest).map(LedgerTables.StoredCheckpoint::note);
    }

    /** A file of the log by its path below the log's prefix ({@code checkpoint}, {@code tile/0/000}, {@code tile/entries/000.p/7}); empty where there is none. */
    public Optional<byte[]> file(String path) {
        return LogFile.parse(path).flatMap(this::file);
    }

    /** The same. */
    public Optional<byte[]> file(LogFile file) {
        return switch (file) {
            case LogFile.CheckpointFile checkpoint -> checkpoint().map(note -> note.getBytes(StandardCharsets.UTF_8));
            case LogFile.Tile tile ->
                published(tile.level(), tile.index(), tile.width())
                        ? jdbi.withHandle(handle -> hashes(handle, tile))
                        : Optional.empty();
            case LogFile.Bundle bundle ->
                published(0, bundle.index(), bundle.width()) ? Optional.of(bundle(bundle)) : Optional.empty();
        };
    }

    /** Whether a tile is one of the published tree, or the beginning of one. */
    private boolean published(int level, long index, int width) {
        long size = jdbi.withHandle(LedgerTables::latest)
                .map(LedgerTables.StoredCheckpoint::size)
                .orElse(0L);
        return width <= LogFile.width(size, level, index);
    }

    private static Optional<byte[]> hashes(Handle handle, LogFile.Tile tile) {
        byte[] hashes = LedgerTables.tiles(handle).read(tile);
        int length = tile.width() * Hash.BYTES;
        return hashes.length < length ? Optional.empty() : Optional.of(Arrays.copyOf(hashes, length));
    }

    private byte[] bundle(LogFile.Bundle bundle) {
        long from = bundle.index() * LogFile.FULL;
        List<byte[]> leaves = leaves(from, from + bundle.width());
        if (leaves.size() != bundle.width()) {
            throw new CannotRun("an entry of `" + bundle.path() + "` is missing", "kept ledger verify");
        }
        return EntryBundle.write(leaves);
    }

    private List<byte[]> leaves(long from, long to) {
        List<byte[]> leaves = new ArrayList<>();
        jdbi.useHandle(handle -> {
            try {
                EntryCopy.out(handle.getConnection(), from, to, (index, leaf) -> leaves.add(leaf));
            } catch (SQLException e) {
                throw new UnableToExecuteStatementException(e, null);
            }
        });
        return leaves;
    }

    /**
     * The leaf of an entry: what is hashed.
     *
     * @throws CannotRun where there is no such entry
     */
    public byte[] leaf(long index) {
        List<byte[]> leaves = index < 0 ? List.of() : leaves(index, index + 1);
        if (leaves.isEmpty()) {
            throw new CannotRun("the ledger has no entry " + index, "kept ledger status");
        }
        return leaves.getFirst();
    }

    /**
     * That an entry is in the ledger, to be verified offline: a C2SP tlog-proof under the last checkpoint. Publishes first where the entry is newer.
     *
     * @throws CannotRun where there is no such entry
     */
    public TlogProof proof(long index) {
        byte[] leaf = leaf(index);
        SignedNote note = jdbi.withHandle(LedgerTables::latest)
                .filter(last -> last.size() > index)
                .map(last -> SignedNote.parse(last.note()))
                .orElseGet(this::publish);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        List<Hash> path = ask(checkpoint.size(), tree -> tree.inclusion(index).path());
        TlogProof proof = new TlogProof(Optional.empty(), index, path, note);
        if (proof.proves(leaf, keys()).isEmpty()) {
            throw new CannotRun("entry " + index + " is not what was signed", "kept ledger verify");
        }
        return proof;
    }

    /** Asks the published tree over the first so many entries. */
    private <T> T ask(long size, Function<MerkleTree, T> question) {
        try {
            return jdbi.withHandle(
                    handle -> question.apply(new MerkleTree(size, new TileSubtrees(size, LedgerTables.tiles(handle)))));
        } catch (MalformedLog e) {
            throw new CannotRun("a tile that the tree needs is missing", "kept ledger verify", e);
        }
    }

    /** The public keys that have signed, oldest first. */
    public List<VerifierKey> keys() {
        return jdbi.withHandle(LedgerKeys::all).stream()
                .map(LedgerKeys.Stored::key)
                .toList();
    }

    /**
     * Begins a new key. The change is an entry of the ledger, under a checkpoint that both keys sign; the old one signs on for thirty days, then it is
     * destroyed.
     *
     * @return the new key
     */
    public VerifierKey rotate() {
        publish();
        VerifierKey key = jdbi.inTransaction(handle -> {
            Sequencer.lock(handle);
            List<SigningKey> old = LedgerKeys.signing(handle, origin, now());
            LedgerKeys.retire(handle, old, now().plus(LedgerKeys.OVERLAP));
            SigningKey fresh = LedgerKeys.begin(handle, origin, now());
            state.journal()
                    .appendWithin(
                            handle,
                            "ledger-key",
                            Map.of(
                                    "begins",
                                    fresh.verifier().toString(),
                                    "retires",
                                    old.stream().map(SigningKey::toString).toList(),
                                    "after-days",
                                    LedgerKeys.OVERLAP.toDays()));
            return fresh.verifier();
        });
        publish();
        return key;
    }

    /**
     * Recomputes everything and names what does not fit.
     *
     * @param against checkpoints from elsewhere
     * @param trusted keys to trust instead of those that the ledger names itself; empty for its own
     */
    public Audited verify(List<Given> against, List<VerifierKey> trusted, Consumer<Flaw> flaws, Progress progress) {
        return new LedgerAudit(jdbi, origin).verify(against, trusted, flaws, progress);
    }

    /**
     * Writes the log's files, as C2SP tlog-tiles lays them out, into a folder: what is there already and still fits is left.
     *
     * @throws CannotRun where the folder holds another history, or cannot be written
     */
    public Exported export(Path folder, Progress progress) {
        return new Export(this, folder).write(publish(), progress);
    }

    /** The root that the tiles lead to, over the first so many entries that are published. */
    Hash root(long size) {
        return ask(size, MerkleTree::root);
    }

    /** A checkpoint from elsewhere, as it was read; {@code which} is how reports call it. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    public record Given(String which, byte[] note) {}

    /** How far long work is. */
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (done, total) -> {};

        void entries(long done, long total);
    }

    /**
     * What was looked at.
     *
     * @param size how many entries the last good checkpoint signs
     * @param entries how many there are
     * @param checkpoints how many were compared
     */
    public record Audited(long size, long entries, int checkpoints, Optional<Hash> root) {}

    /** What a folder holds now. */
    public record Exported(long size, int written, int left) {}

    /** How the ledger stands. */
    public record Status(String origin, long entries, Optional<Checkpoint> checkpoint, List<KeyStatus> keys) {}

    /** A key, and until when it signs. */
    public record KeyStatus(VerifierKey key, boolean signs, Optional<Instant> retiresAt) {}

    public Status status() {
        return jdbi.withHandle(handle -> new Status(
                origin,
                LedgerTables.size(handle),
                LedgerTables.latest(handle)
                        .map(last ->
                                Checkpoint.parse(SignedNote.parse(last.note()).text())),
                LedgerKeys.all(handle).stream()
                        .map(key -> new KeyStatus(key.key(), key.signer().isPresent(), key.retiresAt()))
                        .toList()));
    }

    private Instant now() {
        return state.clock().instant();
    }
}
