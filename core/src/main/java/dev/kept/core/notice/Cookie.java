package dev.kept.core.notice;

import java.util.Optional;

/** A cookie or similar technology (chapter 4); {@code lasts} empty means until the browser closes. */
public record Cookie(String id, String group, Optional<Span> lasts, Optional<String> by) {

    public String path() {
        return "cookies." + id;
    }
}
