package dev.kept.core.constraint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** LIKE and POSIX patterns in Java's words. */
final class Patterns {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alpha", "\\p{IsAlphabetic}"),
            Map.entry("digit", "0-9"),
            Map.entry("alnum", "\\p{IsAlphabetic}0-9"),
            Map.entry("upper", "\\p{Lu}"),
            Map.entry("lower", "\\p{Ll}"),
            Map.entry("space", "\\s"),
            Map.entry("blank", " \\t"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("xdigit", "0-9A-Fa-f"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("graph", "\\p{Graph}"));
    private static final String SAME_ESCAPES = "dDsSwWtnrfv.^$*+?()[]{}|\\/-@\"'#%&,:;<=>_~`! ";

    private Patterns() {}

    static Pattern like(String pattern, boolean anyCase) {
        StringBuilder java = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                java.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else if (c == '%' || c == '_') {
                java.append(c == '%' ? ".*" : ".");
            } else {
                java.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(java.toString(), flags(anyCase));
    }

    private static int flags(boolean anyCase) {
        return Pattern.DOTALL | (anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
    }

    /** Empty for what means another thing in Java, or nothing. */
    static Optional<Pattern> posix(String pattern, boolean anyCase) {
        if (pattern.startsWith("***")) {
            return Optional.empty();
        }
        StringBuilder java = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c == '[') {
                int end = bracket(pattern, i, java);
                if (end < 0) {
                    return Optional.empty();
                }
                i = end;
            } else if (c == '\\') {
                if (i + 1 >= pattern.length() || !escape(pattern.charAt(i + 1), java)) {
                    return Optional.empty();
                }
                i += 2;
            } else if (c == '$') {
                java.append("\\z");
                i++;
            } else if (c == '(' && pattern.startsWith("(?", i) && !pattern.startsWith("(?:", i)) {
                return Optional.empty();
            } else {
                java.append(c);
                i++;
            }
        }
        try {
            return Optional.of(Pattern.compile(java.toString(), flags(anyCase)));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean escape(char c, StringBuilder java) {
        switch (c) {
            case 'A' -> java.append("\\A");
            case 'Z' -> java.append("\\z");
            case 'y' -> java.append("\\b");
            default -> {
                if (SAME_ESCAPES.indexOf(c) < 0) {
                    return false;
                }
                java.append(Character.isLetter(c) ? "\\" + c : Pattern.quote(String.valueOf(c)));
            }
        }
        return true;
    }

    /** Translates a bracket expression; the position after it, or -1. */
    private static int bracket(String pattern, int start, StringBuilder java) {
        int i = start + 1;
        java.append('[');
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            java.append('^');
            i++;
        }
        boolean first = true;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c == ']' && !first) {
                java.append(']');
                return i + 1;
            }
            first = false;
            if (c == '[' && i + 1 < pattern.length() && ":.=".indexOf(pattern.charAt(i + 1)) >= 0) {
                int end = pattern.indexOf(":]", i);
                String named = end < 0 ? null : CLASSES.get(pattern.substring(i + 2, end));
                if (named == null || pattern.charAt(i + 1) != ':') {
                    return -1;
                }
                java.append(named);
                i = end + 2;
            } else if (c == '\\') {
                if (i + 1 >= pattern.length() || SAME_ESCAPES.indexOf(pattern.charAt(i + 1)) < 0) {
                    return -1;
                }
                java.append('\\').append(pattern.charAt(i + 1));
                i += 2;
            } else {
                java.append("[]&^\\".indexOf(c) >= 0 ? "\\" : "").append(c);
                i++;
            }
        }
        return -1;
    }
}
