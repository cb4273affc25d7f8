package dev.kept.server.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message that says that another could not be delivered (RFC 3464). It counts only if it came to an address that nobody can guess.
 *
 * @param tag of the address it came to
 * @param status RFC 3463: {@code 5.1.1}
 */
record DeliveryReport(String tag, String status) {

    private static final int MOST_PARTS = 10;
    private static final int MOST_GROUPS = 20;
    private static final int MOST_STATUS_BYTES = 64 * 1024;
    private static final int MOST_HEADER_CHARACTERS = 2_000;
    private static final Pattern TAG = Pattern.compile("\\+([0-9a-f]{32})@");
    private static final Pattern PERMANENT = Pattern.compile("5\\.\\d{1,3}\\.\\d{1,3}");

    /** Where mail systems write to whom a message came. */
    private static final String[] CAME_TO = {"Delivered-To", "X-Original-To", "Envelope-To", "To"};

    /** The report in a message; empty where it is something else, or the mail is only late. */
    static Optional<DeliveryReport> of(Part message) throws MessagingException, IOException {
        Optional<String> tag = tag(message);
        return tag.isEmpty() ? Optional.empty() : status(message).map(status -> new DeliveryReport(tag.get(), status));
    }

    private static Optional<String> tag(Part message) throws MessagingException {
        for (String name : CAME_TO) {
            String[] values = message.getHeader(name);
            if (values != null && values.length > 0 && values[0].length() <= MOST_HEADER_CHARACTERS) {
                Matcher tag = TAG.matcher(values[0].toLowerCase(Locale.ROOT));
                if (tag.find()) {
                    return Optional.of(tag.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> status(Part message) throws MessagingException, IOException {
        ContentType type = new ContentType(message.getContentType());
        if (!type.match("multipart/report")
                || !"delivery-status".equalsIgnoreCase(type.getParameter("report-type"))
                || !(message.getContent() instanceof Multipart parts)) {
            return Optional.empty();
        }
        for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
                return failed(part);
            }
        }
        return Optional.empty();
    }

    /** A group of fields for the message, then one a recipient. */
    private static Optional<String> failed(BodyPart part) throws MessagingException, IOException {
        byte[] fields;
        try (InputStream in = part.getInputStream()) {
            fields = in.readNBytes(MOST_STATUS_BYTES);
        }
        ByteArrayInputStream groups = new ByteArrayInputStream(fields);
        for (int i = 0; i < MOST_GROUPS && groups.available() > 0; i++) {
            InternetHeaders group = new InternetHeaders(groups);
            if ("failed".equalsIgnoreCase(first(group, "Action"))) {
                String status = first(group, "Status");
                return Optional.of(PERMANENT.matcher(status).matches() ? status : "5.0.0");
            }
        }
        return Optional.empty();
    }

    private static String first(InternetHeaders group, String name) {
        String @Nullable [] values = group.getHeader(name);
        return values == null || values.length == 0
                ? ""
                : values[0].replaceAll("\\(.*", "").strip();
    }
}
