package dev.kept.core.notice;

import dev.kept.core.source.Element;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The words that notices, maps and cases are made of, read from what is written: ids, events, periods, zones, dates. */
public final class Written {

    /** The longest id or part of an event's name. */
    public static final int MAX_ID_LENGTH = 64;

    private static final String ID = "[a-z0-9][a-z0-9-]{0," + (MAX_ID_LENGTH - 1) + "}";
    private static final Predicate<String> IS_ID = Pattern.compile(ID).asMatchPredicate();
    private static final Predicate<String> IS_EVENT =
            Pattern.compile(ID + "\\." + ID).asMatchPredicate();
    private static final Predicate<String> IS_COOKIE =
            Pattern.compile("[A-Za-z0-9_-]{1," + MAX_ID_LENGTH + "}").asMatchPredicate();
    private static final Predicate<String> IS_EMAIL =
            Pattern.compile("[^\\s@]+@[^\\s@]+").asMatchPredicate();
    private static final Predicate<String> IS_PAGE =
            Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\\s]*)?").asMatchPredicate();
    private static final Predicate<String> IS_LANGUAGE =
            Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*").asMatchPredicate();
    private static final Predicate<String> IS_TERM =
            Pattern.compile("[a-z][a-z0-9-]*:[A-Za-z][A-Za-z0-9-]*").asMatchPredicate();
    private static final Predicate<String> IS_COUNTRY =
            Pattern.compile("[A-Z]{2}").asMatchPredicate();

    private Written() {}

    /** A name: lower-case letters, digits, {@code -}. */
    public static Optional<String> id(Element element) {
        return element.parsed("bad-id", "a name", "use lower-case letters, digits and `-`", matching(IS_ID));
    }

    /** Whether the key under which the element stands is a name; else a problem. */
    public static boolean named(Element element) {
        if (IS_ID.test(element.name())) {
            return true;
        }
        element.problemAtKey(
                "bad-id", "`" + element.name() + "` is not a name", "use lower-case letters, digits and `-`");
        return false;
    }

    /** Whether the key is a cookie's name: what browsers know it by, so capitals and `_` too; else a problem. */
    static boolean namedAsCookie(Element element) {
        if (IS_COOKIE.test(element.name())) {
            return true;
        }
        element.problemAtKey(
                "bad-cookie", "`" + element.name() + "` is not a cookie's name", "use letters, digits, `_` and `-`");
        return false;
    }

    /** An event: {@code thing.happening}. */
    public static Optional<String> event(Element element) {
        return element.parsed(
                "bad-event", "an event", "write `thing.happening`, as in `account.closed`", matching(IS_EVENT));
    }

    /** Whether the key under which the element stands is an event or a condition; else a problem. */
    public static boolean namedAsEvent(Element element) {
        if (IS_EVENT.test(element.name())) {
            return true;
        }
        element.problemAtKey(
                "bad-event",
                "`" + element.name() + "` is not an event",
                "write `thing.happening`, as in `account.closed`");
        return false;
    }

    public static Optional<Span> span(Element element) {
        return element.parsed(
                "bad-period", "a period", "write a number and `days`, `weeks`, `months` or `years`", Span::parse);
    }

    public static Optional<ZoneId> zone(Element element) {
        return element.parsed("bad-zone", "a time zone", "write a name like `Europe/Berlin` or `UTC`", text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    public static Optional<LocalDate> date(Element element) {
        return element.parsed("bad-date", "a date", "write `2026-03-01`", text -> {
            try {
                return Optional.of(LocalDate.parse(text));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    static Optional<String> email(Element element) {
        return element.parsed("bad-email", "an e-mail address", "write `privacy@example.org`", matching(IS_EMAIL));
    }

    /** The address of a page. */
    static Optional<String> page(Element element) {
        return element.parsed("bad-address", "a page's address", "write `https://…`", matching(IS_PAGE));
    }

    static Optional<String> language(Element element) {
        return element.parsed("bad-language", "a language tag", "write `en` or `pt-BR`", matching(IS_LANGUAGE));
    }

    /** A term of the Data Privacy Vocabulary. */
    static Optional<String> term(Element element) {
        return element.parsed(
                "bad-term",
                "a vocabulary term",
                "write a prefix and a name, as in `pd:EmailAddress`",
                matching(IS_TERM));
    }

    /** ISO 3166-1 alpha-2. */
    static Optional<String> country(Element element) {
        return element.parsed(
                "bad-country", "a country's code", "write its two letters, as in `US`", matching(IS_COUNTRY));
    }

    /** The words of some values, as they are written. */
    public static <E> Map<String, E> words(Function<E, String> word, List<E> values) {
        Map<String, E> words = new LinkedHashMap<>();
        values.forEach(value -> words.put(word.apply(value), value));
        return words;
    }

    private static Function<String, Optional<String>> matching(Predicate<String> pattern) {
        return text -> Optional.of(text).filter(pattern);
    }
}
