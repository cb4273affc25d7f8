package dev.kept.core.notice.prose;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import dev.kept.core.notice.Cookie;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds periods and addresses written by hand where the rules have them: they would stay when the rules change. */
final class ByHand {

    /** Counts whose plural forms together show the forms that a unit's name takes. */
    private static final List<Integer> SAMPLE_COUNTS = List.of(1, 2, 5, 11, 21);

    private final Notice notice;
    private final ULocale locale;
    private final String unitNames;
    private final Pattern anyUnit;

    /** Counts in words; what says them is slow to make. */
    private final Map<Integer, String> spelled = new HashMap<>();

    /**
     * What is written by hand.
     *
     * @param instead the expressions that ask the rules for it
     */
    record Finding(String written, List<String> instead) {}

    ByHand(Notice notice, Glossary glossary) {
        this.notice = notice;
        this.locale = ULocale.forLocale(glossary.locale());
        this.unitNames = unitNames(new Phrases(glossary));
        this.anyUnit = Pattern.compile(unitNames, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String unitNames(Phrases phrases) {
        Set<String> names = new HashSet<>();
        for (Span.Unit unit : Span.Unit.values()) {
            for (int count : SAMPLE_COUNTS) {
                names.add(phrases.span(new Span(count, unit))
                        .replace(phrases.number(count), "")
                        .strip());
            }
        }
        names.remove("");
        return names.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }

    Optional<Finding> in(Sentence sentence) {
        if (sentence.anchors().isEmpty()) {
            return Optional.empty();
        }
        String written = sentence.inlines()
                .filter(Inline.Text.class::isInstance)
                .map(inline -> ((Inline.Text) inline).text())
                .collect(Collectors.joining("\n"));
        return period(written, spans(sentence)).or(() -> address(written));
    }

    private Optional<Finding> period(String written, Map<String, List<Span>> spans) {
        if (spans.isEmpty() || !anyUnit.matcher(written).find()) {
            return Optional.empty();
        }
        String counts = spans.values().stream()
                .flatMap(List::stream)
                .map(span -> Pattern.quote(inWords(span.count())))
                .distinct()
                .collect(Collectors.joining("|"));
        Matcher matcher = Pattern.compile(
                        "(?<![\\p{L}\\p{Nd}])(?:\\p{Nd}+|" + counts + ")[\\s\\u00a0-]*(?:" + unitNames + ")",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(written);
        return matcher.find()
                ? Optional.of(new Finding(matcher.group(), List.copyOf(spans.keySet())))
                : Optional.empty();
    }

    private String inWords(int count) {
        return spelled.computeIfAbsent(
                count, number -> new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.SPELLOUT).format(number));
    }

    private Optional<Finding> address(String written) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("contact.email", notice.contact().email());
        addresses.put("contact.post", notice.contact().post());
        addresses.put("controller.email", notice.controller().email());
        return addresses.entrySet().stream()
                .filter(address -> !address.getValue().isBlank() && written.contains(address.getValue()))
                .map(address -> new Finding(address.getValue(), List.of(address.getKey())))
                .findFirst();
    }

    /** The periods of the rules that a sentence states, by the expression that asks for them. */
    private Map<String, List<Span>> spans(Sentence sentence) {
        Map<String, List<Span>> spans = new LinkedHashMap<>();
        for (Sentence.Anchor anchor : sentence.anchors()) {
            String path = anchor.path();
            for (Use use : notice.uses().values()) {
                if (within(path, use.path()) && !use.ends().isEmpty()) {
                    spans.put(
                            use.path() + ".ends",
                            use.clauses().stream().map(End.Clause::span).toList());
                }
            }
            for (Share share : notice.shares().values()) {
                share.contract()
                        .flatMap(Share.Contract::keepsFor)
                        .filter(span -> within(path, share.path()))
                        .ifPresent(span -> spans.put(share.path() + ".contract.keeps", List.of(span)));
            }
            for (Cookie cookie : notice.cookies().values()) {
                boolean meant = path.equals("cookies")
                        || path.equals("cookies." + cookie.group())
                        || within(path, cookie.path());
                cookie.lasts()
                        .filter(span -> meant)
                        .ifPresent(span -> spans.put(cookie.path() + ".lasts", List.of(span)));
            }
            if (path.equals("keeps") || path.equals("keeps.longest")) {
                notice.keeps().longest().ifPresent(span -> spans.put("keeps.longest", List.of(span)));
            }
            if (path.equals("rights") || path.equals("rights.answered-within")) {
                notice.rights().answeredWithin().ifPresent(span -> spans.put("rights.answered-within", List.of(span)));
            }
        }
        return spans;
    }

    private static boolean within(String path, String rule) {
        return path.equals(rule) || path.startsWith(rule + ".");
    }
}
