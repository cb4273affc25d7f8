package dev.kept.server.configuration;

import dev.kept.server.failure.CannotRun;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces <code>${NAME}</code> by what the environment says. Values never appear in messages. */
public record Environment(Map<String, String> values) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    public Environment {
        values = Map.copyOf(values);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws CannotRun where a name is not set */
    public String resolve(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = get(name)
                    .orElseThrow(() -> new CannotRun(
                            "the environment variable `" + name + "` is not set",
                            "set it, for a database as jdbc:postgresql://host/name with `" + name + "_USER` and `"
                                    + name + "_PASSWORD` beside it"));
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }

    /** The name a text refers to, where it is nothing but a reference. */
    public static Optional<String> referredBy(String text) {
        Matcher matcher = REFERENCE.matcher(text.strip());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** How a database is named, for people: a name of a variable is no secret; an address that is written out may hold one. */
    public static String named(String database) {
        if (database.startsWith("embedded:")) {
            return database;
        }
        return referredBy(database).map(name -> "the variable " + name).orElse("an address of its own");
    }
}
