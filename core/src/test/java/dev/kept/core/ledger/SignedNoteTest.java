package dev.kept.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

    /** RFC 8032 section 7.1, TEST 1. */
    private static final byte[] SEED =
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private static final SigningKey KEY = SigningKey.of("larkfield.example/ledger", SEED);
    private static final SigningKey OTHER = SigningKey.of("larkfield.example/ledger", new byte[32]);
    private static final String TEXT = "larkfield.example/ledger\n0\n" + Hash.EMPTY + "\n";

    @Test
    void a_public_key_follows_from_its_seed() {
        assertThat(HexFormat.of().formatHex(KEY.verifier().key())).isEqualTo(PUBLIC);
    }

    @Test
    void keys_read_as_they_are_written() {
        assertThat(VerifierKey.parse(KEY.verifier().toString())).isEqualTo(KEY.verifier());
        assertThat(SigningKey.parse(KEY.revealText()).verifier()).isEqualTo(KEY.verifier());
        assertThat(KEY.toString()).isEqualTo(KEY.verifier().toString()).doesNotContain("PRIVATE");
    }

    @Test
    void a_key_is_written_as_others_read_it() {
        VerifierKey key = new VerifierKey("example.com/log", HexFormat.of().parseHex(PUBLIC));

        assertThat(key.toString()).isEqualTo("example.com/log+cc714670+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name+00000000",
                "+00000000+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
                "example.com/log+00000000+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
                "example.com/log+CC714670+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
                "example.com/log+cc714670+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
                "example.com/log+cc714670+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1E=",
                "example.com/log+cc714670+",
                "exa mple+cc714670+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
            })
    void no_other_text_is_a_key(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SigningKey.parse("PRIVATE+KEY+" + text)).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SigningKey.parse(text)).isInstanceOf(MalformedLog.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\u3000b", "a\nb", "a\u0085b", "a\u0000b"})
    void a_name_with_a_space_or_a_plus_is_none(String name) {
        assertThat(KeyName.fits(name)).isFalse();
        assertThatThrownBy(() -> SigningKey.of(name, SEED)).isInstanceOf(MalformedLog.class);
    }

    @Test
    void a_note_reads_as_it_is_written_and_is_verified_by_those_who_signed() {
        SignedNote note = SignedNote.sign(TEXT, List.of(OTHER, KEY));
        SignedNote read = SignedNote.parse(note.write().getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(note);
        assertThat(read.verify(List.of(KEY.verifier()))).containsExactly(KEY.verifier());
        assertThat(read.verify(List.of(KEY.verifier(), OTHER.verifier())))
                .containsExactlyInAnyOrder(KEY.verifier(), OTHER.verifier());
    }

    @Test
    void signatures_of_unknown_keys_are_passed_over_and_alone_are_not_enough() {
        SignedNote note = SignedNote.sign(TEXT, List.of(KEY));
        VerifierKey sameName = OTHER.verifier();
        VerifierKey sameKey = SigningKey.of("another", SEED).verifier();

        assertThatThrownBy(() -> note.verify(List.of(sameName, sameKey))).isInstanceOf(BadSignature.class);
        assertThatThrownBy(() -> note.verify(List.of())).isInstanceOf(BadSignature.class);
    }

    @Test
    void a_known_key_s_bad_signature_spoils_the_note_though_another_s_is_good() {
        SignedNote good = SignedNote.sign(TEXT, List.of(KEY, OTHER));
        SignedNote.Signature second = good.signatures().get(1);
        byte[] bytes = second.bytes();
        bytes[5] ^= 1;
        SignedNote spoilt = new SignedNote(
                TEXT,
                List.of(good.signatures().getFirst(), new SignedNote.Signature(second.name(), second.id(), bytes)));

        assertThatThrownBy(() -> spoilt.verify(List.of(KEY.verifier(), OTHER.verifier())))
                .isInstanceOf(BadSignature.class)
                .hasMessageContaining(OTHER.verifier().hexId());
        assertThat(spoilt.verify(List.of(KEY.verifier()))).hasSize(1);
    }

    @Test
    void every_flipped_bit_of_a_signed_note_is_found() {
        byte[] note = SignedNote.sign(TEXT, List.of(KEY)).write().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < note.length * 8; i++) {
            byte[] flipped = note.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            assertThatThrownBy(() -> Checkpoint.verified(SignedNote.parse(flipped), List.of(KEY.verifier())))
                    .as("bit " + i)
                    .isInstanceOfAny(MalformedLog.class, BadSignature.class);
        }
    }

    @Test
    void every_cut_note_is_refused() {
        String note = SignedNote.sign(TEXT, List.of(KEY)).write();
        for (int length = 0; length < note.length(); length++) {
            String cut = note.substring(0, length);
            assertThatThrownBy(() -> Checkpoint.verified(SignedNote.parse(cut), List.of(KEY.verifier())))
                    .isInstanceOfAny(MalformedLog.class, BadSignature.class);
        }
    }

    @Test
    void the_text_ends_at_the_last_empty_line() {
        SignedNote note = SignedNote.sign("one\n\ntwo\n\n\nthree\n", List.of(KEY));

        assertThat(SignedNote.parse(note.write())).isEqualTo(note);
    }

    @Test
    void what_is_no_note_is_refused() {
        String line = SignedNote.sign(TEXT, List.of(KEY)).write().substring(TEXT.length() + 1);

        assertThatThrownBy(() -> SignedNote.parse("text\n\n")).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse("text\n" + line)).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse("te\rxt\n\n" + line)).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse("text\n\n" + line + "\n")).isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse("text\n\n- " + line.substring(2)))
                .isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse("text\n\n\u2014 name AAAAAA==\n"))
                .isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse("text\n\n" + line.replace("=", "")))
                .isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xc0, '\n', '\n'}))
                .isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.parse(new byte[SignedNote.MOST_BYTES + 1]))
                .isInstanceOf(MalformedLog.class);
        assertThatThrownBy(() -> SignedNote.sign("no newline", List.of(KEY))).isInstanceOf(MalformedLog.class);
    }

    @Test
    void as_many_signatures_as_the_specification_asks_for_are_read_and_not_endlessly_many() {
        List<SigningKey> many = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            many.add(SigningKey.of("name" + i, SEED));
        }
        assertThat(SignedNote.parse(SignedNote.sign(TEXT, many).write())
                        .verify(List.of(many.getLast().verifier())))
                .hasSize(1);
        String line = SignedNote.sign(TEXT, List.of(KEY)).write().substring(TEXT.length() + 1);
        String endless = String.join("", Collections.nCopies(SignedNote.MOST_SIGNATURES + 1, line));
        assertThatThrownBy(() -> SignedNote.parse(TEXT + "\n" + endless)).isInstanceOf(MalformedLog.class);
    }
}
