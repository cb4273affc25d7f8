package dev.kept.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that pages name and browsers may keep: its address has a hash of its content in it, so that it never changes there. */
public final class Asset {

    private static final String ROOT = "/assets/";
    private static final int HASH_CHARACTERS = 20;

    private final String address;
    private final Document document;

    private Asset(String name, String ending, Document document) {
        this.address = ROOT + name + "." + hash(document.body()) + "." + ending;
        this.document = document;
    }

    /** @param name a word of small letters */
    public static Asset css(String name, String css) {
        return of(name, "css", css.getBytes(StandardCharsets.UTF_8), "text/css; charset=utf-8");
    }

    /** A picture; one that could hold a script cannot run it, even where it is opened by itself. */
    public static Asset picture(String name, byte[] content, String mediaType) {
        return of(name, mediaType.equals(Document.SVG) ? "svg" : "png", content, mediaType);
    }

    private static Asset of(String name, String ending, byte[] content, String mediaType) {
        return new Asset(name, ending, Document.asset(content, mediaType));
    }

    private static String hash(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Where it is, from the site's root. */
    public String address() {
        return address;
    }

    Document document() {
        return document;
    }
}
