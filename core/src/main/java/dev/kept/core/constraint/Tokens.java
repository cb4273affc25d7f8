package dev.kept.core.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words and signs of an expression, read one after the other. */
final class Tokens {
    private static final String OPERATOR_SIGNS = "+-*/<>=~!@#%^&|`?";

    /** What a token is. */
    enum Kind {
        NAME,
        QUOTED,
        TEXT,
        NUMBER,
        OPERATOR,
        SIGN,
        END
    }

    /** A word as written; quotes are taken off. */
    record Token(Kind kind, String text) {}

    private final List<Token> tokens = new ArrayList<>();
    private final String text;
    private int at;
    private int next;

    Tokens(String text) throws NotUnderstood {
        this.text = text;
        while (at < text.length()) {
            read();
        }
        tokens.add(new Token(Kind.END, ""));
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peekAfter() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    /** Whether the next token is this keyword, in any case. */
    boolean isWord(String word) {
        Token token = peek();
        return token.kind() == Kind.NAME && token.text().equalsIgnoreCase(word);
    }

    boolean isSign(String sign) {
        Token token = peek();
        return (token.kind() == Kind.SIGN || token.kind() == Kind.OPERATOR)
                && token.text().equals(sign);
    }

    boolean takeWord(String word) {
        boolean is = isWord(word);
        if (is) {
            take();
        }
        return is;
    }

    boolean takeSign(String sign) {
        boolean is = isSign(sign);
        if (is) {
            take();
        }
        return is;
    }

    void expectWord(String word) throws NotUnderstood {
        if (!takeWord(word)) {
            throw new NotUnderstood("no `" + word + "` where one belongs");
        }
    }

    void expectSign(String sign) throws NotUnderstood {
        if (!takeSign(sign)) {
            throw new NotUnderstood("no `" + sign + "` where one belongs");
        }
    }

    private void read() throws NotUnderstood {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '\'') {
            tokens.add(new Token(Kind.TEXT, quoted('\'', false)));
        } else if ((c == 'E' || c == 'e') && text.startsWith("'", at + 1)) {
            at++;
            tokens.add(new Token(Kind.TEXT, quoted('\'', true)));
        } else if (c == '"') {
            tokens.add(new Token(Kind.QUOTED, quoted('"', false)));
        } else if (Character.isLetter(c) || c == '_') {
            tokens.add(new Token(Kind.NAME, run(d -> Character.isLetterOrDigit(d) || d == '_' || d == '$')));
        } else if (Character.isDigit(c)) {
            tokens.add(new Token(Kind.NUMBER, number()));
        } else if (text.startsWith("::", at)) {
            at += 2;
            tokens.add(new Token(Kind.SIGN, "::"));
        } else if ("()[],.:".indexOf(c) >= 0) {
            at++;
            tokens.add(new Token(Kind.SIGN, String.valueOf(c)));
        } else if (OPERATOR_SIGNS.indexOf(c) >= 0) {
            tokens.add(new Token(Kind.OPERATOR, run(d -> OPERATOR_SIGNS.indexOf(d) >= 0)));
        } else {
            throw new NotUnderstood("the sign `" + c + "`");
        }
    }

    /** Signs or letters of one kind. */
    private interface Belongs {
        boolean test(char c);
    }

    private String run(Belongs belongs) {
        int start = at;
        while (at < text.length() && belongs.test(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String number() {
        String digits = run(c -> Character.isDigit(c) || c == '.');
        boolean exponent = at < text.length() && Character.toLowerCase(text.charAt(at)) == 'e';
        if (!exponent) {
            return digits;
        }
        at++;
        String sign = at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? String.valueOf(text.charAt(at++)) : "";
        return digits + "e" + sign + run(Character::isDigit);
    }

    private String quoted(char quote, boolean escapes) throws NotUnderstood {
        StringBuilder inner = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && escapes && at < text.length()) {
                inner.append(escaped(text.charAt(at++)));
            } else if (c != quote) {
                inner.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                inner.append(c);
                at++;
            } else {
                return inner.toString();
            }
        }
        throw new NotUnderstood("a quote without end");
    }

    private static char escaped(char c) throws NotUnderstood {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '\'', '"' -> c;
            default -> throw new NotUnderstood("the escape `\\" + c + "`");
        };
    }

    /** The function a name stands for. */
    static String folded(Token token) {
        return token.kind() == Kind.QUOTED ? token.text() : token.text().toLowerCase(Locale.ROOT);
    }
}
