package dev.kept.core.wording;

import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether there are words for every language of a notice, and what is wrong with those that a company wrote. */
public final class WordingCheck {

    private final List<Problem> problems = new ArrayList<>();
    private final List<OwnWords> own;

    private WordingCheck(List<OwnWords> own) {
        this.own = own;
    }

    /**
     * Every problem at once.
     *
     * @param languages of the notice, each with where it is named
     * @param elsewhere keys of {@link Area#NOTICE} that a language's prose has words for
     */
    public static List<Problem> check(
            List<SourceText> files, Map<String, Place> languages, Map<String, Set<String>> elsewhere) {
        WordingCheck check = new WordingCheck(OwnWords.all(files));
        files.stream()
                .filter(file -> file.name().startsWith(Wordings.FOLDER))
                .filter(file -> OwnWords.named(file.name()).isEmpty())
                .forEach(check::notCalledAfterALanguage);
        check.own.forEach(words -> check.problems.addAll(words.problems()));
        check.calledTheSame();
        check.unused(languages.keySet());
        languages.forEach((language, place) -> {
            if (!Wordings.builtIn(language)) {
                check.complete(language, place, elsewhere.getOrDefault(language, Set.of()));
            }
        });
        return check.problems;
    }

    private void notCalledAfterALanguage(SourceText file) {
        problems.add(Problem.error(
                "words-file",
                Place.of(file.name()),
                "",
                "`" + file.name() + "` is not called after a language",
                "name it as `words/fi.yaml`"));
    }

    /** {@code de-AT} and {@code de-at}: which of them is read would be chance. */
    private void calledTheSame() {
        Map<String, OwnWords> first = new HashMap<>();
        for (OwnWords words : own) {
            OwnWords other = first.putIfAbsent(words.language(), words);
            if (other != null) {
                problems.add(Problem.error(
                        "words-file-twice",
                        Place.of(words.file()),
                        words.language(),
                        "`" + other.file() + "` and `" + words.file() + "` are both of `" + words.language() + "`",
                        "put both into one file"));
            }
        }
    }

    /** Languages that Kept brings along are met beside the notice, too: on the pages behind links to recipients. */
    private void unused(Set<String> languages) {
        Set<String> read = new HashSet<>(Wordings.BUILT_IN);
        languages.forEach(language -> read.addAll(Wordings.fallbacks(language)));
        own.stream()
                .filter(words -> !read.contains(words.language()))
                .forEach(words -> problems.add(Problem.advice(
                        "words-unused",
                        Place.of(words.file()),
                        words.language(),
                        "nobody reads `" + words.file() + "`: no text of the notice is in `" + words.language() + "`",
                        "add the language to `languages`, or take the file away")));
    }

    private void complete(String language, Place named, Set<String> elsewhere) {
        OwnLanguage words = OwnLanguage.of(language, own);
        if (words.files().isEmpty()) {
            problems.add(Problem.error(
                    "words-missing",
                    named,
                    language,
                    "Kept brings no words in `" + language + "` along, and there is no `" + Wordings.FOLDER + language
                            + ".yaml`: its pages and letters would be in English",
                    "kept words " + language + " writes it to be translated"));
            return;
        }
        for (Area area : Area.values()) {
            lacking(words, area, area == Area.NOTICE ? elsewhere : Set.of());
        }
    }

    private void lacking(OwnLanguage words, Area area, Set<String> elsewhere) {
        List<String> lacking = words.lacking(area, elsewhere);
        if (!lacking.isEmpty()) {
            problems.add(Problem.error(
                    "words-missing",
                    words.place(area, lacking),
                    area.word(),
                    "`" + area.word() + "` lacks " + lacking.size() + " of "
                            + Wordings.keys(area).size() + " words in `"
                            + words.general().language()
                            + "`: " + String.join(", ", lacking),
                    "translate them; `kept words " + words.general().language()
                            + "` adds what is not in the file, with the English words"));
        }
    }
}
