package dev.kept.core.wording;

import dev.kept.core.source.Element;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.Spelling;
import dev.kept.core.source.YamlReader;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of one language as a company wrote them: a section for each {@link Area}, in it a text for each key. Sections and keys are as
 * in the English words; keys may be nested, {@code form.send} is {@code form: {send: …}}.
 */
final class OwnWords {

    /** The longest text, in characters. */
    static final int MOST_CHARACTERS = 2_000;

    private static final Pattern NAME = Pattern.compile("words/([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)\\.yaml");

    private final String language;
    private final Problems problems;
    private final Map<Area, Map<String, String>> words = new EnumMap<>(Area.class);
    private final Map<Area, Place> places = new EnumMap<>(Area.class);
    private final Map<Area, Map<String, Place>> untranslated = new EnumMap<>(Area.class);

    private OwnWords(String language, String file) {
        this.language = language;
        this.problems = new Problems(file);
    }

    static List<OwnWords> all(List<SourceText> files) {
        return files.stream()
                .filter(file -> file.name().startsWith(Wordings.FOLDER))
                .flatMap(file -> read(file).stream())
                .toList();
    }

    /** Empty where the file is not called after a language. */
    static Optional<OwnWords> read(SourceText file) {
        return named(file.name()).map(language -> {
            OwnWords own = new OwnWords(language, file.name());
            own.read(YamlReader.read(file, own.problems));
            return own;
        });
    }

    /** The language that a file of words is called after, {@linkplain Wordings#canonical in its usual case}. */
    static Optional<String> named(String file) {
        Matcher name = NAME.matcher(file);
        return name.matches() ? Optional.of(Wordings.canonical(name.group(1))) : Optional.empty();
    }

    private void read(Optional<Element> root) {
        if (root.isEmpty()) {
            return;
        }
        List<String> sections = Arrays.stream(Area.values()).map(Area::word).toList();
        var fields = root.get().fields(sections.toArray(String[]::new));
        for (Area area : Area.values()) {
            fields.get(area.word()).ifPresent(section -> {
                places.put(area, section.keyPlace());
                if (!section.isNothing()) {
                    section(area, "", section);
                }
            });
        }
    }

    private void section(Area area, String prefix, Element section) {
        section.entries().forEach((name, value) -> {
            String key = prefix + name;
            if (value.kind() == Element.Kind.MAPPING) {
                section(area, key + ".", value);
            } else if (!known(area, key)) {
                unknown(area, key, value);
            } else if (value.isNothing()) {
                untranslated.computeIfAbsent(area, one -> new LinkedHashMap<>()).put(key, value.keyPlace());
            } else {
                value.scalar().ifPresent(text -> word(area, key, text, value));
            }
        });
    }

    private static boolean known(Area area, String key) {
        return Wordings.keys(area).contains(key) || area.optional().contains(key);
    }

    private void unknown(Area area, String key, Element value) {
        Set<String> known = new TreeSet<>(Wordings.keys(area));
        known.addAll(area.optional());
        problems.add(Problem.error(
                "words-unknown",
                value.keyPlace(),
                area.word() + "." + key,
                "`" + area.word() + "` has no words `" + key + "`",
                Spelling.nearest(key, known)
                        .map(nearest -> "did you mean `" + nearest + "`?")
                        .orElse("leave it out")));
    }

    private void word(Area area, String key, String text, Element value) {
        if (text.isBlank() || text.length() > MOST_CHARACTERS) {
            value.error(
                    "words-length",
                    "`" + key + "` is empty or longer than " + MOST_CHARACTERS + " characters",
                    "say it in a sentence or two");
            return;
        }
        Optional<String> hidden = Unseen.in(text);
        if (hidden.isPresent()) {
            value.error(
                    "words-unseen",
                    "`" + key + "` has a character that nobody sees, " + hidden.get(),
                    "take it out; what is written from right to left is set so by itself");
            return;
        }
        if (words.computeIfAbsent(area, one -> new LinkedHashMap<>()).put(key, text.strip()) != null) {
            value.error("words-twice", "`" + area.word() + "` has words for `" + key + "` already", "keep one of them");
        }
        WordPlaces.check(area, key, text, value);
    }

    String language() {
        return language;
    }

    String file() {
        return problems.file();
    }

    /** What is wrong with what is written. */
    List<Problem> problems() {
        return problems.draft(Optional.empty()).problems();
    }

    Map<String, String> of(Area area) {
        return words.getOrDefault(area, Map.of());
    }

    /** Whether there is a section, be it an empty one. */
    boolean has(Area area) {
        return places.containsKey(area);
    }

    /** Keys that stand there without words, each with where. */
    Map<String, Place> untranslated(Area area) {
        return untranslated.getOrDefault(area, Map.of());
    }

    /** Where a section stands; else the file. */
    Place place(Area area) {
        return places.getOrDefault(area, Place.of(file()));
    }
}
