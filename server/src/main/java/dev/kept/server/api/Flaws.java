package dev.kept.server.api;

import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** All that does not fit in what was sent, up to a number. */
final class Flaws {

    /** The most that are told at once. */
    static final int MOST = 50;

    /** Names as they are repeated: a name that looks otherwise may be somebody's value. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    private final List<Flaw> all = new ArrayList<>();

    /** A name in a JSON Pointer (RFC 6901, section 3). */
    static String token(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    void add(String at, String detail, String attempt) {
        add(Flaw.at(at, detail, attempt));
    }

    void add(Flaw flaw) {
        if (all.size() < MOST) {
            all.add(flaw);
        }
    }

    void type(String at, String wanted) {
        add(at, "is not " + wanted, "");
    }

    void unknown(String at, String name, List<String> known) {
        if (NAME.matcher(name).matches()) {
            add(at + "/" + token(name), "is not known here", Spelling.suggest(name, known));
        } else {
            add(at, "has a field that is not known here", Spelling.suggest("", known));
        }
    }

    boolean any() {
        return !all.isEmpty();
    }

    List<Flaw> all() {
        return List.copyOf(all);
    }
}
