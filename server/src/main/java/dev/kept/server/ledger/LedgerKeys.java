package dev.kept.server.ledger;

import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.SigningKey;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.failure.CannotRun;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The keys that sign a ledger's checkpoints. A new one signs beside the old one for a time; then the old one's private half is destroyed. */
final class LedgerKeys {

    /** How long an old key signs on, so that whoever knows only it learns of the new one. */
    static final Duration OVERLAP = Duration.ofDays(30);

    private static final int SEED_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private LedgerKeys() {}

    /**
     * A key as it is stored.
     *
     * @param verifier as text
     * @param signer empty once it is destroyed
     */
    record Stored(String verifier, Optional<String> signer, Instant since, Optional<Instant> retiresAt) {

        /** @throws MalformedLog where the text was changed */
        VerifierKey key() {
            return VerifierKey.parse(verifier);
        }
    }

    /** Oldest first. */
    static List<Stored> all(Handle handle) {
        return handle.createQuery("select verifier, signer, since, retires_at from kept.ledger_key order by number")
                .map((row, context) -> new Stored(
                        row.getString("verifier"),
                        Optional.ofNullable(row.getString("signer")),
                        row.getObject("since", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("retires_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .list();
    }

    /** Those that sign now, oldest first: made on first use; what has retired is destroyed. Under the ledger's lock. */
    static List<SigningKey> signing(Handle handle, String origin, Instant now) {
        handle.createUpdate("update kept.ledger_key set signer = null where signer is not null and retires_at <= :now")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
        List<SigningKey> keys = all(handle).stream()
                .flatMap(key -> key.signer().stream())
                .map(SigningKey::parse)
                .toList();
        for (SigningKey key : keys) {
            if (!key.verifier().name().equals(origin)) {
                throw new CannotRun(
                        "the ledger was begun as `" + key.verifier().name() + "`, not as `" + origin + "`",
                        "write `ledger: " + key.verifier().name() + "` into `kept.yaml`: a log keeps its name");
            }
        }
        return keys.isEmpty() ? List.of(begin(handle, origin, now)) : keys;
    }

    /** Adds a key. */
    static SigningKey begin(Handle handle, String origin, Instant now) {
        byte[] seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        SigningKey key = SigningKey.of(origin, seed);
        handle.createUpdate("insert into kept.ledger_key (verifier, signer, since) values (:verifier, :signer, :since)")
                .bind("verifier", key.verifier().toString())
                .bind("signer", key.revealText())
                .bind("since", now.atOffset(ZoneOffset.UTC))
                .execute();
        return key;
    }

    /** Says of keys until when they sign. */
    static void retire(Handle handle, List<SigningKey> keys, Instant at) {
        keys.forEach(key -> handle.createUpdate(
                        "update kept.ledger_key set retires_at = least(retires_at, :at) where verifier = :verifier")
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bind("verifier", key.verifier().toString())
                .execute());
    }
}
