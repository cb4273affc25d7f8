package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Trigger;
import java.util.LinkedHashSet;
import java.util.Locale;
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

    private static final Pattern FILLS = Pattern.compile("\\bnew\\.(\"[^\"]+\"|\\w+)\\s*:?=([^;]*);", CASE);

    private TriggerEffect() {}

    /**
     * Columns that the table's triggers seem to write by themselves on every change, from something else than what is written there: what is
     * put there does not stay.
     */
    static Set<String> filledColumns(CatalogueTable table) {
        Set<String> filled = new LinkedHashSet<>();
        for (Trigger trigger : table.triggers()) {
            if (trigger.enabled() && trigger.before() && trigger.events().contains("UPDATE")) {
                Matcher fills = FILLS.matcher(code(trigger) + ";");
                while (fills.find()) {
                    String column = column(fills.group(1));
                    boolean fromItself = fills.group(2)
                            .toLowerCase(Locale.ROOT)
                            .contains("new." + fills.group(1).toLowerCase(Locale.ROOT));
                    if (!fromItself && table.columns().containsKey(column)) {
                        filled.add(column);
                    }
                }
            }
        }
        return filled;
    }

    private static String column(String written) {
        return written.startsWith("\"") ? written.substring(1, written.length() - 1) : written.toLowerCase(Locale.ROOT);
    }

    /** What it does when rows change or go, in words that follow its name; empty where nothing but its own row seems concerned. */
    static Optional<String> of(Trigger trigger) {
        boolean fires = trigger.enabled() && trigger.events().stream().anyMatch(event -> !event.equals("INSERT"));
        if (!fires) {
            return Optional.empty();
        }
        String code = code(trigger);
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

    /** The function's text without comments and literals. */
    private static String code(Trigger trigger) {
        String body =
                trigger.function().substring(Math.max(0, trigger.function().indexOf(": ")));
        return TEXT.matcher(COMMENT.matcher(body).replaceAll(" ")).replaceAll("''");
    }
}
