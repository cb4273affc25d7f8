package dev.kept.server.access;

import com.ibm.icu.util.ULocale;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Glossary;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.rights.Until;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wording;
import dev.kept.core.wording.Wordings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a package in one language: what its page says of itself, and the names of what the rules name, which are those of the notice's prose where it has some, Kept's
 * own for what Kept itself holds, else the names themselves, made readable.
 */
public final class Words {

    private static final Pattern ABBREVIATION = Pattern.compile("\\b(id|ip|url)\\b");

    private static final Set<String> SOURCES = Set.of("you", "device", "use", "cookies", "others");

    /** Keys of the words for what is not in the company's notice, but in that of Kept's own store. */
    private static final String KEPTS = "kept.";

    private final Notice notice;
    private final String language;
    private final boolean rightToLeft;
    private final Wording said;
    private final Glossary glossary;
    private final Phrases phrases;
    private final Moments moments;

    private Words(Notice notice, Prose prose) {
        this.notice = notice;
        this.language = prose.language();
        this.rightToLeft = ULocale.forLanguageTag(language).isRightToLeft();
        this.glossary = prose.glossary();
        this.said = glossary.wordings().in(language, Area.PACKAGE);
        this.phrases = prose.phrases();
        this.moments = new Moments(ULocale.forLocale(glossary.locale()));
    }

    /**
     * The words in a language, as far as the notice has a text in it or in what it is a part of; else in the notice's first.
     *
     * @param prose the notice's texts; without any, there are the names and Kept's words only
     * @param language BCP 47
     */
    public static Words of(Notice notice, List<Prose> prose, String language) {
        return new Words(
                notice,
                in(prose, Wordings.fallbacks(language))
                        .or(() -> prose.stream()
                                .filter(text ->
                                        Wordings.fallbacks(text.language()).contains(language))
                                .findFirst())
                        .or(() -> in(prose, notice.languages()))
                        .orElseGet(() -> new Prose("", language, Words.none(language), List.of())));
    }

    private static Optional<Prose> in(List<Prose> prose, List<String> languages) {
        return languages.stream()
                .flatMap(language ->
                        prose.stream().filter(text -> text.language().equals(language)))
                .findFirst();
    }

    private static Glossary none(String language) {
        return new Glossary(Locale.forLanguageTag(language), Map.of(), Wordings.NONE_OF_ITS_OWN);
    }

    /** BCP 47. */
    String language() {
        return language;
    }

    /** What the page says of itself. */
    String say(String key) {
        return said.say(key);
    }

    /** The same with values in it. */
    String say(String key, Map<String, String> values) {
        Map<String, String> apart = new HashMap<>();
        values.forEach((name, value) -> apart.put(name, isolated(value)));
        return said.say(key, apart);
    }

    /** Within text from right to left a name that runs the other way, kept together (Unicode UAX #9, section 2.4: FSI, PDI). */
    private String isolated(String value) {
        return rightToLeft ? "\u2068" + value + "\u2069" : value;
    }

    boolean rightToLeft() {
        return rightToLeft;
    }

    Moments moments() {
        return moments;
    }

    String category(String id) {
        return word("collects." + id, id, !notice.collects().containsKey(id));
    }

    String use(Use use) {
        return word(use.path(), use.id(), !notice.uses().containsKey(use.id()));
    }

    String basis(Use use) {
        return phrases.basis(use.basis());
    }

    /** The interest, or the law, on which a use rests. */
    Optional<String> ground(Use use) {
        return use.interest()
                .map(interest -> phrases.own(use.path() + ".interest", interest))
                .or(() -> use.law().map(law -> phrases.own(use.path() + ".law", law)));
    }

    /** A recipient, and where abroad it is. */
    String recipient(Share share) {
        String name = share(share);
        Optional<String> country = share.country().map(phrases::country);
        if (country.isEmpty()) {
            return name;
        }
        Map<String, String> values = new HashMap<>(Map.of("recipient", name, "country", country.get()));
        if (share.safeguard().isEmpty()) {
            return say("recipient.abroad", values);
        }
        values.put(
                "safeguard",
                phrases.own(share.path() + ".safeguard", share.safeguard().get()));
        return say("recipient.safeguarded", values);
    }

    String share(Share share) {
        return word(share.path(), share.id(), false);
    }

    String source(String source) {
        return SOURCES.contains(source) ? say("from." + source) : source;
    }

    /** Until when a use lasts: "2 years after you placed the order". */
    String ends(Use use) {
        if (use.ends().isEmpty()) {
            return phrases.page("anonymous");
        }
        Map<String, String> known = new HashMap<>(glossary.words());
        use.ends().stream()
                .map(End::clauses)
                .flatMap(List::stream)
                .map(clause -> clause.events().getFirst())
                .forEach(event -> known.put(event, word(event, event, true)));
        return new Prose("", language, new Glossary(glossary.locale(), known, glossary.wordings()), List.of())
                .phrases()
                .ends(use.ends());
    }

    /** Until when a record is held, in a few words. */
    String until(Until until) {
        return switch (until) {
            case Until.Ended ended -> say("until.ended");
            case Until.On(var date) -> moments.date(date);
            case Until.Pointed pointed -> say("until.pointed");
            case Until.NotYet notYet -> say("until.not-yet");
            case Until.Unknown unknown -> say("until.unknown");
        };
    }

    /** Where to write on paper; blank where there is no such address. */
    String post() {
        String post = notice.contact().post();
        return post.isBlank() ? post : phrases.own("contact.post", post);
    }

    /** The rights the notice grants, as they complete "you can"; where the prose does not have words for all of them, those of the law. */
    String rights() {
        List<String> granted = notice.rights().granted();
        List<String> words = granted.stream()
                .flatMap(right -> glossary.word("rights." + right).stream())
                .toList();
        return words.isEmpty() || words.size() < granted.size() ? say("rights.all") : joined(words);
    }

    private String word(String key, String name, boolean kepts) {
        return glossary.word(key)
                .or(() -> kepts ? Optional.of(KEPTS + key).filter(said::has).map(said::say) : Optional.empty())
                .orElseGet(() -> readable(name));
    }

    /** {@code shop.order_lines} is "Order lines". */
    static String title(TableName table) {
        return capitalName(readable(table.name()));
    }

    /** {@code ship_to} is "Ship to"; of a path its last keys: {@code doc$.contact.email} is "Contact email". */
    static String label(String column, List<String> path) {
        String words = readable(path.isEmpty() ? column : String.join(" ", path));
        return capitalName(
                ABBREVIATION.matcher(words).replaceAll(found -> found.group().toUpperCase(Locale.ROOT)));
    }

    private static String readable(String name) {
        String spaced = name.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
                .replaceAll("[_.\\-\\s]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? name : spaced;
    }

    private static String capitalName(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                        + text.substring(text.offsetByCodePoints(0, 1));
    }

    /** As it begins a sentence. */
    String capital(String text) {
        return phrases.capital(text);
    }

    String joined(List<String> items) {
        return items.size() == 1
                ? items.getFirst()
                : phrases.and(items.stream().map(this::isolated).toList());
    }

    /** "1,000". */
    String number(long number) {
        return phrases.number(number);
    }
}
