package dev.kept.server.access;

import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Glossary;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words for what the rules name: those of the notice's prose where it has some, else the names themselves, made readable. */
public final class Words {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private static final Pattern ABBREVIATION = Pattern.compile("\\b(id|ip|url)\\b");

    private final Optional<Glossary> glossary;
    private final Optional<Phrases> phrases;

    private Words(Optional<Glossary> glossary, Optional<Phrases> phrases) {
        this.glossary = glossary;
        this.phrases = phrases;
    }

    /** The words of the English prose, since the package is in English; else of the notice's first language. */
    public static Words of(Notice notice, List<Prose> prose) {
        Optional<Prose> chosen = prose.stream()
                .filter(text ->
                        Locale.forLanguageTag(text.language()).getLanguage().equals("en"))
                .findFirst()
                .or(() -> prose.stream()
                        .filter(text ->
                                text.language().equals(notice.languages().getFirst()))
                        .findFirst());
        return new Words(chosen.map(Prose::glossary), chosen.map(Prose::phrases));
    }

    String category(String id) {
        return word("collects." + id, id);
    }

    String use(Use use) {
        return word(use.path(), use.id());
    }

    String basis(Use use) {
        return word("bases." + use.basis().word(), use.basis().word());
    }

    String share(Share share) {
        return word(share.path(), share.id());
    }

    String source(String source) {
        return switch (source) {
            case "you" -> "you";
            case "device" -> "your device";
            case "use" -> "your use of our services";
            case "cookies" -> "cookies";
            case "others" -> "others";
            default -> source;
        };
    }

    /** Until when a use lasts: "2 years after you placed the order". */
    String ends(Use use) {
        boolean known = use.clauses().stream()
                .allMatch(clause -> glossary.flatMap(
                                words -> words.word(clause.events().getFirst()))
                        .isPresent());
        if (known && phrases.isPresent() && !use.ends().isEmpty()) {
            return phrases.get().ends(use.ends());
        }
        return use.ends().stream()
                .map(end -> end.clauses().stream()
                        .map(clause -> clause.span() + " after "
                                + readable(clause.events().getFirst())
                                + (clause.endOfYear() ? ", to the end of the year" : ""))
                        .collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", or "));
    }

    /** The rights the notice grants, as they complete "you can"; empty where the prose has no words for them. */
    Optional<String> rights(Notice notice) {
        List<String> words = notice.rights().granted().stream()
                .flatMap(right -> glossary.flatMap(all -> all.word("rights." + right)).stream())
                .toList();
        return words.isEmpty() || words.size() < notice.rights().granted().size()
                ? Optional.empty()
                : phrases.map(all -> all.and(words));
    }

    String country(String code) {
        return phrases.map(all -> all.country(code)).orElse(code);
    }

    private String word(String key, String name) {
        return glossary.flatMap(words -> words.word(key)).orElseGet(() -> readable(name));
    }

    /** {@code shop.order_lines} is "Order lines". */
    static String title(TableName table) {
        return capital(readable(table.name()));
    }

    /** {@code ship_to} is "Ship to"; of a path its last keys: {@code doc$.contact.email} is "Contact email". */
    static String label(String column, List<String> path) {
        String words = readable(path.isEmpty() ? column : String.join(" ", path));
        return capital(
                ABBREVIATION.matcher(words).replaceAll(found -> found.group().toUpperCase(Locale.ROOT)));
    }

    private static String readable(String name) {
        String spaced = name.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
                .replaceAll("[_.\\-\\s]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? name : spaced;
    }

    static String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                        + text.substring(text.offsetByCodePoints(0, 1));
    }

    static String date(LocalDate date) {
        return date.format(DATE);
    }

    static String joined(List<String> items) {
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
    }
}
