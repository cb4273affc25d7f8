package dev.kept.core.constraint;

/** An expression, or a part of one, whose meaning is not known here. Nothing is ever guessed about it. */
final class NotUnderstood extends Exception {
    NotUnderstood(String what) {
        super(what, null, false, false);
    }
}
