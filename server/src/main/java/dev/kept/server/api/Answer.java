package dev.kept.server.api;

import dev.kept.server.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is answered to a call that was done: JSON.
 *
 * @param told whether it may be told again
 */
@SuppressWarnings("ArrayRecordComponent") // handed on and never compared
record Answer(int status, byte[] body, List<Reply.Header> headers, Told told) {

    static final String JSON = "application/json";

    /** How often an answer is told. */
    enum Told {
        AGAIN,
        /** It has a secret, which is kept nowhere: the same call sent again is answered without it. */
        ONCE
    }

    Answer {
        headers = List.copyOf(headers);
    }

    static Answer ok(Map<String, ?> document) {
        return new Answer(200, Json.write(document), List.of(), Told.AGAIN);
    }

    Answer status(int another) {
        return new Answer(another, body, headers, told);
    }

    Answer with(String header, String value) {
        List<Reply.Header> more = new ArrayList<>(headers);
        more.add(new Reply.Header(header, value));
        return new Answer(status, body, more, told);
    }

    /** The same with a secret. */
    Answer once() {
        return new Answer(status, body, headers, Told.ONCE);
    }

    Reply reply() {
        return new Reply.Data(status, JSON, body, headers, List.of());
    }
}
