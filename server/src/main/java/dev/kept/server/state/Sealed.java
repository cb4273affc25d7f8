package dev.kept.server.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A run's frozen identifiers, sealed with AES-256-GCM under a key of the run's own that is destroyed when the run ends. */
final class Sealed {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";

    /** Looked for once. */
    private static final Provider PROVIDER = provider();

    private static Provider provider() {
        try {
            return Cipher.getInstance(CIPHER).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + CIPHER, e);
        }
    }

    private Sealed() {}

    static byte[] seal(RunKey key, Map<String, List<List<String>>> identifiers) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(write(identifiers));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the run's identifiers cannot be sealed", e);
        }
    }

    static Map<String, List<List<String>>> open(RunKey key, byte[] sealed) {
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce);
            return read(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the run's identifiers cannot be opened", e);
        }
    }

    private static Cipher cipher(int mode, RunKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER, PROVIDER);
        cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] write(Map<String, List<List<String>>> identifiers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(identifiers.size());
            for (Map.Entry<String, List<List<String>>> kind : new TreeMap<>(identifiers).entrySet()) {
                out.writeUTF(kind.getKey());
                out.writeInt(kind.getValue().size());
                for (List<String> key : kind.getValue()) {
                    out.writeInt(key.size());
                    for (String part : key) {
                        out.writeUTF(part);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, List<List<String>>> read(byte[] bytes) {
        Map<String, List<List<String>>> identifiers = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kinds = in.readInt();
            for (int i = 0; i < kinds; i++) {
                String kind = in.readUTF();
                int count = in.readInt();
                List<List<String>> keys = new ArrayList<>();
                for (int j = 0; j < count; j++) {
                    int parts = in.readInt();
                    List<String> key = new ArrayList<>();
                    for (int k = 0; k < parts; k++) {
                        key.add(in.readUTF());
                    }
                    keys.add(key);
                }
                identifiers.put(kind, keys);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return identifiers;
    }
}
