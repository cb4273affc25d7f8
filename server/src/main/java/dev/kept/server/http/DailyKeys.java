package dev.kept.server.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The secrets of today and yesterday (UTC), the same in every process on one database; older ones are destroyed. */
final class DailyKeys {

    private static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final Jdbi jdbi;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable Held held;

    DailyKeys(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Held(LocalDate day, byte[] today, byte[] yesterday) {}

    /** Which of the two. */
    enum Day {
        TODAY,
        YESTERDAY
    }

    /**
     * A keyed hash (RFC 2104 with SHA-256).
     *
     * @param purpose parts hashes for one purpose from those for another
     */
    byte[] hash(Day day, Instant now, String purpose, String subject) {
        Held keys = held(now.atZone(ZoneOffset.UTC).toLocalDate());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(day == Day.TODAY ? keys.today : keys.yesterday, ALGORITHM));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(subject.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
    }

    private Held held(LocalDate today) {
        Held keys = held;
        if (keys == null || !keys.day.equals(today)) {
            keys = jdbi.inTransaction(handle -> new Held(today, key(handle, today), key(handle, today.minusDays(1))));
            destroyBefore(today.minusDays(1));
            held = keys;
        }
        return keys;
    }

    /** A day that had no visitors gets its secret now: then nothing was made with it. */
    private byte[] key(Handle handle, LocalDate day) {
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        handle.execute("insert into kept.daily_key (day, secret) values (?, ?) on conflict do nothing", day, fresh);
        byte[] key = handle.select("select secret from kept.daily_key where day = ?", day)
                .mapTo(byte[].class)
                .one();
        return Arrays.copyOf(key, key.length);
    }

    private void destroyBefore(LocalDate day) {
        jdbi.useHandle(handle -> handle.execute("delete from kept.daily_key where day < ?", day));
    }
}
