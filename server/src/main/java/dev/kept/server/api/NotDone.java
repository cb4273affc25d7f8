package dev.kept.server.api;

import dev.kept.server.http.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call that is not done. It is told as a problem document (RFC 9457) that repeats no value that was sent. */
final class NotDone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient String detail;
    private final transient List<Flaw> flaws;
    private final transient List<Reply.Header> headers;

    private NotDone(ProblemType type, String detail, List<Flaw> flaws, List<Reply.Header> headers) {
        super(type.word(), null, false, false);
        this.type = type;
        this.detail = detail;
        this.flaws = List.copyOf(flaws);
        this.headers = List.copyOf(headers);
    }

    /** @param detail one sentence; empty where the type says it all */
    static NotDone of(ProblemType type, String detail) {
        return new NotDone(type, detail, List.of(), List.of());
    }

    static NotDone of(ProblemType type) {
        return of(type, "");
    }

    static NotDone flawed(ProblemType type, List<Flaw> flaws) {
        return new NotDone(type, "", flaws, List.of());
    }

    NotDone with(String header, String value) {
        List<Reply.Header> more = new ArrayList<>(headers);
        more.add(new Reply.Header(header, value));
        return new NotDone(type, detail, flaws, more);
    }

    ProblemType type() {
        return type;
    }

    List<Reply.Header> headers() {
        return headers;
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", type.address());
        document.put("title", type.title());
        document.put("status", type.status());
        if (!detail.isEmpty()) {
            document.put("detail", detail);
        }
        if (!flaws.isEmpty()) {
            document.put("errors", flaws.stream().map(Flaw::document).toList());
        }
        return document;
    }
}
