package dev.kept.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;

/** What every answer says of itself, so that browsers neither guess nor tell (OWASP Secure Headers). */
final class Headers {

    private Headers() {}

    static void security(ServerResponse response) {
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
        response.header(HeaderNames.create("Cross-Origin-Opener-Policy"), "same-origin");
        response.header(HeaderNames.create("Permissions-Policy"), "browsing-topics=()");
    }
}
