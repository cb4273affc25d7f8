package dev.kept.server.run;

import dev.kept.server.failure.CannotRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Persons as they are named to Kept: one a line, {@code finder: value}, several parted by {@code ;} — {@code email: anna@example.org}, or a
 * kind with its key, {@code customer: 17} ({@code customer: a, b} for a key of two columns). Never in arguments, never printed.
 */
public final class PersonNames {

    /** The most persons read at once. */
    public static final int MOST_PERSONS = 100_000;

    private static final int MOST_CHARACTERS = 2_000;

    private PersonNames() {}

    /** One person: what she is known by. */
    public record Named(int line, Map<String, String> by) {
        public Named {
            by = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(by));
        }

        @Override
        public String toString() {
            return "the person of line " + line;
        }
    }

    /** @throws CannotRun with the numbers of all lines that cannot be read */
    public static List<Named> read(BufferedReader in) {
        List<Named> persons = new ArrayList<>();
        List<Integer> unread = new ArrayList<>();
        try {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                Map<String, String> by = parse(line);
                if (by.isEmpty() || line.length() > MOST_CHARACTERS || line.indexOf('\0') >= 0) {
                    unread.add(number);
                } else {
                    persons.add(new Named(number, by));
                }
                if (persons.size() > MOST_PERSONS) {
                    throw new CannotRun(
                            "more than " + MOST_PERSONS + " persons are named", "name them in several files");
                }
            }
        } catch (IOException e) {
            throw new CannotRun(
                    "the persons' names cannot be read", "give them as UTF-8 text on standard input or in a file", e);
        }
        if (!unread.isEmpty()) {
            throw new CannotRun("lines " + unread + " name no person", "write one a line: email: anna@example.org");
        }
        if (persons.isEmpty()) {
            throw new CannotRun(
                    "nobody is named", "write one person a line on standard input: email: anna@example.org");
        }
        return persons;
    }

    private static Map<String, String> parse(String line) {
        Map<String, String> by = new LinkedHashMap<>();
        for (String part : line.split(";", -1)) {
            int colon = part.indexOf(':');
            if (colon <= 0 || part.substring(colon + 1).isBlank()) {
                return Map.of();
            }
            by.put(part.substring(0, colon).strip(), part.substring(colon + 1).strip());
        }
        return by;
    }
}
