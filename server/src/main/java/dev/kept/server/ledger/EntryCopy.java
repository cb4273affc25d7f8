package dev.kept.server.ledger;

import dev.kept.core.ledger.LedgerEntry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** Entries to and from the journal in PostgreSQL's binary COPY format: many at once, and never more than one in memory on the way out. */
final class EntryCopy {

    private static final String COLUMNS = "seq, at, run, kind, entry";
    private static final int FIELDS = 5;
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int HEADER_BYTES = SIGNATURE.length + 2 * Integer.BYTES;
    private static final int CHUNK_BYTES = 1 << 16;

    /** Where PostgreSQL's time begins. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final long EPOCH_MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, EPOCH);
    private static final long MICROS = 1_000_000;

    private EntryCopy() {}

    /** Takes an entry as it was read. */
    interface Reader {
        void entry(long index, byte[] leaf);
    }

    /** Adds entries from an index on, within the connection's transaction. */
    static void in(Connection connection, long first, List<LedgerEntry> entries) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy kept.journal (" + COLUMNS + ") from stdin (format binary)");
        try {
            Buffer buffer = new Buffer();
            DataOutputStream out = new DataOutputStream(buffer);
            out.write(SIGNATURE);
            out.writeLong(0);
            long index = first;
            for (LedgerEntry entry : entries) {
                write(out, index++, entry);
                if (buffer.size() >= CHUNK_BYTES) {
                    buffer.moveTo(copy);
                }
            }
            out.writeShort(-1);
            buffer.moveTo(copy);
            copy.endCopy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static final class Buffer extends ByteArrayOutputStream {
        void moveTo(CopyIn copy) throws SQLException {
            copy.writeToCopy(buf, 0, count);
            reset();
        }
    }

    private static void write(DataOutputStream out, long index, LedgerEntry entry) throws IOException {
        out.writeShort(FIELDS);
        out.writeInt(Long.BYTES);
        out.writeLong(index);
        out.writeInt(Long.BYTES);
        out.writeLong(ChronoUnit.MICROS.between(EPOCH, entry.at()));
        if (entry.run().isPresent()) {
            UUID run = entry.run().get();
            out.writeInt(2 * Long.BYTES);
            out.writeLong(run.getMostSignificantBits());
            out.writeLong(run.getLeastSignificantBits());
        } else {
            out.writeInt(-1);
        }
        text(out, entry.kind());
        text(out, entry.json());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads the entries with {@code from <= index < to}, in order, each as its leaf. */
    static void out(Connection connection, long from, long to, Reader reader) throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + COLUMNS + " from kept.journal where seq >= " + from + " and seq < " + to
                        + " order by seq) to stdout (format binary)");
        try {
            byte[] row = copy.readFromCopy();
            int skip = HEADER_BYTES;
            while (row != null) {
                ByteBuffer fields = ByteBuffer.wrap(row);
                fields.position(skip);
                skip = 0;
                if (fields.hasRemaining() && fields.getShort() == FIELDS) {
                    read(fields, reader);
                }
                row = copy.readFromCopy();
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void read(ByteBuffer fields, Reader reader) {
        fields.getInt();
        long index = fields.getLong();
        fields.getInt();
        long micros = EPOCH_MICROS + fields.getLong();
        Instant at = Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * (1_000_000_000 / MICROS));
        Optional<UUID> run =
                fields.getInt() < 0 ? Optional.empty() : Optional.of(new UUID(fields.getLong(), fields.getLong()));
        String kind = text(fields);
        reader.entry(index, LedgerEntry.leaf(at, kind, run, text(fields)));
    }

    private static String text(ByteBuffer fields) {
        byte[] bytes = new byte[fields.getInt()];
        fields.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
