package dev.kept.core.constraint;

/** SQL's boolean: true, false, or NULL. */
enum Ternary {
    FALSE,
    NULL,
    TRUE;

    static Ternary of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Ternary and(Ternary other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Ternary or(Ternary other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Ternary not() {
        return switch (this) {
            case TRUE -> FALSE;
            case NULL -> NULL;
            case FALSE -> TRUE;
        };
    }
}
