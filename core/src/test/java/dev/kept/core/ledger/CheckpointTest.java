package dev.kept.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    private static final SigningKey KEY = SigningKey.of("larkfield.example/ledger", new byte[32]);
    private static final String ROOT = Leaves.tree(5).root().toString();

    @Test
    void a_checkpoint_reads_as_it_is_written() {
        for (long size : List.of(0L, 1L, 5L, Long.MAX_VALUE)) {
            Hash root = size == 0 ? Hash.EMPTY : Hash.parse(ROOT);
            Checkpoint checkpoint = new Checkpoint("larkfield.example/ledger", size, root);
            assertThat(checkpoint.text()).isEqualTo("larkfield.example/ledger\n" + size + "\n" + root + "\n");
            assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        }
        Checkpoint extended = new Checkpoint("a", 5, Hash.parse(ROOT), List.of("more", "and more"));
        assertThat(Checkpoint.parse(extended.text())).isEqualTo(extended);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "origin\n5\n",
                "origin\n5\nROOT",
                "\n5\nROOT\n",
                "origin\n05\nROOT\n",
                "origin\n-5\nROOT\n",
                "origin\n+5\nROOT\n",
                "origin\n5.0\nROOT\n",
                "origin\n\nROOT\n",
                "origin\n9223372036854775808\nROOT\n",
                "origin\n99999999999999999999\nROOT\n",
                "origin\n0\nROOT\n",
                "origin\n5\n\n",
                "origin\n5\nAAAA\n",
                "origin\n5\nROOT\n\n",
                "origin\n5\nROOT\nmore\n\nagain\n",
                "origin\n5\n ROOT\n"
            })
    void no_other_text_is_one(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text.replace("ROOT", ROOT))).isInstanceOf(MalformedLog.class);
    }

    @Test
    void an_unsigned_checkpoint_is_not_used() {
        SignedNote note = SignedNote.sign(new Checkpoint("a", 5, Hash.parse(ROOT)).text(), List.of(KEY));
        VerifierKey other =
                SigningKey.of("larkfield.example/other", new byte[32]).verifier();

        assertThat(Checkpoint.verified(note, List.of(KEY.verifier())).size()).isEqualTo(5);
        assertThatThrownBy(() -> Checkpoint.verified(note, List.of(other))).isInstanceOf(BadSignature.class);
    }

    private static TlogProof proof(long index, long size) {
        MerkleTree tree = Leaves.tree(size);
        SignedNote head = SignedNote.sign(new Checkpoint("a", size, tree.root()).text(), List.of(KEY));
        return new TlogProof(Optional.empty(), index, tree.inclusion(index).path(), head);
    }

    @Test
    void a_proof_reads_as_it_is_written_and_proves_its_entry_alone() {
        for (long size : List.of(1L, 2L, 7L, 300L)) {
            TlogProof proof = TlogProof.parse(proof(size / 2, size).write());

            assertThat(proof.write()).isEqualTo(proof(size / 2, size).write());
            assertThat(proof.proves(Leaves.entry(size / 2), List.of(KEY.verifier()))
                            .orElseThrow()
                            .size())
                    .isEqualTo(size);
            assertThat(proof.proves(Leaves.entry(size / 2 + 1), List.of(KEY.verifier())))
                    .isEmpty();
        }
    }

    @Test
    void extra_data_is_carried_along() {
        TlogProof plain = proof(1, 3);
        TlogProof extended = new TlogProof(
                Optional.of(new TlogProof.Extra("YWJj")), plain.index(), plain.path(), plain.checkpoint());

        assertThat(extended.write()).contains("\nextra YWJj\nindex 1\n");
        assertThat(TlogProof.parse(extended.write())).isEqualTo(extended);
    }

    @Test
    void every_flipped_bit_of_a_proof_is_found() {
        byte[] proof = proof(2, 5).write().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < proof.length * 8; i++) {
            byte[] flipped = proof.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            String text = new String(flipped, java.nio.charset.StandardCharsets.UTF_8);
            assertThat(holds(text)).as("bit " + i).isFalse();
        }
        assertThat(holds(new String(proof, java.nio.charset.StandardCharsets.UTF_8)))
                .isTrue();
    }

    private static boolean holds(String text) {
        try {
            return TlogProof.parse(text)
                    .proves(Leaves.entry(2), List.of(KEY.verifier()))
                    .isPresent();
        } catch (MalformedLog | BadSignature refused) {
            return false;
        }
    }

    @Test
    void what_is_no_proof_is_refused() {
        String proof = proof(2, 5).write();

        assertThatThrownBy(() -> TlogProof.parse("")).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> TlogProof.parse(proof.replace("@v1", "@v2"))).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> TlogProof.parse(proof.replace("index 2\n", "")))
                .isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> TlogProof.parse(proof.replace("index 2", "index 02")))
                .isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> TlogProof.parse(proof.replace("index 2\n", "index 2\nAAAA\n")))
                .isInstanceOf(MalformedLog.class);
        String hash = Hash.EMPTY + "\n";
        assertThatThrownBy(() -> TlogProof.parse(proof.replace("index 2\n", "index 2\n" + hash.repeat(64))))
                .isInstanceOf(MalformedLog.class);
    }
}
