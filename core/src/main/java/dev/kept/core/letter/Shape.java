package dev.kept.core.letter;

/** What a place in a letter takes. */
public enum Shape {
    /** A few words on one line. */
    WORDS,
    /** Words of somebody's own, on any number of lines. */
    TEXT,
    /** One of the words that every language has: {@code asked.access}. */
    TERM,
    /** An address of our own. */
    LINK,
    DAY,
    MOMENT,
    /** A code to be typed in. */
    CODE,
    COUNT
}
