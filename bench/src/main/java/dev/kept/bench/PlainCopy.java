package dev.kept.bench;

import dev.kept.core.ledger.LedgerEntry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A bare COPY of entries' rows, binary as the fastest is, into the table {@code kept.plain} without keys. */
final class PlainCopy {

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private PlainCopy() {}

    static void write(Connection connection, List<LedgerEntry> entries) throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0});
        out.writeLong(0);
        long seq = 0;
        for (LedgerEntry entry : entries) {
            out.writeShort(5);
            out.writeInt(Long.BYTES);
            out.writeLong(seq++);
            out.writeInt(Long.BYTES);
            out.writeLong(ChronoUnit.MICROS.between(EPOCH, entry.at()));
            UUID run = entry.run().orElseThrow();
            out.writeInt(2 * Long.BYTES);
            out.writeLong(run.getMostSignificantBits());
            out.writeLong(run.getLeastSignificantBits());
            text(out, entry.kind());
            text(out, entry.json());
        }
        out.writeShort(-1);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy kept.plain (seq, at, run, kind, entry) from stdin (format binary)");
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        copy.endCopy();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
