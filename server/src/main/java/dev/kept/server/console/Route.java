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
 * @param again the page with the form that is sent here: shown again where it was not carried out
 */
record Route(Method method, String path, Action action, Handler handler, Optional<Again> again) {

    /** What answers. */
    interface Handler {
        Reply answer(Asked asked);
    }

    /**
     * A form's page.
     *
     * @param form which one of its forms; empty where there is one
     */
    record Again(String form, Route page) {}

    static Route get(String path, Action action, Handler handler) {
        return new Route(Method.GET, path, action, handler, Optional.empty());
    }

    static Route post(String path, Action action, Handler handler) {
        return new Route(Method.POST, path, action, handler, Optional.empty());
    }

    /** The same for a form of a page. */
    Route of(String form, Route page) {
        return new Route(method, path, action, handler, Optional.of(new Again(form, page)));
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
