package dev.kept.server.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Who acted and what they said, kept apart from the journal and ended by itself. The journal holds only a commitment: SHA-256 over a random
 * salt and the words; once the salt is gone, the commitment says nothing about anybody.
 */
public final class PrivateLog {

    /** How long names stay. */
    public static final Period KEEP = Period.ofYears(2);

    private static final int SALT_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi jdbi;
    private final InstantSource clock;

    PrivateLog(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Records an act and answers its commitment. */
    public String record(String operator, String said) {
        Act act = act(operator, said);
        jdbi.useHandle(act.write()::apply);
        return act.commitment();
    }

    /**
     * An act to be recorded together with what was done.
     *
     * @param commitment what everything else knows of it
     */
    public record Act(String commitment, StateChange write) {}

    /** An act to be recorded with something else. */
    public Act act(String operator, String said) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        String commitment = commitment(salt, operator, said);
        Instant now = clock.instant();
        return new Act(
                commitment,
                StateChange.of(
                        "insert into kept.private_log (commitment, at, operator, said, salt, ends_at)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        commitment,
                        Runs.at(now),
                        operator,
                        said,
                        salt,
                        now.atOffset(ZoneOffset.UTC).plus(KEEP)));
    }

    /** The operator behind a commitment, while the log still knows. */
    public Optional<String> operator(String commitment) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select operator from kept.private_log where commitment = :commitment")
                        .bind("commitment", commitment)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Forgets what has ended; answers how many entries. */
    public int forgetEnded() {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from kept.private_log where ends_at <= :now")
                .bind("now", Runs.at(clock.instant()))
                .execute());
    }

    static String commitment(byte[] salt, String operator, String said) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            byte[] name = operator.getBytes(StandardCharsets.UTF_8);
            digest.update(HexFormat.of().toHexDigits(name.length).getBytes(StandardCharsets.US_ASCII));
            digest.update(name);
            return HexFormat.of().formatHex(digest.digest(said.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
