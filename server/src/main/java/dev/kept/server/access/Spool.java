package dev.kept.server.access;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A part of a package that cannot go into the ZIP yet, since another part is being written there. Its file is deleted as soon as it is
 * opened (where the system can; else when it is closed), so that not even a kill leaves it behind; and what is in it is enciphered (AES-256-CTR) under a
 * key that only this process has, so that nothing readable stays on the disk. Nobody else can write to it.
 */
final class Spool implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileChannel channel;
    private final byte[] key = random(KEY_BYTES);
    private final byte[] counter = random(BLOCK_BYTES);
    private final OutputStream out;

    private Spool(FileChannel channel) {
        this.channel = channel;
        this.out = new BufferedOutputStream(
                new CipherOutputStream(Channels.newOutputStream(channel), cipher(Cipher.ENCRYPT_MODE)), BUFFER_BYTES);
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private Cipher cipher(int mode) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES in counter mode", e);
        }
    }

    /** @param path a name that nothing has yet */
    static Spool at(Path path, FileAttribute<?>... attributes) throws IOException {
        return new Spool(FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                attributes));
    }

    OutputStream out() {
        return out;
    }

    /** Copies all that was written. */
    void copyTo(OutputStream target) throws IOException {
        out.flush();
        channel.position(0);
        InputStream in = new CipherInputStream(
                new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES), cipher(Cipher.DECRYPT_MODE));
        in.transferTo(target);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
