package dev.kept.server.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    public String record(String operator, Optional<Account> account, String said) {
        Act act = act(operator, account, said);
        jdbi.useHandle(act.write()::apply);
        return act.commitment();
    }

    /**
     * An act to be recorded together with what was done.
     *
     * @param commitment what everything else knows of it
     */
    public record Act(String commitment, StateChange write) {}

    /**
     * An act to be recorded with something else.
     *
     * @param operator a name, for people to read
     * @param account who acted, where a sign-in provider knows
     */
    public Act act(String operator, Optional<Account> account, String said) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        String commitment = commitment(salt, operator, account, said);
        Instant now = clock.instant();
        return new Act(
                commitment,
                StateChange.of(
                        "insert into kept.private_log (commitment, at, operator, issuer, subject, said, salt, ends_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                        commitment,
                        Runs.at(now),
                        operator,
                        account.map(Account::issuer).orElse(null),
                        account.map(Account::subject).orElse(null),
                        said,
                        salt,
                        now.atOffset(ZoneOffset.UTC).plus(KEEP)));
    }

    /**
     * Who acted.
     *
     * @param name as people read it
     * @param account at a sign-in provider; empty for who named herself on the command line, and for programs
     */
    public record Who(String name, Optional<Account> account) {
        @Override
        public String toString() {
            return "an operator";
        }
    }

    /** Who is behind a commitment, while the log still knows. */
    public Optional<Who> who(String commitment) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select operator, issuer, subject from kept.private_log where commitment = :commitment")
                .bind("commitment", commitment)
                .map((row, context) -> new Who(row.getString("operator"), account(row)))
                .findOne());
    }

    private static Optional<Account> account(ResultSet row) throws SQLException {
        String issuer = row.getString("issuer");
        return issuer == null ? Optional.empty() : Optional.of(new Account(issuer, row.getString("subject")));
    }

    /** Forgets what has ended; answers how many entries. */
    public int forgetEnded() {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from kept.private_log where ends_at <= :now")
                .bind("now", Runs.at(clock.instant()))
                .execute());
    }

    /** An account is said before the name, after a word that no length is: what is said of one can be read as nothing else. */
    static String commitment(byte[] salt, String operator, Optional<Account> account, String said) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            account.ifPresent(known -> {
                digest.update("account\n".getBytes(StandardCharsets.US_ASCII));
                framed(digest, known.issuer());
                framed(digest, known.subject());
            });
            framed(digest, operator);
            return HexFormat.of().formatHex(digest.digest(said.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void framed(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(HexFormat.of().toHexDigits(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
