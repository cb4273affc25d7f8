package dev.kept.server.http;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Binds forms to the browser they were made for: a keyed hash of its cookie, good today and tomorrow. */
final class FormTokens {

    static final String COOKIE = "kept-visitor";

    /** The hidden field of every form. */
    static final String FIELD = "token";

    private static final String PURPOSE = "form";
    private static final int ID_BYTES = 18;
    private static final int TOKEN_BYTES = 18;
    private static final String ID = "[A-Za-z0-9_-]{24}";

    private final DailyKeys keys;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    FormTokens(DailyKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A browser, by a random word that means nothing. */
    record Visitor(String id, boolean isNew) {

        /** Sent when a link in a mail leads here, or a page would be given to a stranger. */
        Cookie cookie() {
            return Cookie.session(COOKIE, id, Cookie.Crossing.LAX);
        }

        @Override
        public String toString() {
            return "a visitor";
        }
    }

    Visitor visitor(Optional<String> cookie) {
        return cookie.filter(value -> value.matches(ID))
                .map(value -> new Visitor(value, false))
                .orElseGet(() -> new Visitor(fresh(), true));
    }

    private String fresh() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String token(Visitor visitor) {
        return token(visitor, DailyKeys.Day.TODAY, clock.instant());
    }

    private String token(Visitor visitor, DailyKeys.Day day, Instant now) {
        byte[] hash = keys.hash(day, now, PURPOSE, visitor.id());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TOKEN_BYTES));
    }

    /** A browser that had no cookie was given no form. */
    boolean fits(Visitor visitor, String token) {
        Instant now = clock.instant();
        return !visitor.isNew()
                && Arrays.stream(DailyKeys.Day.values())
                        .anyMatch(day -> MessageDigest.isEqual(
                                token(visitor, day, now).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                token.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
