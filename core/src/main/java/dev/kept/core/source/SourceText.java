package dev.kept.core.source;

/** A file's name, relative to the notice's folder, and its text. The core reads no files; its callers do. */
public record SourceText(String name, String text) {

    /** The largest file read, in characters. */
    public static final int MAX_CHARACTERS = 4_000_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** A byte order mark that an editor put before the text says nothing. */
    public SourceText {
        text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
