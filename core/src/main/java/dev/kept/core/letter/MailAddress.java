package dev.kept.core.letter;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One address of a mailbox (RFC 5321 section 4.1.2), without a name, quotes, comments or a second address in it, so that nothing can be added to a header
 * or an envelope through it. Its first part is ASCII; a domain in other letters is written as ASCII (RFC 5890).
 */
public final class MailAddress {

    /** RFC 5321 section 4.5.3.1.3, without the angle brackets. */
    public static final int MOST_CHARACTERS = 254;

    private static final int MOST_LOCAL_CHARACTERS = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private final String local;
    private final String domain;

    private MailAddress(String local, String domain) {
        this.local = local;
        this.domain = domain;
    }

    /** The address, unless this is none to which a letter can go. */
    public static Optional<MailAddress> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        Optional<String> domain = ascii(text.substring(at + 1))
                .filter(name -> DOMAIN.matcher(name).matches());
        return local.length() <= MOST_LOCAL_CHARACTERS && LOCAL.matcher(local).matches()
                ? domain.map(name -> new MailAddress(local, name))
                : Optional.empty();
    }

    private static Optional<String> ascii(String domain) {
        try {
            return Optional.of(IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same mailbox with a tag: {@code bounces+4f2a@example.org} (RFC 5233). */
    public MailAddress tagged(String tag) {
        return parse(local + "+" + tag + "@" + domain)
                .orElseThrow(() -> new IllegalArgumentException("the tag does not fit an address"));
    }

    public String domain() {
        return domain;
    }

    /** The address in the open: for an envelope or a page that shows it to who may see it. */
    public String reveal() {
        return local + "@" + domain;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MailAddress address && local.equals(address.local) && domain.equals(address.domain);
    }

    @Override
    public int hashCode() {
        return reveal().hashCode();
    }

    /** Addresses are personal data. */
    @Override
    public String toString() {
        return "a mail address";
    }
}
