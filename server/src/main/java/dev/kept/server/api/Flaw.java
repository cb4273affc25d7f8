package dev.kept.server.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that does not fit in what was sent.
 *
 * @param where a JSON Pointer (RFC 6901) into the body, or the name of a parameter
 * @param detail what is wrong, without the value
 * @param attempt what to try; may be empty
 */
record Flaw(Where where, String detail, String attempt) {

    /** Where it is. */
    sealed interface Where {
        record Pointer(String pointer) implements Where {}

        record Parameter(String name) implements Where {}
    }

    static Flaw at(String pointer, String detail, String attempt) {
        return new Flaw(new Where.Pointer(pointer), detail, attempt);
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        switch (where) {
            case Where.Pointer(String pointer) -> document.put("pointer", pointer);
            case Where.Parameter(String name) -> document.put("parameter", name);
        }
        document.put("detail", detail);
        if (!attempt.isEmpty()) {
            document.put("try", attempt);
        }
        return document;
    }
}
