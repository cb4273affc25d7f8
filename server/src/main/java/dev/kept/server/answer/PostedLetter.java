package dev.kept.server.answer;

import dev.kept.core.letter.Plain;
import dev.kept.core.letter.Value;
import dev.kept.core.source.Sha256;
import dev.kept.core.wording.Wordings;
import dev.kept.server.configuration.Logo;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An answer on paper. It carries its evidence: the ledger knows a commitment to its text, and the letter the salt, so that whoever holds the letter can show
 * what it said, and nobody else can.
 *
 * @param language of the reader (BCP 47)
 * @param to up to six lines of an address
 * @param number of the request
 * @param text paragraphs, parted by empty lines
 * @param salt of the commitment
 */
public record PostedLetter(
        String language,
        Sender from,
        List<String> to,
        LocalDate date,
        String number,
        String subject,
        String text,
        String salt) {

    /** What an address window shows. */
    public static final int MOST_ADDRESS_LINES = 6;

    /** The longest text, in characters: about twenty pages. */
    public static final int MOST_TEXT_CHARACTERS = 60_000;

    /** What nobody sees on paper is not part of what is said. */
    private static final Pattern BLANKS_BEFORE_END = Pattern.compile("[ \\t]+\n");

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Who writes.
     *
     * @param post their own address, on one line
     */
    public record Sender(String name, String post, String email, Optional<Logo> logo) {}

    /**
     * Where the ledger speaks of the letter.
     *
     * @param entry its number in the ledger
     * @param ledger what the ledger is called; where it is served
     */
    public record Evidence(long entry, String ledger) {}

    public PostedLetter {
        to = to.stream()
                .map(line -> new Value.Words(line).words())
                .filter(line -> !line.isEmpty())
                .toList();
        if (to.isEmpty() || to.size() > MOST_ADDRESS_LINES) {
            throw new IllegalArgumentException("an address has one to " + MOST_ADDRESS_LINES + " lines");
        }
        text = BLANKS_BEFORE_END.matcher(Plain.lines(text)).replaceAll("\n");
        if (text.isBlank() || text.length() > MOST_TEXT_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a letter has a text of at most " + MOST_TEXT_CHARACTERS + " characters");
        }
        number = new Value.Words(number).words();
        subject = new Value.Words(subject).words();
    }

    public static PostedLetter of(
            String language, Sender from, List<String> to, LocalDate date, String number, String subject, String text) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new PostedLetter(
                language, from, to, date, number, subject, text, HexFormat.of().formatHex(salt));
    }

    /** SHA-256 over the salt, a line end, and the text as it is printed, in hexadecimal. */
    public String commitment() {
        return Sha256.of(salt + "\n" + text);
    }

    /** The letter as a page to be printed, in the words of its language. */
    public String html(Evidence evidence, Wordings wordings) {
        return PostedPage.of(this, evidence, wordings);
    }

    /** Letters speak of persons. */
    @Override
    public String toString() {
        return "a letter by post";
    }
}
