package dev.kept.core.proof.sample;

import dev.kept.core.notice.Notice;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what a value looks like: by its form, and by its check digits where it has some. */
public final class Recognition {

    /** Longer values are looked into as far as this. */
    public static final int MOST_CHARACTERS = 4_000;

    private static final Pattern EMAIL = Pattern.compile(
            "(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-]{1,64})@((?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9-])");
    private static final Pattern IBAN = Pattern.compile(
            "(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])");
    /** Digits that follow a token's separator at once are part of the token: of such, one in ten has a right check digit. */
    private static final Pattern CARD =
            Pattern.compile("(?<![0-9A-Za-z_:=/.-])[2-6](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z_:=/-])");

    private static final Pattern PHONE =
            Pattern.compile("(?:\\+[1-9][0-9 ()/.-]{6,20}[0-9]|0[1-9][0-9]{1,5}[ /()-]{1,2}[0-9][0-9 -]{3,14}[0-9])");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}");
    private static final Pattern POSITION =
            Pattern.compile("[({\\[]?(-?[0-9]{1,2}\\.[0-9]{3,10})\\s*[,;/ ]\\s*(-?[0-9]{1,3}\\.[0-9]{3,10})[)}\\]]?");

    private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^A-Z0-9]");
    private static final int LEAST_PHONE_DIGITS = 8;
    private static final int MOST_PHONE_DIGITS = 15;
    private static final int MOST_LATITUDE = 90;
    private static final int MOST_LONGITUDE = 180;
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    /** Lengths of IBANs by country, SWIFT's registry, release 99: those of the European Payments Council's area and its neighbours. */
    private static final Map<String, Integer> IBAN_LENGTHS = Map.ofEntries(
            Map.entry("AD", 24),
            Map.entry("AL", 28),
            Map.entry("AT", 20),
            Map.entry("BA", 20),
            Map.entry("BE", 16),
            Map.entry("BG", 22),
            Map.entry("CH", 21),
            Map.entry("CY", 28),
            Map.entry("CZ", 24),
            Map.entry("DE", 22),
            Map.entry("DK", 18),
            Map.entry("EE", 20),
            Map.entry("ES", 24),
            Map.entry("FI", 18),
            Map.entry("FO", 18),
            Map.entry("FR", 27),
            Map.entry("GB", 22),
            Map.entry("GE", 22),
            Map.entry("GI", 23),
            Map.entry("GL", 18),
            Map.entry("GR", 27),
            Map.entry("HR", 21),
            Map.entry("HU", 28),
            Map.entry("IE", 22),
            Map.entry("IL", 23),
            Map.entry("IS", 26),
            Map.entry("IT", 27),
            Map.entry("LI", 21),
            Map.entry("LT", 20),
            Map.entry("LU", 20),
            Map.entry("LV", 21),
            Map.entry("MC", 27),
            Map.entry("MD", 24),
            Map.entry("ME", 22),
            Map.entry("MK", 19),
            Map.entry("MT", 31),
            Map.entry("NL", 18),
            Map.entry("NO", 15),
            Map.entry("PL", 28),
            Map.entry("PT", 25),
            Map.entry("RO", 24),
            Map.entry("RS", 22),
            Map.entry("SE", 24),
            Map.entry("SI", 19),
            Map.entry("SK", 24),
            Map.entry("SM", 27),
            Map.entry("TR", 26),
            Map.entry("UA", 29),
            Map.entry("VA", 22),
            Map.entry("XK", 20));

    /** Mailboxes that are a function's and nobody's: those of RFC 2142, and others that are usual. */
    private static final Set<String> FUNCTIONS = Set.of(
            "info",
            "marketing",
            "sales",
            "support",
            "abuse",
            "noc",
            "security",
            "postmaster",
            "hostmaster",
            "news",
            "webmaster",
            "www",
            "privacy",
            "contact",
            "hello",
            "help",
            "service",
            "office",
            "orders",
            "shop",
            "newsletter",
            "jobs",
            "press",
            "noreply",
            "no-reply",
            "datenschutz",
            "kontakt");

    /** The company's own addresses, and the domains at which its mailboxes are, in lower case. */
    private final Set<String> ownAddresses;

    private final Set<String> ownDomains;

    private Recognition(Set<String> ownAddresses, Set<String> ownDomains) {
        this.ownAddresses = Set.copyOf(ownAddresses);
        this.ownDomains = Set.copyOf(ownDomains);
    }

    /** For the stores of a company: the addresses its notice names, and its functions' mailboxes at its domains, are not counted. */
    public static Recognition of(Notice notice) {
        Set<String> addresses = new HashSet<>();
        Set<String> domains = new HashSet<>();
        for (String address :
                List.of(notice.controller().email(), notice.contact().email())) {
            String plain = address.toLowerCase(Locale.ROOT);
            addresses.add(plain);
            domains.add(plain.substring(plain.indexOf('@') + 1));
        }
        notice.covers()
                .sites()
                .forEach(site -> domains.add(site.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "")));
        return new Recognition(addresses, domains);
    }

    /**
     * What is found in a value.
     *
     * @param cardLike whether a number of a card's form stands in it, whatever its check digit: of ten that are none, one has a right one
     */
    public record Found(Set<Likeness> whole, Set<Likeness> within, boolean cardLike) {
        static final Found NOTHING = new Found(Set.of(), Set.of(), false);
    }

    /** What the value is as a whole, and what stands anywhere in it; only what is {@link Likeness#sure sure} is sought within. */
    public Found in(String value) {
        String text = value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) : value;
        String whole = text.strip();
        if (whole.isEmpty()) {
            return Found.NOTHING;
        }
        Set<Likeness> is = EnumSet.noneOf(Likeness.class);
        Set<Likeness> holds = EnumSet.noneOf(Likeness.class);
        sought(EMAIL, whole, Likeness.EMAIL, found -> isEmail(found.group(1), found.group(2)), is, holds);
        sought(IBAN, whole, Likeness.IBAN, found -> isIban(found.group()), is, holds);
        sought(CARD, whole, Likeness.CARD, found -> isCard(found.group()), is, holds);
        if (PHONE.matcher(whole).matches() && isPhone(whole)) {
            is.add(Likeness.PHONE);
        }
        if (IPV4.matcher(whole).matches() || (whole.length() <= 39 && isIpv6(whole))) {
            is.add(Likeness.IP_ADDRESS);
        }
        if (isPosition(whole)) {
            is.add(Likeness.POSITION);
        }
        holds.addAll(is);
        return new Found(is, holds, holds.contains(Likeness.CARD) || cardLike(whole));
    }

    private interface Test {
        boolean passes(Matcher found);
    }

    private static void sought(
            Pattern form, String text, Likeness likeness, Test test, Set<Likeness> is, Set<Likeness> holds) {
        Matcher found = form.matcher(text);
        while (found.find()) {
            if (test.passes(found)) {
                holds.add(likeness);
                if (found.start() == 0 && found.end() == text.length()) {
                    is.add(likeness);
                }
                return;
            }
        }
    }

    /** Addresses at names reserved for what is nobody's (RFC 2606, {@code .invalid}) are not counted; Kept itself writes such. */
    private boolean isEmail(String mailbox, String domain) {
        String box = mailbox.toLowerCase(Locale.ROOT);
        String name = domain.toLowerCase(Locale.ROOT);
        boolean own = ownAddresses.contains(box + "@" + name) || (ownDomains.contains(name) && FUNCTIONS.contains(box));
        return !own && !name.endsWith(".invalid");
    }

    private static boolean isIban(String text) {
        String plain = NOT_ALPHANUMERIC.matcher(text).replaceAll("");
        Integer length = IBAN_LENGTHS.get(plain.substring(0, 2));
        if (length == null || length != plain.length()) {
            return false;
        }
        StringBuilder digits = new StringBuilder();
        (plain.substring(4) + plain.substring(0, 4))
                .chars()
                .forEach(c -> digits.append(Character.digit(c, Character.MAX_RADIX)));
        return new BigInteger(digits.toString()).mod(NINETY_SEVEN).equals(BigInteger.ONE);
    }

    private static boolean cardLike(String text) {
        Matcher found = CARD.matcher(text);
        return found.find() && issued(digits(found.group()));
    }

    /** A number of an issuer of cards with the right digit of Luhn, and not one digit over and over. */
    private static boolean isCard(String text) {
        String digits = digits(text);
        return issued(digits) && digits.chars().distinct().count() > 1 && luhn(digits);
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    /** By prefix and length: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay. */
    private static boolean issued(String digits) {
        int length = digits.length();
        int four = Integer.parseInt(digits.substring(0, 4));
        return (digits.startsWith("4") && (length == 13 || length == 16 || length == 19))
                || (length == 16 && ((four >= 5100 && four <= 5599) || (four >= 2221 && four <= 2720)))
                || (length == 15 && (digits.startsWith("34") || digits.startsWith("37")))
                || (length == 14
                        && (digits.startsWith("36") || digits.startsWith("38") || (four >= 3000 && four <= 3059)))
                || (length == 16 && (four == 6011 || digits.startsWith("65") || (four >= 3528 && four <= 3589)))
                || (length >= 16 && digits.startsWith("62"));
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }

    private static boolean isPhone(String text) {
        long digits = text.chars().filter(Character::isDigit).count();
        return digits >= LEAST_PHONE_DIGITS && digits <= MOST_PHONE_DIGITS;
    }

    private static boolean isIpv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            return false;
        }
        int gap = text.indexOf("::");
        boolean oneGap = gap < 0 || text.indexOf("::", gap + 1) < 0;
        long groups = text.chars().filter(c -> c == ':').count() + 1;
        // Eight groups, or fewer with one gap; times of day and MAC addresses have neither.
        return oneGap && (gap >= 0 ? text.length() > 2 && groups <= 8 : groups == 8 && !text.startsWith(":"));
    }

    private static boolean isPosition(String text) {
        Matcher found = POSITION.matcher(text);
        return found.matches()
                && Math.abs(Double.parseDouble(found.group(1))) <= MOST_LATITUDE
                && Math.abs(Double.parseDouble(found.group(2))) <= MOST_LONGITUDE;
    }
}
