package dev.kept.server.answer;

import dev.kept.server.state.SealKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Takes an answer as it is made and writes it, sealed, a chunk at a time; only one chunk is held. */
final class Sealing extends OutputStream {

    private final Jdbi jdbi;
    private final UUID answer;
    private final SealKey key;
    private final long limit;
    private final byte[] buffer = new byte[Chunks.BYTES];
    private int filled;
    private int chunks;
    private long size;
    private boolean closed;

    Sealing(Jdbi jdbi, UUID answer, SealKey key, long limit) {
        this.jdbi = jdbi;
        this.answer = answer;
        this.key = key;
        this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (closed) {
            throw new IOException("the answer is finished");
        }
        if (size + length > limit) {
            throw new TooLarge(limit);
        }
        size += length;
        for (int done = 0; done < length; ) {
            if (filled == buffer.length) {
                put(false);
            }
            int part = Math.min(length - done, buffer.length - filled);
            System.arraycopy(bytes, from + done, buffer, filled, part);
            filled += part;
            done += part;
        }
    }

    /** Closing says that it is whole. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            put(true);
        }
    }

    About.Measured measured(About about) {
        return new About.Measured(about, size, chunks);
    }

    private void put(boolean last) {
        byte[] sealed = Chunks.seal(key, answer, chunks, last, Arrays.copyOf(buffer, filled));
        jdbi.useHandle(handle -> handle.createUpdate(
                        "insert into kept.answer_chunk (answer, number, sealed) values (:answer, :number, :sealed)")
                .bind("answer", answer)
                .bind("number", chunks)
                .bind("sealed", sealed)
                .execute());
        chunks++;
        filled = 0;
    }
}
