package dev.kept.server.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie that is set (RFC 6265bis): for this host alone, for all its paths, and never for scripts. Where the site is reached by TLS it is
 * Secure and its name begins with {@code __Host-}, which no other host can set.
 *
 * @param name letters and hyphens
 * @param lasts how long; empty for as long as the browser runs, zero to take it away
 */
public record Cookie(String name, String value, Crossing crossing, Optional<Duration> lasts) {

    static final String HOST_PREFIX = "__Host-";

    private static final int LONGEST = 3_000;

    /** With which requests that begin at another site it is sent. */
    public enum Crossing {
        /** With none. */
        STRICT("Strict"),
        /** When a link leads here. */
        LAX("Lax");

        private final String word;

        Crossing(String word) {
            this.word = word;
        }
    }

    public Cookie {
        if (!name.matches("[a-z][a-z-]{0,30}") || !value.matches("[A-Za-z0-9._~-]*") || value.length() > LONGEST) {
            throw new IllegalArgumentException("a cookie's name and value are letters, digits and hyphens");
        }
    }

    public static Cookie session(String name, String value, Crossing crossing) {
        return new Cookie(name, value, crossing, Optional.empty());
    }

    public static Cookie lasting(String name, String value, Crossing crossing, Duration lasts) {
        return new Cookie(name, value, crossing, Optional.of(lasts));
    }

    /** Takes a cookie away. */
    public static Cookie gone(String name, Crossing crossing) {
        return lasting(name, "", crossing, Duration.ZERO);
    }

    /** What it is called in the browser. */
    static String sentName(String name, boolean secure) {
        return secure ? HOST_PREFIX + name : name;
    }

    /** The header {@code Set-Cookie}. */
    String header(boolean secure) {
        return sentName(name, secure) + "=" + value + "; Path=/; HttpOnly; SameSite=" + crossing.word
                + lasts.map(time -> "; Max-Age=" + time.toSeconds()).orElse("")
                + (secure ? "; Secure" : "");
    }
}
