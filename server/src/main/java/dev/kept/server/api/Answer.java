package dev.kept.server.api;

import dev.kept.server.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is answered to a call that was done: JSON. */
@SuppressWarnings("ArrayRecordComponent") // handed on and never compared
record Answer(int status, byte[] body, List<Reply.Header> headers) {

    static final String JSON = "application/json";

    Answer {
        headers = List.copyOf(headers);
    }

    static Answer ok(Map<String, ?> document) {
        return new Answer(200, Json.write(document), List.of());
    }

    Answer status(int another) {
        return new Answer(another, body, headers);
    }

    Answer with(String header, String value) {
        List<Reply.Header> more = new ArrayList<>(headers);
        more.add(new Reply.Header(header, value));
        return new Answer(status, body, more);
    }

    Reply reply() {
        return new Reply.Data(status, JSON, body, headers, List.of());
    }
}
