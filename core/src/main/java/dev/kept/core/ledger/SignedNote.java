package dev.kept.core.ledger;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text with signatures below it (C2SP signed-note).
 *
 * @param text ends with a newline
 */
public record SignedNote(String text, List<Signature> signatures) {

    /** Longer notes are not read. */
    public static final int MOST_BYTES = 1_000_000;

    /** The specification asks for at least 16. */
    public static final int MOST_SIGNATURES = 64;

    private static final String BREAK = "\n\n";
    private static final String LEAD = "\u2014 ";

    /**
     * One signature line.
     *
     * @param id which key it says it was made with
     * @param bytes without the key's id
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by its line
    public record Signature(String name, int id, byte[] bytes) {
        public Signature {
            KeyName.check(name);
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        private String line() {
            byte[] all = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                    .putInt(id)
                    .put(bytes)
                    .array();
            return LEAD + name + " " + Base64Text.encode(all) + "\n";
        }

        private static Signature parse(String line) {
            String[] words = line.split(" ", -1);
            if (!line.startsWith(LEAD) || words.length != 3) {
                throw new MalformedLog("a signature line is not written as one");
            }
            byte[] all = Base64Text.decode(words[2]);
            if (all.length <= Integer.BYTES) {
                throw new MalformedLog("a signature line has no signature");
            }
            return new Signature(
                    words[1], ByteBuffer.wrap(all).getInt(), Arrays.copyOfRange(all, Integer.BYTES, all.length));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Signature signature && line().equals(signature.line());
        }

        @Override
        public int hashCode() {
            return line().hashCode();
        }
    }

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n")) {
            throw new MalformedLog("a note's text ends with a newline");
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new MalformedLog("a note has no control characters");
        }
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new MalformedLog("a note has 1 to " + MOST_SIGNATURES + " signatures");
        }
    }

    /** Signs a text with each of the keys. */
    public static SignedNote sign(String text, List<SigningKey> keys) {
        return new SignedNote(text, keys.stream().map(key -> key.sign(text)).toList());
    }

    /** @throws MalformedLog where it is no signed note */
    public static SignedNote parse(byte[] note) {
        if (note.length > MOST_BYTES) {
            throw new MalformedLog("a note has at most " + MOST_BYTES + " bytes");
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note));
            return parse(text.toString());
        } catch (CharacterCodingException e) {
            throw new MalformedLog("a note is UTF-8");
        }
    }

    /** The same of its characters. */
    public static SignedNote parse(String note) {
        int end = note.lastIndexOf(BREAK);
        if (end < 0 || !note.endsWith("\n")) {
            throw new MalformedLog("a note is text, an empty line, and signature lines");
        }
        String below = note.substring(end + BREAK.length());
        List<Signature> signatures = new ArrayList<>();
        for (String line : below.isEmpty()
                ? new String[0]
                : below.substring(0, below.length() - 1).split("\n", -1)) {
            signatures.add(Signature.parse(line));
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    /** What is served and kept. */
    public String write() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }

    /**
     * Which of the known keys have signed it. Signatures of others are passed over.
     *
     * @throws BadSignature where a known key's signature does not fit, or no known key has signed
     */
    public List<VerifierKey> verify(List<VerifierKey> known) {
        List<VerifierKey> by = new ArrayList<>();
        for (Signature signature : signatures) {
            for (VerifierKey key : known) {
                if (!key.name().equals(signature.name()) || key.id() != signature.id()) {
                    continue;
                }
                if (!key.verifies(text, signature.bytes())) {
                    throw new BadSignature("the signature of key `" + key.hexId() + "` does not fit");
                }
                if (!by.contains(key)) {
                    by.add(key);
                }
            }
        }
        if (by.isEmpty()) {
            throw new BadSignature("no key that is known has signed");
        }
        return by;
    }
}
