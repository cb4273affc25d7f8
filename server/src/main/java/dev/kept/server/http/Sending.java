package dev.kept.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;

/** Sends a document: not at all where the reader has it (RFC 9110, section 13), packed where she can unpack it. */
final class Sending {

    private Sending() {}

    /** @return the status */
    static int send(Document document, boolean head, ServerRequest request, ServerResponse response) {
        boolean packed = document.packed().isPresent() && accepts(request, "gzip");
        String tag = packed ? document.tag().replaceFirst("\"$", "-gz\"") : document.tag();
        response.header(HeaderNames.ETAG, tag);
        response.header(HeaderNames.CACHE_CONTROL, document.caching());
        // All of it is public and nobody signs in here: any page may show it.
        response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        response.header(HeaderNames.VARY, "Accept-Encoding");
        // also where nothing is sent again: what the reader has goes by the headers that came last (RFC 9111, section
        // 4.3.4)
        Headers.policy(
                response,
                document.policy().orElse("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"));
        if (has(request, tag)) {
            response.status(Status.NOT_MODIFIED_304);
            response.send();
            return 304;
        }
        response.header(HeaderNames.CONTENT_TYPE, document.type());
        byte[] body = packed ? document.packed().get() : document.body();
        if (packed) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        response.status(Status.OK_200);
        if (head) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
            response.send();
        } else {
            response.send(body);
        }
        return 200;
    }

    private static boolean accepts(ServerRequest request, String encoding) {
        return request.headers().first(HeaderNames.ACCEPT_ENCODING).stream()
                .flatMap(all -> Arrays.stream(all.split(",")))
                .map(one -> one.strip().toLowerCase(java.util.Locale.ROOT))
                .anyMatch(one ->
                        one.equals(encoding) || (one.startsWith(encoding + ";") && !one.matches(".*;\\s*q=0(\\.0*)?")));
    }

    private static boolean has(ServerRequest request, String tag) {
        return request.headers().first(HeaderNames.IF_NONE_MATCH).stream()
                .flatMap(all -> Arrays.stream(all.split(",")))
                .map(String::strip)
                .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag) || one.equals("*"));
    }
}
