package dev.kept.core.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Entries of a log in one file: each behind its length, a big-endian uint16 (C2SP tlog-tiles, "Log entries"). */
public final class EntryBundle {

    /** An entry is no longer than its length can say. */
    public static final int MOST_BYTES = 65_535;

    private EntryBundle() {}

    /** @throws MalformedLog for more entries than a bundle has, or an entry that is too long */
    public static byte[] write(List<byte[]> entries) {
        if (entries.size() > LogFile.FULL) {
            throw new MalformedLog("a bundle has at most " + LogFile.FULL + " entries");
        }
        int length = 0;
        for (byte[] entry : entries) {
            if (entry.length > MOST_BYTES) {
                throw new MalformedLog("an entry has at most " + MOST_BYTES + " bytes");
            }
            length += Short.BYTES + entry.length;
        }
        ByteBuffer bundle = ByteBuffer.allocate(length);
        entries.forEach(entry -> bundle.putShort((short) entry.length).put(entry));
        return bundle.array();
    }

    /** @throws MalformedLog unless these are {@code width} entries and nothing else */
    public static List<byte[]> read(byte[] bundle, int width) {
        List<byte[]> entries = new ArrayList<>(width);
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (entries.size() < width) {
            int length = rest.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining()) {
                throw new MalformedLog("a bundle ends within its entry " + entries.size());
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        if (rest.hasRemaining()) {
            throw new MalformedLog("a bundle goes on behind its last entry");
        }
        return entries;
    }
}
