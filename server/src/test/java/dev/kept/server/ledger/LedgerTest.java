package dev.kept.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.EntryBundle;
import dev.kept.core.ledger.Hash;
import dev.kept.core.ledger.SignedNote;
import dev.kept.core.ledger.TlogProof;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.Journal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Log log = new Log();
    private final Ledger ledger = log.ledger();

    @AfterEach
    void close() {
        log.close();
    }

    private static Checkpoint head(SignedNote note, List<VerifierKey> keys) {
        return Checkpoint.verified(note, keys);
    }

    @Test
    void a_ledger_without_entries_has_a_checkpoint_of_nothing() {
        Checkpoint head = head(ledger.publish(), ledger.keys());

        assertThat(head).isEqualTo(new Checkpoint(Log.ORIGIN, 0, Hash.EMPTY));
        assertThat(ledger.checkpoint().orElseThrow()).startsWith(Log.ORIGIN + "\n0\n");
        assertThat(ledger.file("tile/0/000")).isEmpty();
        assertThat(ledger.file("tile/entries/000.p/1")).isEmpty();
        assertThat(log.flaws()).isEmpty();
        assertThatThrownBy(() -> ledger.proof(0)).isInstanceOf(CannotRun.class).hasMessage("the ledger has no entry 0");
    }

    @Test
    void before_it_is_published_nothing_is_served() throws SQLException {
        log.append(3);

        assertThat(ledger.checkpoint()).isEmpty();
        assertThat(ledger.file("checkpoint")).isEmpty();
        assertThat(ledger.file("tile/0/000.p/3")).isEmpty();
        assertThat(ledger.file("tile/entries/000.p/3")).isEmpty();
        assertThat(log.flaws()).isEmpty();
    }

    @Test
    void what_the_journal_takes_is_an_entry_and_its_leaf_says_what_was_said() {
        UUID run = UUID.randomUUID();
        log.state().journal().append(run, "sweep", Map.of("store", "shop"));
        log.state().journal().append(null, "access", Map.of("outcome", "nobody"));

        assertThat(new String(ledger.leaf(0), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"at\":\"2027-03-01T10:00:00.000000Z\",\"entry\":{\"store\":\"shop\"},\"kind\":\"sweep\",\"run\":\""
                                + run + "\",\"v\":1}");
        assertThat(new String(ledger.leaf(1), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"at\":\"2027-03-01T10:00:00.000000Z\",\"entry\":{\"outcome\":\"nobody\"},\"kind\":\"access\",\"v\":1}");
        assertThat(log.state().journal().of(run)).extracting(Journal.Entry::seq).containsExactly(0L);
        assertThat(log.state().journal().latest("access", 5))
                .extracting(Journal.Entry::seq)
                .containsExactly(1L);
    }

    @Test
    void what_is_too_long_is_said_in_several_entries_one_behind_the_other() {
        Map<String, Object> said = new TreeMap<>();
        for (int i = 0; i < 4_000; i++) {
            said.put("public.a_table_with_a_name_" + i, i);
        }
        log.state().journal().append(null, "first", Map.of());
        log.state().journal().append(null, "sweep", Map.of("changed", said, "store", "shop"));
        log.state().journal().append(null, "last", Map.of());

        assertThat(log.rows("select kind from kept.journal order by seq"))
                .startsWith("first", "sweep", "sweep")
                .endsWith("sweep", "last");
        assertThat(log.rows("select seq from kept.journal order by seq")).startsWith("0", "1", "2", "3");
        ledger.publish();
        assertThat(log.flaws()).isEmpty();
    }

    @Test
    void every_entry_is_proven_offline_whenever_it_was_published() throws SQLException {
        log.append(300);
        ledger.publish();
        log.append(300);
        for (long index : List.of(0L, 1L, 255L, 256L, 299L, 300L, 599L)) {
            byte[] leaf = ledger.leaf(index);
            TlogProof proof = TlogProof.parse(ledger.proof(index).write());
            assertThat(proof.proves(leaf, ledger.keys())).isPresent();
            leaf[10] ^= 1;
            assertThat(proof.proves(leaf, ledger.keys())).isEmpty();
        }
        assertThatThrownBy(() -> ledger.proof(600)).isInstanceOf(CannotRun.class);
        assertThatThrownBy(() -> ledger.proof(-1)).isInstanceOf(CannotRun.class);
    }

    @Test
    void tiles_and_bundles_are_served_as_the_published_tree_has_them_and_as_earlier_ones_had() throws SQLException {
        log.append(300);
        ledger.publish();
        log.append(300);

        assertThat(ledger.file("tile/0/000").orElseThrow()).hasSize(256 * 32);
        assertThat(ledger.file("tile/0/001.p/44").orElseThrow()).hasSize(44 * 32);
        assertThat(ledger.file("tile/1/000.p/1").orElseThrow()).hasSize(32);
        assertThat(ledger.file("tile/0/001.p/45")).isEmpty();
        assertThat(ledger.file("tile/0/001")).isEmpty();
        assertThat(ledger.file("tile/0/x001")).isEmpty();
        assertThat(ledger.file("tile/2/000.p/1")).isEmpty();
        List<byte[]> entries =
                EntryBundle.read(ledger.file("tile/entries/001.p/44").orElseThrow(), 44);
        assertThat(entries.getFirst()).isEqualTo(Log.entry(256).leaf());
        assertThat(Hash.leaf(entries.get(1)).bytes())
                .isEqualTo(java.util.Arrays.copyOfRange(
                        ledger.file("tile/0/001.p/44").orElseThrow(), 32, 64));

        ledger.publish();
        assertThat(ledger.file("tile/0/001.p/44").orElseThrow()).hasSize(44 * 32);
        assertThat(ledger.file("tile/0/001").orElseThrow()).hasSize(256 * 32);
        assertThat(ledger.file("tile/entries/001").orElseThrow()).isNotEmpty();
    }

    @Test
    void publishing_again_changes_nothing_until_there_is_something_new() throws SQLException {
        log.append(5);
        SignedNote first = ledger.publish();
        log.now(log.now().plus(Duration.ofHours(1)));

        assertThat(ledger.publish()).isEqualTo(first);
        assertThat(log.rows("select count(*) from kept.ledger_key")).containsExactly("1");
        log.append(1);
        assertThat(head(ledger.publish(), ledger.keys()).size()).isEqualTo(6);
    }

    @Test
    void more_entries_than_a_transaction_takes_in_are_published_and_verified() throws SQLException {
        log.append(Sequencer.MOST_ENTRIES + 1_000).append(Sequencer.MOST_ENTRIES);

        assertThat(head(ledger.publish(), ledger.keys()).size()).isEqualTo(2L * Sequencer.MOST_ENTRIES + 1_000);
        assertThat(log.flaws()).isEmpty();
        assertThat(ledger.file("tile/2/000.p/2").orElseThrow()).hasSize(64);
    }

    @Test
    void an_abort_leaves_no_gap() throws SQLException {
        log.append(3);
        try (Connection connection = log.connect()) {
            connection.setAutoCommit(false);
            assertThat(Ledger.append(connection, List.of(Log.entry(1), Log.entry(2))))
                    .isEqualTo(3);
            connection.rollback();
        }
        log.append(2);

        assertThat(log.rows("select seq from kept.journal order by seq")).containsExactly("0", "1", "2", "3", "4");
        assertThat(ledger.status().entries()).isEqualTo(5);
    }

    @Test
    void a_key_is_rotated_under_both_and_the_old_one_is_destroyed_later() throws SQLException {
        log.append(3);
        VerifierKey old = ledger.publish().verify(ledger.keys()).getFirst();
        VerifierKey fresh = ledger.rotate();

        SignedNote both = SignedNote.parse(ledger.checkpoint().orElseThrow());
        assertThat(both.verify(List.of(old))).containsExactly(old);
        assertThat(both.verify(List.of(old, fresh))).containsExactly(old, fresh);
        assertThat(new String(ledger.leaf(3), StandardCharsets.UTF_8))
                .contains("\"kind\":\"ledger-key\"", fresh.toString(), old.toString());
        log.now(log.now().plus(LedgerKeys.OVERLAP.minusSeconds(1)));
        log.append(1);
        assertThat(ledger.publish().signatures()).hasSize(2);

        log.now(log.now().plusSeconds(1));
        SignedNote alone = ledger.publish();
        assertThat(alone.signatures()).hasSize(1);
        assertThat(alone.verify(List.of(fresh))).containsExactly(fresh);
        assertThat(log.rows("select verifier from kept.ledger_key where signer is null"))
                .containsExactly(old.toString());
        assertThat(log.flaws()).isEmpty();
        assertThat(ledger.status().keys()).extracting(Ledger.KeyStatus::signs).containsExactly(false, true);
    }

    @Test
    void a_log_keeps_its_name() {
        ledger.publish();

        assertThatThrownBy(() -> new Ledger(log.state(), "another.example/ledger").publish())
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("the ledger was begun as `larkfield.example/ledger`");
    }

    @Test
    void nothing_is_signed_that_does_not_go_on_from_what_was_signed() throws SQLException {
        log.append(300);
        ledger.publish();
        log.execute("update kept.ledger_tile set hashes = set_byte(hashes, 5, 1) where level = 1");
        log.append(1);
        assertThatThrownBy(ledger::publish)
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("do not lead to its last checkpoint");
        assertThat(log.flaws()).isNotEmpty();
    }

    @Test
    void nothing_is_signed_once_entries_are_missing() throws SQLException {
        log.append(300);
        ledger.publish();
        log.append(10);
        log.execute("delete from kept.journal where seq = 305");
        assertThatThrownBy(ledger::publish).hasMessageContaining("entry 305 of the ledger is missing");
        log.execute("update kept.ledger_head set size = 299");
        assertThatThrownBy(ledger::publish).hasMessageContaining("fewer entries or hashes than were signed");
    }
}
