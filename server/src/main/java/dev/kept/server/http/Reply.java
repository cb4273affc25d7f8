package dev.kept.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a room answers. None of it is kept by browsers or proxies: it is one visitor's. */
public sealed interface Reply {

    /** Cookies that are set with it. */
    List<Cookie> cookies();

    /** The same with another cookie. */
    Reply with(Cookie cookie);

    /** A page of HTML, under a policy by which nothing of it can run. */
    record Page(int status, String html, List<Cookie> cookies) implements Reply {
        public Page {
            cookies = List.copyOf(cookies);
        }

        public static Page ok(String html) {
            return new Page(200, html, List.of());
        }

        @Override
        public Page with(Cookie cookie) {
            return new Page(status, html, joined(cookies, cookie));
        }
    }

    /**
     * Leads on by GET (303), so that a form is not sent twice.
     *
     * @param address a path of this site; or, written by us and never by a visitor, {@code https://…} of another
     */
    record SeeOther(String address, List<Cookie> cookies) implements Reply {
        public SeeOther {
            cookies = List.copyOf(cookies);
            if (!address.matches("/([^/\\\\\\s][^\\\\\\s]*)?|https?://[^\\s\\\\]+")) {
                throw new IllegalArgumentException("not an address to lead to");
            }
        }

        public static SeeOther to(String address) {
            return new SeeOther(address, List.of());
        }

        @Override
        public SeeOther with(Cookie cookie) {
            return new SeeOther(address, joined(cookies, cookie));
        }
    }

    /**
     * It is not done: told as a page, or as a problem document (RFC 9457) to those who do not take pages.
     *
     * @param after when it is worth trying again
     */
    record Problem(Trouble trouble, Optional<Duration> after, List<Cookie> cookies) implements Reply {
        public Problem {
            cookies = List.copyOf(cookies);
        }

        public static Problem of(Trouble trouble) {
            return new Problem(trouble, Optional.empty(), List.of());
        }

        public static Problem later(Trouble trouble, Duration after) {
            return new Problem(trouble, Optional.of(after), List.of());
        }

        @Override
        public Problem with(Cookie cookie) {
            return new Problem(trouble, after, joined(cookies, cookie));
        }
    }

    /** A document for machines. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    record Data(int status, String mediaType, byte[] body, List<Header> headers, List<Cookie> cookies)
            implements Reply {
        public Data {
            headers = List.copyOf(headers);
            cookies = List.copyOf(cookies);
        }

        public static Data of(int status, String mediaType, byte[] body) {
            return new Data(status, mediaType, body, List.of(), List.of());
        }

        @Override
        public Data with(Cookie cookie) {
            return new Data(status, mediaType, body, headers, joined(cookies, cookie));
        }
    }

    /** A header of an answer for machines: {@code Link}, {@code Location}, {@code ETag}. */
    record Header(String name, String value) {
        public Header {
            if (!name.matches("[A-Za-z-]{1,40}") || !value.matches("[ -~]{0,2000}")) {
                throw new IllegalArgumentException("a header's value is one line of ASCII");
            }
        }
    }

    /**
     * A file to be saved, written as it is sent: it need not fit into memory.
     *
     * @param fileName as the visitor's browser shall call it
     * @param length in bytes, where it is known
     */
    record Download(String fileName, String mediaType, OptionalLong length, Content content, List<Cookie> cookies)
            implements Reply {
        public Download {
            cookies = List.copyOf(cookies);
        }

        public static Download of(String fileName, String mediaType, OptionalLong length, Content content) {
            return new Download(fileName, mediaType, length, content, List.of());
        }

        @Override
        public Download with(Cookie cookie) {
            return new Download(fileName, mediaType, length, content, joined(cookies, cookie));
        }
    }

    /** Writes a download; what it throws ends the transfer, so that what arrived is seen to be incomplete. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static List<Cookie> joined(List<Cookie> cookies, Cookie another) {
        List<Cookie> joined = new ArrayList<>(cookies);
        joined.add(another);
        return joined;
    }
}
