package dev.kept.core.notice.prose;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.text.CaseMap;
import com.ibm.icu.text.DecimalFormatSymbols;
import com.ibm.icu.text.DisplayOptions;
import com.ibm.icu.text.ListFormatter;
import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import dev.kept.core.notice.End;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Span;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Dates;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Says the values of rules in the words of one language: "2 years", "2 Jahre", "a, b and c", ends as sentences. */
public final class Phrases {

    private final Glossary glossary;
    private final ULocale locale;
    private final Consumer<String> missing;

    /** Found once: a formatter that has to find them itself reads all that is known of locales' keywords. */
    private final DecimalFormatSymbols symbols;

    private final LocalizedNumberFormatter numbers;

    /** Making a formatter costs a hundred times what using it does. */
    private final Map<Counted, LocalizedNumberFormatter> units = new ConcurrentHashMap<>();

    private final Map<ListFormatter.Type, ListFormatter> lists = new ConcurrentHashMap<>();

    Phrases(Glossary glossary) {
        this(glossary, key -> {});
    }

    /** As the other, but tells {@code missing} every key for which the glossary has no words. */
    Phrases(Glossary glossary, Consumer<String> missing) {
        this.glossary = glossary;
        this.locale = ULocale.forLocale(glossary.locale());
        this.missing = missing;
        this.symbols = DecimalFormatSymbols.getInstance(locale);
        this.numbers = NumberFormatter.withLocale(locale).symbols(symbols);
    }

    /** "2 years", in the form that stands by itself. */
    public String span(Span span) {
        return span(span, Optional.empty());
    }

    /** "2 years" in a grammatical case, where the language has them: "innerhalb von 30 Tagen". */
    String span(Span span, Optional<DisplayOptions.GrammaticalCase> grammaticalCase) {
        return units.computeIfAbsent(new Counted(span.unit(), grammaticalCase), this::counting)
                .format(span.count())
                .toString();
    }

    /** A unit in a case, as it is counted. */
    private record Counted(Span.Unit unit, Optional<DisplayOptions.GrammaticalCase> grammaticalCase) {}

    private LocalizedNumberFormatter counting(Counted counted) {
        LocalizedNumberFormatter format =
                numbers.unit(unit(counted.unit())).unitWidth(NumberFormatter.UnitWidth.FULL_NAME);
        return counted.grammaticalCase()
                .map(grammaticalCase -> format.displayOptions(DisplayOptions.builder()
                        .setGrammaticalCase(grammaticalCase)
                        .build()))
                .orElse(format);
    }

    private static MeasureUnit unit(Span.Unit unit) {
        return switch (unit) {
            case DAY -> MeasureUnit.DAY;
            case WEEK -> MeasureUnit.WEEK;
            case MONTH -> MeasureUnit.MONTH;
            case YEAR -> MeasureUnit.YEAR;
        };
    }

    public String number(long number) {
        return numbers.format(number).toString();
    }

    /** "1 March 2026". */
    public String date(LocalDate date) {
        return Dates.day(date, locale);
    }

    /** "a, b and c". */
    public String and(List<String> items) {
        return list(items, ListFormatter.Type.AND);
    }

    /** "a, b or c". */
    public String or(List<String> items) {
        return list(items, ListFormatter.Type.OR);
    }

    private String list(List<String> items, ListFormatter.Type type) {
        return lists.computeIfAbsent(type, of -> ListFormatter.getInstance(locale, of, ListFormatter.Width.WIDE))
                .format(items);
    }

    /** A country's name: the glossary's ({@code countries.US}: "the United States"), else the plain one. */
    public String country(String code) {
        return glossary.word("countries." + code).orElseGet(() -> new ULocale("", code).getDisplayCountry(locale));
    }

    public String basis(LegalBasis basis) {
        return label(Glossary.BASES + basis.word());
    }

    /** What happens, as it completes "30 days after …". */
    public String event(String event) {
        return label(event);
    }

    /** The words for a key; where there are none, the key itself. */
    public String label(String key) {
        return glossary.word(key).orElseGet(() -> {
            missing.accept(key);
            return "`" + key + "`";
        });
    }

    /** The words for the first key that has some. */
    String labelOf(String key, String otherwise) {
        return glossary.word(key).orElseGet(() -> label(otherwise));
    }

    /** As it begins a sentence. */
    public String capital(String words) {
        return CaseMap.toTitle().wholeString().noLowercase().apply(glossary.locale(), null, words);
    }

    /** What a page says of itself ({@code contents}), in English where the language has no words for it. */
    public String page(String word) {
        return pageWords(word);
    }

    /** The same with values in it: {@code version} is "Version {version}, in force from {date}". */
    public String page(String word, Map<String, String> values) {
        return new MessageFormat(pageWords(word), locale).format(values);
    }

    private String pageWords(String word) {
        String key = Glossary.PAGE + word;
        return glossary.word(key)
                .orElseGet(() -> glossary.wordings()
                        .in(glossary.locale().toLanguageTag(), Area.NOTICE)
                        .say(key));
    }

    /** A text of the rules that every language may say its own way ({@code keeps.beyond.accounting.law}). */
    public String own(String key, String inRules) {
        return glossary.word(key).orElse(inRules);
    }

    /** The words for a rule's text: the glossary's, else those of the rules, which are in the original language. */
    String text(String key, String inRules, boolean original) {
        return original ? glossary.word(key).orElse(inRules) : label(key);
    }

    /** A number within words, {@code {n, plural, …}}, where the glossary has a pattern for it. */
    String count(String key, int number) {
        return glossary.word(key)
                .map(pattern -> new MessageFormat(pattern, locale).format(Map.of("n", number)))
                .orElseGet(() -> number(number));
    }

    /**
     * When a use ends: "30 days after you close your account or 2 years after you were last active, whichever comes first".
     * The first event of a chain speaks for those that stand in where it is absent.
     */
    public String ends(List<End> ends) {
        return ends.size() == 1
                ? end(ends.getFirst())
                : pattern(
                        "earliest",
                        "ends",
                        either(ends.stream().map(this::nested).toList()));
    }

    /** Ends joined by "or": as any list, unless the language has a pattern of its own (in German a comma closes each). */
    private String either(List<String> ends) {
        Optional<String> pattern = glossary.word(Glossary.PATTERNS + "either");
        if (pattern.isEmpty()) {
            return or(ends);
        }
        MessageFormat format = new MessageFormat(pattern.get(), locale);
        return ends.stream()
                .reduce((first, second) -> format.format(Map.of("first", first, "second", second)))
                .orElse("");
    }

    private String nested(End end) {
        return end.clauses().size() > 1 ? "(" + end(end) + ")" : end(end);
    }

    private String end(End end) {
        return switch (end) {
            case End.Clause clause -> clause(clause);
            case End.LastOf lastOf
            when lastOf.clauses().size() == 1 -> clause(lastOf.clauses().getFirst());
            case End.LastOf lastOf ->
                pattern(
                        "latest",
                        "ends",
                        either(lastOf.clauses().stream().map(this::clause).toList()));
        };
    }

    private String clause(End.Clause clause) {
        String end = after(clause.events().getFirst(), clause.span());
        return clause.endOfYear() ? pattern("end-of-year", "end", end) : end;
    }

    /** "30 days after the contract ends"; at once where the period is none. */
    public String after(String event, Span span) {
        String happens = event(event);
        return span.count() == 0
                ? pattern("at-once", "event", happens)
                : pattern("after", Map.of("period", span(span), "event", happens));
    }

    private String pattern(String name, String argument, String value) {
        return pattern(name, Map.of(argument, value));
    }

    private String pattern(String name, Map<String, String> arguments) {
        String key = Glossary.PATTERNS + name;
        Optional<String> pattern = glossary.word(key);
        if (pattern.isEmpty()) {
            missing.accept(key);
            return String.join(" ", arguments.values());
        }
        return new MessageFormat(pattern.get(), locale).format(arguments);
    }
}
