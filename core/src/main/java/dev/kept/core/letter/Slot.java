package dev.kept.core.letter;

/**
 * A named place in a letter.
 *
 * @param needed whether a letter without it would not say what it is for
 */
public record Slot(String name, Shape shape, boolean needed) {

    static Slot free(String name, Shape shape) {
        return new Slot(name, shape, false);
    }

    static Slot needed(String name, Shape shape) {
        return new Slot(name, shape, true);
    }
}
