package dev.kept.core.proof.page;

import dev.kept.core.html.Html;

/** Messages name things in backticks, as on a command line; a page sets them as code, or plainly. */
final class Ticks {

    private Ticks() {}

    static String off(String message) {
        return message.replace("`", "");
    }

    /** What stands between backticks as code. */
    static Html code(String message) {
        Html html = new Html();
        String[] parts = message.split("`", -1);
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
