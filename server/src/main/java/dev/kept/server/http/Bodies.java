package dev.kept.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;

/** Reads what comes with a request: never more than asked for, and not for ever. */
final class Bodies {

    /** How long a body may take to arrive. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int CHUNK = 8_192;

    private Bodies() {}

    /**
     * The whole body.
     *
     * @param type the only media type it may have
     * @throws Refused where it is of another type, larger, or too slow
     */
    static byte[] read(ServerRequest request, String type, int most) {
        String given = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(type)
                || request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            throw new Refused(Trouble.NOT_UNDERSTOOD);
        }
        if (request.headers().contentLength().orElse(0) > most) {
            throw new Refused(Trouble.TOO_LARGE);
        }
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            return read(in, most);
        } catch (IOException | UncheckedIOException e) {
            throw new Refused(Trouble.MALFORMED);
        }
    }

    private static byte[] read(InputStream in, int most) throws IOException {
        long began = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            body.write(chunk, 0, read);
            if (body.size() > most) {
                throw new Refused(Trouble.TOO_LARGE);
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new Refused(Trouble.TOO_SLOW);
            }
        }
        return body.toByteArray();
    }
}
