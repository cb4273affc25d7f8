package dev.kept.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Sends what a room answers. */
final class Answering {

    /** Nothing of a page runs, nothing comes from elsewhere, and no other page may hold it in a frame. */
    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'";

    private static final String PROBLEM = "application/problem+json";

    private final Look look;
    private final boolean secure;

    Answering(Look look, boolean secure) {
        this.look = look;
        this.secure = secure;
    }

    /** @return the status */
    int send(Reply reply, boolean head, ServerRequest request, ServerResponse response) {
        Headers.personal(response);
        reply.cookies().forEach(cookie -> response.headers().add(HeaderNames.SET_COOKIE, cookie.header(secure)));
        return switch (reply) {
            case Reply.Page page -> {
                Headers.policy(response, PAGE_POLICY);
                yield bytes(page.status(), Document.HTML, page.html().getBytes(StandardCharsets.UTF_8), head, response);
            }
            case Reply.SeeOther other -> {
                response.status(Status.SEE_OTHER_303);
                response.header(HeaderNames.LOCATION, other.address());
                response.send();
                yield 303;
            }
            case Reply.Problem problem -> problem(problem.trouble(), problem.after(), head, request, response);
            case Reply.Data data -> {
                data.headers().forEach(header -> response.header(HeaderNames.create(header.name()), header.value()));
                yield bytes(data.status(), data.mediaType(), data.body(), head, response);
            }
            case Reply.Download download -> download(download, head, response);
        };
    }

    private int problem(
            Trouble trouble, Optional<Duration> after, boolean head, ServerRequest request, ServerResponse response) {
        after.ifPresent(time -> response.header(HeaderNames.create("Retry-After"), Long.toString(time.toSeconds())));
        if (trouble == Trouble.TOO_LARGE || trouble == Trouble.TOO_SLOW || trouble == Trouble.NOT_UNDERSTOOD) {
            // what was not read of the body would be taken for the next request
            response.header(HeaderNames.CONNECTION, "close");
        }
        String accepted = request.headers().first(HeaderNames.ACCEPT).orElse("");
        boolean machine = !accepted.contains("text/html") && accepted.contains("json");
        Headers.policy(response, machine ? Headers.NOTHING_POLICY : PAGE_POLICY);
        String body = machine
                ? "{\"title\":\"" + trouble.word() + "\",\"status\":" + trouble.status() + "}"
                : TroublePage.of(
                        look,
                        request.headers().first(HeaderNames.ACCEPT_LANGUAGE).orElse(""),
                        trouble,
                        after);
        return bytes(
                trouble.status(),
                machine ? PROBLEM : Document.HTML,
                body.getBytes(StandardCharsets.UTF_8),
                head,
                response);
    }

    private static int bytes(int status, String mediaType, byte[] body, boolean head, ServerResponse response) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        if (head) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
            response.send();
        } else {
            response.send(body);
        }
        return status;
    }

    private static int download(Reply.Download download, boolean head, ServerResponse response) {
        response.status(Status.OK_200);
        response.header(HeaderNames.CONTENT_TYPE, download.mediaType());
        response.header(HeaderNames.CONTENT_DISPOSITION, disposition(download.fileName()));
        download.length().ifPresent(length -> response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length)));
        if (head) {
            response.send();
            return 200;
        }
        try (OutputStream out = response.outputStream()) {
            download.content().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return 200;
    }

    /** RFC 6266 with RFC 8187: a plain name for all, the true one for those who can read it. */
    static String disposition(String fileName) {
        String plain = fileName.replaceAll("[^A-Za-z0-9._-]", "_");
        StringBuilder exact = new StringBuilder();
        for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            exact.append(
                    String.valueOf(c).matches("[A-Za-z0-9._-]")
                            ? String.valueOf(c)
                            : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
    }
}
