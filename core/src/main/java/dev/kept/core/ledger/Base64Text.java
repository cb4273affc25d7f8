package dev.kept.core.ledger;

import java.util.Base64;

/** Base64 of RFC 4648 section 4 in its one spelling: padded, and with no bits that decoding would drop. */
final class Base64Text {

    private Base64Text() {}

    static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedLog("this is no base64");
        }
        if (!encode(bytes).equals(text)) {
            throw new MalformedLog("this is no base64 in its one spelling");
        }
        return bytes;
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
