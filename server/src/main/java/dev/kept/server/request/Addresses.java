package dev.kept.server.request;

import dev.kept.core.letter.Value;
import java.net.URI;
import java.util.Objects;

/** Where people find their requests: addresses of the privacy centre, for letters. */
public record Addresses(URI site) {

    /** Where a browser sees what it asked, in the reader's language; the number tells nothing to anybody else. */
    public static final String REQUESTS = "/privacy/requests/";

    private static final String CENTRE = "/privacy/";
    private static final String LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*";

    /** Where staff work on a request. */
    public static final String CONSOLE = "/console/requests/";

    private static final String INBOX = "/console/requests";

    public Addresses {
        if (site.getHost() == null) {
            throw new IllegalArgumentException("the site's address has a host");
        }
        Objects.requireNonNull(site.getScheme());
    }

    /** Where a one-time link leads, in the language in which it was asked; the page asks before it uses the link up. */
    Value open(String language, String token) {
        return new Value.Link(site.resolve(centre(language) + "open/" + token));
    }

    /** Where a browser sees one request, in the language in which it was asked. */
    Value request(String language, String number) {
        return new Value.Link(site.resolve(centre(language) + "requests/" + number));
    }

    private static String centre(String language) {
        return language.matches(LANGUAGE) ? CENTRE + language + "/" : CENTRE;
    }

    Value inbox() {
        return new Value.Link(site.resolve(INBOX));
    }

    Value console(String number) {
        return new Value.Link(site.resolve(CONSOLE + number));
    }
}
