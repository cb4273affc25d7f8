package dev.kept.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.ServerResponse;

/** What every answer says of itself, so that browsers neither guess nor tell (OWASP Secure Headers). */
final class Headers {

    /** Of what is no page: nothing is loaded, run or framed, whatever a browser takes it for. */
    static final String NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");

    private Headers() {}

    /** The policy is the strictest until an answer says its own: none goes out without one, redirects and refusals among them. */
    static void security(WritableHeaders<?> headers) {
        headers.set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        headers.set(HeaderNames.create("Referrer-Policy"), "no-referrer");
        headers.set(HeaderNames.create("Cross-Origin-Opener-Policy"), "same-origin");
        headers.set(HeaderNames.create("Permissions-Policy"), "browsing-topics=()");
        headers.set(POLICY, NOTHING_POLICY);
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
        response.headers().set(POLICY, policy);
    }
}
