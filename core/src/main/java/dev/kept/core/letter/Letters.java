package dev.kept.core.letter;

import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.source.Spelling;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wordings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All templates: those that Kept brings along, and a company's own in their place ({@code mail/ready.de.md}). */
public final class Letters {

    /** Where a company's own templates lie, below the notice's folder. */
    public static final String FOLDER = "mail/";

    private static final String BUILT_IN = "/dev/kept/letter/";
    private static final Pattern NAME = Pattern.compile("mail/([a-z-]+)\\.([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)\\.md");

    private final Map<String, LetterTemplate> own;
    private final Wordings wordings;

    private Letters(Map<String, LetterTemplate> own, Wordings wordings) {
        this.own = Map.copyOf(own);
        this.wordings = wordings;
    }

    /** The templates of a notice's folder, where they have no errors, above those that Kept brings along. */
    public static Letters of(List<SourceText> files) {
        Map<String, LetterTemplate> own = new HashMap<>();
        files.stream()
                .filter(file -> file.name().startsWith(FOLDER))
                .flatMap(file -> read(file).flatMap(Reading::value).stream())
                .forEach(template -> own.put(key(template.kind(), template.language()), template));
        return new Letters(own, Wordings.of(files));
    }

    /** What is wrong with a company's own templates. */
    public static List<Problem> check(List<SourceText> files) {
        List<Problem> problems = new ArrayList<>();
        for (SourceText file : files) {
            if (file.name().startsWith(FOLDER)) {
                Optional<Reading<LetterTemplate>> read = read(file);
                problems.addAll(read.map(Reading::problems).orElseGet(() -> List.of(unknown(file.name()))));
            }
        }
        return problems;
    }

    /** The letters that a language lacks: neither Kept brings them along, nor has the company written them. */
    public static List<Problem> missing(List<SourceText> files, String language, Place named) {
        List<String> missing = lacking(files, language)
                .map(kind -> "`" + FOLDER + key(kind, Wordings.canonical(language)) + ".md`")
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of(Problem.error(
                        "letters-missing",
                        named,
                        language,
                        "letters in `" + language + "` would be in English: there is no " + String.join(", ", missing),
                        "kept words " + language + " writes them to be translated"));
    }

    /** Advice on templates in languages that no text of the notice is in. */
    public static List<Problem> unused(List<SourceText> files, Collection<String> languages) {
        Set<String> read = languages.stream()
                .flatMap(language -> Wordings.fallbacks(language).stream())
                .collect(Collectors.toSet());
        List<Problem> problems = new ArrayList<>();
        for (SourceText file : files) {
            Matcher name = NAME.matcher(file.name());
            if (name.matches() && !read.contains(Wordings.canonical(name.group(2)))) {
                problems.add(Problem.advice(
                        "letter-unused",
                        Place.of(file.name()),
                        "",
                        "nobody reads `" + file.name() + "`: no text of the notice is in its language",
                        "add the language to `languages`, or take the file away"));
            }
        }
        return problems;
    }

    /**
     * Templates to be translated, in English: those of the letters that a language lacks, by the files they belong into. None of them passes a check as
     * it is.
     */
    public static List<SourceText> drafts(List<SourceText> files, String language) {
        return lacking(files, language)
                .map(kind -> new SourceText(
                        FOLDER + key(kind, Wordings.canonical(language)) + ".md",
                        resource(key(kind, Wordings.BUILT_IN.getFirst()) + ".md")
                                .replaceFirst("^Subject:", TemplateReader.UNTRANSLATED)))
                .toList();
    }

    private static Stream<LetterKind> lacking(List<SourceText> files, String language) {
        if (Wordings.builtIn(language)) {
            return Stream.empty();
        }
        Set<String> written =
                files.stream().map(SourceText::name).flatMap(Letters::named).collect(Collectors.toSet());
        return Arrays.stream(LetterKind.values())
                .filter(kind -> Wordings.fallbacks(language).stream()
                        .noneMatch(candidate -> written.contains(key(kind, candidate))));
    }

    /** What a file of a template is called after: its kind and language. */
    private static Stream<String> named(String file) {
        Matcher name = NAME.matcher(file);
        return name.matches() ? Stream.of(name.group(1) + "." + Wordings.canonical(name.group(2))) : Stream.empty();
    }

    private static Optional<Reading<LetterTemplate>> read(SourceText file) {
        Matcher name = NAME.matcher(file.name());
        return name.matches()
                ? LetterKind.named(name.group(1))
                        .map(kind -> TemplateReader.read(file, kind, Wordings.canonical(name.group(2))))
                : Optional.empty();
    }

    private static Problem unknown(String file) {
        String kind = file.substring(FOLDER.length()).replaceFirst("\\..*", "");
        List<String> kinds =
                Arrays.stream(LetterKind.values()).map(LetterKind::word).toList();
        return Problem.error(
                "letter-unknown",
                Place.of(file),
                "",
                "`" + file
                        + "` is no template: they are called as the kind of letter and its language, `mail/ready.en.md`",
                Spelling.suggest(kind, kinds));
    }

    /**
     * Writes a letter.
     *
     * @param language of the reader; where there is no template in it, that of its main language, at last in English
     * @param own our own address: links lead there and nowhere else
     * @throws IllegalArgumentException where a value is missing or of another shape, or a link leads elsewhere
     */
    public LetterText write(LetterKind kind, String language, Map<String, Value> values, URI own) {
        kind.slots().keySet().stream()
                .filter(slot -> !values.containsKey(slot))
                .findFirst()
                .ifPresent(slot -> {
                    throw new IllegalArgumentException("a letter `" + kind.word() + "` needs `" + slot + "`");
                });
        LetterTemplate template = template(kind, language);
        // a letter for `de-AT` by the template of `de` has the words of `de-AT`, one in English those of English
        String words = Wordings.fallbacks(language).contains(template.language()) ? language : template.language();
        return template.write(values, wordings.in(words, Area.LETTERS), own);
    }

    private LetterTemplate template(LetterKind kind, String language) {
        List<String> candidates = new ArrayList<>(Wordings.fallbacks(language));
        candidates.add(Wordings.BUILT_IN.getFirst());
        for (String candidate : candidates) {
            LetterTemplate found = own.get(key(kind, candidate));
            if (found != null) {
                return found;
            }
            if (Wordings.BUILT_IN.contains(candidate)) {
                return builtIn(kind, candidate);
            }
        }
        throw new IllegalStateException("every kind of letter is there in English");
    }

    /** Whether letters have words for a key ({@code asked.access}, {@code ground.rights-of-others}). */
    public static boolean knows(String term) {
        return Wordings.keys(Area.LETTERS).contains(term);
    }

    static LetterTemplate builtIn(LetterKind kind, String language) {
        String name = kind.word() + "." + language + ".md";
        Reading<LetterTemplate> read = TemplateReader.read(new SourceText(name, resource(name)), kind, language);
        return read.value()
                .orElseThrow(() -> new IllegalStateException("template `" + name + "` has errors: " + read.problems()));
    }

    private static String resource(String name) {
        try (InputStream in = Letters.class.getResourceAsStream(BUILT_IN + name)) {
            if (in == null) {
                throw new IllegalStateException("`" + name + "` is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(LetterKind kind, String language) {
        return kind.word() + "." + language;
    }
}
