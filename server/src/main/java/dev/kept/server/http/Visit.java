package dev.kept.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to a room: what it asks for, and by whom as far as that is anybody's business. */
public final class Visit {

    /** What a form may send unless a room allows more. */
    public static final int FORM_BYTES = 64 * 1024;

    /** The most that any room may allow. */
    public static final int MOST_BODY_BYTES = 1024 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MOST_COOKIES = 50;

    private final ServerRequest request;
    private final Method method;
    private final Client client;
    private final Ground ground;
    private final FormTokens.Visitor visitor;
    private @Nullable Entries query;
    private @Nullable Entries form;
    private boolean tokenGiven;

    /** What is asked for: HEAD is a GET whose answer is not sent. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /**
     * What all visits share.
     *
     * @param secure whether people's browsers come by TLS
     * @param address of the site, where it is configured
     */
    record Ground(boolean secure, Optional<String> address, FormTokens tokens) {}

    Visit(ServerRequest request, Method method, Client client, Ground ground) {
        this.request = request;
        this.method = method;
        this.client = client;
        this.ground = ground;
        this.visitor = ground.tokens().visitor(cookie(FormTokens.COOKIE));
    }

    public Method method() {
        return method;
    }

    /** From the site's root, without query: letters, digits and {@code - . _ ~} between slashes, nothing to decode. */
    public String path() {
        return request.path().rawPath();
    }

    /** @throws Refused where it is malformed */
    public Entries query() {
        Entries parsed = query;
        if (parsed == null) {
            parsed = Entries.parse(request.query().rawValue());
            query = parsed;
        }
        return parsed;
    }

    /**
     * What a form of ours sends.
     *
     * @throws Refused where it is no form, too large, or was not on a page that this visitor was given today or yesterday
     */
    public Entries form() {
        return form(FORM_BYTES);
    }

    /** The same for a longer one, of at most so many bytes. */
    public Entries form(int most) {
        Entries sent = form;
        if (sent == null) {
            byte[] body = Bodies.read(request, FORM, Math.min(most, MOST_BODY_BYTES));
            sent = Entries.parse(new String(body, StandardCharsets.ISO_8859_1));
            if (!ground.tokens().fits(visitor, sent.text(FormTokens.FIELD))) {
                throw new Refused(Trouble.STALE_FORM);
            }
            form = sent;
        }
        return sent;
    }

    /**
     * What a machine posts as a form that was on no page of ours, and that proves by itself who sends it: a token signed by a sign-in provider.
     * Nothing of this browser's cookies may count for what is then done.
     *
     * @throws Refused where it is no form, or too large
     */
    public Entries unboundForm(int most) {
        byte[] sent = Bodies.read(request, FORM, Math.min(most, MOST_BODY_BYTES));
        return Entries.parse(new String(sent, StandardCharsets.ISO_8859_1));
    }

    /**
     * A document that a machine sends. No page of another site can send one: browsers ask first, and are not answered.
     *
     * @param mediaType none that a form could have
     * @throws Refused where it is of another type or larger
     */
    public byte[] body(String mediaType, int most) {
        if (mediaType.equals(FORM) || mediaType.equals("text/plain") || mediaType.equals("multipart/form-data")) {
            throw new IllegalArgumentException("a form is read by form()");
        }
        return Bodies.read(request, mediaType, Math.min(most, MOST_BODY_BYTES));
    }

    /** The hidden field that every form needs; the visitor gets the cookie it is bound to. */
    public String token() {
        tokenGiven = true;
        return ground.tokens().token(visitor);
    }

    /** What a browser that sends cookies is told by, as long as it runs; {@link #token} sees to it that there is one. */
    public String browser() {
        tokenGiven = true;
        return visitor.id();
    }

    /** The cookie of a new visitor who was given a form. */
    Optional<Cookie> visitorCookie() {
        return tokenGiven && visitor.isNew() ? Optional.of(visitor.cookie()) : Optional.empty();
    }

    public Optional<String> cookie(String name) {
        String sent = Cookie.sentName(name, ground.secure()) + "=";
        List<String> found = new ArrayList<>();
        int count = 0;
        for (String line : values("Cookie")) {
            for (String one : line.split(";", MOST_COOKIES)) {
                if (one.strip().startsWith(sent) && count++ < MOST_COOKIES) {
                    found.add(one.strip().substring(sent.length()));
                }
            }
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The header {@code Accept-Language}; empty where there is none. */
    public String languages() {
        return header("Accept-Language").orElse("");
    }

    public Client client() {
        return client;
    }

    /** Nothing where there is none, or more than one. */
    public Optional<String> header(String name) {
        List<String> values = values(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** All of a header's lines. */
    public List<String> values(String name) {
        return request.headers().values(HeaderNames.create(name));
    }

    /** The site's own address, {@code https://privacy.example}: the configured one. What a request calls it is not believed. */
    public Optional<String> address() {
        return ground.address();
    }

    @Override
    public String toString() {
        return method.name();
    }
}
