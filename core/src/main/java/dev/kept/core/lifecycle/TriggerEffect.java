package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Catalogue.Trigger;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a trigger seems to do besides filling in columns of its own row, read from its function's text: advice for people, since what a
 * function really does only running it tells.
 */
final class TriggerEffect {

    private static final int CASE = Pattern.CASE_INSENSITIVE;
    private static final Pattern COMMENT = Pattern.compile("--[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern WRITES = Pattern.compile(
            "\\b(?:insert\\s+into|update(?:\\s+only)?|delete\\s+from(?:\\s+only)?|merge\\s+into|truncate(?:\\s+table)?|copy)\\s+([\\w$.\"]+)",
            CASE);
    private static final Pattern CALLS =
            Pattern.compile("\\b(?:execute|perform|call|dblink\\w*|pg_notify|notify)\\b", CASE);
    private static final Pattern UNDOES = Pattern.compile("\\breturn\\s+null\\b|\\bnew\\s*:?=\\s*old\\b", CASE);

    private TriggerEffect() {}

    /** What it does when rows change or go, in words that follow its name; empty where nothing but its own row seems concerned. */
    static Optional<String> of(Trigger trigger) {
        boolean fires = trigger.enabled() && trigger.events().stream().anyMatch(event -> !event.equals("INSERT"));
        if (!fires) {
            return Optional.empty();
        }
        String body =
                trigger.function().substring(Math.max(0, trigger.function().indexOf(": ")));
        String code = TEXT.matcher(COMMENT.matcher(body).replaceAll(" ")).replaceAll("''");
        Set<String> targets = new LinkedHashSet<>();
        Matcher writes = WRITES.matcher(code);
        while (writes.find()) {
            targets.add(writes.group(1));
        }
        if (!targets.isEmpty()) {
            return Optional.of("writes to `" + String.join("`, `", targets) + "`");
        }
        if (CALLS.matcher(code).find()) {
            return Optional.of("runs other code");
        }
        boolean undoes = trigger.before() && UNDOES.matcher(code).find();
        return undoes ? Optional.of("may undo the change") : Optional.empty();
    }
}
