package dev.kept.server.answer;

import dev.kept.server.state.SealKey;
import java.util.UUID;

/**
 * How an answer lies in chunks: each is sealed by itself as this chunk of this answer, and the last one as the last, so that none can be changed, left out,
 * put in another place or another answer's, and nothing cut off (as in Hoang, Reyhanitabar, Rogaway, Vizár: STREAM, CRYPTO 2015).
 */
final class Chunks {

    /** What a chunk holds; all but the last are full. */
    static final int BYTES = 256 * 1024;

    private Chunks() {}

    static String chunk(UUID answer, int number, boolean last) {
        return "answer " + answer + " chunk " + number + (last ? " last" : "");
    }

    static String about(UUID answer) {
        return "answer " + answer + " about";
    }

    static byte[] seal(SealKey key, UUID answer, int number, boolean last, byte[] content) {
        return key.seal(chunk(answer, number, last), content);
    }
}
