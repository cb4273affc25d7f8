package dev.kept.core.constraint;

import dev.kept.core.constraint.Tokens.Kind;
import dev.kept.core.constraint.Tokens.Token;
import java.util.Map;
import java.util.Set;

/** Reads the names of types, some of which are several words. */
final class TypeNames {
    private static final Map<String, String> SECOND_WORDS =
            Map.of("character", "varying", "double", "precision", "bit", "varying");
    private static final Set<String> ZONED = Set.of("timestamp", "time");

    private TypeNames() {}

    /** As {@code format_type} writes it. */
    static String read(Tokens tokens) throws NotUnderstood {
        Token first = tokens.take();
        if (first.kind() != Kind.NAME && first.kind() != Kind.QUOTED) {
            throw new NotUnderstood("a type");
        }
        StringBuilder type = new StringBuilder(first.text());
        while (tokens.takeSign(".")) {
            Token part = tokens.take();
            type = type.toString().equals("pg_catalog")
                    ? new StringBuilder(part.text())
                    : type.append('.').append(part.text());
        }
        String second = SECOND_WORDS.get(type.toString());
        if (second != null && tokens.takeWord(second)) {
            type.append(' ').append(second);
        }
        if (tokens.takeSign("(")) {
            type.append('(').append(tokens.take().text());
            while (tokens.takeSign(",")) {
                type.append(',').append(tokens.take().text());
            }
            tokens.expectSign(")");
            type.append(')');
        }
        if (ZONED.contains(first.text()) && (tokens.isWord("with") || tokens.isWord("without"))) {
            type.append(' ').append(tokens.take().text());
            tokens.expectWord("time");
            tokens.expectWord("zone");
            type.append(" time zone");
        }
        while (tokens.takeSign("[")) {
            tokens.expectSign("]");
            type.append("[]");
        }
        return type.toString();
    }
}
