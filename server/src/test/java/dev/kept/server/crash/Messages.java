package dev.kept.server.crash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a client sends in PostgreSQL's protocol (version 3), as far as it names statements. */
final class Messages {

    private final Map<String, String> prepared = new HashMap<>();
    private boolean started;

    /** The statements that these messages run, separated by semicolons; a transaction's BEGIN is left out. */
    String statements(byte[] bytes) {
        if (!started) {
            // The first message of a connection has no type.
            started = true;
            return "";
        }
        List<String> statements = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.remaining() > Integer.BYTES) {
            char type = (char) buffer.get();
            int end = buffer.position() + buffer.getInt(buffer.position());
            buffer.getInt();
            read(type, buffer, statements);
            buffer.position(end);
        }
        statements.removeIf(text -> text.equalsIgnoreCase("begin") || text.isEmpty());
        return String.join("; ", statements);
    }

    private void read(char type, ByteBuffer message, List<String> statements) {
        switch (type) {
            case 'Q' -> statements.add(text(message));
            case 'P' -> prepared.put(text(message), text(message));
            case 'B' -> {
                text(message);
                statements.add(prepared.getOrDefault(text(message), ""));
            }
            default -> {}
        }
    }

    private static String text(ByteBuffer message) {
        int from = message.position();
        while (message.get() != 0) {}
        return new String(message.array(), from, message.position() - from - 1, StandardCharsets.UTF_8);
    }
}
