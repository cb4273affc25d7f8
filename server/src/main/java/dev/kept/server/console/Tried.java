package dev.kept.server.console;

import dev.kept.server.http.Entries;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A form that was sent and not carried out. Its page is shown again with what was written in it: nothing that was typed is lost (WCAG 2.2, 3.3.1).
 *
 * @param form which one of the page's forms; empty where there is one
 * @param sent what was written in it
 * @param attempt what to try; may be empty
 */
record Tried(String form, Entries sent, String problem, String attempt) {

    /** What was written by the names of its fields; of several values of a name the first. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        sent.names().forEach(name -> sent.one(name).ifPresent(value -> values.put(name, value)));
        return values;
    }

    @Override
    public String toString() {
        return "the form " + form + ", not carried out: " + problem;
    }
}
