package dev.kept.core.proof.page;

import dev.kept.core.html.Html;
import java.util.Locale;

/** Messages are in lower case and name things in backticks, as on a command line; a page begins them with a capital and sets names as code, or plainly. */
final class Ticks {

    private Ticks() {}

    static String off(String message) {
        return capital(message).replace("`", "");
    }

    /** What begins with a name or a command begins as that is written. */
    private static String capital(String message) {
        boolean command = message.startsWith("kept ");
        return message.isEmpty() || command
                ? message
                : message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
    }

    /** What stands between backticks as code. */
    static Html code(String message) {
        Html html = new Html();
        String[] parts = capital(message).split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 0) {
                html.text(parts[i]);
            } else {
                html.element("code", parts[i]);
            }
        }
        return html;
    }
}
