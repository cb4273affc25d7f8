package dev.kept.server.request;

import dev.kept.core.letter.Value;
import java.net.URI;
import java.util.Objects;

/** Where people find their requests: addresses of the privacy centre, for letters. */
public record Addresses(URI site) {

    /** Where a one-time link leads; the page asks before it uses the link up. */
    public static final String OPEN = "/privacy/open/";

    /** Where a browser sees what it asked; the number tells nothing to anybody else. */
    public static final String REQUESTS = "/privacy/requests/";

    /** Where staff work on a request. */
    public static final String CONSOLE = "/console/requests/";

    private static final String INBOX = "/console/requests";

    public Addresses {
        if (site.getHost() == null) {
            throw new IllegalArgumentException("the site's address has a host");
        }
        Objects.requireNonNull(site.getScheme());
    }

    Value open(String token) {
        return new Value.Link(site.resolve(OPEN + token));
    }

    Value request(String number) {
        return new Value.Link(site.resolve(REQUESTS + number));
    }

    Value inbox() {
        return new Value.Link(site.resolve(INBOX));
    }

    Value console(String number) {
        return new Value.Link(site.resolve(CONSOLE + number));
    }
}
