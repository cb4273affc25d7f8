package dev.kept.core.notice.prose;

import static dev.kept.core.notice.prose.SmallNotice.after;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.DisplayOptions;
import dev.kept.core.notice.End;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasesTest {

    private static final Phrases ENGLISH = in(
            "en-GB",
            Map.of(
                    "account.closed", "you close your account",
                    "account.last-seen", "you were last active",
                    "order.placed", "you placed the order"));
    private static final Phrases GERMAN = in(
            "de",
            Map.of("account.closed", "Sie Ihr Konto geschlossen haben", "account.last-seen", "Sie zuletzt da waren"));
    private static final Phrases CHINESE = in("zh", Map.of("account.closed", "您关闭账户", "account.last-seen", "您最后一次使用"));

    private static Phrases in(String locale, Map<String, String> words) {
        return new Phrases(new Glossary(Locale.forLanguageTag(locale), words));
    }

    @Test
    void periods_are_counted_in_the_words_of_the_language() {
        Span one = new Span(1, Span.Unit.YEAR);
        Span two = new Span(2, Span.Unit.YEAR);
        assertThat(List.of(ENGLISH.span(one), GERMAN.span(one), CHINESE.span(one)))
                .containsExactly("1 year", "1 Jahr", "1年");
        assertThat(List.of(ENGLISH.span(two), GERMAN.span(two), CHINESE.span(two)))
                .containsExactly("2 years", "2 Jahre", "2年");
    }

    @Test
    void one_two_and_five_of_each_unit_are_right_in_english_german_and_chinese() {
        assertThat(counted(ENGLISH))
                .containsExactly(
                        "1 day",
                        "2 days",
                        "5 days",
                        "1 week",
                        "2 weeks",
                        "5 weeks",
                        "1 month",
                        "2 months",
                        "5 months",
                        "1 year",
                        "2 years",
                        "5 years");
        assertThat(counted(GERMAN))
                .containsExactly(
                        "1 Tag",
                        "2 Tage",
                        "5 Tage",
                        "1 Woche",
                        "2 Wochen",
                        "5 Wochen",
                        "1 Monat",
                        "2 Monate",
                        "5 Monate",
                        "1 Jahr",
                        "2 Jahre",
                        "5 Jahre");
        assertThat(counted(CHINESE))
                .containsExactly("1天", "2天", "5天", "1周", "2周", "5周", "1个月", "2个月", "5个月", "1年", "2年", "5年");
    }

    private static List<String> counted(Phrases phrases) {
        List<String> counted = new ArrayList<>();
        for (Span.Unit unit : Span.Unit.values()) {
            for (int count : List.of(1, 2, 5)) {
                counted.add(phrases.span(new Span(count, unit)));
            }
        }
        return counted;
    }

    @Test
    void german_periods_stand_in_the_dative_after_innerhalb_von() {
        Optional<DisplayOptions.GrammaticalCase> dative = Optional.of(DisplayOptions.GrammaticalCase.DATIVE);
        assertThat(Stream.of(Span.Unit.values())
                        .flatMap(unit -> Stream.of(1, 2).map(count -> GERMAN.span(new Span(count, unit), dative))))
                .containsExactly(
                        "1 Tag", "2 Tagen", "1 Woche", "2 Wochen", "1 Monat", "2 Monaten", "1 Jahr", "2 Jahren");
    }

    @Test
    void lists_of_one_two_and_three_are_joined_as_the_language_does() {
        assertThat(joined(ENGLISH)).containsExactly("a", "a and b", "a, b and c", "a", "a or b", "a, b or c");
        assertThat(joined(GERMAN)).containsExactly("a", "a und b", "a, b und c", "a", "a oder b", "a, b oder c");
        assertThat(joined(CHINESE)).containsExactly("a", "a和b", "a、b和c", "a", "a或b", "a、b或c");
    }

    private static List<String> joined(Phrases phrases) {
        List<String> items = List.of("a", "b", "c");
        return Stream.concat(
                        Stream.of(1, 2, 3).map(count -> phrases.and(items.subList(0, count))),
                        Stream.of(1, 2, 3).map(count -> phrases.or(items.subList(0, count))))
                .toList();
    }

    @Test
    void what_pages_say_of_themselves_is_said_in_the_language_or_in_english() {
        Map<String, String> values = Map.of("version", "3", "date", "today");
        assertThat(ENGLISH.page("version", values)).isEqualTo("Version 3, in force from today");
        assertThat(GERMAN.page("version", values)).isEqualTo("Fassung 3, gültig ab today");
        assertThat(CHINESE.page("version", values)).isEqualTo("第3版，自today起生效");
        assertThat(in("da", Map.of()).page("contents")).isEqualTo("Contents");
        assertThat(in("da", Map.of("page.contents", "Indhold")).page("contents"))
                .isEqualTo("Indhold");
    }

    @Test
    void what_is_built_in_for_chinese_is_for_simplified_characters_only() {
        assertThat(in("zh-SG", Map.of()).page("contents")).isEqualTo("目录");
        assertThat(in("zh-TW", Map.of()).page("contents")).isEqualTo("Contents");
        assertThat(in("zh-Hant", Map.of("page.contents", "目錄")).page("contents"))
                .isEqualTo("目錄");
    }

    @Test
    void plurals_are_right_where_a_language_has_several() {
        Phrases polish = in("pl", Map.of());
        assertThat(List.of(
                        polish.span(new Span(1, Span.Unit.MONTH)),
                        polish.span(new Span(2, Span.Unit.MONTH)),
                        polish.span(new Span(5, Span.Unit.MONTH))))
                .containsExactly("1 miesiąc", "2 miesiące", "5 miesięcy");
    }

    @Test
    void a_period_can_stand_in_a_case() {
        assertThat(GERMAN.span(new Span(30, Span.Unit.DAY), Optional.of(DisplayOptions.GrammaticalCase.DATIVE)))
                .isEqualTo("30 Tagen");
    }

    @Test
    void lists_and_dates_follow_the_language() {
        List<String> three = List.of("a", "b", "c");
        assertThat(ENGLISH.and(three)).isEqualTo("a, b and c");
        assertThat(GERMAN.and(three)).isEqualTo("a, b und c");
        assertThat(CHINESE.and(three)).isEqualTo("a、b和c");
        LocalDate day = LocalDate.of(2026, 3, 1);
        assertThat(ENGLISH.date(day)).isEqualTo("1 March 2026");
        assertThat(GERMAN.date(day)).isEqualTo("1. März 2026");
        assertThat(CHINESE.date(day)).isEqualTo("2026年3月1日");
    }

    @Test
    void several_ends_become_one_sentence() {
        List<End> ends = List.of(
                after(30, Span.Unit.DAY, "account.closed"),
                after(2, Span.Unit.YEAR, "account.last-seen", "account.opened"));
        assertThat(ENGLISH.ends(ends))
                .isEqualTo(
                        "30 days after you close your account or 2 years after you were last active, whichever comes first");
        assertThat(GERMAN.ends(ends))
                .isEqualTo(
                        "30 Tage, nachdem Sie Ihr Konto geschlossen haben, oder 2 Jahre, nachdem Sie zuletzt da waren,"
                                + " je nachdem, was zuerst eintritt");
        assertThat(CHINESE.ends(ends)).isEqualTo("您关闭账户后30天或您最后一次使用后2年，以先到者为准");
    }

    @Test
    void the_latest_of_several_is_said_to_be() {
        End.Clause closed = after(30, Span.Unit.DAY, "account.closed");
        End.Clause ordered = after(1, Span.Unit.YEAR, "order.placed");
        assertThat(ENGLISH.ends(List.of(new End.LastOf(List.of(closed, ordered)))))
                .isEqualTo(
                        "30 days after you close your account or 1 year after you placed the order, whichever comes last");
    }

    @Test
    void the_end_of_the_year_and_no_period_at_all_have_words() {
        End.Clause accounting = new End.Clause(List.of("order.placed"), new Span(10, Span.Unit.YEAR), true, false);
        assertThat(ENGLISH.ends(List.of(accounting)))
                .isEqualTo("10 years after you placed the order, rounded up to the end of that year");
        assertThat(ENGLISH.ends(List.of(after(0, Span.Unit.DAY, "account.closed"))))
                .isEqualTo("as soon as you close your account");
        Phrases german = in("de", Map.of("order.placed", "Sie bestellt haben"));
        assertThat(german.ends(List.of(accounting)))
                .isEqualTo("10 Jahre, nachdem Sie bestellt haben, und zwar mit Ablauf jenes Kalenderjahres");
        assertThat(CHINESE.ends(
                        List.of(new End.Clause(List.of("account.closed"), new Span(10, Span.Unit.YEAR), true, false))))
                .isEqualTo("您关闭账户后10年届满当年的年底");
        assertThat(CHINESE.ends(List.of(after(0, Span.Unit.DAY, "account.closed"))))
                .isEqualTo("您关闭账户后立即");
    }

    @Test
    void a_language_nobody_built_in_brings_its_own_patterns() {
        Phrases danish = in(
                "da", Map.of("patterns.after", "{period} efter at {event}", "account.closed", "du lukker din konto"));
        assertThat(danish.after("account.closed", new Span(30, Span.Unit.DAY)))
                .isEqualTo("30 dage efter at du lukker din konto");
    }

    @Test
    void what_has_no_words_shows_its_key() {
        assertThat(ENGLISH.event("ticket.closed")).isEqualTo("`ticket.closed`");
        assertThat(ENGLISH.basis(LegalBasis.CONTRACT)).isEqualTo("our contract with you");
        assertThat(ENGLISH.country("US")).isEqualTo("United States");
        assertThat(in("de", Map.of("countries.US", "den USA")).country("US")).isEqualTo("den USA");
    }
}
