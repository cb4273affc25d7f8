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

    /**
     * What is one visitor's: kept nowhere, and shown by no other site. The referrer stays within the site: under {@code no-referrer} browsers
     * would call the origin of its own forms {@code null} (Fetch, section 3.2), and old ones tell it by nothing else.
     */
    static void personal(ServerResponse response) {
        response.headers().set(HeaderNames.create("Referrer-Policy"), "same-origin");
        response.header(HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin");
        response.header(HeaderNames.create("X-Frame-Options"), "DENY");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.VARY, "Cookie");
    }

    static void policy(ServerResponse response, String policy) {
        response.header(HeaderNames.create("Content-Security-Policy"), policy);
    }
}
