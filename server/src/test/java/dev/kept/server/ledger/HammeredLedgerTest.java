package dev.kept.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.ConsistencyProof;
import dev.kept.core.ledger.Flaw;
import dev.kept.core.ledger.Hash;
import dev.kept.core.ledger.LedgerEntry;
import dev.kept.core.ledger.MerkleTree;
import dev.kept.core.ledger.SignedNote;
import dev.kept.core.ledger.TileSubtrees;
import dev.kept.server.state.StateChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers, writers that abort now and then, publishers that are cut off, and a verifier, all at once. */
class HammeredLedgerTest {

    private static final int WRITERS = 4;
    private static final int TRANSACTIONS = 150;
    private static final int CUTS = 12;

    /** How likely each look for a publisher ends it: the less likely, the later in its work. */
    private static final double[] OFTEN = {0.02, 0.002, 0.0005};

    private final Log log = new Log();
    private final Ledger ledger = log.ledger();
    private final AtomicBoolean written = new AtomicBoolean();
    private final AtomicLong committed = new AtomicLong();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void all_of_it_fits_at_every_moment() throws Exception {
        try (ExecutorService hammer = Executors.newVirtualThreadPerTaskExecutor()) {
            ledger.publish();
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(hammer.submit(() -> {
                    write(new Random(writer));
                    return null;
                }));
            }
            Future<?> journal = hammer.submit(this::journal);
            Future<?> publisher = hammer.submit(this::publish);
            Future<Integer> proofs = hammer.submit(this::prove);
            Future<Integer> audits = hammer.submit(this::audit);
            Future<?> killer = hammer.submit(() -> {
                cutOff(Integer.MAX_VALUE);
                return null;
            });
            for (Future<?> writer : writers) {
                writer.get();
            }
            journal.get();
            written.set(true);
            publisher.get();
            killer.get();
            assertThat(proofs.get()).isPositive();
            assertThat(audits.get()).isPositive();
        }
        ledger.publish();
        assertThat(log.flaws()).isEmpty();
        assertThat(ledger.status().entries()).isEqualTo(committed.get());
        assertThat(log.rows("select count(*) || ' ' || min(seq) || ' ' || max(seq) from kept.journal"))
                .containsExactly(committed.get() + " 0 " + (committed.get() - 1));
    }

    private void write(Random random) throws SQLException {
        try (Connection connection = log.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < TRANSACTIONS; i++) {
                List<LedgerEntry> entries = new ArrayList<>();
                for (int j = random.nextInt(30); j >= 0; j--) {
                    entries.add(Log.entry(random.nextInt(1_000_000)));
                }
                Ledger.append(connection, entries);
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    committed.addAndGet(entries.size());
                }
            }
        }
    }

    /** The way of all other evidence: together with something else. */
    private void journal() {
        for (int i = 0; i < TRANSACTIONS; i++) {
            List<StateChange> together = new ArrayList<>();
            together.add(log.state().journal().entry(UUID.randomUUID(), "sweep", Map.of("number", i)));
            together.add(log.state()
                    .privateLog()
                    .act("somebody", Optional.empty(), "something")
                    .write());
            log.state().apply(together);
            committed.incrementAndGet();
        }
    }

    private void publish() {
        while (!written.get()) {
            try {
                ledger.publish();
            } catch (JdbiException cutOff) {
                // the next one goes on
            }
        }
    }

    /** Ends whoever publishes, early and late in it; so many times at most, since one who is always cut off never ends. */
    private void cutOff(int most) throws SQLException {
        int cuts = 0;
        try (Connection connection = log.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select count(*) filter (where pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory'"
                                + " and granted and pid <> pg_backend_pid() and random() < ?")) {
            while (!written.get() && cuts < most) {
                statement.setDouble(1, OFTEN[cuts % OFTEN.length]);
                try (ResultSet ended = statement.executeQuery()) {
                    cuts += ended.next() ? ended.getInt(1) : 0;
                }
            }
        }
    }

    /** Each checkpoint goes on from the one before, and entries are proven under it. */
    private int prove() {
        Checkpoint before = head();
        int proven = 0;
        Random random = new Random(9);
        while (!written.get()) {
            Checkpoint head = head();
            assertThat(head.size()).isGreaterThanOrEqualTo(before.size());
            if (before.size() > 0 && head.size() > before.size()) {
                assertThat(consistency(before, head).proves(before.root(), head.root()))
                        .isTrue();
                proven += again(() -> {
                    long index = random.nextLong(head.size());
                    assertThat(ledger.proof(index).proves(ledger.leaf(index), ledger.keys()))
                            .isPresent();
                });
            }
            before = head;
        }
        return proven;
    }

    private static int again(Runnable reading) {
        try {
            reading.run();
            return 1;
        } catch (JdbiException cutOff) {
            return 0;
        }
    }

    private Checkpoint head() {
        return Checkpoint.verified(SignedNote.parse(ledger.checkpoint().orElseThrow()), ledger.keys());
    }

    private ConsistencyProof consistency(Checkpoint before, Checkpoint after) {
        TileSubtrees tiles = new TileSubtrees(
                after.size(), tile -> ledger.file(tile).orElseThrow(() -> new IllegalStateException(tile.path())));
        return new MerkleTree(after.size(), tiles).consistency(before.size());
    }

    private int audit() {
        int audits = 0;
        while (!written.get()) {
            assertThat(log.flaws()).isEmpty();
            audits++;
        }
        return audits;
    }

    @Test
    void a_publisher_that_is_cut_off_again_and_again_leaves_what_one_leaves_that_is_not() throws Exception {
        try (Log other = new Log()) {
            log.append(Sequencer.MOST_ENTRIES + 70_000);
            other.append(Sequencer.MOST_ENTRIES + 70_000);
            other.ledger().publish();
            try (ExecutorService hammer = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> killer = hammer.submit(() -> {
                    cutOff(CUTS);
                    return null;
                });
                while (!written.get()) {
                    try {
                        ledger.publish();
                        written.set(true);
                    } catch (JdbiException cut) {
                        // once more
                    }
                }
                killer.get();
            }
            assertThat(log.flaws()).isEmpty();
            String tiles =
                    "select level || ' ' || index || ' ' || sha256(hashes) from kept.ledger_tile order by level, index";
            assertThat(log.rows(tiles)).isEqualTo(other.rows(tiles));
            Hash root = Checkpoint.parse(
                            SignedNote.parse(other.ledger().checkpoint().orElseThrow())
                                    .text())
                    .root();
            assertThat(head().root()).isEqualTo(root);
        }
    }

    @Test
    void an_entry_is_there_with_the_commit_of_what_it_speaks_of_and_not_without() throws Exception {
        List<Flaw> none = log.flaws();
        StateChange entry = log.state().journal().entry(null, "sweep", Map.of());
        StateChange fails = log.state().journal().entry(null, "sweep", Map.of("s", "x"));
        try {
            log.state().apply(List.of(entry, new Broken().change(), fails));
        } catch (JdbiException expected) {
            none = log.flaws();
        }
        assertThat(none).isEmpty();
        assertThat(ledger.status().entries()).isZero();
        assertThat(log.rows("select seq from kept.journal")).isEmpty();
    }

    private final class Broken {
        /** A private act twice: its commitment is a key. */
        StateChange change() {
            StateChange once = log.state()
                    .privateLog()
                    .act("somebody", Optional.empty(), "something")
                    .write();
            log.state().apply(List.of(once));
            return once;
        }
    }
}
