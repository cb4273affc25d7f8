package dev.kept.server.console;

import dev.kept.server.signin.Action;

/** The parts of the console, as the navigation shows them. */
enum Section {
    OVERVIEW("Overview", "", 'o', Action.SEE_OVERVIEW, Group.WORK, "M3 9.5 8 4l5 5.5M4.5 8v5h7V8"),
    REQUESTS(
            "Requests",
            "/requests",
            'r',
            Action.SEE_REQUESTS,
            Group.WORK,
            "M2.5 9 4 3.5h8L13.5 9v3.5h-11zM2.5 9h3l1 1.5h3l1-1.5h3"),
    RECIPIENTS(
            "Recipients", "/recipients", 'c', Action.SEE_REQUESTS, Group.WORK, "M2.5 4h11v8h-11zM2.5 4.5 8 9l5.5-4.5"),
    HOLDS("Holds", "/holds", 'h', Action.SEE_HOLDS, Group.WORK, "M4 7V5a4 4 0 0 1 8 0v2M3.5 7h9v6h-9z"),
    DOUBTS(
            "Doubts",
            "/doubts",
            'd',
            Action.SEE_DOUBTS,
            Group.WORK,
            "M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM3 13.5c0-2.8 2.2-4 5-4M11 10a1.6 1.6 0 1 1 1.6 1.8v.7M12.6 14v.3"),
    SWEEPS("Sweeps", "/sweeps", 's', Action.SEE_SWEEPS, Group.WORK, "M10 2.5 7.5 8M4 9.5 9.5 8l2 2.5-2 3H5zM7 11v2.5"),
    MAP("Data map", "/map", 'm', Action.SEE_MAP, Group.RULES, "M3 3h4v3H3zM9 10h4v3H9zM9 4.5h4M5 6v5.5h4"),
    RETENTION(
            "Retention",
            "/retention",
            't',
            Action.SEE_SCHEDULE,
            Group.RULES,
            "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 5v3.2l2.2 1.4"),
    PROMISES("Promises", "/promises", 'p', Action.SEE_PROMISES, Group.PROOF, "M3.5 8.5 6.5 11.5 12.5 4.5"),
    LEDGER("Ledger", "/ledger", 'l', Action.SEE_LEDGER, Group.PROOF, "M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2.5"),
    KEYS(
            "Keys",
            "/keys",
            'k',
            Action.SEE_KEYS,
            Group.HOUSE,
            "M10.5 3a2.5 2.5 0 1 1-1.8 4.3L4 12v1.5h2V12h1.5v-1.5H9L10 9"),
    SETTINGS(
            "Settings",
            "/settings",
            'e',
            Action.SEE_SETTINGS,
            Group.HOUSE,
            "M3 5h6M12 5h1M3 11h1M7 11h6M9 3.5v3M4 9.5v3");

    /** What stands together. */
    enum Group {
        WORK("Work"),
        RULES("What was promised"),
        PROOF("Evidence"),
        HOUSE("This console");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final String title;
    private final String path;
    private final char key;
    private final Action action;
    private final Group group;
    private final String icon;

    Section(String title, String path, char key, Action action, Group group, String icon) {
        this.title = title;
        this.path = path;
        this.key = key;
        this.action = action;
        this.group = group;
        this.icon = icon;
    }

    String title() {
        return title;
    }

    String path() {
        return Console.ROOT + path;
    }

    /** The access key that leads there. */
    char key() {
        return key;
    }

    /** What one must be allowed, to be led there. */
    Action action() {
        return action;
    }

    Group group() {
        return group;
    }

    /** The path of its picture on a ground of 16 by 16. */
    String icon() {
        return icon;
    }
}
