package dev.kept.server.mail;

import dev.kept.core.letter.LetterText;
import dev.kept.core.letter.MailAddress;
import dev.kept.core.source.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What of a mail lies sealed.
 *
 * @param tag what a bounce must name
 * @param salt of the commitment: who got the mail can show what it said
 */
record Content(MailAddress to, LetterText letter, String tag, String salt) {

    private static final int RANDOM_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Content of(MailAddress to, LetterText letter) {
        return new Content(to, letter, random(), random());
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** SHA-256 over the salt and the text, in hexadecimal. */
    String commitment() {
        return Sha256.of(salt + "\n" + letter.text());
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : new String[] {
                to.reveal(), letter.language(), letter.subject(), letter.text(), letter.html(), tag, salt
            }) {
                byte[] text = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Content of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            MailAddress to = MailAddress.parse(part(in)).orElseThrow(() -> new IOException("no address"));
            return new Content(to, new LetterText(part(in), part(in), part(in), part(in)), part(in), part(in));
        } catch (IOException e) {
            throw new UncheckedIOException("a mail's content is of another version", e);
        }
    }

    private static String part(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "a mail's content";
    }
}
