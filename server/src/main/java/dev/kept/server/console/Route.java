package dev.kept.server.console;

import dev.kept.server.http.Reply;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.signin.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of the console: who may use it, and what answers.
 *
 * @param path below {@code /console}; a {@code *} stands for one part of it
 */
record Route(Method method, String path, Action action, Handler handler) {

    /** What answers. */
    interface Handler {
        Reply answer(Asked asked);
    }

    static Route get(String path, Action action, Handler handler) {
        return new Route(Method.GET, path, action, handler);
    }

    static Route post(String path, Action action, Handler handler) {
        return new Route(Method.POST, path, action, handler);
    }

    private Pattern pattern() {
        return Pattern.compile(Pattern.quote(path).replace("*", "\\E([A-Za-z0-9._~-]{1,200})\\Q"));
    }

    /** What stands in the places of the path, where an address is this route's. */
    Optional<List<String>> parts(String below) {
        Matcher matcher = pattern().matcher(below);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            parts.add(matcher.group(group));
        }
        return Optional.of(parts);
    }
}
