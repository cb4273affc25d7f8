package dev.kept.server.answer;

import dev.kept.server.state.SealKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Reads an answer a chunk at a time. Nothing of a chunk is handed out before all of it was found to be as it was written, nor after the answer has ended. */
final class Opening extends InputStream {

    private static final String CHUNK =
            "select sealed from kept.answer_chunk join kept.answer on answer.id = answer_chunk.answer"
                    + " where answer = :answer and number = :number and state = 'there' and ends_at > :now";

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final UUID answer;
    private final SealKey key;
    private final int chunks;
    private byte[] current = {};
    private int read;
    private int next;

    Opening(Jdbi jdbi, InstantSource clock, UUID answer, SealKey key, int chunks) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.answer = answer;
        this.key = key;
        this.chunks = chunks;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (read == current.length) {
            if (next == chunks) {
                return -1;
            }
            current = chunk(next);
            read = 0;
            next++;
        }
        int part = Math.min(length, current.length - read);
        System.arraycopy(current, read, target, from, part);
        read += part;
        return part;
    }

    private byte[] chunk(int number) throws IOException {
        Optional<byte[]> sealed = jdbi.withHandle(handle -> handle.createQuery(CHUNK)
                .bind("answer", answer)
                .bind("number", number)
                .bind("now", Answers.at(clock.instant()))
                .mapTo(byte[].class)
                .findOne());
        if (sealed.isEmpty()) {
            throw new NotReadable("the answer has expired");
        }
        return key.open(Chunks.chunk(answer, number, number == chunks - 1), sealed.get())
                .orElseThrow(() -> new NotReadable("the answer is not as it was written"));
    }
}
