package dev.kept.server.api;

import dev.kept.server.http.Trouble;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why something was not done: the stable {@code type} of a problem document (RFC 9457), with its status (RFC 9110, section 15; RFC 6585). */
public enum ProblemType {
    MALFORMED_JSON(400, "the body is not JSON, or not as JSON is read here"),
    INVALID_QUERY(400, "the query has parameters that are not known, or values that do not fit"),
    IDEMPOTENCY_KEY_MISSING(400, "the header Idempotency-Key is missing, or no key"),
    UNAUTHORIZED(401, "no key that is good came along"),
    CROSS_SITE(403, "a page of another site sent this"),
    MISSING_SCOPE(403, "the key is not good for this"),
    NOT_FOUND(404, "there is nothing here"),
    METHOD_NOT_ALLOWED(405, "this cannot be done at this address"),
    TOO_SLOW(408, "the body took too long to arrive"),
    NOT_POSSIBLE(409, "this cannot happen as things stand"),
    IN_PROGRESS(409, "the same call is being worked on"),
    STALE(412, "the request has changed since it was read"),
    TOO_LARGE(413, "the body is too large"),
    NOT_JSON(415, "the body is of another type than application/json"),
    INVALID_BODY(422, "the body does not fit"),
    PERSON_NOT_TOLD(422, "the person is not named so that one is found"),
    IDEMPOTENCY_KEY_REUSED(422, "the same Idempotency-Key came with something else before"),
    PRECONDITION_REQUIRED(428, "the header If-Match is missing"),
    TOO_MANY(429, "too many calls"),
    BROKEN(500, "something broke here"),
    UNAVAILABLE(503, "Kept's own database does not answer"),
    STORE_UNAVAILABLE(503, "a store does not answer");

    /** Under which each says what it means. */
    static final String ROOT = "/api/v1/problems/";

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The {@code type}: a path from the site's root, where it is explained. */
    String address() {
        return ROOT + word();
    }

    static Optional<ProblemType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    static ProblemType of(Trouble trouble) {
        return switch (trouble) {
            case MALFORMED -> MALFORMED_JSON;
            case CROSS_SITE, STALE_FORM, FORBIDDEN -> CROSS_SITE;
            case NOT_FOUND -> NOT_FOUND;
            case NOT_ALLOWED -> METHOD_NOT_ALLOWED;
            case TOO_SLOW -> TOO_SLOW;
            case TOO_LARGE -> TOO_LARGE;
            case NOT_UNDERSTOOD -> NOT_JSON;
            case TOO_MANY -> TOO_MANY;
            case BROKEN -> BROKEN;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }
}
